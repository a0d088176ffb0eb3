"""How near an answer comes to a reference: the field's own arithmetic, on lower-case words of letters and digits."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Match:
    """Precision, recall and their harmonic mean, each 0 where nothing is shared."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def words(text: str) -> list[str]:
    """The words that are compared; no stemming."""
    return _WORD.findall(text.lower())


def rouge_l(reference: str, answer: str) -> Match:
    """ROUGE-L of Lin (2004): the longest common subsequence of words, against both lengths."""
    wanted, given = words(reference), words(answer)
    return _match(_longest_common(wanted, given), len(given), len(wanted))


def word_recall(reference: str, answer: str) -> float:
    """The share of a reference's words, each as often as it stands there, that the answer holds."""
    wanted, given = Counter(words(reference)), Counter(words(answer))
    return _match((wanted & given).total(), given.total(), wanted.total()).recall


def sentence_match(gold: Collection[int], chosen: Collection[int]) -> Match:
    """Sentences chosen against sentences that annotators chose."""
    return _match(len(set(gold) & set(chosen)), len(chosen), len(gold))


def token_match(sentences: Sequence[str], gold: Collection[int], chosen: Collection[int]) -> Match:
    """The same, each sentence weighing as many words as it has."""
    size = [len(words(sentence)) for sentence in sentences]
    both = sum(size[at] for at in set(gold) & set(chosen))
    return _match(both, sum(size[at] for at in chosen), sum(size[at] for at in gold))


def _match(shared: int, given: int, wanted: int) -> Match:
    return Match(shared / given if given else 0.0, shared / wanted if wanted else 0.0)


def _longest_common(left: Sequence[str], right: Sequence[str]) -> int:
    best = [0] * (len(right) + 1)
    for one in left:
        before = 0
        for at, other in enumerate(right, 1):
            before, best[at] = best[at], before + 1 if one == other else max(best[at], best[at - 1])
    return best[-1]
