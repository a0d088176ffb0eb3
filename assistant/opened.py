"""The store that serves, with all that is derived from it once. A rebuilt store takes its place by itself."""

import threading
from dataclasses import dataclass
from pathlib import Path

from assistant.retriever import Retriever
from assistant.spelling import Speller
from index.areas import Gazetteer, gazetteer
from index.embedders.types import Embedder
from index.errors import StoreProblem
from index.store import Store


@dataclass(frozen=True)
class Opened:
    """A store with what is derived from it once."""

    store: Store
    retriever: Retriever
    names: Gazetteer
    speller: Speller


class Opening:
    """Holds one store open. Safe to share between threads. Making it raises ``index.errors.IndexProblem``."""

    def __init__(self, path: Path, model: Embedder) -> None:
        self._path = path
        self._model = model
        self._lock = threading.Lock()
        self._opened = self._open()

    def _open(self) -> Opened:
        store = Store.open(self._path, self._model)
        # Load model, words and passages now: the first question is then as quick as the others, on any thread.
        store.passages.nearest(store.query_vectors(["ready"])[0], 1)
        store.lexicon.scores("ready")
        names = gazetteer().including(store.areas)
        return Opened(store, Retriever(store), names, Speller(store.documents, names))

    def current(self) -> Opened:
        """The store that serves now. A question goes on with the one it began with."""
        with self._lock:
            if not self._opened.store.is_current:
                try:
                    self._opened = self._open()
                except StoreProblem:
                    # Replaced once more, and tidied away, while it was being opened; or damaged, and then said so.
                    self._opened = self._open()
            return self._opened
