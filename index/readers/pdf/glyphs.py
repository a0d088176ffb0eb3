"""The letters of a PDF's page, and the words they make where they touch."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from index.readers.page import VISIBLE_GAP, Word
from index.readers.pdf.plane import Plane

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_TINY = 2.0  # points; the smallest footnotes have 5
_TILTED = 0.02  # radians
_LINE_HYPHEN = 2  # how PDFium reports a hyphen at the end of a line
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_FORCED_BOLD = 1 << 18
_BOLD_WEIGHT = 700  # guessed by PDFium from the stems; for slanted type it guesses too high
_NAMELESS = tuple("0123456789")  # fonts called F1 or T1_2, of which only the weight is known
_SYMBOLS = ("wingdings", "symbol", "webdings", "dingbats")
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """The type a letter is set in. ``size`` is in points, ``tilted`` whether its line is not level."""

    size: float
    bold: bool
    symbol: bool
    tilted: bool


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter and where it stands, in points: its left and right edge and its base line from the top."""

    text: str
    x0: float
    x1: float
    base: float
    style: Style


def glyphs_of(page: "pdfium.PdfPage", plane: Plane) -> tuple[list[Glyph], int]:
    """The letters and spaces of a page in the order of the file, and how many more stand for nothing.

    The letters of one text object share their type and their base line, so these are asked for once an object.
    """
    from pypdfium2 import raw as api

    held = page.get_textpage()  # the text is gone with the last reference to it
    text = held.raw
    loose, x, y = api.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    objects: dict[int, tuple[Style, float]] = {}
    found, unreadable = [], 0
    for index in range(api.FPDFText_CountChars(text)):
        thing = api.FPDFText_GetTextObject(text, index)
        if not thing:
            continue  # a space or line end that PDFium put in; ours are measured
        letter = letter_of(api.FPDFText_GetUnicode(text, index))
        if not letter:
            unreadable += 1
            continue
        key = ctypes.addressof(thing.contents)
        if key not in objects:
            api.FPDFText_GetCharOrigin(text, index, x, y)
            objects[key] = _style(text, index, plane), plane.place(x.value, y.value)[1]
        style, base = objects[key]
        api.FPDFText_GetLooseCharBox(text, index, loose)
        x0, _, x1, _ = plane.box(loose.left, loose.bottom, loose.right, loose.top)
        found.append(Glyph(letter, x0, x1, base, style))
    return found, unreadable


@cache
def letter_of(code: int) -> str:
    """What a character code stands for: one character, a ligature's letters, or nothing."""
    if code == _LINE_HYPHEN:
        return "-"
    letter = chr(code) if 0 < code < 0x110000 else ""
    if not letter or letter == "\ufffd" or unicodedata.category(letter) in ("Cs", "Cn"):
        return ""
    if letter.isspace() or unicodedata.category(letter) == "Cc":
        return " "
    return _LIGATURES.get(letter, letter)


def _style(text: Any, index: int, plane: Plane) -> Style:
    """Size, weight and slope of a letter's type. The size in the file is scaled by the matrix it is drawn with."""
    from pypdfium2 import raw as api

    matrix, flags, name = api.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(200)
    api.FPDFText_GetMatrix(text, index, matrix)
    api.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    font = name.value.decode("latin-1").lower()
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    along_x = plane.x[0] * matrix.a + plane.x[1] * matrix.b
    along_y = plane.y[0] * matrix.a + plane.y[1] * matrix.b
    return Style(
        size=api.FPDFText_GetFontSize(text, index) * scale,
        bold=any(mark in font for mark in _BOLD)
        or bool(flags.value & _FORCED_BOLD)
        or (font.endswith(_NAMELESS) and api.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT),
        symbol=any(mark in font for mark in _SYMBOLS),
        tilted=bool((along_x or along_y) and abs(math.atan2(along_y, along_x)) > _TILTED),
    )


Run = tuple[list[Glyph], bool]


def runs_of(glyphs: list[Glyph]) -> Iterator[Run]:
    """Letters that touch and look alike, each run with whether the file has a space after it."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text == " ":
            if run:
                yield run, True
            run = []
            continue
        if run and not _touches(run[-1], glyph):
            yield run, False
            run = []
        run.append(glyph)
    if run:
        yield run, False


def _touches(before: Glyph, glyph: Glyph) -> bool:
    size = max(glyph.style.size, 0.1)
    return (
        before.style == glyph.style
        and abs(glyph.base - before.base) < 0.1 * size
        and -0.5 * size < glyph.x0 - before.x1 < VISIBLE_GAP * size
    )


def legible(run: Run) -> bool:
    """Whether a run is large enough to be read on paper."""
    return run[0][0].style.size >= _TINY


def word_of(glyphs: list[Glyph], spaced: bool) -> Word:
    """A run as a word; ``spaced`` says whether the file has a space after it."""
    style = glyphs[0].style
    text = unicodedata.normalize("NFC", "".join(glyph.text for glyph in glyphs))
    private = any(unicodedata.category(letter) == "Co" for letter in text)
    if private or (style.symbol and text.isascii()):
        text = "•"  # a letter of a symbol font has no meaning in words; nearly all are bullets
    return Word(
        text=text,
        x0=min(glyph.x0 for glyph in glyphs),
        x1=max(glyph.x1 for glyph in glyphs),
        base=glyphs[0].base,
        size=style.size,
        bold=style.bold,
        symbol=style.symbol or private,
        spaced=spaced,
    )
