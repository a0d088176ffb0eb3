"""A text as the words that carry something, what stands between them, and which of them two texts share in order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.support.predicates import Word, content, words

OWN = 0.85  # of the words of a statement, from here on it is a shuffled source; on the dev half of the validation set


@dataclass(frozen=True, slots=True)
class Line:
    """A text in small letters and its words that carry something."""

    text: str
    words: tuple[Word, ...]

    def between(self, one: int, other: int) -> str:
        """What stands between two words, in whichever order they are given."""
        left, right = sorted((one, other))
        return self.text[self.words[left].end : self.words[right].start]

    def before(self, at: int) -> str:
        """All that stands before a word."""
        return self.text[: self.words[at].start]

    def after(self, at: int) -> str:
        """All that stands after a word."""
        return self.text[self.words[at].end :]

    def stems(self, start: int, end: int) -> list[str]:
        """The stems of the words from one place to another."""
        return [word.stem for word in self.words[start:end]]


@lru_cache(8192)
def line(text: str) -> Line:
    """Read a text; its verbs are told by its capitals too."""
    return Line(text.lower(), tuple(content(text)))


def in_its_words(sentence: str, window: str) -> bool:
    """Whether nearly every word of a statement, little ones included, is the source's."""
    ours, theirs = (Counter(word.text for word in words(text)) for text in (sentence, window))
    return sum((ours & theirs).values()) >= OWN * sum(ours.values())


def aligned(ours: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[int, int]]:
    """The longest run of words that both have in the same order, as pairs of places."""
    best = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            same = best[i + 1][j + 1] + 1 if ours[i].stem == theirs[j].stem else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], same)
    pairs, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        if ours[i].stem == theirs[j].stem and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
