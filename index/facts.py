"""Single facts of a document, each with the words it was read from.

What a document doesn't say is not found, and never inferred: a date of inspection is no date of publication, and a
statement of action that isn't mentioned is neither required nor ruled out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from index.areas import Gazetteer
from index.dates import date_ranges, dates, weekday_date
from index.sections import Placed
from index.sentences import sentence_spans
from index.structure import BlockKind
from index.types import DateRange, Fact, Framework, Kind, Outcome, Statement

T = TypeVar("T")
HEAD = 6  # blocks: where a document says what it is about

_INSPECTION = re.compile(
    r"\binspect(?:ion|ions|ed|ors?)\b|\brevisit(?:ed)?\b|\bjoint visit\b|\bvisit by ofsted\b", re.I
)
_PREVIOUS = re.compile(
    r"\b(?:previous|last|initial|earlier|first) (?:full |joint |local area |area SEND |SEND )*inspections?\b", re.I
)
_PREVIOUS_LABEL = re.compile(r"\b(?:dates? of (?:the )?)?(?:previous|last) (?:full )?inspections?(?: dates?)?:", re.I)
_STOP = re.compile(r"[.!?]\s+(?=[A-Z“\"])")
_NEAR = 300  # characters around a date in which its sentence is looked for
_CLOSE = 60  # characters
_OTHER_BUSINESS = re.compile(r"\b(?:meeting|minutes|school|consultation|survey|published|holidays?|term)\b", re.I)
_SAID_YEAR = re.compile(
    r"\b(?:inspection|inspected|inspectors visited)\b[^.\n]{0,120}?\bin (?:\w+ )?(20[12]\d)\b", re.I
)
_DATED = re.compile(
    r"\b(?:published|posted|date|updated)\b|^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)", re.I | re.M
)
_PUBLISHED = re.compile(r"\b(?:date )?(?:first )?(?:published|publication)\b", re.I)
_NEXT = re.compile(
    r"\bnext\b.{0,40}\b(?:re)?inspection\b.{0,30}\b(?:will|is|within|due|expected)\b|\bfull reinspection\b", re.I
)
_OUTCOMES = (
    (Outcome.FAILINGS, re.compile(r"widespread and/?\s?or systemic failings", re.I)),
    (Outcome.INCONSISTENT, re.compile(r"\binconsistent experiences? and outcomes", re.I)),
    (Outcome.POSITIVE, re.compile(r"typically le(?:a)?d to positive experiences? and outcomes", re.I)),
)  # fmt: skip
_STATEMENT = re.compile(r"\bwritten statement of action\b|\bWSoA\b", re.I)
_NOT_REQUIRED = re.compile(r"\b(?:not|no|without|nor)\b", re.I)
_REQUIRED = re.compile(r"\b(?:requir\w+|must|needs? to|asked|ordered|told|has to|have to|submit\w*|produce)\b", re.I)
_LICENCE = re.compile(r"\bOpen Government Licen[cs]e\b", re.I)
_RESPONSIBLE = re.compile(
    r"(?:^|\. )(?:(?:[^.\n]|\n(?!\n)){0,80}\bmade up of\s)?(?P<bodies>(?:[^.\n]|\n(?!\n)){10,300}?)(?:\.\sThey)?,?\s"
    r"(?:(?:are|is|share|have|were)(?:\s(?:both|jointly|joint))*\s(?:responsible|responsibility)\b(?:[^.\n]|\n(?!\n)){0,60}?\s"
    r"for\s(?:the\s)?(?:joint\s)?(?:planning|commissioning)|(?:jointly\s)?plan\sand\scommission\b)",
    re.M,
)
_TABLE_HEAD = re.compile(r"^local authority\tintegrated care boards?\b.*\n", re.I | re.M)
_BOROUGH = re.compile(r"(?:London|Royal|Metropolitan) Borough of |City of |County of ")
_BODY_END = re.compile(
    r"\b(?:Council|Integrated\sCare\s(?:Board|System|Partnership)|ICB|Clinical\sCommissioning\sGroups?|CCGs?|Trust)\b"
)
_DEAR = re.compile(r"^Dear\b", re.M)
_ADDRESS_PART = re.compile(r"[^\n,;]+")
_BETWEEN = re.compile(r"(?:\s*\([^)]*\)| local authority|,|\s|\band\b|\bthe\b|\bThe\b)*")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the span of text it was read from."""

    value: T
    start: int
    end: int

    def fact(self, field: str, text: str) -> Fact:
        """The same as evidence for a field of the profile."""
        return Fact(field, text[self.start : self.end], self.start, self.end)


