"""From the pieces a reader found to one canonical text with page starts.

Every format but plain text goes through here, so that headings, bullets and table rows are written the same way
whatever they were in the file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.normalise import canonical
from index.structure import BlockKind

_PASSES = 8  # nested entities ("&amp;amp;lt;") lose one layer a pass; no honest text needs more than two
_TIGHT = (BlockKind.BULLET, BlockKind.ROW)  # kinds that stand line below line, without a blank line between them


class Unsettled(ValueError):
    """The text still changes after several rounds of normalisation: it was made to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, a bullet or a table row, without its mark and on one line.

    ``page`` is the page it begins on, counted from 0. ``breaks`` holds, for a piece that runs over the end of a
    page, the offset in ``text`` at which each later page begins and that page's number. ``level`` is a heading's.
    """

    kind: BlockKind
    text: str
    page: int = 0
    breaks: tuple[tuple[int, int], ...] = ()
    level: int = 2


def settled(text: str) -> str:
    """The text after as many rounds of ``canonical`` as it takes to change no more (two, for nearly any text)."""
    for _ in range(_PASSES):
        after = canonical(text)
        if after == text:
            return text
        text = after
    raise Unsettled


def cell_text(text: str) -> str:
    """The words of one cell: a tab in it would begin another."""
    return " ".join(text.split())


def row(cells: Sequence[str]) -> str:
    """The cells of a table row with tabs between them; empty cells at the end are left off."""
    return "\t".join(cell_text(cell) for cell in cells).rstrip("\t")


def _mark(piece: Piece) -> str:
    if piece.kind is BlockKind.HEADING:
        return "#" * piece.level + " "
    return "- " if piece.kind is BlockKind.BULLET else ""


def _parts(pieces: Sequence[Piece]) -> Iterator[tuple[str, Piece | None]]:
    """The text in order: each piece after what parts it from the one before."""
    before: Piece | None = None
    for piece in pieces:
        if before is not None:
            # Normalisation takes a small letter after a blank line for a sentence cut by a page; these are not.
            tight = before.kind is piece.kind and piece.kind in _TIGHT
            tight = tight or (not _mark(piece) and piece.text[0].islower())
            yield "\n" if tight else "\n\n", None
        yield _mark(piece) + piece.text, piece
        before = piece


def composed(pieces: Sequence[Piece], pages: int = 0) -> tuple[str, tuple[int, ...]]:
    """The canonical text of the pieces, and the offsets in it at which the pages begin (none for ``pages=0``).

    Raises ``Unsettled`` for a text that was made so that no canonical form is reached.
    """
    text = ""
    starts: dict[int, int] = {}
    written: list[str] = []
    length = 0
    for part, piece in _parts([piece for piece in pieces if piece.text]):
        if piece is not None and pages:
            mark = len(part) - len(piece.text)
            starts.setdefault(piece.page, length)
            for offset, page in piece.breaks:
                starts.setdefault(page, length + mark + offset)
        written.append(part)
        length += len(part)
    text = "".join(written)
    offsets = _page_offsets(starts, pages, len(text))
    after = settled(text)
    return after, _carried(text, after, offsets) if offsets and after != text else offsets


def _page_offsets(starts: dict[int, int], pages: int, length: int) -> tuple[int, ...]:
    """A start for every page: one without text begins where the next page's text does."""
    offsets = []
    following = length
    for page in reversed(range(pages)):
        following = min(following, starts.get(page, following))
        offsets.append(following)
    return (0, *reversed(offsets[:-1])) if offsets else ()


def _carried(before: str, after: str, offsets: Sequence[int]) -> tuple[int, ...]:
    """Page starts after normalisation, page by page: what it takes from a page moves the starts of all later ones."""
    carried = []
    reached = 0
    for start, end in zip(offsets, [*offsets[1:], len(before)], strict=True):
        carried.append(min(reached, len(after)))
        reached += len(settled(before[start:end]))
    return tuple(carried)
