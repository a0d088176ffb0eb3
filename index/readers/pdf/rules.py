"""The lines and bullets that are drawn on a PDF's page, not written."""

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from index.readers.page import Rule, Word
from index.readers.pdf.plane import Plane

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_THIN = 3.0  # points; a filled box thinner than this is a line
_SHORTEST_RULE = 6.0  # points; below it lie the dots of dotted lines and the corners of boxes
_MOST_RULES = 4000  # a page with more is a drawing or a map, not a table
_DEEPEST = 6  # nested drawings within drawings


def dots_of(page: "pdfium.PdfPage", plane: Plane) -> Iterator[tuple[float, float, float]]:
    """Small round or square spots of colour, as left edge, right edge and middle: browsers draw bullets so."""
    from pypdfium2 import raw as api

    paths = page.get_objects(filter=[api.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST)
    for path in islice(paths, _MOST_RULES):
        x0, y0, x1, y1 = plane.box(*path.get_bounds())
        if _THIN / 2 <= x1 - x0 <= 8 and 0.8 <= (x1 - x0) / max(y1 - y0, 0.1) <= 1.25:
            yield x0, x1, (y0 + y1) / 2


def drawn_bullets(words: list[Word], dots: list[tuple[float, float, float]]) -> Iterator[Word]:
    """A bullet for every spot that stands right before a line, at the height of its small letters."""
    for x0, x1, middle in dots:
        level = [word for word in words if 0 < word.base - middle < 0.7 * word.size]
        if any(word.x0 < x0 < word.x1 + word.size / 2 for word in level):
            continue
        behind = [word for word in level if 0 < word.x0 - x1 < 2.5 * word.size]
        if behind:
            first = min(behind, key=lambda word: word.x0)
            yield Word("•", x0, x1, first.base, first.size, bold=False, symbol=True, spaced=True)


def rules_of(page: "pdfium.PdfPage", plane: Plane) -> Iterator[Rule]:
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


def _path_rules(path: "pdfium.PdfObject", plane: Plane) -> Iterator[Rule]:
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


def _strokes(path: "pdfium.PdfObject", plane: Plane) -> Iterator[Rule]:
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
