"""Questions that many people ask are turned into vectors once: most of the work of an answer is that."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from index.embedders.types import Embedder, Matrix, Placed

MOST = 5000  # vectors, of 1.5 kB each


class Remembering:
    """An embedder that knows the vectors of the last questions. It keeps hashes of the questions, not their words."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, Matrix] = OrderedDict()

    @property
    def model(self) -> str:
        """See ``Embedder``."""
        return self._embedder.model

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        """See ``Embedder``."""
        return self._embedder.passages(texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``."""
        keys = [sha256(text.encode("utf-8", "replace")).digest() for text in texts]
        with self._lock:
            new = [at for at, key in enumerate(keys) if key not in self._known]
            found = {key: self._known[key] for key in keys if key in self._known}
        if new:
            fresh = self._embedder.queries([texts[at] for at in new])
            found |= {keys[at]: fresh[row] for row, at in enumerate(new)}
        with self._lock:
            for key in keys:
                self._known.pop(key, None)
                self._known[key] = found[key]
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return np.stack([found[key] for key in keys]) if keys else self._embedder.queries(texts)
