"""The lexical half of the store: BM25 over stemmed words, one row a sentence, beside the vectors.

Rows stand in the same order as the sentence vectors. Scores: higher is better, zero for no word in common.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.data_files import read_lines

_FREQUENCY = "frequency.json"
_WORD = re.compile(r"[a-z0-9]+(?:[’'][a-z]+)?")


@cache
def stop_words() -> frozenset[str]:
    """The little words of English, which tell no sentence from another."""
    return frozenset(read_lines(files("index.data") / "stop_words.txt"))


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """The stemmed words of a text that carry meaning, in order; figures are kept, possessives cut."""
    words = (re.sub(r"[’']s?$", "", word) for word in _WORD.findall(text.lower()))
    return [_stem(word) for word in words if word and word not in stop_words()]


class Lexicon:
    """A BM25 index over rows of text, kept in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def build(folder: Path, texts: Sequence[str]) -> None:
        """Index the texts in order. A corpus without a single word gets an index that finds nothing."""
        import bm25s

        tokens = [terms(text) or [""] for text in texts]
        index = bm25s.BM25(method="lucene")
        index.index(tokens or [[""]], show_progress=False)
        index.save(str(folder), show_progress=False)
        frequency = Counter(term for row in tokens for term in set(row))
        (folder / _FREQUENCY).write_text(json.dumps({"rows": len(tokens), "terms": frequency}), encoding="utf-8")

    @cached_property
    def _frequency(self) -> tuple[int, dict[str, int]]:
        data = json.loads((self._folder / _FREQUENCY).read_text(encoding="utf-8"))
        return data["rows"], data["terms"]

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a stemmed term; highest for one that stands nowhere."""
        count, frequency = self._frequency
        having = frequency.get(term, 0)
        return math.log(1 + (count - having + 0.5) / (having + 0.5))

    @cached_property
    def _index(self) -> Any:
        import bm25s

        return bm25s.BM25.load(str(self._folder), mmap=False, show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every row for a query, shape ``(rows,)``."""
        return self.scores_of(terms(query))

    def scores_of(self, stems: Sequence[str]) -> NDArray[np.float32]:
        """The same for words that are stemmed already."""
        known = [term for term in stems if term in self._index.vocab_dict]
        if not known:
            return np.zeros(self._index.scores["num_docs"], dtype=np.float32)
        scores: NDArray[np.float32] = self._index.get_scores(known)
        return scores
