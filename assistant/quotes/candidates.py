"""The sentences that share a claim's own words in a row, which a search by meaning and by single words may miss."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from assistant.evidence import Item
from assistant.quotes.folding import fold, folded_document
from assistant.quotes.wordings import words
from index.types import Document

_RUN = 3  # words in a row
_COMMON = 12  # places from which a run tells nothing
_BEST = 6
_At = tuple[int, int, int]  # document, passage, sentence


def sharing(
    claim: str, documents: Sequence[Document], fits: Callable[[Item], object] | None = None
) -> tuple[Item, ...]:
    """The sentences that hold most runs of a claim's words, of those that fit; a rare run counts for more."""
    scores: Counter[_At] = Counter()
    said = words(claim)
    for first in range(len(said) - _RUN + 1):
        found = _holding(" ".join(said[first : first + _RUN]), documents)
        for at in found if len(found) < _COMMON else ():
            scores[at] += 1000 // len(found)
    best = sorted(scores, key=lambda at: (-scores[at], at))
    items = (_item(documents[number], passage, sentence) for number, passage, sentence in best)
    return tuple(islice(filter(fits, items), _BEST))


def _holding(run: str, documents: Sequence[Document]) -> list[_At]:
    """The sentences that hold a run of words, at most as many as tell something."""
    wanted = fold(run).signs
    found: list[_At] = []
    for number, document in enumerate(documents):
        for offset in _offsets(wanted, document):
            passage = bisect_right(document.passages, offset, key=lambda one: one.start) - 1
            sentences = document.passages[passage].sentences
            sentence = bisect_right(sentences, offset, key=lambda one: one.start) - 1
            if passage >= 0 and sentence >= 0:
                found.append((number, passage, sentence))
            if len(found) >= _COMMON:
                return found
    return found


def _offsets(wanted: str, document: Document) -> Iterator[int]:
    source = folded_document(document.text)
    at = source.signs.find(wanted)
    while at >= 0:
        yield source.places[at]
        at = source.signs.find(wanted, at + len(wanted))


def _item(document: Document, passage: int, sentence: int) -> Item:
    one, within = document.passages[passage], document.passages[passage].sentences[sentence]
    return Item(document, one, within, within.start, within.end, 1.0)
