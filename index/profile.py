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
    r"^(?:#+ )?(?:Area SEND (?:full |monitoring )?inspection|Monitoring inspection) of (?:the )?"
    r"(?P<area>[A-Z][^\n:]{2,70}?) (?:Local Area|local area|area) (?:Partnership|partnership)",
    re.MULTILINE,
)
_LETTER_TITLE = re.compile(
    r"^(?:#+ )?(?:Joint )?(?:local )?area (?:SEND |special educational needs and/or disabilities )?"
    r"(?:inspection|revisit) (?:in|of|to) (?:the )?(?P<area>(?-i:[A-Z])[^\n.:]{2,60}?)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_LETTER_OPENING = re.compile(
    r"\b(?:joint inspection of|revisited) the (?:local )?area of (?P<area>[A-Z][^\n.:,]{2,60}?) "
    r"(?:to (?:judge|decide)|area)\b"
)
_SOME_COUNCIL = re.compile(
    r"(?P<area>(?:[A-Z][a-z]+[ -](?:(?:upon|and|on|of|the|in|with)[ -])*){1,3})"
    r"(?:(?:City|County|Borough|District|Metropolitan|Metropolitan Borough|Metropolitan District) )?Council\b"
)
_GENERIC = ("agenda item", "minutes", "news", "press release", "media release", "news release", "contents")
_LINKS = re.compile(r"(?:[^·|]+[·|]){2}")
_MASTHEAD = re.compile(
    r"[A-Z’'& ]*\b(?:COUNCIL|NEWSROOM|BRIEFING NOTE|NEWS|COURIER|GAZETTE|HERALD|CABINET|COMMITTEE|PANEL)\b[A-Z’' ]*"
)
_TITLE_WITHIN = 20  # blocks: a marked title may stand under a menu
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


def kind_of(text: str, site: str | None = None) -> Found[Kind]:
    """The sort of document, by the weighted marks of ``data/kinds.toml``; ``OTHER`` where nothing is clear.

    It is read from the heaviest of its marks. The name of the site a web page comes from is one of them.
    """
    page = f"{text}\n\nsite: {site}" if site else text
    threshold, kinds = _kinds()
    best, best_sum = Found(Kind.OTHER, 0, 0), 0.0
    for kind, patterns in kinds:
        marks = [(weight, mark) for pattern, weight in patterns if (mark := pattern.search(page))]
        if marks and (total := sum(weight for weight, _ in marks)) >= threshold and total > best_sum:
            heaviest = max(marks, key=lambda mark: mark[0])[1]
            inside = heaviest.end() <= len(text)
            best, best_sum = Found(kind, *(heaviest.span() if inside else (0, 0))), total
    return best


def _titled(text: str, kind: Kind) -> re.Match[str] | None:
    """The line of a report or letter that says which area was inspected."""
    if kind is Kind.INSPECTION_REPORT:
        return _REPORT_TITLE.search(text)
    if kind is Kind.INSPECTION_LETTER:
        return _LETTER_TITLE.search(text) or _LETTER_OPENING.search(text)
    return None


def _title(text: str, kind: Kind, placed: Sequence[Placed]) -> Found[str] | None:
    """The line that names the inspection, or the first heading, or the first line that isn't a sentence, or the first
    sentence."""
    if titled := _titled(text, kind):
        start = text.rfind("\n", 0, titled.start()) + 1
        if titled.start() == start:
            start += len(text[start : titled.end()]) - len(text[start : titled.end()].lstrip("# "))
            return _span(text, start, text.find("\n", titled.start()) % (len(text) + 1))
    headings = [entry for entry in placed[:_TITLE_WITHIN] if text.startswith("# ", entry.block.start)]
    for entry in [*headings, *placed[:HEAD]]:
        block = entry.block
        words = text[block.body : block.end]
        furniture = entry.boilerplate and block.kind is BlockKind.HEADING
        generic = (
            furniture
            or " ".join(words.split()).rstrip(":").lower() in _GENERIC
            or _MASTHEAD.fullmatch(words)
            or _LINKS.match(words)
        )
        if not generic and (block.kind is BlockKind.HEADING or not re.search(r"[.!?:;][\"'”’)]*$", words)):
            return _span(text, block.body, min(block.end, block.body + _LONGEST_TITLE))
    if not placed:
        return None
    start, end = next(iter(sentence_spans(text, placed[0].block.body, placed[0].block.end)), (0, 0))
    return _span(text, start, min(end, start + _LONGEST_TITLE)) if end else None


def _span(text: str, start: int, end: int) -> Found[str]:
    return Found(text[start:end], start, end)


