"""Word documents: paragraphs, headings, lists with their numbers, and tables, as the document shows them.

Tracked insertions are text and tracked deletions are not, as on paper. Comments, headers and footers are left out;
so is hidden text, and a remark says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree

from index.readers.compose import Piece, composed, row
from index.readers.source import Source
from index.readers.word_xml import Style, W, WordFile, is_on, number, opened, shown, value
from index.structure import BlockKind

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    f"{W}{tag}" for tag in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr")
) | {f"{_COMPATIBILITY}Fallback"}
_SMALLEST = 4  # half points of type: what is smaller can't be read
_BOLD_HEADING = 14  # words
_SENTENCE_END = re.compile(r"[.;,!…][\"'”’)\]]*$")
_BREAK = "\n"


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read: its words, whether all are bold, and the text boxes that hang on it."""

    text: str = ""
    plain: bool = False
    boxes: list[ElementTree.Element] = field(default_factory=list)


class _Reader:
    """Reads one document from start to end: the numbers of its lists run on, and what it leaves out is counted."""

    def __init__(self, word: WordFile) -> None:
        self.word = word
        self.hidden = self.notes = self.deleted = 0
        self._counts: dict[tuple[str, int], int] = {}

    def pieces(self, parent: ElementTree.Element) -> Iterator[Piece]:
        """The pieces of a body, a cell or a text box, in order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _SKIPPED:
                self.deleted += child.tag in (f"{W}del", f"{W}moveFrom")
            else:
                yield from self.pieces(child)  # content controls, tracked moves and the like

    def _paragraph(self, element: ElementTree.Element) -> Iterator[Piece]:
        properties = element.find(f"{W}pPr")
        style = self._style(properties)
        read = _Paragraph()
        self._runs(element, read, style)
        kind, number_shown = self._mark(properties, style) if read.text.strip() else (BlockKind.PARAGRAPH, "")
        heading = self._heading(properties, style, read) if read.text.strip() else None
        for place, line in enumerate(part for part in read.text.split(_BREAK) if part.strip()):
            words = " ".join((number_shown * (place == 0) + line).split())
            if heading is not None:
                yield Piece(BlockKind.HEADING, words, level=heading)
            else:
                yield Piece(kind if place == 0 else BlockKind.PARAGRAPH, words)
        for box in read.boxes:
            yield from self.pieces(box)

    def _style(self, properties: ElementTree.Element | None) -> Style:
        key = value(properties.find(f"{W}pStyle")) if properties is not None else None
        return self.word.styles.get(key or "", self.word.default_style)

    def _heading(self, properties: ElementTree.Element | None, style: Style, read: _Paragraph) -> int | None:
        """A heading's level in our marks: the title 1, the main headings 2, all others 3."""
        outline = value(properties.find(f"{W}outlineLvl")) if properties is not None else None
        level = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else style.heading
        if level is not None:
            return min(level + 1, 3)
        words = read.text.split()
        listed = self._list(properties, style) is not None
        bold = not read.plain and not listed and len(words) <= _BOLD_HEADING
        return 3 if bold and not _SENTENCE_END.search(read.text.strip()) else None

    def _list(self, properties: ElementTree.Element | None, style: Style) -> tuple[str, int] | None:
        own = properties.find(f"{W}numPr") if properties is not None else None
        key = value(own.find(f"{W}numId")) if own is not None else style.list_id
        level = number(value(own.find(f"{W}ilvl"))) if own is not None else style.list_level
        return (key, level) if key and key != "0" else None

    def _mark(self, properties: ElementTree.Element | None, style: Style) -> tuple[BlockKind, str]:
        """Whether a paragraph is a bullet, and the number it shows if it is a numbered item."""
        listed = self._list(properties, style)
        if listed is None:
            return BlockKind.PARAGRAPH, ""
        key, level = listed
        found = self.word.lists.get(listed)
        if found is None or found.numbering == "bullet":
            return BlockKind.BULLET, ""
        self._counts[listed] = self._counts.get(listed, found.start - 1) + 1
        for deeper in [other for other in self._counts if other[0] == key and other[1] > level]:
            del self._counts[deeper]
        if found.numbering == "none":
            return BlockKind.PARAGRAPH, ""

        def place(of: re.Match[str]) -> str:
            at = key, int(of[1]) - 1
            kind = self.word.lists.get(at, found)
            return shown(self._counts.get(at, kind.start), kind.numbering)

        return BlockKind.PARAGRAPH, re.sub(r"%(\d)", place, found.pattern) + " "

    def _runs(self, parent: ElementTree.Element, read: _Paragraph, style: Style) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, read, style)
            elif tag in _SKIPPED:
                self.deleted += tag in (f"{W}del", f"{W}moveFrom")
            else:
                self._runs(child, read, style)

    def _run(self, run: ElementTree.Element, read: _Paragraph, style: Style) -> None:
        properties = run.find(f"{W}rPr")
        text = ""
        for child in run:
            tag = child.tag.removeprefix(W)
            if tag == "t":
                text += child.text or ""
            elif tag in ("tab", "ptab"):
                text += " "
            elif tag in ("br", "cr"):
                text += _BREAK if value(child, "type") in (None, "textWrapping") else " "
            elif tag == "noBreakHyphen":
                text += "-"
            elif tag in ("footnoteReference", "endnoteReference"):
                self.notes += 1
            elif child.tag not in _SKIPPED:
                read.boxes += _boxes(child)
        if not text:
            return
        if self._is_hidden(properties, style):
            self.hidden += len(text.split())
            return
        bold = is_on(properties, "b")
        read.plain = read.plain or bool(text.strip() and not (style.bold if bold is None else bold))
        read.text += text

    def _is_hidden(self, properties: ElementTree.Element | None, style: Style) -> bool:
        """Whether a run can't be seen: marked as hidden, white on white, or too small to read."""
        vanish = is_on(properties, "vanish")
        if style.hidden if vanish is None else vanish:
            return True
        if properties is None:
            return False
        white = (value(properties.find(f"{W}color")) or "").upper() in ("FFFFFF", "FEFEFE")
        shaded = any(properties.find(f"{W}{mark}") is not None for mark in ("shd", "highlight"))
        return (white and not shaded) or number(value(properties.find(f"{W}sz")), 99) < _SMALLEST

    def _table(self, table: ElementTree.Element) -> Iterator[Piece]:
        """A table row by row; a row of one filled cell is text, and a list in the last cell follows its row."""
        for line in _below(table, "tr"):
            if line.find(f"{W}trPr/{W}del") is not None:
                self.deleted += 1
                continue
            cells: list[list[Piece]] = []
            for cell in _below(line, "tc"):
                cells.append(list(self.pieces(cell)))
                span = number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
                cells += [[] for _ in range(min(span, 20) - 1)]
            filled = [cell for cell in cells if cell]
            if len(filled) < 2:
                yield from (piece for cell in filled for piece in cell)
                continue
            last = filled[-1] if cells[-1] else []
            listed = next((n for n, piece in enumerate(last) if n and piece.kind is BlockKind.BULLET), len(last))
            after = last[listed:]
            texts = [" ".join(piece.text for piece in (cell[:listed] if cell is last else cell)) for cell in cells]
            yield Piece(BlockKind.ROW, row(texts))
            yield from after


