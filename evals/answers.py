"""Answers as the scorer sees them: answer format 1, whoever wrote it, reduced to what the metrics need.

Fields that the metrics don't use may be absent or new: the format grows by addition.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.support.folding import Span
from evals.cases import ANSWERED, ERROR, STATUSES
from evals.strict import Fields, FormatError

PARTLY = "partly_answered"
ANSWERING_KINDS = frozenset({"lead", "quote", "summary"})
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation. ``year`` is that of the inspection, else of publication; ``dates`` are both in words."""

    id: int
    document: str
    quote: str
    start: int
    end: int
    speaker: str | None
    first_hand: bool | None
    areas: tuple[str, ...]
    year: int | None
    dates: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the answer."""

    text: str
    kind: str
    citations: tuple[int, ...]
    period: str | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence that retrieval found, and the passage around it; the place in the list is its rank."""

    document: str
    sentence: Span
    passage: Span


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. ``error`` replaces everything else where the system failed.

    ``ranked`` and ``confidence`` (higher is surer) are not part of the format; a system may put them beside it.
    """

    status: str
    answer: str
    statements: tuple[Said, ...]
    citations: tuple[Cited, ...]
    verdict: str | None
    total_ms: float | None
    error: str | None = None
    ranked: tuple[Ranked, ...] = ()
    confidence: float | None = None
    missing: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether this claims to answer, wholly or in part."""
        return self.status in ANSWERED

    def answering(self) -> tuple[Cited, ...]:
        """The citations that stand under an answer, not under a note about something related."""
        if not self.statements:
            return self.citations
        used = {mark for said in self.statements if said.kind in ANSWERING_KINDS for mark in said.citations}
        return tuple(cited for cited in self.citations if cited.id in used)

    def claimed(self) -> str:
        """The answer's text without its notes, which are labelled as related and claim nothing."""
        text = self.answer
        for said in self.statements:
            if said.kind == "note":
                text = text.replace(said.text, "")
        return text


class AnswersFileError(Exception):
    """An answers file that can't be scored; ``problems`` are lines that name the file, the line and the fault."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def failed(error: str) -> Response:
    """The response of a system that broke: it counts, as a failure."""
    return Response(ERROR, "", (), (), None, None, error)


def parse_answer(value: object) -> Response:
    """One answer from its JSON object. Raises ``FormatError``."""
    fields = Fields(value, "the answer")
    if fields.has("error"):
        return failed(fields.text("error"))
    if fields.whole("format") != FORMAT:
        raise FormatError(f"'format' must be {FORMAT}")
    status = fields.text("status")
    if status not in STATUSES:
        raise FormatError(f"unknown status '{status}'")
    verdict = fields.take("verdict")
    return Response(
        status=status,
        answer=fields.text("answer", ""),
        statements=tuple(_said(item) for item in fields.items("statements")),
        citations=tuple(_cited(item) for item in fields.items("citations")),
        verdict=None if verdict is None else Fields(verdict, "'verdict'").text("result"),
        total_ms=_total(fields.take("timings_ms")),
        ranked=tuple(_ranked(item) for item in fields.items("ranked")),
        confidence=_real(fields.take("confidence")),
        missing=tuple(str(one) for one in fields.items("missing")),
    )


def read_answers(path: Path, known: frozenset[str]) -> dict[str, Response]:
    """Answers by case id. ``known`` are the ids of the whole question file; any other id is refused."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersFileError([f"{path}: can't be read as UTF-8 text ({error}); give an answers file"]) from error
    answers: dict[str, Response] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            identity, response = _line(line)
            if identity not in known:
                raise FormatError(f"no case has the id '{identity}'")
            if identity in answers:
                raise FormatError(f"a second answer to '{identity}'")
            answers[identity] = response
        except FormatError as fault:
            problems.append(f"{path}:{number}: {fault}")
    if problems:
        raise AnswersFileError(problems)
    return answers


def _line(line: str) -> tuple[str, Response]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise FormatError(f"not valid JSON ({error.msg} at character {error.pos})") from error
    return Fields(value, "the answer").text("id"), parse_answer(value)


def _said(value: object) -> Said:
    fields = Fields(value, "a statement")
    marks = fields.items("citations")
    period = fields.take("period")
    return Said(
        text=fields.text("text", ""),
        kind=fields.text("kind"),
        citations=tuple(mark for mark in marks if isinstance(mark, int)),
        period=period if isinstance(period, str) else None,
    )


def _cited(value: object) -> Cited:
    fields = Fields(value, "a citation")
    inspection, published = fields.take("inspection"), fields.take("published")
    identity, start, end = fields.whole("id"), fields.whole("start"), fields.whole("end")
    if identity is None or start is None or end is None:
        raise FormatError("a citation needs whole numbers in 'id', 'start' and 'end'")
    return Cited(
        id=identity,
        document=fields.text("document"),
        quote=fields.text("quote"),
        start=start,
        end=end,
        speaker=fields.text("speaker") if fields.has("speaker") else None,
        first_hand=fields.flag("first_hand"),
        areas=tuple(area for area in fields.items("areas") if isinstance(area, str)),
        year=_year(inspection, published),
        dates=_dates(inspection, published),
    )


def _year(inspection: object, published: object) -> int | None:
    start = inspection.get("start") if isinstance(inspection, Mapping) else None
    for value in (start, published):
        if isinstance(value, str) and value[:4].isdigit():
            return int(value[:4])
    return None


def _dates(inspection: object, published: object) -> str:
    """The dates of an inspection and of publication as a sentence would give them: ``8 to 12 July 2024``."""
    ends = [inspection.get(key) for key in ("start", "end")] if isinstance(inspection, Mapping) else []
    days = [day for value in (*ends, published) if (day := _day(value))]
    if len(days) > 1 and ends and days[0].month == days[1].month:
        return "; ".join([f"{days[0].day} to {_in_words(days[1])}", *map(_in_words, days[2:])])
    return "; ".join(map(_in_words, days))


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _total(timings: object) -> float | None:
    return _real(timings.get("total")) if isinstance(timings, Mapping) else None


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _ranked(value: object) -> Ranked:
    fields = Fields(value, "a ranked sentence")
    document, start, end = fields.text("document"), fields.whole("start"), fields.whole("end")
    if start is None or end is None:
        raise FormatError("a ranked sentence needs whole numbers in 'start' and 'end'")
    passage = fields.items("passage") or [start, end]
    if len(passage) != 2 or not all(isinstance(place, int) for place in passage):
        raise FormatError("the 'passage' of a ranked sentence is two whole numbers")
    return Ranked(document, (start, end), (int(str(passage[0])), int(str(passage[1]))))
