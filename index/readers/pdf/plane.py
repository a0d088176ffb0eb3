"""Where things stand on a PDF's page, as it is shown."""

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2 as pdfium


@dataclass(frozen=True, slots=True)
class Plane:
    """From PDF coordinates to points from the page's top left corner, the page turned as it is shown."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point, from the left and from the top."""
        return (self.x[0] * x + self.x[1] * y + self.x[2], self.y[0] * x + self.y[1] * y + self.y[2])

    def box(self, left: float, low: float, right: float, high: float) -> tuple[float, float, float, float]:
        """A box as left, top, right, bottom."""
        (x0, y0), (x1, y1) = self.place(left, low), self.place(right, high)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def plane_of(page: "pdfium.PdfPage") -> Plane:
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
    return Plane(slopes[0], slopes[1])