def inspections(text: str, *, formal: bool) -> tuple[Found[DateRange] | None, tuple[Found[DateRange], ...]]:
    """The inspection's dates, and those of the previous ones, told apart by the words before them on their line.

    ``formal`` is true of the inspectors' own reports and letters. Of a previous inspection some reports print a single
    day, or two, of the inspection and of a revisit.
    """
    dated: list[Found[DateRange]] = []
    previous: dict[DateRange, Found[DateRange]] = {}
    for found in date_ranges(text):
        start = max(text.rfind("\n\n", 0, found.start) + 1, found.start - _NEAR)
        sentence = max((m.end() for m in _STOP.finditer(text, start, found.start)), default=start)
        before = text[sentence : found.start]
        after = _STOP.split(text[found.end : found.end + _NEAR].split("\n\n")[0])[0]
        if _PREVIOUS.search(before):
            previous.setdefault(found.value, Found(found.value, found.start, found.end))
        elif _INSPECTION.search(before + after) and not _OTHER_BUSINESS.search(before[-_CLOSE:]):
            dated.append(Found(found.value, found.start, found.end))
    for named in _PREVIOUS_LABEL.finditer(text):
        line = text[named.end() :].split("\n", 1)[0]
        if previous:
            break
        for day in dates(line):
            span = DateRange(day.value, day.value)
            previous.setdefault(span, Found(span, named.end() + day.start, named.end() + day.end))
    # A report prints its own dates first; a page that tells a history is about the newest.
    current = dated[0] if formal and dated else max(dated, key=lambda found: found.value.start, default=None)
    return current, tuple(previous.values())


def inspection_year(text: str) -> Found[int] | None:
    """The year of an inspection of which a text gives only the month or the year.

    The newest year named wins: an article on a new inspection often names the one before.
    """
    said = [Found(int(found[1]), found.start(1), found.end(1)) for found in _SAID_YEAR.finditer(text)]
    return max(said, key=lambda found: found.value, default=None)


def framework(kind: Kind, year: Found[int] | None) -> Framework | None:
    """The rules of the inspection a document speaks of: by its form, or else by the inspection's year."""
    if kind is Kind.INSPECTION_LETTER:
        return Framework.LOCAL_AREA
    if kind is Kind.INSPECTION_REPORT:
        return Framework.AREA
    if year is None or kind is Kind.OTHER:
        return None
    return Framework.AREA if year.value >= 2023 else Framework.LOCAL_AREA


