"""A web page's own text, without what stands around it.

What to leave out is decided by roles, tags and the words in class names, as listed in ``noise.toml``, and by what
the page's own styles hide. Whatever holds most of a page's words is its text, however it is called.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.dates import dates
from index.errors import SourceProblem
from index.readers.compose import Piece, cell_text, composed, row
from index.readers.html import Element, Page, page
from index.readers.html_noise import is_hidden, is_noise, words
from index.readers.source import Source
from index.structure import BlockKind

_BOLD = frozenset(("b", "strong"))
_ENOUGH = 25  # words: what a page's own text has at least
_SHARE = 0.3  # of the page's words: what a main element holds at least, unless it is a shell
_MOSTLY = 0.5
_LINKED = 0.8  # of an element's words
_BOLD_HEADING = 14  # words; a line all in bold is a heading up to this length
_REMARKABLE = 5  # hidden words; fewer are the labels of icons
_TEASER = 40  # words; what follows a heading such as "Related" up to this length leads away too
_SHORT_DATE = 12  # words
_SENTENCE_END = re.compile(r"[.;,!…][\"'”’)\]]*$")
_NOTE = re.compile(r"\[?\d{1,2}\]?$")
_NUMBERINGS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii")


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece of a page, and whether all its words are in links or in bold type."""

    piece: Piece
    linked: bool
    bold: bool


def read_html(raw: bytes, name: str) -> Source:
    """The text of a web page.

    Raises ``SourceProblem`` for what is no page, or a page without a text of its own.
    """
    web = page(raw, name)
    left_out, hidden = _left_out(web.body)
    root, sure = _main(web.body, left_out)
    pieces = [found.piece for found in _chosen(list(_found(root, left_out)), sure)]
    pieces = _dated(_titled(pieces, web), web, left_out)
    if not any(piece.kind is not BlockKind.HEADING for piece in pieces):
        raise SourceProblem(f"{name}: holds no text but menus, links or scripts; save the page once it has loaded")
    text, _ = composed(pieces)
    problems = (f"{hidden} hidden words were left out",) if hidden >= _REMARKABLE else ()
    return Source(text, (), problems, web.site)


def _walk(root: Element, left_out: frozenset[int] = frozenset()) -> Iterator[tuple[bool, "Element | str"]]:
    """Every child below an element on entering, and every element again on leaving, without recursion."""
    path = [(root, iter(root.children))]
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            if path:
                yield False, element
        elif isinstance(child, str):
            yield True, child
        elif id(child) not in left_out:
            yield True, child
            path.append((child, iter(child.children)))


def _left_out(body: Element) -> tuple[frozenset[int], int]:
    """The elements that are no part of the text, and how many words of a reader's text are hidden.

    An element that holds most of the page's words stays, whatever it is called: a class "has-cookie-banner" on the
    body must not empty it.
    """
    dropped: set[int] = set()
    hidden = 0
    backgrounds = [False]
    whole = max(1, body.words)
    path = [iter(body.children)]
    inside_main = [False]
    while path:
        child = next(path[-1], None)
        if child is None:
            path.pop()
            backgrounds.pop()
            inside_main.pop()
            continue
        if isinstance(child, str):
            continue
        if child.hidden_by_style or is_hidden(child.attributes, backgrounds[-1]):
            dropped.add(id(child))
            if child.linked < _MOSTLY * child.words and not is_noise(child.tag, child.attributes):
                hidden += child.words
            continue
        keeps = child.words > _MOSTLY * whole or (inside_main[-1] and child.tag == "footer" and _is_byline(child))
        if not keeps and is_noise(child.tag, child.attributes):
            dropped.add(id(child))
            continue
        path.append(iter(child.children))
        style = (child.attributes.get("style") or "").lower()
        backgrounds.append(backgrounds[-1] or "background" in style or "bgcolor" in child.attributes)
        inside_main.append(inside_main[-1] or child.main is not None)
    return frozenset(dropped), hidden


def _is_byline(element: Element) -> bool:
    """Whether an article's foot is short and dated, as where a paper prints its author and day there."""
    return element.words <= 2 * _SHORT_DATE and any(dates(_text(element)))


def _text(element: Element, left_out: frozenset[int] = frozenset()) -> str:
    parts = []
    for enter, node in _walk(element, left_out):
        if isinstance(node, str):
            parts.append(node)
        elif enter and (node.tag == "br" or node.tag not in words().inline):
            parts.append(" ")
    return " ".join("".join(parts).split())


def _main(body: Element, left_out: frozenset[int]) -> tuple[Element, bool]:
    """The element that holds the page's own text, and whether the page says so itself."""
    kept = sum(len(re.findall(r"\w+", node)) for _, node in _walk(body, left_out) if isinstance(node, str))
    best: tuple[int, Element] | None = None
    for enter, node in _walk(body, left_out):
        if not enter or isinstance(node, str) or node.main is None or node.words < _ENOUGH:
            continue
        if node.words >= _SHARE * kept and (best is None or (node.main, -node.words) < (best[0], -best[1].words)):
            best = node.main, node
    return (best[1], True) if best else (body, False)


