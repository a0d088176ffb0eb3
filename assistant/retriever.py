"""Finding sentences: a dense half and a lexical half over several wordings of the question, fused by z-scores.

Passages near the question come from Chroma; every sentence is scored by its own vector, its passage's nearness and its
words. Adding z-scores beat reciprocal ranks on two public sets, and a sentence scored with its passage beat it alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.reading import Reading
from assistant.rowtable import Mask, RowTable
from index.store import Store
from index.types import Document, Passage, Sentence

_PASSAGES = 200  # nearest passages asked of Chroma; the rest count as just below the farthest of them
# What counts beside a sentence's own nearness, chosen on the dev splits: the nearest sentence of its passage, as a sign
# that it stands in the right place; its passage as a whole; and its words.
_NEIGHBOUR_WEIGHT = 0.5
_PASSAGE_WEIGHT = 0.1
_LEXICAL_WEIGHT = 1.0
_PIECE_WEIGHT = 0.5  # of a question's best piece beside the question as a whole; chosen on the dev splits

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class View:
    """One wording to search with, and how much it counts. Of the pieces of a question the best one counts."""

    text: str
    weight: float = 1.0
    piece: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found. ``row`` is its place in the store; ``score`` is higher for a better match."""

    row: int
    document: Document
    passage: Passage
    sentence: Sentence
    score: float
    similarity: float

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.document.text[self.sentence.start : self.sentence.end]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The rows in scope, best first, with every row's score. Sentences are fetched only when they are looked at."""

    store: Store
    rows: NDArray[np.int64]
    scores: Scores
    similarities: Scores

    def __len__(self) -> int:
        return len(self.rows)

    def top(self, count: int) -> tuple[Hit, ...]:
        """At most ``count`` hits, best first."""
        return tuple(self._hit(int(row)) for row in self.rows[:count])

    def where(self, mask: Mask) -> "Ranking":
        """The same ranking of fewer rows. ``mask`` has one entry a row of the store."""
        return Ranking(self.store, self.rows[mask[self.rows]], self.scores, self.similarities)

    def among(self, mask: Mask) -> "Ranking":
        """All rows of a mask in the order of the same scores, whatever was in scope before."""
        order = np.argsort(-self.scores, kind="stable")
        return Ranking(self.store, order[mask[order]], self.scores, self.similarities)

    def _hit(self, row: int) -> Hit:
        place = self.store.rows.sentences[row]
        document = self.store.documents[place.document]
        passage = document.passages[place.passage]
        return Hit(row, document, passage, place.sentence, float(self.scores[row]), float(self.similarities[row]))


def views(reading: Reading, context: Sequence[str] = ()) -> tuple[View, ...]:
    """The wordings of a question: as asked, in official words, and together with the turns before it.

    A question in another language is also searched for in English words, as far as its table has them.
    """
    official = ", ".join(word for o in reading.officials if not o.replaces for word in o.words[:3])
    # Within one area its name tells no sentence from another; it only draws in whatever names the area.
    asked = reading.bare if reading.areas and (reading.terms or reading.gloss) else reading.question
    gloss = [View(reading.gloss.english)] if reading.gloss and reading.gloss.english else []
    wordings = [View(asked), View(official or (gloss[0].text if gloss else asked)), *gloss]
    # A story's one line on the matter is lost among the others.
    pieces = [View(text, piece=True) for text in reading.pieces]
    return (*wordings, *(View(text, 0.5) for text in context), *pieces)


def _z(scores: Scores) -> Scores:
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


class Retriever:
    """Scores every sentence of a store for a question. ``table`` says which sentences may answer it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.table = RowTable(store)

    @cached_property
    def _firsts(self) -> NDArray[np.int64]:
        """The first row of each passage."""
        return np.array([row.first for row in self._store.rows.passages], dtype=np.int64)

    @cached_property
    def _passage_of_row(self) -> NDArray[np.int64]:
        owner = np.zeros(len(self._store.rows.sentences), dtype=np.int64)
        for number, row in enumerate(self._store.rows.passages):
            owner[row.first : row.last] = number
        return owner

    def search(self, wordings: Sequence[View], allowed: Mask) -> Ranking:
        """The allowed sentences, best first. ``allowed`` has one entry a row of the store."""
        vectors = self._store.query_vectors([view.text for view in wordings])
        dense: Scores = np.asarray(self._store.sentence_vectors @ vectors.T, dtype=np.float32)
        first = {view.text: at for at, view in reversed(list(enumerate(wordings)))}  # two wordings are often one
        places = self._passage_scores(vectors[list(first.values())])
        found = {
            text: self._score(text, dense[:, at], near) for (text, at), near in zip(first.items(), places, strict=True)
        }
        scores = [found[view.text] for view in wordings]
        whole = [(view.weight, score) for view, score in zip(wordings, scores, strict=True) if not view.piece]
        total: Scores = np.average([score for _, score in whole], axis=0, weights=[weight for weight, _ in whole])
        pieces = [score for view, score in zip(wordings, scores, strict=True) if view.piece]
        if pieces:
            total = (total + _PIECE_WEIGHT * np.max(pieces, axis=0)) / (1 + _PIECE_WEIGHT)
        return Ranking(self._store, np.empty(0, dtype=np.int64), total, dense.max(axis=1)).among(allowed)

    def _score(self, text: str, similarities: Scores, place: Scores) -> Scores:
        """Every sentence for one wording, shape ``(rows,)``; ``place`` holds the scores of their passages."""
        near = _z(similarities)
        beside = _NEIGHBOUR_WEIGHT * self._best_of_passage(near) + _PASSAGE_WEIGHT * place
        return near + beside + _LEXICAL_WEIGHT * _z(self._store.lexicon.scores(text))

    def _best_of_passage(self, scores: Scores) -> Scores:
        """For each sentence the best score in its passage, shape ``(rows,)``."""
        best: Scores = np.maximum.reduceat(scores, self._firsts)
        return best[self._passage_of_row]

    def _passage_scores(self, vectors: NDArray[np.float32]) -> list[Scores]:
        """For each vector the z-score of each sentence's passage, shape ``(rows,)``."""
        count = len(self._store.rows.passages)
        found = self._store.passages.nearest_to_each(vectors, min(_PASSAGES, count))
        return [self._near(ids, similarities) for ids, similarities in found]

    def _near(self, ids: NDArray[np.int64], similarities: Scores) -> Scores:
        floor = similarities.min() if len(similarities) else 0.0
        scores = np.full(len(self._store.rows.passages), floor, dtype=np.float32)
        scores[ids] = similarities
        return _z(scores)[self._passage_of_row]
