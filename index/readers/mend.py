"""Faults that a PDF's text has and its print has not: words cut at a line's end, and figures with a gap in them."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from index.data_files import read_lines
from index.dates import MONTHS
from index.readers.paragraphs import LINE_HYPHEN

_CUT = re.compile(rf"(?P<address>\S*[-/@.])?(?P<first>[^\W\d_]+)-{LINE_HYPHEN}(?P<second>[^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_SPLIT_DAY = re.compile(rf"\b([123]) (\d)(?=(?: to \d{{1,2}}| ?[-–] ?\d{{1,2}})? {_MONTH}\b)", re.IGNORECASE)
_SPLIT_YEAR = re.compile(rf"(?<=\b)({_MONTH}) (2 ?0 ?[0-4] ?\d)\b(?! ?\d)", re.IGNORECASE)


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(read_lines(files("index.readers") / "prefixes.txt"))


def mended(texts: Iterable[str]) -> list[str]:
    """The texts of one document with their cut words and split figures mended.

    Whether a hyphen at a line's end belongs to the word is decided by the document's other words: "multi-agency"
    keeps it if the word is met with it elsewhere, and "provi-sion" loses it if the word is met without. For words
    met only once it matters whether the halves are words, and whether this document cuts words at all.
    """
    texts = list(texts)
    words: Counter[str] = Counter()
    for text in texts:
        words.update(word.lower() for word in _WORD.findall(_CUT.sub(" ", text) if LINE_HYPHEN in text else text))
    parts = frozenset(part for word in words for part in word.split("-"))
    cuts = [(cut["first"].lower(), cut["second"].lower()) for text in texts for cut in _CUT.finditer(text)]
    cutting = any(words[first + second] and first not in _prefixes() for first, second in cuts)

    def rejoined(cut: re.Match[str]) -> str:
        first, second = cut["first"].lower(), cut["second"].lower()
        whole = words[first + second] or not _compound(first, second, parts, cutting)
        keeps = cut["address"] or words[f"{first}-{second}"] or not whole
        return cut[0].replace(LINE_HYPHEN, "") if keeps else cut["first"] + cut["second"]

    return [_figures(_CUT.sub(rejoined, text).replace(LINE_HYPHEN, "")) for text in texts]


def _compound(first: str, second: str, parts: frozenset[str], cutting: bool) -> bool:
    """Whether two halves are joined by a hyphen of their own. No word is cut so as to leave one or two letters."""
    if first in _prefixes() or len(second) < 3:
        return True
    if cutting:
        return first in parts and second in parts
    return first in parts or second in parts


def _figures(text: str) -> str:
    """Dates whose figures were set apart: ``1 9 June 20 23`` is ``19 June 2023``."""
    text = _SPLIT_DAY.sub(lambda day: day[0] if int(day[1] + day[2]) > 31 else day[1] + day[2], text)
    return _SPLIT_YEAR.sub(lambda year: f"{year[1]} {year[2].replace(' ', '')}", text)
