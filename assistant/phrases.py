"""Words of any script, and phrases of a table found among them.

Python's own idea of a word ends at the vowel signs of Indian scripts, so words are cut here. Letters are compared
folded: without accents, points and the look-alikes of one letter, since many people type without them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"  # signs above, below and beside a letter
_WORD = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
_ALIKE = str.maketrans({
    "ł": "l", "đ": "d", "ı": "i", "ø": "o", "ß": "ss", "œ": "oe",
    "ك": "ک", "ي": "ی", "ى": "ی", "ة": "ہ", "ه": "ہ", "ھ": "ہ", "ۀ": "ہ", "ۂ": "ہ", "أ": "ا", "إ": "ا", "آ": "ا",
    "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ۓ": "ے",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written, folded for comparing, and where it stands."""

    written: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of a table found in a text: what it means, and the first word and the one after the last."""

    meaning: str
    first: int
    last: int


def digits(text: str) -> str:
    """A text with the digits of every script in European form: ``২০২৪`` is 2024."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text)


def fold(word: str) -> str:
    """A word as it is compared."""
    parted = unicodedata.normalize("NFD", digits(word).lower().translate(_ALIKE))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", parted)).translate(_ALIKE)


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order."""
    return tuple(Word(found[0], fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(text))


class Phrases:
    """Phrases with what each means. A star at the end of a word stands for any ending."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._by_start: dict[tuple[str, bool], list[tuple[tuple[tuple[str, bool], ...], str]]] = {}
        for meaning, phrase in entries:
            parts = tuple(_part(part) for written in phrase.split() for part in _parts(written))
            self._by_start.setdefault(parts[0], []).append((parts, meaning))

    def starts(self) -> Iterable[tuple[str, bool]]:
        """The first words of all phrases, each with whether it is only the beginning of a word."""
        return self._by_start.keys()

    def find(self, text: Sequence[Word]) -> tuple[Found, ...]:
        """The phrases in a text, in order. The longest is taken first, and a word belongs to one phrase only."""
        matches = [
            (len(parts), sum(len(part) for part, _ in parts), -at, Found(meaning, at, at + len(parts)))
            for at, word in enumerate(text)
            for key in _keys(word.folded)
            for parts, meaning in self._by_start.get(key, ())
            if len(parts) <= len(text) - at and all(_fits(p, w.folded) for p, w in zip(parts, text[at:], strict=False))
        ]
        taken: set[int] = set()
        found = []
        for *_, match in sorted(matches, key=lambda match: match[:3], reverse=True):
            if taken.isdisjoint(range(match.first, match.last)):
                taken.update(range(match.first, match.last))
                found.append(match)
        return tuple(sorted(found, key=lambda match: match.first))


def _parts(written: str) -> list[str]:
    """The words of one entry: "сім'ї*" is two, as in a question; the star belongs to the last."""
    parts = [word.written for word in words(written)]
    return [*parts[:-1], parts[-1] + "*"] if written.endswith("*") else parts


def _part(part: str) -> tuple[str, bool]:
    return fold(part.rstrip("*")), part.endswith("*")


def _keys(word: str) -> list[tuple[str, bool]]:
    return [(word, False), *((word[:size], True) for size in range(1, len(word) + 1))]


def _fits(part: tuple[str, bool], word: str) -> bool:
    return word.startswith(part[0]) if part[1] else word == part[0]
