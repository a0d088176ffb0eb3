"""What the assistant's retrieval ranks for a question, before anything is chosen from it.

This is the one place where the evaluations look inside the assistant; the rankings go into the answers file as
``ranked``, where any other system may put its own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.conversation import stand_alone
from assistant.errors import QuestionProblem
from assistant.evidence import in_scope
from assistant.inquiry import find
from assistant.question import clean
from assistant.retriever import Retriever, views
from assistant.types import Filters, Turn
from index.areas import gazetteer
from index.embedder import Embedder
from index.store import Store

KEPT = 50  # hits of a ranking; the report draws recall up to here


class Ranker:
    """The assistant's retrieval over one store."""

    def __init__(self, store: Path, model: Embedder) -> None:
        self._store = Store.open(store, model)
        self._retriever = Retriever(self._store)
        self._names = gazetteer().including(self._store.areas)

    def ranked(self, question: str, turns: Sequence[Turn]) -> dict[str, Any]:
        """``ranked``, the best sentences in scope, and ``confidence``, how sure selection is of them."""
        try:
            alone = stand_alone(clean(question), turns, self._names, self._store.areas)
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
        return {"ranked": listed, "confidence": round(evidence.confidence, 4)}


def opened(store: Path, model: Embedder) -> tuple[Assistant, Ranker]:
    """The assistant and its ranker over one store and one model."""
    return Assistant.open(store, model), Ranker(store, model)
