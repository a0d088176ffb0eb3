"""Two models as one, which see more together than either."""

from collections.abc import Sequence

import numpy as np

from index.embedders.types import Embedder, Matrix, Placed


class Pair:
    """The vectors of two models side by side. A dot product is then ``share`` of the second's cosine and the rest of
    the first's, so everything that stores or compares vectors goes on as with one model."""

    def __init__(self, first: Embedder, second: Embedder, share: float) -> None:
        self._first, self._second, self._share = first, second, share

    @property
    def model(self) -> str:
        """Both models, and how much the second counts."""
        return f"{self._first.model}+{self._share:g}*{self._second.model}"

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        """See ``Embedder``."""
        return self._beside(self._first.passages(texts), self._second.passages(texts))

    def queries(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``."""
        return self._beside(self._first.queries(texts), self._second.queries(texts))

    def _beside(self, first: Matrix, second: Matrix) -> Matrix:
        both: Matrix = np.hstack([first * (1 - self._share) ** 0.5, second * self._share**0.5]).astype(np.float32)
        return both