def _below(parent: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    """The rows of a table or the cells of a row, also within content controls and tracked insertions."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _below(child, tag)


def _boxes(element: ElementTree.Element) -> list[ElementTree.Element]:
    """The text boxes in a drawing. Word writes each twice, for old readers once more: that copy is passed over."""
    found: list[ElementTree.Element] = []
    for child in element:
        if child.tag == f"{W}txbxContent":
            found.append(child)
        elif child.tag not in _SKIPPED:
            found += _boxes(child)
    return found


def read_docx(raw: bytes, name: str) -> Source:
    """The text of a Word document: what is seen on its pages, with problems for what was hidden, deleted or noted.

    Raises ``SourceProblem`` for what is no such document.
    """
    word = opened(raw, name)
    reader = _Reader(word)
    body = word.document.find(f"{W}body")
    pieces = list(reader.pieces(body)) if body is not None else []
    text, _ = composed(_titled(pieces))
    return Source(text, (), tuple(_problems(reader)))


def _titled(pieces: list[Piece]) -> list[Piece]:
    """A document without a title in that style begins with its first heading."""
    first = next((n for n, piece in enumerate(pieces) if piece.kind is BlockKind.HEADING), None)
    if first is None or any(piece.kind is BlockKind.HEADING and piece.level == 1 for piece in pieces):
        return pieces
    return [*pieces[:first], replace(pieces[first], level=1), *pieces[first + 1 :]]


def _problems(reader: _Reader) -> Iterator[str]:
    if reader.hidden:
        yield f"{reader.hidden} hidden words were left out"
    if reader.deleted:
        yield "it holds tracked changes: deleted words were left out, inserted ones were read"
    if reader.notes:
        yield f"{reader.notes} footnotes were left out"
