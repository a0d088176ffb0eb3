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
_SHORTEST = 4
_VOWELS = re.compile("[aeiou]")
_ENDINGS = ("s", "d", "ed", "r", "er", "or", "ers", "rs", "ors", "ing", "ly", "ness")
_TAILS = frozenset(
    ("ment", "tion", "sion", "ness", "ance", "ence", "able", "ible", "ally", "ings")
)  # ends, and no words
_QUOTED = re.compile(r"([\"“”'‘][^\"“”'‘’]*[\"“”'’](?!\w))")


class Speller:
    """Mends slips with the words of the documents, which are counted when the first slip is met."""

    def __init__(self, documents: Sequence[Document], names: Gazetteer) -> None:
        self._documents = documents
        self._names = names

    @cached_property
    def _words(self) -> Mapping[str, int]:
        return Counter(word for one in self._documents for word in re.findall(r"[a-z]+", one.text.lower()))

    def mended(self, question: str) -> str:
        """The question with the nearest word of the documents for each slip; quotations and areas stay as typed."""
        shown = set(_WORD.findall(self._names.without(question)))
        slips = {word: self._nearest(word) or word for word in shown if self._unknown(word)}
        outside = _QUOTED.split(question)
        return "".join(
            piece if quoted else _WORD.sub(lambda found: slips.get(found[0], found[0]), piece)
            for piece, quoted in zip(outside, (False, True) * len(outside), strict=False)
        )

    def _unknown(self, word: str) -> bool:
        """Whether a word stands in no document and is no common one, nor made of two: "helpline"."""
        return word not in self._words and not is_common(word) and not _joined(word)

    def _nearest(self, word: str) -> str | None:
        """The commonest of the nearest words with the same first letter; ``None`` where none is near.

        Of a word that is made of a common one ("leavers") only the vowels can be wrong ("inspecters").
        """
        most = 2 if len(word) >= _LONG else 1
        sound = _VOWELS.sub("", word) if _made_of_common(word) else None
        near: dict[str, int] = {}
        for other in self._words:
            if other[0] == word[0] and abs(len(other) - len(word)) <= most and len(other) >= _SHORTEST:
                steps = _steps(word, other, most)
                if steps <= most and sound in (None, _VOWELS.sub("", other)):
                    near[other] = steps
        return min(near, key=lambda other: (near[other], -self._words[other]), default=None)


def _joined(word: str) -> bool:
    cuts = ((word[:at], word[at:]) for at in range(_SHORTEST, len(word) - _SHORTEST + 1))
    return any(is_common(one) and is_common(other) and other not in _TAILS for one, other in cuts)


def _made_of_common(word: str) -> bool:
    stems = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end))
    return any(is_common(stem) for stem in stems if len(stem) >= _SHORTEST)


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
