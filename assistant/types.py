"""What the assistant says: an ``Answer`` made of statements, each standing on citations (answer format 1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.types import DateRange, Kind, Polarity, Speaker


class Status(StrEnum):
    """How a question ended. An honest ``NOT_FOUND`` is a success."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NOT_FOUND = "not_found"
    NEEDS_CLARIFICATION = "needs_clarification"
    OUT_OF_SCOPE = "out_of_scope"


class StatementKind(StrEnum):
    """What a statement is for. ``NOTE`` never counts as an answer."""

    LEAD = "lead"
    QUOTE = "quote"
    SUMMARY = "summary"
    GAP = "gap"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits the caller sets from outside, beside what the question itself says. Years are inclusive."""

    area: str | None = None
    since: int | None = None
    until: int | None = None
    speaker: Speaker | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read out of a question. ``language`` is a tag as in HTML, ``und`` where it isn't known."""

    areas: tuple[str, ...] = ()
    unknown_areas: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    speakers: tuple[Speaker, ...] = ()
    intent: str = "finding"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the answer says. ``citations`` are the ids of the citations it stands on."""

    text: str
    kind: StatementKind
    citations: tuple[int, ...] = ()
    speaker: Speaker | None = None
    period: str | None = None
    area: str | None = None
    polarity: Polarity | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and where it stands: ``quote`` is ``text[start:end]`` of the stored document.

    ``areas`` and ``inspection`` are those of the quoted words, not of the whole file. ``score`` is relative to the
    best evidence of this answer, from 0 to 1, higher is better. ``page`` counts from 1.
    """

    id: int
    document: str
    title: str
    kind: Kind
    publisher: str | None
    areas: tuple[str, ...]
    inspection: DateRange | None
    published: date | None
    section: str | None
    page: int | None
    speaker: Speaker
    speaker_detail: str
    first_hand: bool
    quote: str
    start: int
    end: int
    score: float


class VerdictResult(StrEnum):
    """How a claimed quotation compares with the documents."""

    VERBATIM = "verbatim"
    VERBATIM_NORMALISED = "verbatim_normalised"
    ALTERED = "altered"
    CONTRADICTED = "contradicted"
    PARAPHRASE = "paraphrase"
    OTHER_AREA = "other_area"
    OTHER_DATE = "other_date"
    OTHER_SPEAKER = "other_speaker"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that were claimed and the words that stand in the source instead; either may be empty."""

    claimed: str
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Was this said? ``nearest`` is the source's own wording, ``None`` where nothing comes near."""

    result: VerdictResult
    claimed: str
    nearest: str | None
    differences: tuple[Difference, ...] = ()
    searched: int = 0


@dataclass(frozen=True, slots=True)
class Explained:
    """A word of the subject in plain words of ours. It stands beside a quotation, never inside."""

    term: str
    plain: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. ``timings_ms`` is the only field that differs between two runs.

    ``language`` is that of our own words; quotations are always as they were written.
    """

    question: str
    resolved_question: str
    status: Status
    answer: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    understood: Understood
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    verdict: Verdict | None = None
    writer: str = "extractive"
    model: str | None = None
    timings_ms: tuple[tuple[str, float], ...] = ()
    id: str | None = None
    language: str = "en"
    explained: tuple[Explained, ...] = ()
