"""Who chooses sentences from a passage: plain rules to stand beside, and the assistant's own selection."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.confidence import confidence
from assistant.question import read
from assistant.retriever import Ranking, Retriever, views
from assistant.selection import select
from evals.clapnq.data import Question
from index.areas import gazetteer
from index.embedders import embedder
from index.settings import load
from index.store import Store

SHORT = 3  # sentences that a plain rule takes
_HALF = 0.5  # of a sentence: what must be quoted of it to count as chosen

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Choice:
    """Sentences by number, none for a refusal, and how sure the system is that the passage answers (if it says)."""

    sentences: tuple[int, ...]
    confidence: float | None = None


def whole(question: Question) -> Choice:
    """Every sentence."""
    return Choice(tuple(range(len(question.sentences))))


def lead(question: Question) -> Choice:
    """The first three sentences."""
    return Choice(tuple(range(min(SHORT, len(question.sentences)))))


def nothing(_: Question) -> Choice:
    """A refusal, whatever is asked."""
    return Choice(())


class Pool:
    """All passages as one store of documents, as the assistant reads and searches it.

    A passage of formulas, which the assistant's reader refuses, is never found and its question never answered.
    """

    def __init__(self, path: Path) -> None:
        self._store = Store.open(path, embedder(load()))
        self._retriever = Retriever(self._store)
        self._names = gazetteer().including(self._store.areas)
        self._number = {document.name: at for at, document in enumerate(self._store.documents)}

    @cached_property
    def _document_of_row(self) -> NDArray[np.int64]:
        return np.array([row.document for row in self._store.rows.sentences], dtype=np.int64)

    def words(self, question: Question) -> Scores:
        """Every sentence of the pool by BM25."""
        return self._store.lexicon.scores(question.text)

    def meaning(self, question: Question) -> Scores:
        """Every sentence of the pool by its vector."""
        scores: Scores = self._store.sentence_vectors @ self._store.query_vectors([question.text])[0]
        return scores

    def fused(self, question: Question) -> Scores:
        """Every sentence of the pool as the assistant scores it."""
        return self._ranking(question).scores

    def passages(self, scores: Scores) -> list[str]:
        """The files of the passages, best first: a passage stands where its best sentence does."""
        order = self._document_of_row[(-scores).argsort(kind="stable")]
        return [self._store.documents[at].name for at in dict.fromkeys(order.tolist())]

    def best(self, question: Question, scores: Scores) -> Choice:
        """The three sentences of a question's own passage that score best."""
        rows = np.flatnonzero(self._mask(question))
        if not len(rows):
            return Choice((), 0.0)
        rows = rows[(-scores[rows]).argsort(kind="stable")][:SHORT]
        spans = [self._store.rows.sentences[row].sentence for row in rows]
        return Choice(self._numbers(question, [(one.start, one.end) for one in spans]), float(scores[rows[0]]))

    def assistant(self, question: Question, forced: bool = False) -> Choice:
        """What the assistant would quote of the passage; ``forced`` to quote even where it would refuse."""
        ranking = self._ranking(question).where(self._mask(question))
        if not len(ranking):
            return Choice((), 0.0)
        reading = read(question.text, self._names, self._store.areas)
        found = select(reading, ranking, self._retriever.table)
        items = found.items or (found.related if forced else ())
        sure = found.confidence or confidence(reading, ranking)
        return Choice(self._numbers(question, [(item.start, item.end) for item in items]), sure)

    def _ranking(self, question: Question) -> Ranking:
        reading = read(question.text, self._names, self._store.areas)
        return self._retriever.search(views(reading), self._retriever.table.all)

    def _mask(self, question: Question) -> NDArray[np.bool_]:
        mask: NDArray[np.bool_] = self._document_of_row == self._number.get(file_name(question), -1)
        return mask

    def _numbers(self, question: Question, spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
        """The sentences of the passage, as its authors cut them, of which half or more lies in the spans."""
        text = self._store.documents[self._number[file_name(question)]].text
        chosen, at = [], 0
        for number, sentence in enumerate(question.sentences):
            start = max(at, text.find(" ".join(sentence.split()), at))
            at = start + len(sentence)
            if sum(max(0, min(at, e) - max(start, s)) for s, e in spans) >= _HALF * len(sentence):
                chosen.append(number)
        return tuple(chosen)


def file_name(question: Question) -> str:
    """The name of the file that holds a question's passage; the same for questions about the same words."""
    return f"{hashlib.sha256(_text(question).encode()).hexdigest()[:16]}.txt"


def _text(question: Question) -> str:
    return f"# {question.title}\n\n{' '.join(question.passage.split())}\n"


def write_passages(folder: Path, questions: Sequence[Question]) -> None:
    """One text file a passage, its title as the heading, for ``python -m index build``."""
    for question in questions:
        (folder / file_name(question)).write_text(_text(question), encoding="utf-8")
