"""The words between two ends of a block, and what they make: one piece of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.readers.compose import Piece, cell_text, row
from index.readers.html.page import Element
from index.readers.html.walk import text_of
from index.structure import BlockKind

_BOLD = frozenset(("b", "strong"))
_NOTE = re.compile(r"\[?\d{1,2}\]?$")
_NUMBERINGS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii")


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a page, and whether all its words are in links or in bold type."""

    piece: Piece
    linked: bool
    bold: bool


@dataclass(slots=True)
class ListState:
    """A list that is being read: how its items are numbered, and how far it has come."""

    numbering: str
    number: int

    @classmethod
    def of(cls, node: Element) -> "ListState":
        """The list of an ``ul`` or ``ol`` element."""
        start = node.attributes.get("start") or "1"
        numbering = (node.attributes.get("type") or "1") if node.tag == "ol" else ""
        return cls(numbering, int(start) if start.isdigit() and len(start) < 5 else 1)

    def next(self, item: Element) -> str:
        """The number of the next item as it is shown, or nothing in a list of bullets."""
        value = item.attributes.get("value") or ""
        if value.isdigit() and len(value) < 5:
            self.number = int(value)
        number, self.number = self.number, self.number + 1
        if self.numbering in _NUMBERINGS and 0 < number <= 26:
            return f"{_NUMBERINGS[self.numbering][number - 1]}) "
        if self.numbering in ("i", "I") and 0 < number <= len(_ROMAN):
            return f"({_ROMAN[number - 1]}) "
        return f"{number}. " if self.numbering else ""


class Run:
    """The words since the last end of a block, and the block they belong to."""

    def __init__(self) -> None:
        self.level = 0
        self.cells: list[str] | None = None
        self._text = ""
        self._plain = self._unlinked = False  # whether words in plain type, and outside links, were met
        self._bold = self._links = 0
        self._item: str | None = None
        self._fresh = False  # whether an item's first words are still to come
        self._dropping = 0

    def add(self, text: str) -> None:
        """Take in more words."""
        if self._dropping:
            return
        self._text += text
        if re.search(r"\w", text):
            self._plain = self._plain or not self._bold
            self._unlinked = self._unlinked or not self._links

    def inline(self, enter: bool, node: Element) -> None:
        """Enter or leave an element within a line."""
        step = 1 if enter else -1
        if node.tag in _BOLD:
            self._bold += step
        elif node.tag == "a":
            self._links += step
        elif node.tag == "sup" and _NOTE.match(text_of(node).strip()):
            self._dropping += step  # the number of a footnote
        elif node.tag == "q":
            self.add("“" if enter else "”")
        elif node.tag in ("img", "picture"):
            self._text += " "

    def begin_item(self, number: str) -> None:
        """Begin a list item: the words that follow carry its bullet or number."""
        self._item, self._fresh = number, True

    def end_item(self) -> None:
        """End a list item."""
        self._item, self._fresh = None, False

    def next_cell(self, enter: bool, node: Element) -> None:
        """Enter or leave a cell of the table row that is being read."""
        assert self.cells is not None
        if not enter:
            span = node.attributes.get("colspan") or "1"
            self.cells += [cell_text(self._text)] + [""] * (min(int(span), 20) - 1 if span.isdigit() else 0)
        self._text = ""

    def ended(self, soft: bool = False) -> Iterator[Found]:
        """The block that ends here, if it has words. After a line break in mid-sentence it goes on."""
        if self.cells is not None:
            if soft:
                self._text += " "
                return
            yield from self._row()
        text = " ".join(self._text.split())
        if soft and not text:
            return
        if text:
            kind = BlockKind.PARAGRAPH
            if self.level:
                kind = BlockKind.HEADING
            elif self._item is not None and self._fresh:
                kind, text = (BlockKind.PARAGRAPH, self._item + text) if self._item else (BlockKind.BULLET, text)
            self._fresh = False
            yield Found(Piece(kind, text, level=self.level or 2), not self._unlinked, not self._plain)
        self._clear()

    def _row(self) -> Iterator[Found]:
        cells = [*(self.cells or []), cell_text(self._text)]
        filled = [cell for cell in cells if cell]
        if filled:
            kind = BlockKind.ROW if len(filled) > 1 else BlockKind.PARAGRAPH
            text = row(cells) if len(filled) > 1 else filled[0]
            yield Found(Piece(kind, text), not self._unlinked, not self._plain and kind is BlockKind.PARAGRAPH)
        self.cells = None
        self._clear()

    def _clear(self) -> None:
        self._text = ""
        self._plain = self._unlinked = False
