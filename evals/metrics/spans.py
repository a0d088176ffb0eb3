"""Arithmetic of character spans, and where quotations stand in folded documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.support.folding import Folded, Span, folded
from evals.answers import Cited
from evals.cases import Gold

HALF = 0.5


@dataclass(frozen=True, slots=True)
class PlacedGold:
    """A gold quotation with every place where it stands; a sentence printed twice may be cited from either."""

    gold: Gold
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlacedCitation:
    """A citation with the one place it quotes, ``None`` if its words do not stand in its document."""

    cited: Cited
    place: Span | None


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters as disjoint spans in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def length(spans: Iterable[Span]) -> int:
    """Characters in disjoint spans."""
    return sum(end - start for start, end in spans)


def shared(one: Iterable[Span], other: Sequence[Span]) -> int:
    """Characters that two sets of disjoint spans have in common."""
    return sum(max(0, min(end, last) - max(start, first)) for start, end in one for first, last in other)


def place_gold(gold: Gold, documents: Mapping[str, Folded]) -> PlacedGold:
    """Find a gold quotation in its document."""
    document = documents.get(gold.document)
    return PlacedGold(gold, document.occurrences(folded(gold.quote)) if document else ())


def place_citation(cited: Cited, documents: Mapping[str, Folded]) -> PlacedCitation:
    """Find the quoted words in their document; of several places, the one nearest to the claimed offset."""
    document = documents.get(cited.document)
    places = document.occurrences(folded(cited.quote)) if document else ()
    if not places or not document:
        return PlacedCitation(cited, None)
    claimed = document.span_of(cited.start, cited.end)[0]
    return PlacedCitation(cited, min(places, key=lambda place: abs(place[0] - claimed)))


def found(golds: PlacedGold, citations: Iterable[PlacedCitation]) -> bool:
    """Whether some citation covers at least half of a gold quotation, at any of its places."""
    return any(
        shared([place], [citation.place]) >= HALF * length([place])
        for citation in citations
        if citation.place and citation.cited.document == golds.gold.document
        for place in golds.places
    )


def lands_on(citation: PlacedCitation, golds: Iterable[PlacedGold]) -> Gold | None:
    """The gold quotation a citation quotes most of, if half of either lies in the other; else ``None``."""
    best: tuple[int, Gold] | None = None
    for placed in golds:
        if citation.place is None or citation.cited.document != placed.gold.document:
            continue
        for place in placed.places:
            common = shared([place], [citation.place])
            shorter = min(length([place]), length([citation.place]))
            if common and common >= HALF * shorter and (best is None or common > best[0]):
                best = (common, placed.gold)
    return best[1] if best else None
