"""What a document is, about which areas, when and by whom: read from its own words, ``None`` where it doesn't say."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from index import facts
from index.areas import Gazetteer, gazetteer
from index.data_files import read_table, read_toml
from index.facts import HEAD, Found
from index.sections import Placed
from index.sentences import sentence_spans
from index.structure import BlockKind
from index.types import Kind, Outcome, Profile

T = TypeVar("T")

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
_GENERIC = ("agenda item", "minutes", "news", "press release", "contents")
_LONGEST_TITLE = 200  # characters


@cache
def _kinds() -> tuple[float, tuple[tuple[Kind, tuple[tuple[re.Pattern[str], float], ...]], ...]]:
    data = read_toml(files("index.data") / "kinds.toml")
    threshold = data.pop("threshold")
    weights = tuple(
        (Kind(kind), tuple((re.compile(p, re.I | re.M), float(w)) for p, w in patterns.items()))
        for kind, patterns in data.items()
    )
    return threshold, weights


def kind_of(text: str) -> Found[Kind]:
    """The sort of document, by the weighted marks of ``data/kinds.toml``; ``OTHER`` where nothing is clear.

    It is read from the heaviest of its marks.
    """
    threshold, kinds = _kinds()
    best, best_sum = Found(Kind.OTHER, 0, 0), 0.0
    for kind, patterns in kinds:
        marks = [(weight, mark) for pattern, weight in patterns if (mark := pattern.search(text))]
        if marks and (total := sum(weight for weight, _ in marks)) >= threshold and total > best_sum:
            heaviest = max(marks, key=lambda mark: mark[0])[1]
            best, best_sum = Found(kind, heaviest.start(), heaviest.end()), total
    return best


def _title(text: str, placed: Sequence[Placed]) -> Found[str] | None:
    """The first heading, or the first line that isn't a sentence, or else the first sentence."""
    for entry in placed[:HEAD]:
        block = entry.block
        words = text[block.body : block.end]
        generic = " ".join(words.split()).rstrip(":").lower() in _GENERIC
        if not generic and (block.kind is BlockKind.HEADING or not re.search(r"[.!?:;][\"'”’)]*$", words)):
            return _span(text, block.body, min(block.end, block.body + _LONGEST_TITLE))
    if not placed:
        return None
    start, end = next(iter(sentence_spans(text, placed[0].block.body, placed[0].block.end)), (0, 0))
    return _span(text, start, min(end, start + _LONGEST_TITLE)) if end else None


def _span(text: str, start: int, end: int) -> Found[str]:
    return Found(text[start:end], start, end)


def _areas(text: str, kind: Kind, placed: Sequence[Placed], names: Gazetteer) -> tuple[Found[str], ...]:
    """The areas a document is about: named in a report's title, or at its beginning, or again and again."""
    titles = {Kind.INSPECTION_REPORT: _REPORT_TITLE, Kind.INSPECTION_LETTER: _LETTER_TITLE}
    titled = titles[kind].search(text) if kind in titles else None
    if titled:
        printed = " ".join(titled["area"].split())
        return (Found(names.canonical(printed) or printed, titled.start("area"), titled.end("area")),)
    counts: Counter[str] = Counter()
    first: dict[str, Found[str]] = {}
    early: dict[str, None] = {}
    findings = [p for p in placed if not p.boilerplate]
    for position, entry in enumerate(findings):
        offset = entry.block.body
        for mention in names.mentions(text[offset : entry.block.end]):
            counts[mention.area] += 1
            first.setdefault(mention.area, Found(mention.area, offset + mention.start, offset + mention.end))
            if position < HEAD:
                early[mention.area] = None
    often = [area for area, n in counts.most_common() if n >= 3 and n * 4 >= counts.most_common(1)[0][1]]
    return tuple(first[area] for area in dict.fromkeys([*early, *often]))


def _publisher(text: str, kind: Kind, areas: Sequence[str]) -> Found[str] | None:
    if kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER):
        named = re.search("Ofsted", text)
        return Found(_INSPECTORATE, named.start(), named.end()) if named else Found(_INSPECTORATE, 0, 0)
    if kind is Kind.NEWS_ARTICLE:
        for row in read_table(files("index.data") / "publishers.csv"):
            if named := re.search(row["pattern"], text):
                return Found(row["name"], named.start(), named.end())
    if kind in (Kind.COUNCIL_NEWS, Kind.COUNCIL_MINUTES) and areas:
        area = re.escape(areas[0])
        named = re.search(rf"(?:London Borough of {area}(?: Council)?|{area}(?: \w+)? Council)\b", text)
        return _span(text, named.start(), named.end()) if named else None
    return None


def profile(text: str, placed: Sequence[Placed]) -> Profile:
    """Read a document's profile from its canonical text."""
    marked = kind_of(text)
    kind = marked.value
    names = gazetteer()
    areas = _areas(text, kind, placed, names)
    current, previous = facts.inspections(text)
    year = Found(current.value.start.year, current.start, current.end) if current else facts.inspection_year(text)
    published = facts.published(text, placed, kind, year.value if year else None)
    framework = facts.framework(kind, year or (Found(published.value.year, 0, 0) if published else None))
    said = list(facts.sentences(text, placed))
    result = facts.outcome(text, said, kind)
    statement = facts.written_statement(text, said)
    coming = facts.next_inspection(text, said)
    bodies = facts.commissioning_bodies(text, names)
    licence = facts.licence(text)
    title, publisher = _title(text, placed), _publisher(text, kind, [area.value for area in areas])
    read: tuple[tuple[str, Sequence[Found[Any] | None]], ...] = (
        ("kind", [marked]),
        ("title", [title]),
        ("publisher", [publisher]),
        ("areas", areas),
        ("inspection", [current]),
        ("inspection_year", [year]),
        ("previous_inspections", previous),
        ("published", [published]),
        ("outcome", [result]),
        ("written_statement", [statement]),
        ("next_inspection", [coming]),
        ("commissioning_bodies", bodies),
        ("licence", [licence]),
    )
    letter = Outcome.NARRATIVE if kind is Kind.INSPECTION_LETTER else None
    return Profile(
        kind=kind,
        title=" ".join(title.value.split()) if title else "Untitled",
        publisher=_value(publisher),
        areas=tuple(area.value for area in areas),
        framework=framework,
        inspection=_value(current),
        inspection_year=_value(year),
        previous_inspections=tuple(found.value for found in previous),
        published=_value(published),
        outcome=_value(result) or letter,
        written_statement=_value(statement),
        next_inspection=_value(coming),
        commissioning_bodies=tuple(found.value for found in bodies),
        licence=_value(licence),
        facts=tuple(found.fact(field, text) for field, several in read for found in several if found and found.end),
    )


def _value(found: Found[T] | None) -> T | None:
    return found.value if found else None
