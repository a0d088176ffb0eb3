"""Any server that speaks OpenAI's embeddings protocol."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from index.embedders.types import Matrix, Placed
from index.errors import EmbeddingProblem

_BATCH = 64
_SECONDS = 60.0


class Endpoint:
    """A served model. Texts are sent to it: that is the operator's choice."""

    def __init__(self, url: str, model: str, key: str | None) -> None:
        self._url, self._name, self._key = url, model, key

    @property
    def model(self) -> str:
        """The model's name as the endpoint knows it, and the endpoint's address."""
        return f"{self._name}@{self._url}"

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        """See ``Embedder``."""
        return self._embed([str(text) for text in texts])

    def queries(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``. Most served models make no difference between the two."""
        return self._embed(texts)

    @cached_property
    def _client(self) -> Any:
        from openai import OpenAI

        return OpenAI(base_url=self._url, api_key=self._key or "none", timeout=_SECONDS, max_retries=1)

    def _embed(self, texts: Sequence[str]) -> Matrix:
        parts = [self._ask(list(texts[at : at + _BATCH])) for at in range(0, len(texts), _BATCH)]
        try:
            matrix = np.concatenate(parts) if parts else np.empty((0, 1), dtype=np.float32)
        except ValueError:
            raise self._problem("its vectors have different lengths") from None
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        if not np.isfinite(matrix).all() or (lengths == 0).any():
            raise self._problem("it sent a vector without length")
        unit: Matrix = (matrix / lengths).astype(np.float32)
        return unit

    def _ask(self, texts: list[str]) -> Matrix:
        import httpx
        from openai import OpenAIError

        try:
            reply = self._client.embeddings.create(model=self._name, input=texts, encoding_format="float")
            by_index = {int(item.index): item.embedding for item in reply.data}
            matrix = np.asarray([by_index[number] for number in range(len(texts))], dtype=np.float32)
        except (OpenAIError, httpx.HTTPError, ValueError, AttributeError, TypeError, KeyError) as problem:
            # A reply that isn't JSON, or has another shape, surfaces as one of the last four.
            raise self._problem(" ".join(str(problem).split())[:200]) from None
        if matrix.ndim != 2 or not matrix.shape[1] or len(reply.data) != len(texts):
            raise self._problem(f"it sent {len(reply.data)} vectors for {len(texts)} texts, or none that are vectors")
        return matrix

    def _problem(self, reason: str) -> EmbeddingProblem:
        return EmbeddingProblem(
            f"the embedding endpoint {self._url} did not answer as it should ({reason}); "
            "check INSPECTION_EMBEDDING_URL, INSPECTION_EMBEDDING_MODEL and INSPECTION_EMBEDDING_KEY"
        )