def published(text: str, placed: Sequence[Placed], kind: Kind, year: int | None) -> Found[date] | None:
    """The date a text gives for itself: at its head, or beside "published". Never an inspection date.

    The date at the head of an outcome letter is the day it was written, so a letter or report must say "published".
    """
    strict = kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER)
    for block in placed[:HEAD]:
        start = block.block.body
        words = text[start : block.block.end]
        dated = _PUBLISHED.search(words) if strict else _DATED.search(words) or len(words.split()) <= 8
        if not dated or _INSPECTION.search(words) or _PREVIOUS.search(words):
            continue
        day = next(dates(words), None)
        if day is None and year:
            day = weekday_date(words, range(year, year + 2))
        if day:
            return Found(day.value, start + day.start, start + day.end)
    return None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence outside the headings, and the end of the paragraph it stands in."""

    start: int
    end: int
    paragraph_end: int


def sentences(text: str, placed: Sequence[Placed]) -> Iterator[Said]:
    """Every sentence outside the headings."""
    for block in placed:
        if block.block.kind is not BlockKind.HEADING:
            for start, end in sentence_spans(text, block.block.body, block.block.end):
                yield Said(start, end, block.block.end)


def outcome(text: str, said: Sequence[Said], kind: Kind) -> Found[Outcome] | None:
    """The result as printed: in a report the whole paragraph. A letter of 2016 to 2022 gives none."""
    for value, pattern in _OUTCOMES:
        for one in said:
            if pattern.search(text, one.start, one.end):
                return Found(value, one.start, one.paragraph_end if kind is Kind.INSPECTION_REPORT else one.end)
    return None


def next_inspection(text: str, said: Sequence[Said]) -> Found[str] | None:
    """The sentence that says when inspectors come back."""
    for one in said:
        if _NEXT.search(text, one.start, one.end):
            return Found(text[one.start : one.end], one.start, one.end)
    return None


def written_statement(text: str, said: Sequence[Said]) -> Found[Statement] | None:
    """Whether a Written Statement of Action is said to be required. A mere mention says neither."""
    for one in said:
        start, end = one.start, one.end
        named = _STATEMENT.search(text, start, end)
        if named and _NOT_REQUIRED.search(text, start, end) and _REQUIRED.search(text, start, end):
            return Found(Statement.NOT_REQUIRED, start, end)
        if named and _REQUIRED.search(text, start, end):
            return Found(Statement.REQUIRED, start, end)
    return None


def commissioning_bodies(text: str, names: Gazetteer) -> tuple[Found[str], ...]:
    """The council and the NHS bodies that plan and pay for services, as the text names them.

    A report says it in a sentence or in the table of its details; a letter is addressed to them.
    """
    said = _RESPONSIBLE.search(text)
    if said:
        bodies = tuple(_bodies(text, said.start("bodies"), said.end("bodies"), names))
        if len(bodies) > 1:
            return bodies
    table = _TABLE_HEAD.search(text)
    if table is None:
        return _addressees(text, names)
    found: list[Found[str]] = []
    start = table.end()
    for cell in text[start:].split("\n", 1)[0].split("\t"):
        end = start + len(cell)
        # "NHS North East and North Cumbria" stands for the board under its column's head
        found += list(_bodies(text, start, end, names)) or ([Found(cell, start, end)] if cell.strip() else [])
        start = end + 1
    return tuple(found)


def _addressees(text: str, names: Gazetteer) -> tuple[Found[str], ...]:
    """The bodies named in the lines above a letter's "Dear"."""
    dear = _DEAR.search(text)
    found: dict[str, Found[str]] = {}
    for part in _ADDRESS_PART.finditer(text, 0, dear.start() if dear else 0):
        if _BODY_END.search(part[0]):
            for body in _bodies(text, part.start(), part.end(), names):
                found.setdefault(body.value, body)
    return tuple(found.values())


def _bodies(text: str, start: int, end: int, names: Gazetteer) -> Iterator[Found[str]]:
    """The bodies of an enumeration. Their own names hold "and" and commas, so each is read to its last word."""
    at = start
    while at < end:
        between = _BETWEEN.match(text, at, end)
        at = between.end() if between else at
        borough = _BOROUGH.match(text, at, end)
        named = names.leading(text[borough.end() : end]) if borough else 0
        if borough and named:
            last = borough.end() + named
        elif found := _BODY_END.search(text, at, end):
            last = found.end()
        else:
            return
        if text[at : at + 1].isupper() and " " in text[at:last]:
            yield Found(" ".join(text[at:last].split()), at, last)
        at = last


def licence(text: str) -> Found[str] | None:
    """The licence a document is offered under, and the line that says so."""
    found = _LICENCE.search(text)
    if found is None:
        return None
    line_end = text.find("\n", found.end())
    return Found(
        "Open Government Licence", text.rfind("\n", 0, found.start()) + 1, line_end if line_end >= 0 else len(text)
    )
