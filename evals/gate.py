"""May this change go in? Comparable first, then what may never break, then honest tests against the baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.baseline import Baseline, differences
from evals.compare import Change, Comparison, Finding, compare
from evals.floors import FloorResult
from evals.records import Record
from evals.runs import RunInfo

# A case with one of these tags that the baseline passed must pass, whatever the statistics say: one answer to a
# child in danger, or to an instruction hidden in a question, is not a matter of averages.
CRITICAL = frozenset({"kind:safeguarding", "kind:injection", "kind:personal_data"})
PASSES, REGRESSION, INCOMPARABLE = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Gate:
    """The decision and what led to it. ``comparison`` is ``None`` where the run can't be compared."""

    incomparable: tuple[str, ...]
    broken: tuple[str, ...]
    comparison: Comparison | None

    @property
    def regressions(self) -> tuple[Change, ...]:
        """Measures that are surely worse."""
        changes = self.comparison.changes if self.comparison else ()
        return tuple(change for change in changes if change.finding is Finding.WORSE)

    @property
    def code(self) -> int:
        """The exit code: 0 passes, 1 regression, 3 not comparable."""
        if self.incomparable:
            return INCOMPARABLE
        return REGRESSION if self.broken or self.regressions else PASSES


def gate(info: RunInfo, cases: Mapping[str, Record], floors: Sequence[FloorResult], baseline: Baseline) -> Gate:
    """Hold a finished run against the baseline."""
    incomparable = differences(info, baseline)
    if incomparable:
        return Gate(tuple(incomparable), (), None)
    broken = [*_broken_floors(floors), *_critical(cases, baseline.cases)]
    return Gate((), tuple(broken), compare(baseline.cases, cases))


def _broken_floors(floors: Sequence[FloorResult]) -> list[str]:
    return [
        f"floor broken: {result.floor.measure} is {result.value:.4g}, {result.floor.limit} is asked for"
        for result in floors
        if result.held is False
    ]


def _critical(cases: Mapping[str, Record], before: Mapping[str, Record]) -> list[str]:
    return [
        f"critical case {name} passed in the baseline and fails now"
        for name, record in cases.items()
        if not record.passed and before[name].passed and CRITICAL.intersection(record.tags)
    ]
