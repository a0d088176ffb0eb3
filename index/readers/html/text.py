"""A web page's own text, without what stands around it.

What to leave out is decided by roles, tags and the words in class names, as listed in ``noise.toml``, and by what
the page's own styles hide. Whatever holds most of a page's words is its text, however it is called.
"""

import re
from dataclasses import replace

from index.dates import dates
from index.errors import SourceProblem
from index.readers.compose import Piece, composed
from index.readers.html.chosen import chosen
from index.readers.html.left_out import left_out_of
from index.readers.html.page import SHORT_DATE, Element, Page, page
from index.readers.html.pieces import found_in
from index.readers.html.walk import text_of, walk
from index.readers.source import Source
from index.structure import BlockKind

_ENOUGH = 25  # words: what a page's own text has at least
_SHARE = 0.3  # of the page's words: what a main element holds at least, unless it is a shell
_REMARKABLE = 5  # hidden words; fewer are the labels of icons


def read_html(raw: bytes, name: str) -> Source:
    """The text of a web page.

    Raises ``SourceProblem`` for what is no page, or a page without a text of its own.
    """
    web = page(raw, name)
    left_out, hidden = left_out_of(web.body)
    root, sure = _main(web.body, left_out)
    pieces = [found.piece for found in chosen(list(found_in(root, left_out)), sure)]
    pieces = _dated(_titled(pieces, web), web, left_out)
    if not any(piece.kind is not BlockKind.HEADING for piece in pieces):
        raise SourceProblem(f"{name}: holds no text but menus, links or scripts; save the page once it has loaded")
    text, _ = composed(pieces)
    problems = (f"{hidden} hidden words were left out",) if hidden >= _REMARKABLE else ()
    return Source(text, (), problems, web.site)


def _main(body: Element, left_out: frozenset[int]) -> tuple[Element, bool]:
    """The element that holds the page's own text, and whether the page says so itself."""
    kept = sum(len(re.findall(r"\w+", node)) for _, node in walk(body, left_out) if isinstance(node, str))
    best: tuple[int, Element] | None = None
    for enter, node in walk(body, left_out):
        if not enter or isinstance(node, str) or node.main is None or node.words < _ENOUGH:
            continue
        if node.words >= _SHARE * kept and (best is None or (node.main, -node.words) < (best[0], -best[1].words)):
            best = node.main, node
    return (best[1], True) if best else (body, False)


def _titled(pieces: list[Piece], web: Page) -> list[Piece]:
    """The pieces under the page's title: its first heading of the first level, or else the title in its head."""
    levels = [piece.level for piece in pieces if piece.kind is BlockKind.HEADING]
    if 1 in levels:
        first = next(n for n, piece in enumerate(pieces) if piece.kind is BlockKind.HEADING and piece.level == 1)
        return [
            replace(piece, level=2) if n > first and piece.kind is BlockKind.HEADING and piece.level == 1 else piece
            for n, piece in enumerate(pieces)
        ]
    headings = (text_of(n) for enter, n in walk(web.body) if enter and isinstance(n, Element) and n.tag == "h1")
    parts = re.split(r"\s+[|–—:»·-]+\s+", web.title)
    title = next((text for text in headings if text), max(parts, key=len))
    return [Piece(BlockKind.HEADING, title, level=1), *pieces] if title else pieces


def _dated(pieces: list[Piece], web: Page, left_out: frozenset[int]) -> list[Piece]:
    """The pieces with the page's own date after its title, where that is shown outside of its text."""
    if any(day for piece in pieces[:8] for day in dates(piece.text)):
        return pieces
    for enter, node in walk(web.body, left_out):
        if enter and isinstance(node, Element) and node.dated and 0 < node.words <= SHORT_DATE:
            text = text_of(node, left_out)
            if any(dates(text)):
                place = 1 if pieces and pieces[0].kind is BlockKind.HEADING else 0
                return [*pieces[:place], Piece(BlockKind.PARAGRAPH, text), *pieces[place:]]
    return pieces
