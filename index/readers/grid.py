"""Ruled tables and boxes: which words share a cell, from the lines drawn on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.readers.page import Rule, Word

_NEAR = 3.0  # points: lines that end this near to each other meet
_LEAST_WIDTH = 40.0  # points; a smaller box is a tick box or an ornament


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's frame, and the words in it."""

    left: float
    top: float
    right: float
    bottom: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table or box: its rows from the top, the cells of each from the left (empty cells among them)."""

    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[tuple[Cell, ...], ...]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Upright rules drawn in pieces as one (a level rule is passed with its coordinates exchanged)."""
    columns: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.x0):
        if columns and rule.x0 - columns[-1][-1].x0 <= _NEAR / 2:
            columns[-1].append(rule)
        else:
            columns.append([rule])
    found = []
    for column in columns:
        start = end = None
        for rule in sorted(column, key=lambda r: r.y0):
            if end is None or start is None or rule.y0 > end + _NEAR:
                if start is not None and end is not None:
                    found.append(Rule(column[0].x0, start, column[0].x0, end))
                start, end = rule.y0, rule.y1
            else:
                end = max(end, rule.y1)
        if start is not None and end is not None:
            found.append(Rule(column[0].x0, start, column[0].x0, end))
    return found


def _turned(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1)


def _meet(a: Rule, b: Rule) -> bool:
    return (
        a.x0 <= b.x1 + _NEAR and b.x0 <= a.x1 + _NEAR and a.y0 <= b.y1 + _NEAR and b.y0 <= a.y1 + _NEAR
    )  # fmt: skip


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules that hang together."""
    waiting = list(rules)
    while waiting:
        group = [waiting.pop()]
        for rule in group:
            joining = [other for other in waiting if _meet(rule, other)]
            waiting = [other for other in waiting if other not in joining]
            group.extend(joining)
        yield group


def _edges(places: Sequence[float]) -> list[float]:
    """The distinct positions among many that differ by a hair."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def tables(rules: Sequence[Rule], words: Sequence[Word]) -> list[Table]:
    """The ruled tables and boxes of a page that hold words, from the top down."""
    upright = _merged([rule for rule in rules if rule.upright])
    level = [_turned(rule) for rule in _merged([_turned(rule) for rule in rules if not rule.upright])]
    found = []
    for group in _groups([*upright, *level]):
        xs = _edges([rule.x0 for rule in group if rule.upright])
        ys = _edges([rule.y0 for rule in group if not rule.upright])
        if len(xs) >= 2 and len(ys) >= 2 and xs[-1] - xs[0] >= _LEAST_WIDTH:
            found.append(_table(group, xs, ys, words))
    return sorted((table for table in found if table.rows), key=lambda table: table.top)


def _table(group: Sequence[Rule], xs: Sequence[float], ys: Sequence[float], words: Sequence[Word]) -> Table:
    frames: dict[tuple[float, float, float, float], list[Word]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if frame := _frame(group, x, y):
                frames.setdefault(frame, [])
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.base - word.size / 3
        if frame := _frame(group, x, y):
            frames.setdefault(frame, []).append(word)
    filled = [frame for frame, held in frames.items() if held]
    rows = []
    for top in _edges([frame[1] for frame in filled]):
        cells = [Cell(*frame, tuple(held)) for frame, held in frames.items() if 0 <= frame[1] - top <= _NEAR]
        rows.append(tuple(sorted(cells, key=lambda cell: cell.left)))
    return Table(xs[0], ys[0], xs[-1], ys[-1], tuple(rows))


def _frame(group: Sequence[Rule], x: float, y: float) -> tuple[float, float, float, float] | None:
    """The nearest rules on all four sides of a point; ``None`` where a side is open."""
    beside = [rule.x0 for rule in group if rule.upright and rule.y0 - _NEAR <= y <= rule.y1 + _NEAR]
    across = [rule.y0 for rule in group if not rule.upright and rule.x0 - _NEAR <= x <= rule.x1 + _NEAR]
    left, right = [at for at in beside if at <= x], [at for at in beside if at > x]
    above, below = [at for at in across if at <= y], [at for at in across if at > y]
    if not (left and right and above and below):
        return None
    return max(left), max(above), min(right), min(below)
