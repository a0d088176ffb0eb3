"""Paragraphs, headings, bullets and table rows from the lines of a page.

What belongs together is told by space, by indents, by type, and by whether a line was broken because it was full:
where the first word of the next line would still have fitted, the break was meant.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.headings import is_standard_heading
from index.readers.layout import Column, Region, Row
from index.readers.lines import Line, meant_break
from index.structure import BlockKind

LINE_HYPHEN = "\ue000"  # stands behind a hyphen at a line's end until the whole document can tell what it was
_LARGER = 1.1  # times the usual type size: a heading, whatever its weight
_LOOSER = 1.25  # times the usual distance of two lines: the space between paragraphs
_INDENT = 0.8  # of the type size
_NARROW = 0.7  # of the column: a paragraph whose longest line is shorter was not broken by the column's width
_LONGEST_HEADING = 30  # words
_FIRST_LEADING = 1.25  # of the type size, where a document has too few lines to measure
_ADDRESS = re.compile(r"(?:://|\bwww\.)\S+$")
_ADDRESS_END = re.compile(r"(?!https?:|www\.)[\w.-]*[./?=&_-]\S*(?:\s|$)")
_FULL = 0.75  # of the column: a line this long that ends in mid-sentence goes on in the next
_FEW = 5  # lines, and words in each of them, of an address or a list of names
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_NO_HEADING = re.compile(r"[.;,…][\"'”’)\]]*$|^\W*\d*\W*$")


@dataclass(frozen=True, slots=True)
class Type:
    """The type most of a document is set in. ``leading`` is the distance of two lines in units of the type size."""

    size: float
    bold: bool
    leading: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A piece before pages are joined. ``cells`` is empty but for rows, whole or cut, and ``table`` names their table.

    ``hang`` is where a bullet's words begin, or the words of a row's last cell: what stands there at the head of the
    next page goes on with them.
    """

    kind: BlockKind
    text: str
    page: int
    size: float
    x0: float
    hang: float
    cells: tuple[str, ...] = ()
    table: tuple[float, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()


def usual_type(pages: Sequence[Sequence[Region]]) -> Type:
    """The commonest type size and weight of a document, and its commonest line distance."""
    sizes: Counter[tuple[float, bool]] = Counter()
    leadings: Counter[float] = Counter()
    for column in (column for page in pages for region in page for column in _columns(region)):
        for line in column.lines:
            sizes[round(line.size * 2) / 2, line.bold] += len(line.text)
        for above, line in zip(column.lines, column.lines[1:], strict=False):
            if abs(above.size - line.size) < 0.5:
                leadings[round((line.base - above.base) / line.size * 20) / 20] += 1
    if not sizes:
        return Type(12.0, False, _FIRST_LEADING)
    (size, bold), _ = sizes.most_common(1)[0]
    leading = leadings.most_common(1)[0][0] if sum(leadings.values()) > 10 else _FIRST_LEADING
    return Type(size, bold, min(max(leading, 1.0), 2.5))


def _columns(region: Region) -> tuple[Column, ...]:
    return region.cells if isinstance(region, Row) else (region,)


def drafts(region: Region, page: int, usual: Type) -> Iterator[Draft]:
    """The pieces of one region of a page."""
    if isinstance(region, Row):
        yield from _row(region, page, usual)
        return
    for paragraph in _paragraphs(region, usual):
        yield _draft(paragraph, page, usual)


def _row(row: Row, page: int, usual: Type) -> Iterator[Draft]:
    """A table row; a list in its last cell follows it as bullets, so that each stays a sentence of its own.

    A row with one filled cell is text: often the rest of a row that a page's end has cut.
    """
    cells = [[_draft(p, page, usual) for p in _paragraphs(cell, usual)] for cell in row.cells]
    if sum(bool(cell) for cell in cells) == 1:
        first_draft, *others = (draft for cell in cells for draft in cell)
        cut = tuple(first_draft.text if cell else "" for cell in cells)
        yield replace(first_draft, cells=cut, table=row.table)
        yield from others
        return
    last = cells[-1]
    listed = next((n for n, draft in enumerate(last) if n and draft.kind is BlockKind.BULLET), len(last))
    texts = [" ".join(draft.text for draft in cell) for cell in [*cells[:-1], last[:listed]]]
    first = next((line for cell in row.cells for line in cell.lines), None)
    if first is None:
        return
    hang = last[0].x0 if last else first.x0
    yield Draft(BlockKind.ROW, "\t".join(texts), page, first.size, first.x0, hang, tuple(texts), row.table)
    yield from last[listed:]


def _paragraphs(column: Column, usual: Type) -> Iterator[list[Line]]:
    """The lines of a column, parted where a paragraph ends."""
    paragraph: list[Line] = []
    for position, line in enumerate(column.lines):
        if paragraph and _begins(paragraph, line, column, position, usual):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(paragraph: Sequence[Line], line: Line, column: Column, position: int, usual: Type) -> bool:
    """Whether a line begins a new paragraph."""
    before = paragraph[-1]
    step = (line.base - before.base) / max(line.size, before.size)
    if step > _LOOSER * usual.leading or line.bulleted or abs(line.size - before.size) > 0.1 * usual.size:
        return True
    if line.size > _LARGER * usual.size and line.bold == before.bold:
        return False  # a long heading is broken where it looks best
    if line.bold and not before.bold and (_SENTENCE_END.search(before.text) or is_standard_heading(line.text)):
        return True
    broken = _ended(before, line, column, position)
    if line.bold != before.bold and (broken or before.bold):
        return True
    beside = paragraph[0].marker and abs(line.x0 - paragraph[0].x0) < _INDENT * line.size
    if line.marker and (broken or beside or _SENTENCE_END.search(before.text)):
        return True
    if paragraph[0].marker and len(paragraph) > 1 and line.x0 < before.x0 - _INDENT * line.size:
        return True
    indented = line.x0 > before.x0 + _INDENT * line.size and not (paragraph[0].marker and before is paragraph[0])
    return bool(indented and _SENTENCE_END.search(before.text)) or broken


def _ended(before: Line, line: Line, column: Column, position: int) -> bool:
    """Whether a line was ended on purpose. A text set narrower than its column ends where its longest line does."""
    near = column.lines[max(0, position - 8) : position + 8]
    if len(near) >= _FEW and all(len(other.words) <= _FEW and not other.text[:1].islower() for other in near):
        return True  # an address
    longest = max((other.x1 for other in near if abs(other.size - line.size) < 0.5), default=line.x1)
    narrow = longest - column.left < _NARROW * (column.right - column.left)
    edge = column.right if narrow else longest
    full = before.x1 - column.left > _FULL * (edge - column.left)
    if full and not _SENTENCE_END.search(before.text):
        return False  # a no-break space took more words to the next line
    return meant_break(before, line, edge)


def _draft(paragraph: Sequence[Line], page: int, usual: Type) -> Draft:
    first = paragraph[0]
    text = joined([line.text for line in paragraph], [line.words[-1].spaced for line in paragraph])
    kind = BlockKind.PARAGRAPH
    if first.bulleted:
        kind = BlockKind.BULLET
    elif _is_heading(paragraph, text, usual):
        kind = BlockKind.HEADING
    return Draft(kind, text, page, first.size, first.x0, first.text_x)


def _is_heading(paragraph: Sequence[Line], text: str, usual: Type) -> bool:
    if _NO_HEADING.search(text) or len(text.split()) > _LONGEST_HEADING or not any(c.isalpha() for c in text):
        return False
    larger = all(line.size > _LARGER * usual.size for line in paragraph)
    bolder = not usual.bold and all(line.bold and line.size > 0.95 * usual.size for line in paragraph)
    return larger or bolder


def joined(texts: Sequence[str], spaced: Sequence[bool]) -> str:
    """Lines as one, with a space where the break stood, or none behind a hyphen, a slash or a soft hyphen."""
    text = texts[0]
    for line, space in zip(texts[1:], spaced, strict=False):
        text = join(text, line, space)
    return text


def join(before: str, after: str, spaced: bool = False) -> str:
    """Two lines, or two parts of a paragraph on different pages, as one."""
    if before.endswith("\u00ad"):
        return before[:-1] + after
    if spaced or not before or not after:
        return f"{before} {after}".strip()
    if re.search(r"\w-$", before):
        return before + (LINE_HYPHEN if after[0].islower() else "") + after
    if re.search(r"\w/$", before) or (_ADDRESS.search(before) and _ADDRESS_END.match(after)):
        return before + after
    return f"{before} {after}"
