"""Is a difference between two runs real? Exact and resampling tests on pairs of cases, and what they could have seen.

Every case is its own control: both runs answered the same question, so only the cases on which they differ speak.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

_RESAMPLES = 10_000
_SEED = 0  # repeatable resampling: a rerun prints the same digits


@dataclass(frozen=True, slots=True)
class Paired:
    """What a test says of one measure. ``difference`` is new minus old; ``p`` is two-sided.

    ``detectable`` is the smallest loss this test would have called real at the level asked for; ``None`` where no
    loss whatever could have been.
    """

    difference: float
    p: float
    detectable: float | None
    n: int


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided p of McNemar's test: of the cases that changed, how lopsided is the split (McNemar 1947)?"""
    changed = gained + lost
    if not changed:
        return 1.0
    tail = sum(math.comb(changed, k) for k in range(min(gained, lost) + 1)) / (1 << changed)
    return min(1.0, 2 * tail)


def pass_fail(pairs: Sequence[tuple[bool, bool]], level: float) -> Paired:
    """McNemar's exact test on ``(old, new)`` outcomes of the same cases. ``pairs`` must not be empty."""
    gained = sum(new and not old for old, new in pairs)
    lost = sum(old and not new for old, new in pairs)
    n = len(pairs)
    needed = next((k for k in range(gained + 1, n - gained + 1) if mcnemar(gained, k) < level), None)
    detectable = None if needed is None else (needed - gained) / n
    return Paired((gained - lost) / n, mcnemar(gained, lost), detectable, n)


def continuous(pairs: Sequence[tuple[float, float]], clusters: Sequence[str], level: float) -> Paired:
    """A bootstrap of the mean difference of ``(old, new)`` that resamples whole clusters. ``pairs`` must not be empty.

    Cases of one cluster (the wordings of one question, the questions on one document) rise and fall together. The p
    is the share of resamples, shifted to no difference, that are as far out as what was seen (Efron and Tibshirani
    1993, section 16.4). With one cluster nothing can be told: p is 1.
    """
    names = sorted(set(clusters))
    place = {name: at for at, name in enumerate(names)}
    sums, sizes = np.zeros(len(names)), np.zeros(len(names))
    for (old, new), cluster in zip(pairs, clusters, strict=True):
        sums[place[cluster]] += new - old
        sizes[place[cluster]] += 1
    seen = float(sums.sum() / sizes.sum())
    if len(names) < 2 or not sums.any():
        return Paired(seen, 1.0, None, len(pairs))
    draws = np.random.default_rng(_SEED).multinomial(len(names), np.full(len(names), 1 / len(names)), _RESAMPLES)
    means = (draws @ sums) / (draws @ sizes)
    beyond = int((np.abs(means - seen) >= abs(seen) - 1e-12).sum())
    reach = NormalDist().inv_cdf(1 - level / 2) * float(means.std())
    return Paired(seen, (beyond + 1) / (_RESAMPLES + 1), reach, len(pairs))


def holm(values: Sequence[float]) -> list[float]:
    """Holm's correction (1979): p values that stay honest though several measures were tested at once."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    corrected, least = [1.0] * len(values), 0.0
    for rank, at in enumerate(order):
        least = max(least, min(1.0, values[at] * (len(values) - rank)))
        corrected[at] = least
    return corrected
