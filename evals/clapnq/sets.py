"""Sets of sentences: which are likely to be the evidence, and which one is expected to come nearest to it.

Annotators of CLAPNQ choose sentences together: mostly two or three, and hardly ever neighbours only. So sets are scored
and not sentences one by one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from evals.clapnq.choice import Numbers, chances
from evals.clapnq.sentences import Read

_AMONG = 9  # nearest sentences of which sets are made
_MOST = 5  # sentences in a set
_LIKELIEST = 150  # sets among which the best is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """The sets of one passage: ``members`` has one row a set and one column for each of the sentences ``at``."""

    at: NDArray[np.int64]
    members: NDArray[np.bool_]
    features: Numbers


def sets_of(passage: Read) -> Sets:
    """All sets of a passage's nearest sentences."""
    at = np.sort((-passage.nearness).argsort(kind="stable")[:_AMONG])
    chosen = [one for size in range(1, _MOST + 1) for one in combinations(range(len(at)), size)]
    members = np.zeros((len(chosen), len(at)), dtype=np.bool_)
    for row, one in enumerate(chosen):
        members[row, list(one)] = True
    return Sets(at, members, _features(passage, at, members))


def _features(passage: Read, at: NDArray[np.int64], members: NDArray[np.bool_]) -> Numbers:
    held = members.astype(np.float64)
    size = held.sum(axis=1)
    pairs = np.maximum(1.0, size * (size - 1) / 2)
    alike = np.einsum("ki,ij,kj->k", held, passage.alike[np.ix_(at, at)], held) / 2 / pairs
    span = np.array([at[row].max() - at[row].min() + 1 for row in members])
    together = (span == size) & (size > 1)
    sizes = [size == count for count in range(1, _MOST + 1)]
    return np.column_stack([held @ passage.sentences[at], *sizes, together, alike]).astype(np.float64)


def is_set(sets: Sets, sentences: Collection[int]) -> NDArray[np.bool_]:
    """Which of the sets are these sentences: one, or none where they were not thought of. Shape ``(sets,)``."""
    if not set(sentences) <= set(sets.at.tolist()):
        return np.zeros(len(sets.members), dtype=np.bool_)
    same: NDArray[np.bool_] = (sets.members == np.isin(sets.at, list(sentences))).all(axis=1)
    return same


def nearest(passage: Read, sets: Sets, weights: Numbers, kept: float = 1.0) -> tuple[int, ...]:
    """The set whose expected F1 in words is highest, against sets as likely as the weights say.

    ``kept`` is the share of their sentences' words that annotators keep in an answer: below 1 the best set is shorter.
    """
    sure = chances(sets.features, weights)
    likely = (-sure).argsort(kind="stable")[:_LIKELIEST]
    held = sets.members[likely].astype(np.float64)
    weighed = held * passage.lengths[sets.at]
    size = np.maximum(1.0, weighed.sum(axis=1))
    f1 = 2 * kept * (weighed @ held.T) / (size[:, None] + kept * size[None])
    best = int((f1 @ sure[likely]).argmax())
    return tuple(sets.at[held[best] > 0].tolist())
