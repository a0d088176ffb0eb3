"""Did the answer cite the sentences that answer the question, and little else?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.support.folding import Span, folded
from evals.metrics.spans import PlacedCitation, PlacedGold, found, length, shared, union

ANSWERING_GRADE = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """Recall and F1 are 0 where gold exists and nothing was cited; precision is then not applicable."""

    recall: float
    precision: float | None
    f1: float


def evidence(sets: Sequence[Sequence[PlacedGold]], citations: Sequence[PlacedCitation]) -> Evidence:
    """Score citations against alternative gold sets, of which the best counts.

    Recall is the share of a set's grade 2 quotations of which some citation covers half. Precision is the share of
    all cited characters, each counted once, that lie in gold of any grade in any set: citing context is not a fault.
    """
    recall = max(_recall(golds, citations) for golds in sets)
    precision = _precision([placed for golds in sets for placed in golds], citations)
    return Evidence(recall, precision, harmonic(recall, precision or 0.0))


def harmonic(recall: float, precision: float) -> float:
    """The harmonic mean, 0 where both are 0."""
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _recall(golds: Sequence[PlacedGold], citations: Sequence[PlacedCitation]) -> float:
    needed = [placed for placed in golds if placed.gold.grade >= ANSWERING_GRADE]
    return sum(found(placed, citations) for placed in needed) / len(needed)


def _precision(golds: Sequence[PlacedGold], citations: Sequence[PlacedCitation]) -> float | None:
    if not citations:
        return None
    gold_spans: dict[str, list[Span]] = defaultdict(list)
    cited_spans: dict[str, list[Span]] = defaultdict(list)
    for placed in golds:
        gold_spans[placed.gold.document].extend(placed.places)
    for citation in citations:
        if citation.place:
            cited_spans[citation.cited.document].append(citation.place)
    placeless = sum(len(folded(citation.cited.quote)) for citation in citations if not citation.place)
    cited = {document: union(spans) for document, spans in cited_spans.items()}
    right = sum(shared(spans, union(gold_spans[document])) for document, spans in cited.items())
    return right / (placeless + sum(length(spans) for spans in cited.values()))
