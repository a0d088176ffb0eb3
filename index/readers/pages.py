"""The pages of a PDF as one run of pieces: paragraphs, lists and tables go on where the page before broke them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.errors import SourceProblem
from index.readers.compose import Piece, composed, row
from index.readers.furniture import without_furniture
from index.readers.layout import regions
from index.readers.mend import mended
from index.readers.page import Sheet
from index.readers.paragraphs import Draft, Type, drafts, join, usual_type
from index.readers.source import Source
from index.structure import BlockKind

_FINISHED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_TITLE = 1.25  # times the usual type size
_SMALL = 0.9  # times the usual type size: a footnote
_FEW_WORDS = 8  # a line without a full stop and shorter than this is whole: an address, a date
_SAME_PLACE = 3.0  # points


def read_sheets(sheets: Sequence[Sheet], name: str) -> Source:
    """The text of a PDF from its pages.

    Raises ``SourceProblem`` where they hold none.
    """
    words = without_furniture(sheets)
    found = [list(regions(page, sheet.rules)) for page, sheet in zip(words, sheets, strict=True)]
    usual = usual_type(found)
    whole: list[Draft] = []
    for number, page in enumerate(found):
        for region in page:
            _take_in(whole, [d for d in drafts(region, number, usual) if re.search(r"\w", d.text)], usual)
    if not any(draft.text.strip() for draft in whole):
        raise SourceProblem(f"{name}: {_no_text(sheets)}")
    text, starts = composed(list(_pieces(whole, usual)), len(sheets))
    return Source(text, starts, tuple(_problems(sheets)))


def _no_text(sheets: Sequence[Sheet]) -> str:
    if any(sheet.hidden for sheet in sheets):
        return "no text that can be seen; all of it is hidden"
    return "no text found; run text recognition first"


def _take_in(whole: list[Draft], found: list[Draft], usual: Type) -> None:
    """Add the pieces of one more region, joined where a sentence, a bullet or a row runs on into it.

    Footnotes that stand between the end of a page and the next are passed over when looking for what runs on.
    """
    if whole and found:
        end = len(whole)
        notes = end
        while (
            notes > 1 and whole[notes - 1].size < _SMALL * usual.size and whole[notes - 1].kind is BlockKind.PARAGRAPH
        ):
            notes -= 1
        for place in {end - 1: None, notes - 1: None}:
            joined = _joined(whole[place], found[0], whole)
            if joined is not None:
                whole[place] = joined
                found = found[1:]
                break
    whole.extend(found)


def _joined(last: Draft, first: Draft, whole: Sequence[Draft]) -> Draft | None:
    """One piece of two, or ``None`` where the second is a piece of its own."""
    if last.kind is BlockKind.ROW and first.cells and last.page < first.page:
        return _row_joined(last, first, whole)
    if not _goes_on(last, first):
        return None
    text = join(last.text, first.text)
    turned = ((len(text) - len(first.text), first.page),) if last.page < first.page else ()
    cells = (*last.cells[:-1], text.rpartition("\t")[2]) if last.cells else ()
    return replace(last, text=text, cells=cells, breaks=(*last.breaks, *turned))


def _goes_on(last: Draft, first: Draft) -> bool:
    """Whether the first piece of a page or a column is the rest of the last one before it."""
    if first.kind is not BlockKind.PARAGRAPH or last.kind is BlockKind.HEADING:
        return False
    if abs(first.size - last.size) > 0.1 * last.size or not first.text:
        return False
    finished = bool(_FINISHED.search(last.text))
    turned = first.page > (last.breaks[-1][1] if last.breaks else last.page)
    hanging = last.kind is not BlockKind.PARAGRAPH and abs(first.x0 - last.hang) < _SAME_PLACE
    if last.kind is BlockKind.ROW:
        return turned and hanging and not finished
    if first.text[0].islower():
        return not finished
    return turned and (hanging or (not finished and len(last.text.split()) > _FEW_WORDS))


def _row_joined(last: Draft, first: Draft, whole: Sequence[Draft]) -> Draft | None:
    """A table that goes on: its repeated head is taken off, and a row cut by the page's end is made whole."""
    if first.table != last.table or len(first.cells) != len(last.cells):
        return None
    head = next(draft for draft in whole if draft.table == first.table)
    if head.cells == first.cells and head is not last:
        return last
    pairs = list(zip(last.cells, first.cells, strict=True))
    small = first.kind is not BlockKind.ROW  # one cell's worth of words: hardly a row of its own
    if not any(
        above and below and not _FINISHED.search(above) and (small or below[0].islower()) for above, below in pairs
    ):
        return None
    cells = tuple(join(above, below) for above, below in pairs)
    place = max(n for n, below in enumerate(first.cells) if below)
    start = len("\t".join(cells[: place + 1])) - len(first.cells[place])
    return replace(last, text="\t".join(cells), cells=cells, breaks=(*last.breaks, (start, first.page)))


def _pieces(whole: Sequence[Draft], usual: Type) -> Iterator[Piece]:
    """Headings with their levels: the title has one mark, the largest other headings two, smaller ones three."""
    headings = [draft for draft in whole if draft.kind is BlockKind.HEADING]
    title = headings[0] if headings and headings[0].page == 0 and headings[0].size > _TITLE * usual.size else None
    if title and title.size < max(draft.size for draft in headings):
        title = None
    largest = max((round(draft.size) for draft in headings if draft is not title), default=0)
    # What follows a page break is mended once more by itself: its length says where in the whole the page begins.
    tails = [draft.text[at:] for draft in whole for at, _ in draft.breaks]
    texts = [_spaced(text) for text in mended([*(draft.text for draft in whole), *tails])]
    lengths = iter([len(text) for text in texts[len(whole) :]])
    heading = ""
    for draft, text in zip(whole, texts, strict=False):
        breaks = tuple((max(len(text) - next(lengths), 0), page) for _, page in draft.breaks)
        kind, level = draft.kind, 2
        if kind is BlockKind.HEADING:
            if text == heading:
                kind = BlockKind.PARAGRAPH  # the head of a box that says its heading again
            heading = text
            level = 1 if draft is title else 2 if round(draft.size) == largest else 3
        yield Piece(kind, text if kind is BlockKind.ROW else text.replace("\t", " "), draft.page, breaks, level)


def _spaced(text: str) -> str:
    """Single spaces, and in a row the tabs between its cells."""
    return row(text.split("\t"))


def _problems(sheets: Sequence[Sheet]) -> Iterator[str]:
    """What the keeper of the store should know about a PDF's pages."""
    for count, what in (
        (sum(sheet.hidden for sheet in sheets), "hidden words (white, covered, tiny or off the page) were left out"),
        (sum(sheet.tilted for sheet in sheets), "letters set at an angle, such as a watermark, were left out"),
        (sum(sheet.unreadable for sheet in sheets), "letters without a meaning were left out"),
    ):
        if count:
            yield f"{count} {what}"
    if recognised := [n for n, sheet in enumerate(sheets, start=1) if sheet.recognised]:
        yield f"{_listed(recognised)} scanned: the words were recognised by machine and may be wrong"
    if silent := [n for n, sheet in enumerate(sheets, start=1) if sheet.pictured and not sheet.words]:
        yield f"{_listed(silent)} only a picture: no text found; run text recognition first"


def _listed(pages: Sequence[int]) -> str:
    some = ", ".join(str(page) for page in pages[:10]) + (" …" if len(pages) > 10 else "")
    return f"page {some} is" if len(pages) == 1 else f"pages {some} are"
