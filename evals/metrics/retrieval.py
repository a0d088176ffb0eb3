"""Does retrieval rank the evidence high? Measured before anything is chosen, on sentences and on passages.

The units that count are gold quotations: a ranked sentence stands for every quotation it is the first to cover half
of, or for nothing. ``recall_at``, ``ndcg_at`` and ``reciprocal_rank`` are the field's own formulas on lists of names.
"""

import math
from collections.abc import Mapping, Sequence

from assistant.support.folding import Folded, Span
from evals.answers import Ranked
from evals.metrics.spans import HALF, PlacedGold, length, shared

_NOTHING = ""  # a rank that holds no gold


def recall_at(ranking: Sequence[str], relevant: Sequence[str], k: int) -> float:
    """The share of relevant names among the first ``k``. ``relevant`` must not be empty."""
    return len(set(ranking[:k]) & set(relevant)) / len(set(relevant))


def ndcg_at(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Discounted gain over the best possible one (Järvelin and Kekäläinen 2002): gain is the grade, discount log2."""
    gain = sum(grades.get(name, 0) / math.log2(rank + 1) for rank, name in enumerate(ranking[:k], 1))
    best = sorted(grades.values(), reverse=True)[:k]
    return gain / sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, 1))


def reciprocal_rank(ranking: Sequence[str], relevant: Sequence[str]) -> float:
    """One over the rank of the first relevant name, 0 where there is none."""
    wanted = set(relevant)
    return next((1 / rank for rank, name in enumerate(ranking, 1) if name in wanted), 0.0)


def as_names(
    golds: Sequence[PlacedGold], ranked: Sequence[Ranked], documents: Mapping[str, Folded], passages: bool
) -> list[str]:
    """The names of the gold quotations in the order in which sentences, or their passages, first cover half of them."""
    left = dict(enumerate(golds))
    names: list[str] = []
    seen: set[tuple[str, Span]] = set()
    for hit in ranked:
        span = hit.passage if passages else hit.sentence
        document = documents.get(hit.document)
        if document is None or (hit.document, span) in seen:
            continue
        seen.add((hit.document, span))
        place = document.span_of(*span)
        covered = [
            number for number, gold in left.items() if gold.gold.document == hit.document and _covers(place, gold)
        ]
        names += [str(number) for number in covered] or [_NOTHING]
        for number in covered:
            del left[number]
    return names


def _covers(place: Span, gold: PlacedGold) -> bool:
    """Half of the quotation lies in the sentence, or half of the sentence in the quotation (one that runs over two)."""
    return any(shared([place], [one]) >= HALF * min(length([place]), length([one])) > 0 for one in gold.places)
