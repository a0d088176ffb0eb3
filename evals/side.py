"""A finished run as the report needs it, and how its numbers are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.records import Record
from evals.runs import RunInfo
from evals.scoring import GROUPED, MEASURES, Measure

NAMED = {measure.name: measure for measure in (*MEASURES, *GROUPED)}


@dataclass(frozen=True, slots=True)
class Side:
    """A finished run as the report needs it. ``same_again``: answers the same when asked again, and of how many."""

    info: RunInfo
    scores: Mapping[str, Any]
    records: Mapping[str, Record]
    answers: Mapping[str, Mapping[str, Any]]
    same_again: tuple[int, int] | None = None

    def measure(self, name: str, split: str | None = None) -> Mapping[str, Any]:
        """``value``, ``n`` and ``interval`` of a measure, over all cases or those of a split."""
        groups = self.scores["measures"]
        found: Mapping[str, Any] = groups.get(split or list(groups)[-1], {}).get(name, {"value": None, "n": 0})
        return found

    def share(self, name: str) -> float | None:
        """The value of a measure over all cases."""
        value = self.measure(name)["value"]
        return None if value is None else float(value)


def arrow(measure: Measure) -> str:
    return '<span class="way">↓</span>' if measure.better == "low" else '<span class="way">↑</span>'


def reach(one: Mapping[str, Any]) -> str:
    interval = one.get("interval")
    return f"[{interval[0]:.2f}–{interval[1]:.2f}]" if interval else ""


def percent(value: float | None) -> str:
    return "n/a" if value is None else f"{100 * value:.1f}%"


def number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def ms(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.0f}"
