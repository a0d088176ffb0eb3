"""What a document is, about which areas, when and by whom: read from its own words, ``None`` where it doesn't say."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from index.areas import Gazetteer, gazetteer
from index.data_files import read_table, read_toml
from index.dates import date_ranges, dates, weekday_date
from index.sections import Placed
from index.sentences import sentence_spans
from index.structure import BlockKind
from index.types import DateRange, Fact, Kind, Outcome, Profile

_INSPECTORATE = "Ofsted and the Care Quality Commission"
_REPORT_TITLE = re.compile(
    r"^(?:# )?(?:Area SEND (?:full |monitoring )?inspection|Monitoring inspection) of (?:the )?"
    r"(?P<area>[A-Z][^\n:]{2,70}?) (?:Local Area|local area|area) (?:Partnership|partnership)",
    re.MULTILINE,
)
_LETTER_TITLE = re.compile(
    r"^(?:# )?(?:Joint )?(?:local )?area (?:SEND )?(?:inspection|revisit) (?:in|of|to) (?:the )?"
    r"(?P<area>[A-Z][^\n.:]{2,60}?)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_INSPECTION = re.compile(r"\binspection dates?\b|\b(conducted|carried out|undertook)\b.{0,80}\binspection\b", re.I)
_PREVIOUS = re.compile(r"\bdates? of (?:the )?(?:previous|last) inspections?\b", re.I)
_SAID_YEAR = re.compile(
    r"\b(?:inspection|inspected|inspectors visited)\b[^.\n]{0,120}?\bin (?:\w+ )?(20[12]\d)\b", re.I
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|date|updated)\b|^(?:monday|tuesday|wednesday|thursday|friday)", re.I | re.M
)
_NEXT = re.compile(r"\bnext\b.{0,40}\b(?:re)?inspection\b|\bfull reinspection\b", re.I)
_OUTCOMES = (
    (Outcome.FAILINGS, re.compile(r"widespread and/?\s?or systemic failings", re.I)),
    (Outcome.INCONSISTENT, re.compile(r"lead to inconsistent experiences? and outcomes", re.I)),
    (Outcome.POSITIVE, re.compile(r"typically lead to positive experiences? and outcomes", re.I)),
)  # fmt: skip
_LICENCE = re.compile(r"Open Government Licen[cs]e", re.I)
_HEAD = 6  # blocks: where a document says what it is about


@cache
def _kinds() -> tuple[float, tuple[tuple[Kind, tuple[tuple[re.Pattern[str], float], ...]], ...]]:
    data = read_toml(files("index.data") / "kinds.toml")
    threshold = data.pop("threshold")
    weights = tuple(
        (Kind(kind), tuple((re.compile(p, re.I | re.M), float(w)) for p, w in patterns.items()))
        for kind, patterns in data.items()
    )
    return threshold, weights


def kind_of(text: str) -> Kind:
    """The sort of document, by the weighted marks of ``data/kinds.toml``; ``OTHER`` where nothing is clear."""
    threshold, kinds = _kinds()
    scores = {kind: sum(weight for pattern, weight in patterns if pattern.search(text)) for kind, patterns in kinds}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= threshold else Kind.OTHER


def _words(text: str, placed: Placed) -> str:
    return " ".join(text[placed.block.body : placed.block.end].split())


def _title(text: str, placed: Sequence[Placed]) -> str:
    """The first heading, or the first line that isn't a sentence, or else the beginning of the text."""
    for block in placed[:_HEAD]:
        words = _words(text, block)
        generic = words.rstrip(":").lower() in ("agenda item", "minutes", "news", "press release", "contents")
        if not generic and (block.block.kind is BlockKind.HEADING or not re.search(r"[.!?:;][\"'”’)]*$", words)):
            return words[:200]
    first = _words(text, placed[0]) if placed else ""
    if not first:
        return "Untitled"
    start, end = sentence_spans(first, 0, len(first))[0]
    return first[start:end][:200]


def _areas(text: str, kind: Kind, placed: Sequence[Placed], names: Gazetteer) -> tuple[str, ...]:
    """The areas a document is about: named in a report's title, or at its beginning, or again and again."""
    titles = {Kind.INSPECTION_REPORT: _REPORT_TITLE, Kind.INSPECTION_LETTER: _LETTER_TITLE}
    titled = titles[kind].search(text) if kind in titles else None
    if titled:
        printed = " ".join(titled["area"].split())
        return (names.canonical(printed) or printed,)
    counts: Counter[str] = Counter()
    early: dict[str, None] = {}
    findings = [p for p in placed if not p.boilerplate]
    for position, block in enumerate(findings):
        for mention in names.mentions(text[block.block.body : block.block.end]):
            counts[mention.area] += 1
            if position < _HEAD:
                early[mention.area] = None
    often = [area for area, n in counts.most_common() if n >= 3 and n * 4 >= counts.most_common(1)[0][1]]
    return tuple(dict.fromkeys([*early, *often]))


