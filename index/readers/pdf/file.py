"""A PDF as words and ruled lines, page by page, without the words that nobody can see."""

from typing import TYPE_CHECKING

from index.errors import SourceProblem
from index.readers.page import Sheet
from index.readers.pdf.glyphs import glyphs_of, legible, runs_of, word_of
from index.readers.pdf.plane import plane_of
from index.readers.pdf.rules import dots_of, drawn_bullets, rules_of
from index.readers.pdf.visible import is_pictured, visibility

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_UNREADABLE = 0.3  # of a document's letters
_NEARLY_ALL = 0.9  # of a page's words: so many unseen ones lie under the picture they were recognised from


def opened(raw: bytes, name: str) -> "pdfium.PdfDocument":
    """A PDF that can be read. Raises ``SourceProblem`` for one that is damaged or locked."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw as api

    try:
        return pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as problem:
        if getattr(problem, "err_code", None) == api.FPDF_ERR_PASSWORD:
            raise SourceProblem(f"{name}: is locked with a password; save a copy without one") from None
        if getattr(problem, "err_code", None) == api.FPDF_ERR_SECURITY:
            raise SourceProblem(f"{name}: is locked in a way that can't be opened; save a copy unlocked") from None
        raise SourceProblem(f"{name}: is not a whole PDF (cut short or damaged); fetch it again") from None


def sheets(raw: bytes, name: str) -> tuple[Sheet, ...]:
    """The pages of a PDF.

    Raises ``SourceProblem`` where the file can't be opened, has no page, or no letter that stands for anything.
    """
    import pypdfium2 as pdfium

    document = opened(raw, name)
    try:
        found = tuple(_sheet(document[number]) for number in range(len(document)))
    except pdfium.PdfiumError:
        raise SourceProblem(f"{name}: is not a whole PDF (a page is damaged); fetch it again") from None
    letters = sum(sheet.letters for sheet in found)
    if not found:
        raise SourceProblem(f"{name}: is a PDF without pages; fetch it again")
    if sum(sheet.unreadable for sheet in found) > letters * _UNREADABLE:
        raise SourceProblem(f"{name}: its letters have no meaning a program can read; run text recognition first")
    return found


def _sheet(page: "pdfium.PdfPage") -> Sheet:
    width, height = page.get_size()
    plane = plane_of(page)
    glyphs, unreadable = glyphs_of(page, plane)
    upright = [glyph for glyph in glyphs if not glyph.style.tilted]
    runs = list(runs_of(upright))
    pictured = is_pictured(page, width * height)
    dots = list(dots_of(page, plane))
    rules = tuple(rules_of(page, plane))  # before the drawing below, which takes the text off the page
    seen, inked = visibility(page, runs) if runs else ([], [])
    unseen = len(runs) - sum(seen)
    recognised = bool(pictured and runs and unseen > len(runs) * _NEARLY_ALL)
    kept = [run for run, shows in zip(runs, inked if recognised else seen, strict=True) if shows and legible(run)]
    found = [word_of(run, after) for run, after in kept]
    return Sheet(
        width=width,
        height=height,
        words=(*found, *drawn_bullets(found, dots)),
        rules=rules,
        hidden=len(runs) - len(kept),
        tilted=len(glyphs) - len(upright),
        unreadable=unreadable,
        letters=len(glyphs),
        pictured=pictured,
        recognised=recognised,
    )
