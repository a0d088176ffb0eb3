"""Drawing a page of a PDF with quoted words framed: the other half of the door to PDFium."""

import io
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.errors import SourceProblem
from index.readers.pdf.file import opened
from index.readers.pdf.glyphs import letter_of

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_SCALE = 1.6  # pixels a point: small print is sharp on a phone, a page is 150 kB
_PIXELS = 6_000_000
_FEWEST = 24  # letters of a quotation that must be found together, where it isn't found whole
_INK = (200, 90, 0)
_WASH = (255, 224, 130)
_Box = tuple[float, float, float, float]


def drawn(raw: bytes, name: str, number: int, words: str) -> tuple[bytes, bool]:
    """A page, counted from 1, as PNG; and whether the words stand on it. A quotation may go on over the page's end."""
    import pypdfium2 as pdfium

    document = opened(raw, name)
    if not 1 <= number <= len(document):
        raise SourceProblem(f"{name}: has no page {number}")
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_SCALE, math.sqrt(_PIXELS / max(width * height, 1.0)))
        boxes = list(_boxes(page, words))
        picture = _framed(page, scale, boxes)
    except pdfium.PdfiumError:
        raise SourceProblem(f"{name}: page {number} is damaged and can't be drawn; read its text instead") from None
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue(), bool(boxes)


def _framed(page: "pdfium.PdfPage", scale: float, boxes: list[_Box]) -> Any:
    from PIL import Image, ImageChops, ImageDraw

    bitmap = page.render(scale=scale)
    picture = bitmap.to_pil().convert("RGB")
    wash = Image.new("RGB", picture.size, "white")
    brush = ImageDraw.Draw(wash)
    places = [_pixels(page, picture.size, box) for box in boxes]
    for place in places:
        brush.rectangle(place, fill=_WASH)
    washed = ImageChops.multiply(picture, wash)
    if places:
        around = (
            min(place[0] for place in places) - 5,
            min(place[1] for place in places) - 5,
            max(place[2] for place in places) + 5,
            max(place[3] for place in places) + 5,
        )
        ImageDraw.Draw(washed).rectangle(around, outline=_INK, width=3)
    return washed


def _pixels(page: "pdfium.PdfPage", size: tuple[int, int], box: _Box) -> tuple[int, int, int, int]:
    """A box of the page in pixels of its picture, the page turned as it is shown."""
    import ctypes

    from pypdfium2 import raw as api

    def device(x: float, y: float) -> tuple[int, int]:
        to_x, to_y = ctypes.c_int(), ctypes.c_int()
        api.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, x, y, to_x, to_y)
        return to_x.value, to_y.value

    (x0, y0), (x1, y1) = device(box[0], box[1]), device(box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _boxes(page: "pdfium.PdfPage", words: str) -> Iterator[_Box]:
    """The boxes of the quoted words, a line each, in points of the page; none where they aren't on it."""
    import ctypes

    from pypdfium2 import raw as api

    held = page.get_textpage()
    text = held.raw
    letters, places = _letters(text)
    start, length = _found(letters, _bare(words))
    if not length:
        return
    first, last = places[start], places[start + length - 1]
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    for index in range(api.FPDFText_CountRects(text, first, last - first + 1)):
        api.FPDFText_GetRect(text, index, left, top, right, bottom)
        yield left.value, bottom.value, right.value, top.value


def _letters(text: Any) -> tuple[str, list[int]]:
    """The letters and digits of a page in the order of the file, and the place of each."""
    from pypdfium2 import raw as api

    found: list[str] = []
    places: list[int] = []
    for index in range(api.FPDFText_CountChars(text)):
        for char in _bare(letter_of(api.FPDFText_GetUnicode(text, index))):
            found.append(char)
            places.append(index)
    return "".join(found), places


def _bare(text: str) -> str:
    """Letters and digits alone: spaces, hyphens at line ends and bullets are set anew when a page is read."""
    return "".join(char for char in text.lower() if char.isalnum())


def _found(page: str, words: str) -> tuple[int, int]:
    """Where words stand on a page, and how many letters of them: all, or those up to the page's end."""
    at = page.find(words) if words else -1
    if at >= 0:
        return at, len(words)
    length = len(words)
    while length > _FEWEST:  # the longest beginning that is on the page
        length -= max(1, length // 12)
        at = page.find(words[:length])
        if at >= 0:
            return at, length
    return 0, 0
