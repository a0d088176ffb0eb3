"""One question may be several: about two areas, two years, or two things. Each is looked up for itself.

So that a strong answer to one half never hides that the other half has none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import StandAlone
from assistant.evidence import Evidence, Item, Missing
from assistant.intents import COMPARES
from assistant.limits import in_scope
from assistant.overview import SIDES
from assistant.question import read
from assistant.reading import Reading
from assistant.retriever import Ranking, Retriever, views
from assistant.rowtable import RowTable
from assistant.selection import everywhere, select
from assistant.types import Filters
from index.areas import Gazetteer

_MOST_PARTS = 3  # of one message; a long story holds many sentences and seldom more questions
_MOST_IN_FACET = 3
_NEXT_QUESTION = re.compile(
    r"(?<=[?؟])\s+|,?\s+and\s+(?=(?:how|who|when|where|why|which|what|"
    r"(?:is|are|was|were|do|does|did) (?:there|they|it|the))\b)",
    re.I,
)
_ASKS = re.compile(
    r"[?؟]\W*$|^\W*(?:(?:and|so|but) )?"
    r"(?:how|who|when|where|why|which|what|is|are|was|were|do|does|did|can|has|have|will)\b",
    re.I,
)
_PRONOUN = re.compile(r"\b(?:it|they|them|that|those|these)\b", re.I)
_FEW_TERMS = 2
_RANKS = re.compile(r"\b(?:better|worse|best|worst|top|bottom|rank\w*|highest|lowest|gone (?:up|down))\b", re.I)


@dataclass(frozen=True, slots=True)
class _Facet:
    """One side of a question: what was found on it, and what to call it where there is nothing."""

    reading: Reading
    ranking: Ranking
    label: str


def _parts(reading: Reading, names: Gazetteer, loaded: Sequence[str]) -> list[Reading]:
    """The questions within a question, each with the areas, years and speakers of the whole where it names none."""
    pieces = [piece for piece in _NEXT_QUESTION.split(reading.question) if len(piece.split()) > 1]
    if not 1 < len(pieces) <= _MOST_PARTS or reading.quoted:
        return [reading]
    parts = []
    for piece in pieces:
        part = read(piece, names, loaded, reading.language)
        if part.unknown_areas and not part.areas and set(part.unknown_areas) <= set(reading.unknown_areas):
            continue  # that there are no documents on it is said once, of the whole
        named = bool(part.areas)
        parts.append(
            replace(
                part,
                areas=part.areas if named else reading.areas,
                unknown_areas=reading.unknown_areas,
                since=part.since or reading.since,
                until=part.until or reading.until,
                newest=part.newest or reading.newest,
                speakers=part.speakers or reading.speakers,
            )
        )
    # "… and what does it do?" asks about the part before it and can't be looked up alone.
    # A remark after the question is none.
    asking = [
        part
        for part in parts
        if _ASKS.search(part.english) and not _points_back(part) and (part.terms or part.officials or part.intents)
    ]
    remarks = any(not _ASKS.search(part.english) for part in parts)
    return asking if len(asking) > 1 or (asking and remarks) else [reading]


def _points_back(part: Reading) -> bool:
    return bool(_PRONOUN.search(part.english)) and len(part.terms) < _FEW_TERMS and not part.officials


def _facets(reading: Reading, ranking: Ranking, table: RowTable) -> Iterator[_Facet]:
    """A question's sides: each area where it names several, each year where it compares, each speaker; else one."""
    if len(reading.areas) > 1:
        for area in reading.areas:
            yield _Facet(replace(reading, areas=(area,)), ranking.where(table.about([area])), area)
    elif _compares(reading):
        for year in sorted({int(year) for year in table.years[ranking.rows] if year}, reverse=True):
            yield _Facet(reading, ranking.where(table.years == year), str(year))
    elif len(reading.speakers) > 1:
        for speaker in reading.speakers:
            yield _Facet(replace(reading, speakers=(speaker,)), ranking.where(table.by([speaker])), "")
    else:
        yield _Facet(reading, ranking, "")


def _joined(found: Sequence[Evidence]) -> Evidence:
    items: dict[tuple[str, int, int], Item] = {}
    for evidence in found:
        for item in evidence.items:
            items.setdefault((item.document.name, item.start, item.end), item)
    return Evidence(
        tuple(items.values()),
        () if items else tuple(item for evidence in found for item in evidence.related)[:2],
        tuple(dict.fromkeys(missing for evidence in found for missing in evidence.missing)),
        max((evidence.confidence for evidence in found), default=0.0),
        tuple(item for evidence in found for item in evidence.newer),
        tuple(dict.fromkeys(remark for evidence in found for remark in evidence.remarks)),
        sum(evidence.left_out for evidence in found),
    )


def _compares(reading: Reading) -> bool:
    return any(intent.name in COMPARES for intent in reading.intents)


def _side(facet: _Facet, table: RowTable, several: bool) -> Evidence:
    evidence = select(facet.reading, facet.ranking, table)
    if not several:
        return evidence
    if evidence.items:
        whole = any(intent.name in SIDES for intent in facet.reading.intents)
        return evidence if whole else replace(evidence, items=evidence.items[:_MOST_IN_FACET])
    return replace(evidence, missing=(*evidence.missing, *([Missing("side", facet.label)] if facet.label else [])))


def _newer(part: Reading, found: Evidence, ranking: Ranking, table: RowTable) -> tuple[Item, ...]:
    """What the newest inspection says on the matter, where a question of earlier years is answered."""
    if part.until is None or not found.items or _compares(part):
        return ()
    shown = max(int(item.document.profile.period or 0) for item in found.items)
    areas = tuple(dict.fromkeys(area for item in found.items for area in item.sentence.areas))
    now = replace(part, areas=areas, since=shown + 1, until=None, newest=True, speakers=())
    return select(now, ranking.among(in_scope(table, now, Filters())), table).items[:1]


def _remarks(part: Reading, found: Evidence) -> tuple[str, ...]:
    """The notes that an answer needs: that areas aren't ranked, and that no area was named."""
    areas = {item.sentence.areas for item in found.items}
    names = {
        "no_ranking": _compares(part) and bool(_RANKS.search(part.english)),
        "no_area": not part.areas and not part.everywhere and len(areas) > 1,
    }
    return tuple(name for name, needed in names.items() if needed and found.items)


def _part(part: Reading, ranking: Ranking, table: RowTable) -> Evidence:
    if part.everywhere and not part.areas and (found := everywhere(part, ranking, table)).items:
        return found
    facets = list(_facets(part, ranking, table))
    return _joined([_side(facet, table, len(facets) > 1) for facet in facets])


def find(alone: StandAlone, limits: Filters, retriever: Retriever, names: Gazetteer, loaded: Sequence[str]) -> Evidence:
    """The evidence for every part and every side of a question."""
    found = []
    parts = _parts(alone.reading, names, loaded)
    for number, part in enumerate(parts, start=1):
        table = retriever.table
        ranking = retriever.search(views(part, alone.context), in_scope(table, part, limits))
        evidence = _part(part, ranking, table)
        evidence = replace(evidence, newer=_newer(part, evidence, ranking, table), remarks=_remarks(part, evidence))
        if len(parts) > 1 and not evidence.items and not evidence.missing:
            # By number: the words of a question are a stranger's and never become a sentence of ours.
            evidence = replace(evidence, missing=(Missing("part", str(number)),))
        found.append(evidence)
    return _joined(found)
