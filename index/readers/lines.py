"""Lines of words, as a person sees them on a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from index.readers.page import VISIBLE_GAP, Word

_SAME_LINE = 0.3  # of the type size: how far the base lines of two words on one line may differ
_RAISED = 0.6  # of the type size: how far above it the small figures and letters of one stand
_SPACE = 0.3  # of the type size: between two words
_WIDE = 1.0  # of the type size: a gap that may part two columns; an ordinary space is a quarter to a third
_BULLETS = frozenset("•▪■●◼◾◦○‣·∙►➢❖✓✔□▫–-*o")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|\(?[ivxlc]{1,5}[.)]|\(?[a-zA-Z][.)]|\(\d{1,2}\))$")
_BEFORE_NOTE = re.compile(r"\w{3}[.,;:’”)]*$|[.,;:’”)]$")
_FOOTNOTE = re.compile(r"\d{1,2}$")


@dataclass(frozen=True)
class Line:
    """Words on one base line, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def x0(self) -> float:
        """Where the line begins."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @cached_property
    def size(self) -> float:
        """The type size of most of its letters."""
        return median(word.size for word in self.words for _ in word.text)

    @cached_property
    def base(self) -> float:
        """Where its letters stand, measured downwards."""
        return median(word.base for word in self.words for _ in word.text)

    @cached_property
    def bold(self) -> bool:
        """Whether every word with a letter in it is in bold type."""
        lettered = [word for word in self.words if any(c.isalpha() for c in word.text)]
        return bool(lettered) and all(word.bold for word in lettered)

    @cached_property
    def marker(self) -> str:
        """The bullet or the number it begins with, or nothing."""
        first = self.words[0]
        if len(self.words) < 2 or (first.text in "–-*o" and self.words[1].x0 - first.x1 < VISIBLE_GAP * self.size):
            return ""
        if first.text in _BULLETS and (first.text != "o" or self.words[1].x0 - first.x1 > _WIDE * self.size):
            return first.text
        return first.text if _LABEL.match(first.text) else ""

    @cached_property
    def bulleted(self) -> bool:
        """Whether it begins with a bullet, rather than a number."""
        return self.marker in _BULLETS and self.marker != ""

    @cached_property
    def text_x(self) -> float:
        """Where its words begin, after a bullet or a number."""
        return self.words[1].x0 if self.marker else self.x0

    @cached_property
    def text(self) -> str:
        """Its words without the bullet, with a space wherever one can be seen; footnote numbers are left out."""
        return _joined(self.words[1:] if self.bulleted else self.words)

    @cached_property
    def first_width(self) -> float:
        """How wide its first word is, as far as the first visible space."""
        words = self.words[1:] if self.bulleted else self.words
        end = words[0].x1
        for before, word in pairwise(words):
            if word.x0 - before.x1 >= VISIBLE_GAP * self.size:
                break
            end = word.x1
        return end - words[0].x0


def _joined(words: Sequence[Word]) -> str:
    text = ""
    before: Word | None = None
    for word in words:
        if before is not None:
            size = max(before.size, word.size)
            raised = word.size < 0.8 * before.size and word.base < before.base - 0.15 * size
            if raised and _FOOTNOTE.match(word.text) and _BEFORE_NOTE.search(text):
                continue
            if word.x0 - before.x1 >= VISIBLE_GAP * size:
                text += " "
        text += word.text
        before = word
    return text


def lines(words: Sequence[Word]) -> list[Line]:
    """The lines the words stand on, from the top down; words side by side in columns share one here."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.size, w.base)):
        near = (row for row in reversed(rows) if abs(row[0].base - word.base) <= _SAME_LINE * word.size)
        if (row := next(near, None)) is not None or (row := _raised(word, rows)) is not None:
            row.append(word)
        else:
            rows.append([word])
    found = [Line(tuple(sorted(_once(row), key=lambda w: w.x0))) for row in rows]
    return sorted(found, key=lambda line: (line.base, line.x0))


def _raised(word: Word, rows: Sequence[list[Word]]) -> list[Word] | None:
    """The line that a small raised or lowered word belongs to: one with a larger word right before it."""
    for row in rows:
        for other in row:
            near = -0.1 <= (word.x0 - other.x1) / other.size <= 0.3
            if word.size < 0.85 * other.size and near and abs(other.base - word.base) < _RAISED * other.size:
                return row
    return None


def _once(words: Sequence[Word]) -> Iterator[Word]:
    """Each word once: bold type is sometimes made by printing a word twice, a hair apart."""
    kept: list[Word] = []
    for word in words:
        if not any(
            word.text == other.text and abs(word.x0 - other.x0) < 0.2 * word.size and word.base - other.base < word.size
            for other in kept[-3:]
        ):
            kept.append(word)
            yield word


def segments(line: Line) -> list[Line]:
    """A line cut at its wide gaps, except behind a bullet or a number."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        labelled = len(parts[-1]) == 1 and Line((before, word)).marker
        if word.x0 - before.x1 > _WIDE * line.size and not labelled:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def whole(parts: Sequence[Line]) -> Line:
    """Segments of one line put together again."""
    return Line(tuple(sorted((word for part in parts for word in part.words), key=lambda w: w.x0)))


def meant_break(before: Line, line: Line, edge: float) -> bool:
    """Whether a line ended before it was full: the first word of the next would still have fitted before an edge."""
    if line.text[:1].islower():
        return False
    return before.x1 + _SPACE * line.size + line.first_width < edge