def _areas(
    text: str, kind: Kind, placed: Sequence[Placed], names: Gazetteer, site: str | None
) -> tuple[Found[str], ...]:
    """The areas a document is about: named in a report's title, or at its beginning, or again and again."""
    titled = _titled(text, kind)
    if titled:
        printed = " ".join(titled["area"].split())
        return (Found(names.canonical(printed) or printed, titled.start("area"), titled.end("area")),)
    counts: Counter[str] = Counter()
    first: dict[str, Found[str]] = {}
    early: dict[str, None] = {}
    findings = [p for at, p in enumerate(placed) if not p.boilerplate or at < HEAD]
    for position, entry in enumerate(findings):
        offset = entry.block.body
        for mention in names.mentions(text[offset : entry.block.end]):
            counts[mention.area] += 1
            first.setdefault(mention.area, Found(mention.area, offset + mention.start, offset + mention.end))
            if position < HEAD:
                early[mention.area] = None
    often = [area for area, n in counts.most_common() if n >= 3 and n * 4 >= counts.most_common(1)[0][1]]
    if not early and not often and kind in (Kind.COUNCIL_NEWS, Kind.COUNCIL_MINUTES, Kind.BRIEFING):
        return _unlisted_area(text, site)
    return tuple(first[area] for area in dict.fromkeys([*early, *often]))


def _unlisted_area(text: str, site: str | None) -> tuple[Found[str], ...]:
    """The area of the council whose page it is, or that it names most: a new one, that no list has yet."""
    own = _SOME_COUNCIL.fullmatch(site or "")
    at = text.find(own["area"].rstrip(" -")) if own else -1
    if own and at >= 0:
        return (_span(text, at, at + len(own["area"].rstrip(" -"))),)
    councils = [Found(m["area"].rstrip(" -"), m.start("area"), m.end("area")) for m in _SOME_COUNCIL.finditer(text)]
    counts = Counter(found.value for found in councils if not found.value.startswith(("The ", "Our ")))
    if not counts or counts.most_common(1)[0][1] < 2:
        return ()
    return (next(found for found in councils if found.value == counts.most_common(1)[0][0]),)


def _publisher(text: str, kind: Kind, areas: Sequence[str]) -> Found[str] | None:
    if kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER):
        named = re.search("Ofsted", text)
        return Found(_INSPECTORATE, named.start(), named.end()) if named else Found(_INSPECTORATE, 0, 0)
    if kind is Kind.NEWS_ARTICLE:
        for row in read_table(files("index.data") / "publishers.csv"):
            if named := re.search(row["pattern"], text):
                return Found(row["name"], named.start(), named.end())
    if kind in (Kind.COUNCIL_NEWS, Kind.COUNCIL_MINUTES, Kind.BRIEFING) and areas:
        area = re.escape(areas[0])
        kinds = "(?: (?:City|County|Borough|District|Metropolitan|Metropolitan Borough))?"
        named = re.search(rf"(?:London Borough of {area}(?: Council)?|{area}{kinds} Council)\b", text, re.IGNORECASE)
        return Found(_capitals(named[0]), named.start(), named.end()) if named else None
    return None


def _capitals(name: str) -> str:
    """A name set in capitals, as mastheads are, in ordinary letters."""
    return re.sub(r"\b(Of|And|Upon|On|The)\b", lambda small: small[0].lower(), name.title()) if name.isupper() else name


def profile(text: str, placed: Sequence[Placed], site: str | None = None) -> Profile:
    """Read a document's profile from its canonical text; ``site`` names the publisher where the text doesn't."""
    marked = kind_of(text, site)
    kind = marked.value
    names = gazetteer()
    areas = _areas(text, kind, placed, names, site)
    current, previous = facts.inspections(text, formal=kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER))
    year = Found(current.value.start.year, current.start, current.end) if current else facts.inspection_year(text)
    published = facts.published(text, placed, kind, year.value if year else None)
    framework = facts.framework(kind, year or (Found(published.value.year, 0, 0) if published else None))
    said = list(facts.sentences(text, placed))
    # What is said of one of several areas is no fact about the document.
    result = facts.outcome(text, said, kind) if len(areas) < 2 else None
    statement = facts.written_statement(text, said) if len(areas) < 2 else None
    coming = facts.next_inspection(text, said)
    bodies = facts.commissioning_bodies(text, names)
    licence = facts.licence(text)
    title, publisher = _title(text, kind, placed), _publisher(text, kind, [area.value for area in areas])
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
        publisher=_value(publisher) or site,
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
