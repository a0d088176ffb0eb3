"""Counting: what one case adds to a measure, the measure over many cases, and how sure the number is."""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_Z95 = 1.959963984540054
_RESAMPLES = 2000
_LOWER, _UPPER = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Tally:
    """``hits`` out of ``n``. A case adds one of one, a mean adds a fraction of one, citations add many of many."""

    hits: float
    n: int


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a 95% interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over a set of cases. ``value`` is ``None`` where nothing could be judged (``n`` is then 0)."""

    value: float | None
    n: int
    interval: Interval | None


def of(flag: bool | float | None) -> Tally | None:
    """What a single yes, no or fraction adds; ``None`` adds nothing."""
    return None if flag is None else Tally(float(flag), 1)


def ratio(tallies: Sequence[Tally]) -> float | None:
    """All hits over all n: every unit weighs the same."""
    n = sum(tally.n for tally in tallies)
    return sum(tally.hits for tally in tallies) / n if n else None


def proportion(tallies: Sequence[Tally]) -> Estimate:
    """A share of whole units, with Wilson's interval."""
    n = sum(tally.n for tally in tallies)
    return Estimate(ratio(tallies), n, wilson(sum(tally.hits for tally in tallies), n))


def mean(tallies: Sequence[Tally], families: Sequence[str]) -> Estimate:
    """A mean of fractions, with a bootstrap interval that resamples whole families of cases."""
    value = ratio(tallies)
    return Estimate(value, sum(tally.n for tally in tallies), bootstrap(tallies, families, ratio))


def wilson(hits: float, n: int) -> Interval | None:
    """Wilson's score interval for ``hits`` of ``n`` (Wilson 1927): it stays honest at 0, at 1 and for small n."""
    if not n:
        return None
    share, z2 = hits / n, _Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = _Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(max(0.0, centre - reach), min(1.0, centre + reach))


def bootstrap(
    tallies: Sequence[Tally], families: Sequence[str], statistic: Callable[[Sequence[Tally]], float | None]
) -> Interval | None:
    """The percentile bootstrap over families, seeded, so that a rerun prints the same digits.

    Cases of one family are wordings of one question and rise and fall together; drawing them one by one would
    promise more certainty than there is. ``None`` where fewer than two families could be judged.
    """
    groups: dict[str, list[Tally]] = defaultdict(list)
    for tally, family in zip(tallies, families, strict=True):
        groups[family].append(tally)
    clusters = [Tally(sum(one.hits for one in group), sum(one.n for one in group)) for group in groups.values()]
    if len(clusters) < 2:
        return None
    draw = random.Random(0)  # noqa: S311 - repeatable resampling, no secret
    drawn = (statistic(draw.choices(clusters, k=len(clusters))) for _ in range(_RESAMPLES))
    values = sorted(value for value in drawn if value is not None)
    return Interval(values[int(_LOWER * len(values))], values[min(len(values) - 1, int(_UPPER * len(values)))])


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile: the smallest value that at least ``share`` of all values do not exceed."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
