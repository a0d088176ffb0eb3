"""Slips of spelling in a question, mended before it is read: "alternitive provison", "speach theropy".

A word is a slip if it stands in no document and is no common word of English, and one word of the documents alone is
near it. What is mended is searched for; a quotation is never touched.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from index.areas import Gazetteer
from index.tokens import is_common
from index.types import Document

_WORD = re.compile(r"(?<![\w'’@./-])[a-z]{5,}(?![\w'’@/-])")  # a capital may begin a name, which has no right spelling
_LONG = 8  # letters, from which two of them may be wrong
_KNOWN_BY = 2  # times that a word must stand in the documents to be offered: their own slips are none


class Speller:
    """Mends slips with the words of the documents."""

    def __init__(self, documents: Sequence[Document], names: Gazetteer) -> None:
        self._documents = documents
        self._names = names

    @cached_property
    def _words(self) -> Mapping[str, int]:
        return Counter(word for one in self._documents for word in re.findall(r"[a-z]+", one.text.lower()))

    def mended(self, question: str) -> str:
        """The question with its slips replaced."""
        shown = self._names.without(question)
        slips = {word: self._nearest(word) for word in _WORD.findall(shown) if self._unknown(word)}
        for slip, word in slips.items():
            if word:
                question = re.sub(rf"(?<![\w'’]){slip}(?![\w'’])", word, question)
        return question

    def _unknown(self, word: str) -> bool:
        return word not in self._words and not is_common(word)

    def _nearest(self, word: str) -> str | None:
        """The commonest of the nearest words with the same first letter; ``None`` where none is near."""
        most = 2 if len(word) >= _LONG else 1
        near: dict[str, int] = {}
        for other, count in self._words.items():
            if count >= _KNOWN_BY and other[0] == word[0] and abs(len(other) - len(word)) <= most and len(other) > 3:
                steps = _steps(word, other, most)
                if steps <= most:
                    near[other] = steps
        return min(near, key=lambda other: (near[other], -self._words[other]), default=None)


def _steps(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped with their neighbour to get from one word to another.

    Counted no further than one beyond ``most`` (Damerau 1964, in the variant that moves no letter twice).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            steps = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                steps = min(steps, before[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