def _found(root: Element, left_out: frozenset[int]) -> Iterator[_Found]:
    """The pieces of a page in order, each with what its type and its links say of it."""
    run = _Run()
    lists: list[_List] = []
    table = 0
    for enter, node in _walk(root, left_out):
        if isinstance(node, str):
            run.add(node)
            continue
        tag = node.tag
        if tag in words().inline:
            run.inline(enter, node)
            continue
        if tag == "br":
            if enter:
                yield from run.ended(soft=True)
            continue
        if table or (tag == "table" and _is_data(node)):
            table += (1 if enter else -1) if tag == "table" else 0
            if tag in ("table", "caption", "tr") or not table:
                yield from run.ended()
                run.cells = [] if tag == "tr" and enter else None
            elif tag in ("td", "th") and run.cells is not None:
                run.next_cell(enter, node)
            else:
                run.add(" ")
            continue
        yield from run.ended()
        if tag in ("ul", "ol"):
            lists = [*lists, _List.of(node)] if enter else lists[:-1]
        elif tag == "li" and enter:
            run.begin_item(lists[-1].next(node) if lists else "")
        elif tag == "li":
            run.end_item()
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            run.level = min(int(tag[1]), 3) if enter else 0
    yield from run.ended()


@dataclass(slots=True)
class _List:
    """A list that is being read: how its items are numbered, and how far it has come."""

    numbering: str
    number: int

    @classmethod
    def of(cls, node: Element) -> "_List":
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


class _Run:
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
        elif node.tag == "sup" and _NOTE.match(_text(node).strip()):
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

    def ended(self, soft: bool = False) -> Iterator[_Found]:
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
            yield _Found(Piece(kind, text, level=self.level or 2), not self._unlinked, not self._plain)
        self._clear()

    def _row(self) -> Iterator[_Found]:
        cells = [*(self.cells or []), cell_text(self._text)]
        filled = [cell for cell in cells if cell]
        if filled:
            kind = BlockKind.ROW if len(filled) > 1 else BlockKind.PARAGRAPH
            text = row(cells) if len(filled) > 1 else filled[0]
            yield _Found(Piece(kind, text), not self._unlinked, not self._plain and kind is BlockKind.PARAGRAPH)
        self.cells = None
        self._clear()

    def _clear(self) -> None:
        self._text = ""
        self._plain = self._unlinked = False


def _is_data(table: Element) -> bool:
    """Whether a table is one, and not a frame for a page's layout."""
    if table.attributes.get("role") in ("presentation", "none"):
        return False
    tags: Counter[str] = Counter()
    widest = longest = 0
    for enter, node in _walk(table):
        if isinstance(node, str) or not enter:
            continue
        tags[node.tag] += 1
        if node.tag == "tr":
            widest = max(widest, sum(isinstance(c, Element) and c.tag in ("td", "th") for c in node.children))
        if node.tag == "td":
            longest = max(longest, node.words)
    headed = any(tags[f"h{level}"] for level in range(1, 7))
    return widest > 1 and not tags["table"] and not headed and (bool(tags["th"]) or longest < 150)


def _chosen(found: Sequence[_Found], sure: bool) -> Iterator[_Found]:
    """The pieces that are text: no furniture, no links that lead away; short lines in bold are headings."""
    lists = words()
    leading_away = False
    title = next((n for n, item in enumerate(found) if item.piece.kind is BlockKind.HEADING), 0)
    for place, item in enumerate(found):
        text = item.piece.text
        heading = item.piece.kind is BlockKind.HEADING or _bold_heading(item)
        if (place < title and item.linked) or lists.furniture.match(text):
            continue
        if not sure and item.linked and item.piece.kind is BlockKind.BULLET:
            continue
        if lists.leading_away.match(text) and (heading or item.linked or text.endswith(":")):
            leading_away = heading or text.endswith(":")
            continue
        leading_away = leading_away and not heading and (item.linked or len(text.split()) <= _TEASER)
        if not leading_away:
            yield replace(item, piece=_as_heading(item.piece)) if _bold_heading(item) else item


def _as_heading(piece: Piece) -> Piece:
    return replace(piece, kind=BlockKind.HEADING, level=3)


def _bold_heading(item: _Found) -> bool:
    text = item.piece.text
    few = len(text.split()) <= _BOLD_HEADING and not _SENTENCE_END.search(text)
    return item.bold and few and item.piece.kind is BlockKind.PARAGRAPH and not item.linked


def _titled(pieces: list[Piece], web: Page) -> list[Piece]:
    """The pieces under the page's title: its first heading of the first level, or else the title in its head."""
    levels = [piece.level for piece in pieces if piece.kind is BlockKind.HEADING]
    if 1 in levels:
        first = next(n for n, piece in enumerate(pieces) if piece.kind is BlockKind.HEADING and piece.level == 1)
        return [
            replace(piece, level=2) if n > first and piece.kind is BlockKind.HEADING and piece.level == 1 else piece
            for n, piece in enumerate(pieces)
        ]
    headings = (_text(n) for enter, n in _walk(web.body) if enter and isinstance(n, Element) and n.tag == "h1")
    parts = re.split(r"\s+[|–—:»·-]+\s+", web.title)
    title = next((text for text in headings if text), max(parts, key=len))
    return [Piece(BlockKind.HEADING, title, level=1), *pieces] if title else pieces


def _dated(pieces: list[Piece], web: Page, left_out: frozenset[int]) -> list[Piece]:
    """The pieces with the page's own date after its title, where that is shown outside of its text."""
    if any(day for piece in pieces[:8] for day in dates(piece.text)):
        return pieces
    for enter, node in _walk(web.body, left_out):
        if enter and isinstance(node, Element) and node.dated and 0 < node.words <= _SHORT_DATE:
            text = _text(node, left_out)
            if any(dates(text)):
                place = 1 if pieces and pieces[0].kind is BlockKind.HEADING else 0
                return [*pieces[:place], Piece(BlockKind.PARAGRAPH, text), *pieces[place:]]
    return pieces
