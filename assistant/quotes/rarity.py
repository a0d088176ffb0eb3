"""How much words say about which sentence they are from: the fewer of them in the documents, the more."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.quotes.wordings import words
from index.types import Document


@lru_cache(maxsize=512)
def _counted(text: str) -> Counter[str]:
    return Counter(words(text))


@lru_cache(maxsize=4)
def _all(texts: tuple[str, ...]) -> Counter[str]:
    total: Counter[str] = Counter()
    for text in texts:
        total.update(_counted(text))
    return total


def share(some: Sequence[str], all_: Sequence[str], documents: Sequence[Document]) -> float:
    """How much of what a claim's words say some of them say, from 0 to 1: a rare word counts for more."""
    counts = _all(tuple(document.text for document in documents))
    size = counts.total() + 1
    weighed = [sum(math.log(size / (counts[word] + 1)) for word in group) for group in (some, all_)]
    return weighed[0] / weighed[1] if weighed[1] else 0.0
