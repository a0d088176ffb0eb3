"""What the index needs of an embedding model.

Vectors are ``float32``, one row a text, of length one, so that a dot product is the cosine similarity.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Placed(NamedTuple):
    """Words with the place they stand at (area, year, section), which a reader of the words alone would miss."""

    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


class Embedder(Protocol):
    """An embedding model. ``model`` names it and its version: vectors of two models never mix."""

    @property
    def model(self) -> str:
        """The model and its version, as a store's manifest keeps it."""

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        """One row for each text that is to be found, shape ``(len(texts), dimension)``."""

    def queries(self, texts: Sequence[str]) -> Matrix:
        """One row for each text that is to be searched with, shape ``(len(texts), dimension)``."""
