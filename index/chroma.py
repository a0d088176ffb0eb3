"""The one door to Chroma: a persistent, embedded collection of passages with their vectors.

Chroma writes to its database merely by opening it, so a published generation is never opened in place: each reader
works on a private copy, which costs milliseconds and keeps the original whole, also on a read-only disk.
"""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedders.types import Matrix
from index.errors import StoreProblem

_COLLECTION = "passages"
# With Chroma's own graph (16 neighbours, a search of 100) one passage in 781 was not found by its own vector, a graph
# being built by several threads and so never twice the same, and of the nearest 200 among 5,008 sentences 1.6% were
# missed. With this one none were, in the same time.
_GRAPH = {"ef_construction": 400, "max_neighbors": 48, "ef_search": 400}
_BATCH = 2000  # records an upsert; Chroma's own limit on this kind of machine is 5,461


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def write(folder: Path, texts: Sequence[str], vectors: Matrix, metadata: Sequence[Mapping[str, Any]]) -> None:
    """Write a new collection: record ``i`` has the id ``str(i)``.

    Raises ``OSError`` where Chroma can't write, as on a full disk; what it then says of itself is several lines long.
    """
    from chromadb.errors import ChromaError

    try:
        _write(_client(folder), texts, vectors, metadata)
    except ChromaError as problem:
        raise OSError(f"the vector database says: {' '.join(str(problem).split())[:120]}") from None


def _write(client: Any, texts: Sequence[str], vectors: Matrix, metadata: Sequence[Mapping[str, Any]]) -> None:
    # Cosine, not Chroma's default of squared distance; every record goes to the index file at once.
    collection = client.create_collection(
        _COLLECTION,
        configuration={
            "hnsw": {"space": "cosine", "sync_threshold": max(2, len(texts)), "batch_size": 2, **_GRAPH},
        },
        embedding_function=None,
    )
    for start in range(0, len(texts), _BATCH):
        part = slice(start, start + _BATCH)
        collection.upsert(
            ids=[str(i) for i in range(start, min(start + _BATCH, len(texts)))],
            embeddings=vectors[part],
            documents=list(texts[part]),
            metadatas=[dict(m) for m in metadata[part]],
        )
    client.close()


class PassageIndex:
    """Nearest passages by cosine similarity, from a private copy of a published collection."""

    def __init__(self, folder: Path) -> None:
        self._copy = tempfile.TemporaryDirectory(prefix="inspection-index-")
        try:
            shutil.copytree(folder, self._copy.name, dirs_exist_ok=True)
        except OSError as problem:
            self._copy.cleanup()
            raise StoreProblem(f"no room for a working copy of the index ({problem}); free some space") from None
        self._client = _client(Path(self._copy.name))
        self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)

    def nearest(
        self, vector: NDArray[np.float32], count: int, area: str | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Records nearest to a vector, best first, and their cosine similarities; only of one area if given."""
        return self.nearest_to_each(vector[np.newaxis], count, area)[0]

    def nearest_to_each(
        self, vectors: Matrix, count: int, area: str | None = None
    ) -> list[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """The same for several vectors in one query."""
        where = {"areas": {"$contains": area}} if area else None
        found = self._collection.query(
            query_embeddings=list(vectors), n_results=count, where=where, include=["distances"]
        )
        # Chroma returns a distance, one minus the cosine.
        return [
            (np.array(ids, dtype=np.int64), 1.0 - np.array(distances, dtype=np.float32))
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def vectors(self) -> tuple[NDArray[np.int64], Matrix]:
        """Every record's number and vector, for verification."""
        found = self._collection.get(include=["embeddings"])
        return np.array([int(i) for i in found["ids"]], dtype=np.int64), np.asarray(found["embeddings"], np.float32)

    def close(self) -> None:
        """Let go of the working copy."""
        self._client.close()
        self._copy.cleanup()