def _inspection(text: str) -> tuple[DateRange | None, DateRange | None]:
    """The inspection's dates and the previous one's, each told apart by the words before it on its line.

    Of a previous inspection some reports print a single day.
    """
    current: DateRange | None = None
    previous: DateRange | None = None
    for found in date_ranges(text):
        before = text[max(text.rfind("\n", 0, found.start) + 1, found.start - 200) : found.start]
        after = text[found.end : found.end + 160].split("\n")[0]
        if _PREVIOUS.search(before):
            previous = previous or found.value
        elif _INSPECTION.search(before + after):
            current = current or found.value
    named = _PREVIOUS.search(text)
    if named and previous is None:
        day = next(dates(text[named.end() :].split("\n", 1)[0]), None)
        previous = DateRange(day, day) if day else None
    return current, previous


def _published(text: str, placed: Sequence[Placed], inspection_year: int | None) -> date | None:
    """The date a text gives for itself: at its head, or beside "published". Never an inspection date."""
    for block in placed[:_HEAD]:
        words = _words(text, block)
        if _PUBLISHED.search(words) or len(words.split()) <= 8:
            if _INSPECTION.search(words) or _PREVIOUS.search(words):
                continue
            found = next(dates(words), None)
            if found:
                return found
            if inspection_year and (day := weekday_date(words, range(inspection_year, inspection_year + 2))):
                return day
    return None


def _fact(text: str, placed: Sequence[Placed], pattern: re.Pattern[str], whole_block: bool) -> Fact | None:
    """The first sentence (or block) of a heading's text that holds a pattern."""
    for block in placed:
        if block.block.kind is BlockKind.HEADING:
            continue
        for start, end in sentence_spans(text, block.block.body, block.block.end):
            if pattern.search(text[start:end]):
                end = block.block.end if whole_block else end
                return Fact(text[start:end], start, end)
    return None


def _outcome(text: str, placed: Sequence[Placed], kind: Kind) -> tuple[Outcome | None, Fact | None]:
    """The result and the words it was read from; a letter of 2016 to 2022 has findings and no grade."""
    if kind is Kind.INSPECTION_LETTER:
        return Outcome.NARRATIVE, None
    for outcome, pattern in _OUTCOMES:
        if found := _fact(text, placed, pattern, whole_block=kind is Kind.INSPECTION_REPORT):
            return outcome, found
    return None, None


def _publisher(text: str, kind: Kind, areas: Sequence[str]) -> str | None:
    if kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER):
        return _INSPECTORATE
    if kind is Kind.NEWS_ARTICLE:
        rows = read_table(files("index.data") / "publishers.csv")
        return next((row["name"] for row in rows if re.search(row["pattern"], text)), None)
    if kind in (Kind.COUNCIL_NEWS, Kind.COUNCIL_MINUTES) and areas:
        names = re.escape(areas[0])
        named = re.search(rf"(?:London Borough of {names}(?: Council)?|{names}(?: \w+)? Council)\b", text)
        return named[0] if named else None
    return None


def profile(text: str, placed: Sequence[Placed]) -> Profile:
    """Read a document's profile from its canonical text."""
    kind = kind_of(text)
    names = gazetteer()
    areas = _areas(text, kind, placed, names)
    current, previous = _inspection(text)
    # The newest year named wins: an article on a new inspection often names the one before.
    said = max((int(found[1]) for found in _SAID_YEAR.finditer(text)), default=None)
    year = current.start.year if current else said
    outcome, outcome_text = _outcome(text, placed, kind)
    inspectorate = kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER)
    return Profile(
        kind=kind,
        title=_title(text, placed),
        publisher=_publisher(text, kind, areas),
        areas=areas,
        inspection=current,
        inspection_year=year,
        previous_inspection=previous,
        published=None if inspectorate else _published(text, placed, year),
        outcome=outcome,
        outcome_text=outcome_text,
        next_inspection=_fact(text, placed, _NEXT, whole_block=False) if inspectorate else None,
        licence="Open Government Licence" if _LICENCE.search(text) else None,
    )
