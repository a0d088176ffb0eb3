"""The numbers: right verdicts of each kind and half, and the mistake that must never happen."""

from collections.abc import Iterable, Sequence

from evals.cases import SPLITS
from evals.metrics.tally import percentile, wilson
from evals.verdicts.types import Trial

_COLUMNS = (*SPLITS, "all")


def table(done: Sequence[Trial]) -> str:
    """Each kind a row: the share of right verdicts on both halves, with Wilson's intervals for all kinds."""
    rows = [f"{'right verdict':<30}" + "".join(f"{column:<28}" for column in _COLUMNS)]
    rows += [_row(kind, [t for t in done if t.claim.kind == kind]) for kind in _kinds(done)]
    rows.append(_row("all kinds", done))
    for name, flags in (("exactly what was changed marked", _marks), ("altered, called verbatim", _false)):
        rows.append(f"{name:<30}" + "".join(f"{_count(flags(_half(done, c))):<28}" for c in _COLUMNS))
    times = [one.milliseconds for one in done]
    rows.append(
        f"a check takes {percentile(times, 0.5) or 0:.0f} ms (p50), {percentile(times, 0.95) or 0:.0f} ms (p95)"
    )
    return "\n".join(rows)


def as_json(done: Sequence[Trial]) -> dict[str, object]:
    """The same numbers for programs."""
    return {
        column: {
            "n": len(half),
            "right": sum(one.right for one in half),
            "interval": _ends(sum(one.right for one in half), len(half)),
            "marked": {"n": len(list(_marks(half))), "right": sum(_marks(half))},
            "altered_called_verbatim": sum(_false(half)),
            "kinds": {
                kind: {
                    "n": sum(one.claim.kind == kind for one in half),
                    "right": sum(one.right for one in half if one.claim.kind == kind),
                }
                for kind in _kinds(half)
            },
        }
        for column in _COLUMNS
        for half in [_half(done, column)]
    }


def mistakes(done: Sequence[Trial], shown: int) -> str:
    """What was wrong on the dev half, the worst first."""
    wrong = [one for one in done if one.split == "dev" and (not one.right or one.marked is False)]
    wrong.sort(key=lambda one: (not one.false_yes, one.right))
    return "\n".join(
        f"[{one.claim.kind}] {one.verdict}, right: {' or '.join(sorted(one.claim.allowed))}; {one.differences}"
        f" marked right: {one.claim.change}\n   claim:   {one.claim.asked or one.claim.text} {one.claim.area or ''}"
        f"\n   source:  {one.claim.source}\n   nearest: {one.nearest}"
        for one in wrong[:shown]
    )


def _kinds(done: Iterable[Trial]) -> list[str]:
    return list(dict.fromkeys(one.claim.kind for one in done))


def _half(done: Sequence[Trial], column: str) -> list[Trial]:
    return [one for one in done if column in ("all", one.split)]


def _marks(done: Iterable[Trial]) -> list[bool]:
    return [one.marked for one in done if one.marked is not None]


def _false(done: Iterable[Trial]) -> list[bool]:
    return [one.false_yes for one in done]


def _row(name: str, done: Sequence[Trial]) -> str:
    return f"{name:<30}" + "".join(f"{_share(_half(done, column)):<28}" for column in _COLUMNS)


def _share(done: Sequence[Trial]) -> str:
    right = sum(one.right for one in done)
    reach = wilson(right, len(done))
    return f"{right}/{len(done)} {right / len(done):.3f} [{reach.low:.2f}–{reach.high:.2f}]" if reach else "n/a n=0"


def _ends(hits: int, n: int) -> list[float] | None:
    reach = wilson(hits, n)
    return [reach.low, reach.high] if reach else None


def _count(flags: Sequence[bool]) -> str:
    return f"{sum(flags)} of {len(flags)}"
