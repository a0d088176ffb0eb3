"""Committed floors: numbers that a run must reach, or must not exceed, or else the command fails."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.metrics.tally import Estimate
from evals.scoring import GROUPED, LATENCY, MEASURES
from evals.strict import Fields, FormatError

FLOORS = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True)
class Floor:
    """The least or the most that a measure may be."""

    measure: str
    least: float | None
    most: float | None

    @property
    def limit(self) -> str:
        """The limit in words: ``min 0.4``."""
        parts = (
            f"min {self.least:g}" if self.least is not None else "",
            f"max {self.most:g}" if self.most is not None else "",
        )
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class FloorResult:
    """How a floor was met. ``held`` is ``None`` where the run had nothing to judge it by."""

    floor: Floor
    value: float | None
    held: bool | None


def read_floors(path: Path = FLOORS) -> tuple[Floor, ...]:
    """The floors of a file. Raises ``FormatError`` for an unknown measure or a floor without a number."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FormatError(f"{path}: can't be read as JSON ({error}); repair the floors") from error
    if not isinstance(table, dict):
        raise FormatError(f"{path}: must be an object of measures")
    return tuple(_floor(name, value, path) for name, value in table.items())


def check_floors(floors: tuple[Floor, ...], board: Mapping[str, Estimate]) -> tuple[FloorResult, ...]:
    """Hold a scoreboard against the floors."""
    return tuple(_check(floor, board[floor.measure].value) for floor in floors)


def _floor(name: str, value: object, path: Path) -> Floor:
    known = {measure.name for measure in (*MEASURES, *GROUPED)} | set(LATENCY)
    if name not in known:
        raise FormatError(f"{path}: unknown measure '{name}'; known are {', '.join(sorted(known))}")
    fields = Fields(value, f"{path}: '{name}'")
    least, most = _number(fields, "min"), _number(fields, "max")
    fields.done()
    if least is None and most is None:
        raise FormatError(f"{path}: '{name}' needs a number in 'min' or 'max'")
    return Floor(name, least, most)


def _number(fields: Fields, key: str) -> float | None:
    value = fields.take(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _check(floor: Floor, value: float | None) -> FloorResult:
    if value is None:
        return FloorResult(floor, None, None)
    low = floor.least is not None and value < floor.least
    high = floor.most is not None and value > floor.most
    return FloorResult(floor, value, not (low or high))
