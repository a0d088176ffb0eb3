"""What the index knows: documents, passages, sentences, and who says what in them.

Every span is a pair of character offsets ``[start, end)`` into ``Document.text``, the one canonical text of a
document. Nothing here is filled in later: each stage of reading makes new values.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of document this is (answer format, rule 6)."""

    INSPECTION_REPORT = "inspection_report"
    INSPECTION_LETTER = "inspection_letter"
    NEWS_ARTICLE = "news_article"
    COUNCIL_MINUTES = "council_minutes"
    COUNCIL_NEWS = "council_news"
    BRIEFING = "briefing"
    OTHER = "other"


class Speaker(StrEnum):
    """Whose words a sentence holds, whoever printed them."""

    INSPECTORS = "inspectors"
    COUNCIL = "council"
    NHS = "nhs"
    PARENTS_FORUM = "parents_forum"
    PRESS = "press"
    MINUTES = "minutes"
    OTHER = "other"


class Polarity(StrEnum):
    """What a finding says of the area: read from the section it stands in, never from its tone alone."""

    STRENGTH = "strength"
    NEEDS_IMPROVEMENT = "needs_improvement"
    PRIORITY_ACTION = "priority_action"
    CONTEXT = "context"


class Outcome(StrEnum):
    """The overall result of an inspection; ``NARRATIVE`` is the ungraded kind of 2016 to 2022."""

    POSITIVE = "positive_experiences"
    INCONSISTENT = "inconsistent_experiences"
    FAILINGS = "systemic_failings"
    NARRATIVE = "narrative"


class Framework(StrEnum):
    """The rules an inspection was made by. Results of one era can't be set against those of the other."""

    LOCAL_AREA = "local_area_2016_2022"
    AREA = "area_2023"


class Statement(StrEnum):
    """Whether a document says that the area must write a Written Statement of Action."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"


@dataclass(frozen=True, slots=True)
class DateRange:
    """The first and the last day of an inspection, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Fact:
    """The words ``text[start:end]`` from which one field of the profile was read; ``field`` is its name there."""

    field: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document is, about whom, when and by whom. ``None`` means the document does not say.

    ``facts`` holds, for each field that was read, the words it was read from; a field with several values has a fact
    for each, and a publisher named only in a web page's head has none. ``inspection_year`` is known without
    ``inspection`` where a text gives only a month or a year.
    """

    kind: Kind
    title: str
    publisher: str | None
    areas: tuple[str, ...]
    framework: Framework | None
    inspection: DateRange | None
    inspection_year: int | None
    previous_inspections: tuple[DateRange, ...]
    published: date | None
    outcome: Outcome | None
    written_statement: Statement | None
    next_inspection: str | None
    commissioning_bodies: tuple[str, ...]
    licence: str | None
    facts: tuple[Fact, ...]

    @property
    def period(self) -> str | None:
        """The year the findings belong to: the inspection's, or else the year of publication."""
        if self.inspection_year:
            return str(self.inspection_year)
        return str(self.published.year) if self.published else None

    def fact(self, field: str) -> Fact | None:
        """The words a field was read from; the first, where it has several values."""
        return next((fact for fact in self.facts if fact.field == field), None)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a sentence: ``detail`` names them in words, ``first_hand`` is true in the speaker's own document."""

    speaker: Speaker
    detail: str
    first_hand: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or an unpunctuated bullet, as the exact slice ``text[start:end]``."""

    start: int
    end: int
    voice: Voice
    areas: tuple[str, ...]
    polarity: Polarity | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a bullet or a short run of them, as the exact slice ``text[start:end]``.

    Passages do not overlap and together hold every visible character of the document. ``section`` is the nearest
    heading above. ``boilerplate`` passages are kept, so that the text is whole, but never offered as a finding; nor are
    those of ``Kind.OTHER`` in a document of another kind, such as the items of a meeting on other business.
    """

    start: int
    end: int
    kind: Kind
    section: str | None
    boilerplate: bool
    tokens: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as it was understood. ``name`` identifies it within a store; ``pages`` holds page starts."""

    name: str
    sha256: str
    text: str
    pages: tuple[int, ...]
    profile: Profile
    passages: tuple[Passage, ...]
    problems: tuple[str, ...]

    def page(self, offset: int) -> int | None:
        """The page an offset stands on, counted from 1; ``None`` for a format without pages."""
        return bisect_right(self.pages, offset) or None if self.pages else None

    def offers(self, passage: Passage) -> bool:
        """Whether a passage may be offered as a finding: no boilerplate, and no other business of a meeting."""
        return not passage.boilerplate and passage.kind is self.profile.kind
