"""Running headers, footers and page numbers: lines at a page's edge that other pages repeat, but for their figures."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.readers.lines import Line, lines
from index.readers.page import Sheet, Word

_EDGE = 0.15  # of the page's height: where such lines are looked for, from either end
_REPEATED = 0.3  # of the pages, and at least two
_MOSTLY = 0.6  # of the pages
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–(]?\s*\d{1,4}\s*[-–)]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_FIRST_PAGE_WORDS = 8  # a header printed on the first page alone is short, and in small type


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", "".join(line.text.lower().split()))


def _edges(sheet: Sheet, found: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines at the head and at the foot of a page, each from the edge inwards, with whether it is the foot."""
    yield False, [line for line in found if line.base < _EDGE * sheet.height]
    yield True, [line for line in reversed(found) if line.base > (1 - _EDGE) * sheet.height]


def without_furniture(sheets: Sequence[Sheet]) -> list[list[Word]]:
    """The words of each page that belong to its text.

    The height at which a repeated line stands doesn't matter: in real reports it wanders by 50 points. A heading
    that happens to begin several pages must be met on most of them before it is taken for a running one.
    """
    pages = [lines(sheet.words) for sheet in sheets]
    usual = _usual_size([line for s, page in zip(sheets, pages, strict=True) for line in page if _inside(s, line)])
    seen: Counter[tuple[str, bool]] = Counter()
    for sheet, found in zip(sheets, pages, strict=True):
        for foot, near in _edges(sheet, found):
            seen.update({(_key(line), foot) for line in near})
    kept = []
    for number, (sheet, found) in enumerate(zip(sheets, pages, strict=True), start=1):
        dropped: list[Line] = []
        for foot, near in _edges(sheet, found):
            for line in near:
                heading = not foot and (line.bold or line.size > 1.1 * usual)
                enough = max(3, _MOSTLY * len(sheets)) if heading else max(2, _REPEATED * len(sheets))
                if seen[_key(line), foot] < enough and not _says_page(line.text, number, len(sheets)):
                    break
                dropped.append(line)
        kept.append([line for line in found if line not in dropped])
    if not any(kept):
        kept = pages  # a document of nothing but the same few lines
    return [[word for line in page for word in line.words] for page in _without_first_header(sheets, kept, usual)]


def _inside(sheet: Sheet, line: Line) -> bool:
    return _EDGE * sheet.height <= line.base <= (1 - _EDGE) * sheet.height


def _usual_size(found: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _says_page(text: str, number: int, pages: int) -> bool:
    """Whether a line says only which page this is: in words, or as the very number of the page."""
    if not _PAGE_NUMBER.match(text):
        return False
    said = [int(figure) for figure in re.findall(r"\d+", text)]
    return text.lower().startswith("page") or said == [number] or said == [number, pages]


def _without_first_header(sheets: Sequence[Sheet], pages: list[list[Line]], usual: float) -> list[list[Line]]:
    """The first page often has a header of its own: small print above the place where all other pages begin."""
    tops = [page[0].base for page in pages[1:] if page]
    if len(tops) < 2 or not pages[0]:
        return pages
    first = list(pages[0])
    while first:
        line = first[0]
        short = len(line.words) <= _FIRST_PAGE_WORDS and line.size < 0.95 * usual
        if not short or line.base > min(tops) - line.size or line.base > _EDGE * sheets[0].height:
            break
        first.pop(0)
    return [first, *pages[1:]]
