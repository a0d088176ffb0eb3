"""Two runs of the same questions over the same documents, case by case and measure by measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.metrics.tally import ratio
from evals.records import Record
from evals.scoring import MEASURES
from evals.significance import Paired, continuous, holm, pass_fail

LEVEL = 0.05
# What the tests judge. The other measures are printed beside them: each further test would blunt all the rest.
TESTED = (
    "passed", "false_refusal_rate", "false_answer_rate",
    "evidence_recall", "evidence_precision", "citation_recall", "citation_precision", "nugget_recall_vital",
)  # fmt: skip
_MEASURES = {measure.name: measure for measure in MEASURES}


class Finding(StrEnum):
    """What can be said. ``UNCHANGED``: not one case differs. ``INCONCLUSIVE``: some do, too few to tell."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    INCONCLUSIVE = "inconclusive"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in both runs. ``p`` is after Holm's correction; ``test`` is ``None`` where no test was made."""

    measure: str
    old: float | None
    new: float | None
    test: Paired | None
    p: float | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes, and the cases that changed sides. ``same_answers`` counts answers that are alike byte for byte."""

    changes: tuple[Change, ...]
    newly_failed: tuple[Record, ...]
    newly_passed: tuple[Record, ...]
    still_failed: tuple[Record, ...]
    same_answers: int
    cases: int


def compare(old: Mapping[str, Record], new: Mapping[str, Record], level: float = LEVEL) -> Comparison:
    """Compare two judgements of the same cases."""
    pairs = [(old[name], new[name]) for name in new if name in old]
    tests = {name: test for name in TESTED if (test := _test(name, pairs, level / len(TESTED))) is not None}
    corrected = dict(zip(tests, holm([test.p for test in tests.values()]), strict=True))
    return Comparison(
        changes=tuple(_change(name, old, new, tests.get(name), corrected.get(name), level) for name in _MEASURES),
        newly_failed=tuple(after for before, after in pairs if before.passed and not after.passed),
        newly_passed=tuple(after for before, after in pairs if after.passed and not before.passed),
        still_failed=tuple(after for before, after in pairs if not after.passed and not before.passed),
        same_answers=sum(before.answer == after.answer for before, after in pairs),
        cases=len(pairs),
    )


def worse(change: Change) -> bool:
    """Whether a measure went down, whether or not that is sure."""
    return change.test is not None and _signed(change.measure, change.test.difference) < 0


def _test(name: str, pairs: Sequence[tuple[Record, Record]], level: float) -> Paired | None:
    """The test of one measure over the cases that both runs could be judged on."""
    judged = [(a, b) for a, b in pairs if name in a.tallies and name in b.tallies]
    if not judged:
        return None
    values = [(ratio([a.tallies[name]]) or 0.0, ratio([b.tallies[name]]) or 0.0) for a, b in judged]
    if _MEASURES[name].average == "mean":
        return continuous(values, [b.family for _, b in judged], level)
    goods = [(a == 1.0, b == 1.0) for a, b in values]
    # The test counts what is lost: a share that should be low is turned round, so that a loss is a loss.
    return _turned(pass_fail([(not a, not b) for a, b in goods], level)) if _low(name) else pass_fail(goods, level)


def _turned(test: Paired) -> Paired:
    return Paired(-test.difference, test.p, test.detectable, test.n)


def _change(
    name: str,
    old: Mapping[str, Record],
    new: Mapping[str, Record],
    test: Paired | None,
    p: float | None,
    level: float,
) -> Change:
    before, after = (ratio([r.tallies[name] for r in side.values() if name in r.tallies]) for side in (old, new))
    return Change(name, before, after, test, p, _finding(name, test, p, old, new, level))


def _finding(
    name: str,
    test: Paired | None,
    p: float | None,
    old: Mapping[str, Record],
    new: Mapping[str, Record],
    level: float,
) -> Finding:
    if test is None or p is None:
        return Finding.NOT_JUDGED
    if all(old[key].tallies.get(name) == record.tallies.get(name) for key, record in new.items() if key in old):
        return Finding.UNCHANGED
    if p >= level:
        return Finding.INCONCLUSIVE
    return Finding.WORSE if _signed(name, test.difference) < 0 else Finding.BETTER


def _low(name: str) -> bool:
    return _MEASURES[name].better == "low"


def _signed(name: str, difference: float) -> float:
    return -difference if _low(name) else difference
