"""Reading order: columns of a page one after the other, unruled tables row by row, ruled ones from their grid.

A gutter is a place where several lines begin, below each other, and which no line crosses for a stretch of the
page. What stands on both sides of one is read as columns of prose or as the rows of a table, whichever it looks like.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeVar

from index.readers.grid import Table, tables
from index.readers.lines import Line, lines, meant_break, segments, whole
from index.readers.page import Rule, Word

_GUTTER = 0.2  # of the type size: the least room before a column; that most lines leave more shows in their segments
_ALIGNED = 2.5  # points: lines that begin this near to each other begin at the same place
_FEWEST = 3  # lines on each side of a gutter; below that, a wide gap is only a wide gap
_WIDER = 1.4  # times the usual space of a line
_CHAINED = 1.7  # of the type size: lines this near below each other belong together
_ROOM = 1.45  # of the type size: more than this between two lines parts the rows of an unruled table


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below each other, and the edges between which they were set."""

    lines: tuple[Line, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: the lines of each cell with the cell's edges. ``table`` tells rows of one table from others'."""

    cells: tuple[Column, ...]
    table: tuple[float, ...]


Region = Column | Row
_Placed = TypeVar("_Placed", Word, Line)


def regions(words: Sequence[Word], rules: Sequence[Rule]) -> Iterator[Region]:
    """What is on a page, in reading order."""
    loose = list(words)
    ruled = []
    for table in tables(rules, words):
        held = {id(word) for row in table.rows for cell in row for word in cell.words}
        taken = [word for word in loose if id(word) in held]
        if taken:
            loose = [word for word in loose if id(word) not in held]
            ruled.append(table)
    for table in ruled:
        above = [word for word in loose if word.base <= table.top + word.size]
        loose = [word for word in loose if word.base > table.top + word.size]
        yield from _open(lines(above))
        yield from _table(table)
    yield from _open(lines(loose))


def _table(table: Table) -> Iterator[Region]:
    """A ruled table's rows. A row of a single cell is only a box round a text."""
    edges = tuple(sorted({round(cell.left) for row in table.rows for cell in row}))
    for row in table.rows:
        if len(row) == 1:
            yield from _open(lines(row[0].words), row[0].left, row[0].right)
        else:
            yield Row(tuple(Column(tuple(lines(cell.words)), cell.left, cell.right) for cell in row), edges)


def _open(found: Sequence[Line], left: float | None = None, right: float | None = None) -> Iterator[Region]:
    """Lines that no rule divides: one column, or several beside each other for a stretch."""
    if not found:
        return
    left = min(line.x0 for line in found) if left is None else left
    right = max(line.x1 for line in found) if right is None else right
    parts = sorted((part for line in found for part in segments(line)), key=lambda part: (part.base, part.x0))
    band = _band(parts)
    if band is None:
        yield Column(tuple(found), left, right)
        return
    gutters, inside = band
    taken = {id(word) for part in inside for word in part.words}
    others = [part for part in parts if id(part.words[0]) not in taken]
    above = [part for part in others if part.base < inside[0].base]
    below = [part for part in others if part.base >= inside[0].base]
    yield from _open(_put_together(above), left, right)
    yield from _beside(inside, [left, *gutters], right)
    yield from _open(_put_together(below), left, right)


def _put_together(parts: Sequence[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for part in sorted(parts, key=lambda part: part.base):
        if rows and part.base - rows[-1][0].base <= 0.3 * part.size:
            rows[-1].append(part)
        else:
            rows.append([part])
    return [whole(row) for row in rows]


def _band(parts: Sequence[Line]) -> tuple[list[float], list[Line]] | None:
    """The first stretch of lines with a gutter: where the columns right of the first begin, and the lines."""
    leftmost = min(part.x0 for part in parts)
    starts = _near(sorted(parts, key=lambda part: part.x0), _ALIGNED)
    for group in sorted(starts, key=lambda group: -len(group)):
        at = group[0].x0
        if len(group) < _FEWEST - 1 or at - leftmost < 2 * group[0].size:
            continue
        cut = [piece for part in parts for piece in _cut(part, group)]
        for run in _uncrossed(cut, at):
            if inside := _both_sides(run, at):
                return _gutters(inside, at)
    return None


def _near(sorted_by_x0: Sequence[_Placed], distance: float) -> list[list[_Placed]]:
    """Words or lines in groups that begin at the same place."""
    groups: list[list[_Placed]] = []
    for one in sorted_by_x0:
        if groups and one.x0 - groups[-1][0].x0 <= distance:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _cut(part: Line, beside: Sequence[Line]) -> tuple[Line, ...]:
    """A line cut where a word of it begins at the gutter: a long name leaves little room before the next column.

    The room must still be wider than the line's other spaces; words of prose begin at any place by chance.
    """
    at = beside[0].x0
    if len(part.words) < 2 or all(abs(part.size - other.size) > 0.05 * part.size for other in beside):
        return (part,)
    usual = median(word.x0 - before.x1 for before, word in pairwise(part.words))
    for place, (before, word) in enumerate(pairwise(part.words), start=1):
        wide = word.x0 - before.x1 > max(_WIDER * usual, 0.2 * part.size)
        if place > bool(part.marker) and abs(word.x0 - at) < 1.0 and (wide or len(part.words) == 2):
            return Line(part.words[:place]), Line(part.words[place:])
    return (part,)


def _crosses(part: Line, at: float) -> bool:
    return part.x0 < at - _ALIGNED and part.x1 > at - _GUTTER * part.size


def _uncrossed(parts: Sequence[Line], at: float) -> Iterator[list[Line]]:
    """The longest stretches of lines that leave the gutter left of a place free."""
    run: list[Line] = []
    for part in parts:
        if _crosses(part, at):
            if run:
                yield run
            run = []
        else:
            run.append(part)
    if run:
        yield run


def _both_sides(run: Sequence[Line], at: float) -> list[Line]:
    """The lines of a stretch from where both sides of a gutter are filled to where one of them ends, or nothing."""
    right = [part for part in run if part.x0 >= at - _ALIGNED]
    left = [part for part in run if part.x0 < at - _ALIGNED]
    if min(len(left), len(right)) < _FEWEST:
        return []
    first, last = max(left[0].base, right[0].base), min(left[-1].base, right[-1].base)
    if first > last:
        return []
    inside = [part for part in run if first <= part.base <= last]
    for part in reversed([part for part in run if part.base < first]):
        alike = any(abs(part.size - other.size) < 0.2 * part.size for other in inside)
        if inside[0].base - part.base > _CHAINED * part.size or not alike:
            break
        inside.insert(0, part)
    for part in [part for part in run if part.base > last]:
        if part.base - inside[-1].base > _CHAINED * part.size:
            break
        inside.append(part)
    sides = [sum(part.x0 >= at - _ALIGNED for part in inside), sum(part.x0 < at - _ALIGNED for part in inside)]
    return inside if min(sides) >= _FEWEST else []


def _gutters(inside: list[Line], found: float) -> tuple[list[float], list[Line]]:
    """Where all the columns of a stretch begin, but for the first, and its lines cut there."""
    gutters = [found, min(part.x0 for part in inside)]
    by_place = sorted((word for part in inside for word in part.words), key=lambda word: word.x0)
    for words in _near(by_place, 1.0):
        at, size = words[0].x0, words[0].size
        if len(words) < _FEWEST or any(abs(at - other) <= 2 * size for other in gutters):
            continue
        cut = [piece for part in inside for piece in _cut(part, [Line((word,)) for word in words])]
        if not any(_crosses(part, at) for part in cut):
            gutters.append(at)
            inside = cut
    return sorted(gutters)[1:], inside


def _beside(inside: Sequence[Line], edges: Sequence[float], right: float) -> Iterator[Region]:
    """A stretch with gutters as columns read one after the other, or as the rows of a table."""
    columns: list[list[Line]] = [[] for _ in edges]
    for part in inside:
        place = max((n for n, edge in enumerate(edges) if part.x0 >= edge - _ALIGNED), default=0)
        columns[place].append(part)
    kept = [(edge, column) for edge, column in zip(edges, columns, strict=True) if column]
    ends = [*[edge for edge, _ in kept[1:]], right]
    lists = [column for _, column in kept]
    if not _tabular(lists):
        for (edge, column), end in zip(kept, ends, strict=True):
            yield Column(tuple(_put_together(column)), edge, end)
        return
    rows = _rows(lists, ends)
    table = tuple(round(edge) for edge, _ in kept)
    headed = False
    for row in rows:
        if not headed and not any(row[1:]):
            yield Column(tuple(_put_together(row[0])), kept[0][0], right)  # a heading above the table
            continue
        headed = True
        cells = zip(row, kept, ends, strict=True)
        yield Row(tuple(Column(tuple(_put_together(cell)), edge, end) for cell, (edge, _), end in cells), table)


def _tabular(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether columns are those of a table: lines that stand level across them, and no prose in all of them."""
    strips = _strips(columns)
    level = [all(cell and abs(cell[0].base - strip[0][0].base) < _ALIGNED for cell in strip) for strip in strips[:-1]]
    if len(strips) > 2 and all(level):
        return True
    if all(_prose(column) for column in columns):
        return False
    bases = [part.base for part in columns[0]]
    aligned = [any(abs(part.base - base) < _ALIGNED for base in bases) for c in columns[1:] for part in c]
    return sum(aligned) >= 0.8 * min(len(aligned), len(bases))


def _in_order(columns: Sequence[Sequence[Line]]) -> list[tuple[Line, int]]:
    return sorted(((part, n) for n, column in enumerate(columns) for part in column), key=lambda p: p[0].base)


def _strips(columns: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    """The lines of all columns, cut where an empty strip runs across all of them."""
    strips: list[list[list[Line]]] = []
    before = None
    for part, place in _in_order(columns):
        if before is None or part.base - before > _ROOM * part.size:
            strips.append([[] for _ in columns])
        strips[-1][place].append(part)
        before = part.base
    return strips


def _rows(columns: Sequence[Sequence[Line]], ends: Sequence[float]) -> list[list[list[Line]]]:
    """The rows of an unruled table, each a list of lines a column.

    A line begins a new row unless it goes on in its cells: in one of them with a small letter, or in all of them
    because the line above it there was full.
    """
    rows: list[list[list[Line]]] = []
    level: list[tuple[Line, int]] = []
    for part, place in [*_in_order(columns), (None, 0)]:
        if level and (part is None or part.base - level[0][0].base > _ALIGNED):
            going_on = [_goes_on(rows[-1][n], line, ends[n]) for line, n in level] if rows else [False]
            small = any(line.text[:1].islower() for line, _ in level)
            if not (any(going_on) if small else all(going_on)):
                rows.append([[] for _ in columns])
            for line, n in level:
                rows[-1][n].append(line)
            level = []
        if part is not None:
            level.append((part, place))
    return rows


def _goes_on(cell: Sequence[Line], line: Line, end: float) -> bool:
    if not cell or line.base - cell[-1].base > _ROOM * line.size:
        return False
    return not meant_break(cell[-1], line, end - _GUTTER * line.size)


def _prose(column: Sequence[Line]) -> bool:
    """Whether lines read on from one to the next: of several words each, and many beginning in mid-sentence."""
    if len(column) < _FEWEST:
        return False
    going_on = sum(line.text[:1].islower() for line in column)
    return median(len(line.words) for line in column) >= 4 and going_on >= 0.3 * len(column)
