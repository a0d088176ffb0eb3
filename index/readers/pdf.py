"""The door to PDFium: the words and ruled lines of each page, without those that nobody can see.

Whether a word can be seen is not guessed from its colour or its drawing mode. The page is drawn twice, with its
text and without; a word that changes no pixel is white on white, transparent, covered, clipped, off the page or in
a hidden layer, and is left out.
"""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.errors import SourceProblem
from index.readers.page import VISIBLE_GAP, Rule, Sheet, Word

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium

    _Picture = np.ndarray[Any, Any]

_SCALE = 1.0  # pixels a point: even a full stop in small print colours one of them by half
_PIXELS = 8_000_000  # of one drawing; larger pages are drawn smaller
_SEEN = 32  # of 255 steps of colour: print paler than this can't be read on paper
_TALL, _DEEP = 0.75, 0.1  # of the type size: where letters colour the page, and those of other lines don't
_TINY = 2.0  # points; the smallest footnotes have 5
_TILTED = 0.02  # radians
_THIN = 3.0  # points; a filled box thinner than this is a line
_SHORTEST_RULE = 6.0  # points; below it lie the dots of dotted lines and the corners of boxes
_MOST_RULES = 4000  # a page with more is a drawing or a map, not a table
_LINE_HYPHEN = 2  # how PDFium reports a hyphen at the end of a line
_DEEPEST = 6  # nested drawings within drawings
_MOSTLY = 0.5  # of a page's surface, or of its words
_UNREADABLE = 0.3  # of a document's letters
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_FORCED_BOLD = 1 << 18
_BOLD_WEIGHT = 700  # guessed by PDFium from the stems; for slanted type it guesses too high
_NAMELESS = tuple("0123456789")  # fonts called F1 or T1_2, of which only the weight is known
_SYMBOLS = ("wingdings", "symbol", "webdings", "dingbats")
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    symbol: bool
    tilted: bool


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    x0: float
    x1: float
    base: float
    style: _Style


@dataclass(frozen=True, slots=True)
class _Plane:
    """From PDF coordinates to points from the page's top left corner, the page turned as it is shown."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        return (self.x[0] * x + self.x[1] * y + self.x[2], self.y[0] * x + self.y[1] * y + self.y[2])

    def box(self, left: float, low: float, right: float, high: float) -> tuple[float, float, float, float]:
        """A box as left, top, right, bottom."""
        (x0, y0), (x1, y1) = self.place(left, low), self.place(right, high)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def opened(raw: bytes, name: str) -> "pdfium.PdfDocument":
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
    plane = _plane(page)
    glyphs, unreadable = _glyphs(page, plane)
    upright = [glyph for glyph in glyphs if not glyph.style.tilted]
    runs = list(_runs(upright))
    pictured = _pictured(page, width * height)
    dots = list(_dots(page, plane))
    rules = tuple(_rules(page, plane))  # before the drawing below, which takes the text off the page
    seen, inked = _visibility(page, runs) if runs else ([], [])
    unseen = len(runs) - sum(seen)
    recognised = bool(pictured and runs and unseen > len(runs) * (1 - _MOSTLY / 5))
    kept = [run for run, shows in zip(runs, inked if recognised else seen, strict=True) if shows and _legible(run)]
    found = [_word(run, after) for run, after in kept]
    return Sheet(
        width=width,
        height=height,
        words=(*found, *_drawn_bullets(found, dots)),
        rules=rules,
        hidden=len(runs) - len(kept),
        tilted=len(glyphs) - len(upright),
        unreadable=unreadable,
        letters=len(glyphs),
        pictured=pictured,
        recognised=recognised,
    )


def _plane(page: "pdfium.PdfPage") -> _Plane:
    """PDFium maps page points to whole device pixels; asked for a far away point, they give the exact slopes."""
    from pypdfium2 import raw as api

    width, height = page.get_size()
    fine, far = 64, 4096.0

    def device(x: float, y: float) -> tuple[float, float]:
        to_x, to_y = ctypes.c_int(), ctypes.c_int()
        api.FPDF_PageToDevice(page, 0, 0, int(width * fine), int(height * fine), 0, x, y, to_x, to_y)
        return to_x.value / fine, to_y.value / fine

    zero, right, up = device(0, 0), device(far, 0), device(0, far)
    slopes = [((right[axis] - zero[axis]) / far, (up[axis] - zero[axis]) / far, zero[axis]) for axis in (0, 1)]
    return _Plane(slopes[0], slopes[1])


def _glyphs(page: "pdfium.PdfPage", plane: _Plane) -> tuple[list[_Glyph], int]:
    """The letters and spaces of a page in the order of the file, and how many more stand for nothing.

    The letters of one text object share their type and their base line, so these are asked for once an object.
    """
    from pypdfium2 import raw as api

    held = page.get_textpage()  # the text is gone with the last reference to it
    text = held.raw
    loose, x, y = api.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    objects: dict[int, tuple[_Style, float]] = {}
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
        found.append(_Glyph(letter, x0, x1, base, style))
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


def _style(text: Any, index: int, plane: _Plane) -> _Style:
    """Size, weight and slope of a letter's type. The size in the file is scaled by the matrix it is drawn with."""
    from pypdfium2 import raw as api

    matrix, flags, name = api.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(200)
    api.FPDFText_GetMatrix(text, index, matrix)
    api.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    font = name.value.decode("latin-1").lower()
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    along_x = plane.x[0] * matrix.a + plane.x[1] * matrix.b
    along_y = plane.y[0] * matrix.a + plane.y[1] * matrix.b
    return _Style(
        size=api.FPDFText_GetFontSize(text, index) * scale,
        bold=any(mark in font for mark in _BOLD)
        or bool(flags.value & _FORCED_BOLD)
        or (font.endswith(_NAMELESS) and api.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT),
        symbol=any(mark in font for mark in _SYMBOLS),
        tilted=bool((along_x or along_y) and abs(math.atan2(along_y, along_x)) > _TILTED),
    )


