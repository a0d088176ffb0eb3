"""What words show without a model: whether a sentence tells the kind of thing asked, and how rare its words are."""

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files

from evals.clapnq.data import Question
from index.data_files import read_toml
from index.lexicon import terms


@cache
def _patterns() -> tuple[tuple[tuple[re.Pattern[str], re.Pattern[str]], ...], re.Pattern[str], re.Pattern[str]]:
    data = read_toml(files("evals.clapnq") / "cues.toml")
    kinds = tuple((re.compile(kind["ask"]), re.compile(kind["tells"])) for kind in data["kind"])
    return kinds, re.compile(data["opening"]["says"]), re.compile(data["sentence"]["ends"])


def tells(question: str, sentence: str) -> bool:
    """Whether a sentence holds the kind of thing asked for; never where the kind isn't known."""
    for ask, told in _patterns()[0]:
        if ask.search(question):
            return bool(told.search(sentence))
    return False


def opens(sentence: str) -> bool:
    """Whether a sentence says what its subject is."""
    return bool(_patterns()[1].search(sentence))


def ends(sentence: str) -> bool:
    """Whether a sentence ends as sentences do."""
    return bool(_patterns()[2].search(sentence))


class Rarity:
    """How much each word tells, by how few of all sentences hold it."""

    def __init__(self, questions: Sequence[Question]) -> None:
        sentences = [sentence for one in questions for sentence in one.sentences]
        self._count = len(sentences)
        self._holding = Counter(term for sentence in sentences for term in set(terms(sentence)))

    def of(self, words: Collection[str]) -> float:
        """The sum over some stemmed words."""
        return sum(math.log(1 + (self._count - n + 0.5) / (n + 0.5)) for n in map(self._holding.__getitem__, words))

    def covered(self, wanted: Collection[str], sentence: str) -> float:
        """The share of the wanted words, weighted by rarity, that a sentence holds; 1 where none is wanted."""
        whole = self.of(wanted)
        return self.of(set(wanted) & set(terms(sentence))) / whole if whole else 1.0
