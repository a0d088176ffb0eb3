"""What the assistant's retrieval ranks for a question, before anything is chosen from it.

This is the one place where the evaluations look inside the assistant; the rankings go into the answers file as
``ranked``, where any other system may put its own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.assistant import Assistant
from assistant.conversation import stand_alone
from assistant.errors import QuestionProblem
from assistant.inquiry import find
from assistant.limits import in_scope
from assistant.question import clean
from assistant.retriever import Retriever, views
from assistant.spelling import Speller
from assistant.types import Filters, Turn
from index.areas import gazetteer
from index.embedders.types import Embedder, Matrix, Placed
from index.store import Store

KEPT = 50  # hits of a ranking; the report draws recall up to here


class Remembering:
    """An embedder that remembers the vectors of one question, so that ranking it again costs no time of the model."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self._known: dict[str, Matrix] = {}

    @property
    def model(self) -> str:
        """The model within."""
        return self._inner.model

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        """Vectors of passages, not remembered."""
        return self._inner.passages(texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of queries; only those that are new go to the model."""
        fresh = [text for text in texts if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._inner.queries(fresh), strict=True))
        return np.stack([self._known[text] for text in texts])

    def forget(self) -> None:
        """Before the next question: its time must be that of the model."""
        self._known.clear()


class Ranker:
    """The assistant's retrieval over one store."""

    def __init__(self, store: Path, model: Remembering) -> None:
        self._model = model
        self._store = Store.open(store, model)
        self._retriever = Retriever(self._store)
        self._names = gazetteer().including(self._store.areas)
        self._speller = Speller(self._store.documents, self._names)

    def ranked(self, question: str, turns: Sequence[Turn]) -> dict[str, Any]:
        """``ranked``, the best sentences in scope, and ``confidence``, how sure selection is of them."""
        try:
            alone = stand_alone(clean(question), turns, self._names, self._store.areas, self._speller)
        except QuestionProblem:
            return {}
        allowed = in_scope(self._retriever.table, alone.reading, Filters())
        hits = self._retriever.search(views(alone.reading, alone.context), allowed).top(KEPT)
        evidence = find(alone, Filters(), self._retriever, self._names, self._store.areas)
        listed = [
            {
                "document": hit.document.name,
                "start": hit.sentence.start,
                "end": hit.sentence.end,
                "passage": [hit.passage.start, hit.passage.end],
            }
            for hit in hits
        ]
        self._model.forget()
        return {"ranked": listed, "confidence": round(evidence.confidence, 4)}


def opened(store: Path, model: Embedder) -> tuple[Assistant, Ranker]:
    """The assistant and its ranker over one store and one model. The assistant is to be asked first."""
    shared = Remembering(model)
    return Assistant.open(store, shared), Ranker(store, shared)