_Run = tuple[list[_Glyph], bool]


def _runs(glyphs: list[_Glyph]) -> Iterator[_Run]:
    """Letters that touch and look alike, each run with whether the file has a space after it."""
    run: list[_Glyph] = []
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


def _touches(before: _Glyph, glyph: _Glyph) -> bool:
    size = max(glyph.style.size, 0.1)
    return (
        before.style == glyph.style
        and abs(glyph.base - before.base) < 0.1 * size
        and -0.5 * size < glyph.x0 - before.x1 < VISIBLE_GAP * size
    )


def _legible(run: _Run) -> bool:
    return run[0][0].style.size >= _TINY


def _word(glyphs: list[_Glyph], spaced: bool) -> Word:
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


def _pictured(page: "pdfium.PdfPage", surface: float) -> bool:
    """Whether one picture fills most of the page, as in a scan."""
    from pypdfium2 import raw as api

    for picture in page.get_objects(filter=[api.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
        left, low, right, high = picture.get_bounds()
        if (right - left) * (high - low) > surface * _MOSTLY:
            return True
    return False


def _visibility(page: "pdfium.PdfPage", runs: list[_Run]) -> tuple[list[bool], list[bool]]:
    """For each run: whether the page looks different without it, and whether anything is drawn where it stands."""
    from pypdfium2 import raw as api

    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_PIXELS / max(width * height, 1.0)))
    drawn = _drawing(page, scale)
    for thing in page.get_objects(filter=[api.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST):
        api.FPDFPageObj_SetIsActive(thing, 0)
    without = _drawing(page, scale)
    differs = _over_channels(abs(drawn.astype("int16") - without))
    brightness = _over_channels(drawn)
    seen, inked = [], []
    for glyphs, _ in runs:
        base, size = glyphs[0].base, glyphs[0].style.size
        across = _pixels(min(g.x0 for g in glyphs) * scale, max(g.x1 for g in glyphs) * scale)
        part = _pixels((base - _TALL * size) * scale, (base + _DEEP * size) * scale), across
        seen.append(bool(differs[part].max(initial=0) >= _SEEN))
        here = brightness[part]
        inked.append(bool(here.size and int(here.max()) - int(here.min()) >= _SEEN))
    return seen, inked


def _pixels(first: float, last: float) -> slice:
    return slice(max(math.floor(first), 0), max(math.ceil(last), 0))


def _over_channels(picture: "_Picture") -> "_Picture":
    """The largest channel of each pixel; ``max(axis=2)`` does the same ten times slower."""
    import numpy as np

    largest: _Picture = np.maximum(np.maximum(picture[..., 0], picture[..., 1]), picture[..., 2])
    return largest


def _drawing(page: "pdfium.PdfPage", scale: float) -> "_Picture":
    bitmap = page.render(scale=scale)
    try:
        picture: _Picture = bitmap.to_numpy().copy()
    finally:
        bitmap.close()
    return picture


def _dots(page: "pdfium.PdfPage", plane: _Plane) -> Iterator[tuple[float, float, float]]:
    """Small round or square spots of colour, as left edge, right edge and middle: browsers draw bullets so."""
    from pypdfium2 import raw as api

    paths = page.get_objects(filter=[api.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST)
    for path in islice(paths, _MOST_RULES):
        x0, y0, x1, y1 = plane.box(*path.get_bounds())
        if _THIN / 2 <= x1 - x0 <= 8 and 0.8 <= (x1 - x0) / max(y1 - y0, 0.1) <= 1.25:
            yield x0, x1, (y0 + y1) / 2


def _drawn_bullets(words: list[Word], dots: list[tuple[float, float, float]]) -> Iterator[Word]:
    """A bullet for every spot that stands right before a line, at the height of its small letters."""
    for x0, x1, middle in dots:
        level = [word for word in words if 0 < word.base - middle < 0.7 * word.size]
        if any(word.x0 < x0 < word.x1 + word.size / 2 for word in level):
            continue
        behind = [word for word in level if 0 < word.x0 - x1 < 2.5 * word.size]
        if behind:
            first = min(behind, key=lambda word: word.x0)
            yield Word("•", x0, x1, first.base, first.size, bold=False, symbol=True, spaced=True)


def _rules(page: "pdfium.PdfPage", plane: _Plane) -> Iterator[Rule]:
    """The level and upright lines drawn on a page, whether stroked or filled as thin boxes."""
    from pypdfium2 import raw as api

    count = 0
    for path in page.get_objects(filter=[api.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST):
        for rule in _path_rules(path, plane):
            if max(abs(rule.x1 - rule.x0), abs(rule.y1 - rule.y0)) >= _SHORTEST_RULE:
                yield rule
            count += 1
            if count > _MOST_RULES:
                return


def _path_rules(path: "pdfium.PdfObject", plane: _Plane) -> Iterator[Rule]:
    from pypdfium2 import raw as api

    x0, y0, x1, y1 = plane.box(*path.get_bounds())
    if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
        yield _straight(x0, y0, x1, y1)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    api.FPDFPath_GetDrawMode(path, fill, stroke)
    if stroke.value and api.FPDFPath_CountSegments(path) <= _MOST_RULES:
        yield from _strokes(path, plane)


def _straight(x0: float, y0: float, x1: float, y1: float) -> Rule:
    """A thin box as the line down or along its middle."""
    if x1 - x0 < y1 - y0:
        return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)


def _strokes(path: "pdfium.PdfObject", plane: _Plane) -> Iterator[Rule]:
    """The level and upright strokes of a path of several, such as the outline of a box or a whole grid."""
    from pypdfium2 import raw as api

    matrix, x, y = api.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    api.FPDFPageObj_GetMatrix(path, matrix)
    first = last = (0.0, 0.0)
    for index in range(api.FPDFPath_CountSegments(path)):
        segment = api.FPDFPath_GetPathSegment(path, index)
        api.FPDFPathSegment_GetPoint(segment, x, y)
        here = plane.place(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        kind = api.FPDFPathSegment_GetType(segment)
        if kind == api.FPDF_SEGMENT_MOVETO:
            first = last = here
            continue
        ends = [(last, here)] if kind == api.FPDF_SEGMENT_LINETO else []
        if api.FPDFPathSegment_GetClose(segment):
            ends.append((here, first))
        for (ax, ay), (bx, by) in ends:
            if abs(ax - bx) <= 1 or abs(ay - by) <= 1:
                yield _straight(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        last = here
