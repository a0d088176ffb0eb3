"""Which words of a PDF's page a reader can see.

That is not guessed from a word's colour or its drawing mode. The page is drawn twice, with its text and without; a
word that changes no pixel is white on white, transparent, covered, clipped, off the page or in a hidden layer.
"""

import math
from typing import TYPE_CHECKING, Any

from index.readers.pdf.glyphs import Run

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium

    _Picture = np.ndarray[Any, Any]

_SCALE = 1.0  # pixels a point: even a full stop in small print colours one of them by half
_PIXELS = 8_000_000  # of one drawing; larger pages are drawn smaller
_SEEN = 32  # of 255 steps of colour: print paler than this can't be read on paper
_TALL, _DEEP = 0.75, 0.1  # of the type size: where letters colour the page, and those of other lines don't
_MOSTLY = 0.5  # of a page's surface
_DEEPEST = 6  # nested drawings within drawings


def is_pictured(page: "pdfium.PdfPage", surface: float) -> bool:
    """Whether one picture fills most of the page, as in a scan."""
    from pypdfium2 import raw as api

    for picture in page.get_objects(filter=[api.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
        left, low, right, high = picture.get_bounds()
        if (right - left) * (high - low) > surface * _MOSTLY:
            return True
    return False


def visibility(page: "pdfium.PdfPage", runs: list[Run]) -> tuple[list[bool], list[bool]]:
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
