"""A store that serves: one published generation, opened for reading only.

``Store.open`` refuses a store that is missing, damaged, or built with another embedding model, and names the command
that repairs it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from index import manifest as manifests
from index.chroma import PassageIndex
from index.embedders.types import Embedder, Matrix
from index.errors import EmbeddingProblem, StoreProblem
from index.lexicon import Lexicon
from index.manifest import REPAIR, Manifest
from index.rows import Rows, rows
from index.types import Document

CHROMA = "chroma"
LEXICON = "lexicon"
DOCUMENTS = "documents.jsonl"
SENTENCES = "sentences.npy"
_DOCUMENT = TypeAdapter(Document)


def write_documents(file: Path, documents: Sequence[Document]) -> None:
    """One document a line, as JSON."""
    with file.open("wb") as opened:
        for document in documents:
            opened.write(_DOCUMENT.dump_json(document) + b"\n")


def read_documents(file: Path) -> tuple[Document, ...]:
    """The documents of a generation. Raises ``StoreProblem`` where a line is not one."""
    try:
        return tuple(_DOCUMENT.validate_json(line) for line in file.read_bytes().splitlines())
    except (OSError, ValidationError, json.JSONDecodeError) as problem:
        reason = " ".join(str(problem).split())[:160]
        raise StoreProblem(f"the index's documents are damaged ({reason}); rebuild it with: {REPAIR}") from None


@dataclass(frozen=True)
class Store:
    """An opened generation. ``sentence_vectors`` has one row for each of ``rows.sentences``."""

    path: Path
    folder: Path
    manifest: Manifest
    embedder: Embedder
    documents: tuple[Document, ...]
    rows: Rows
    sentence_vectors: Matrix

    @classmethod
    def open(cls, path: Path, embedder: Embedder) -> "Store":
        """Open the generation that serves. Raises ``StoreProblem`` with one line that names the repair."""
        folder = manifests.current_folder(path)
        manifest = manifests.load(folder)
        if manifest.embedding_model != embedder.model:
            raise StoreProblem(
                f"the index at {path} was built with the embedding model {manifest.embedding_model}, "
                f"not with {embedder.model}; rebuild it with: {REPAIR}"
            )
        manifests.check_files(folder, manifest)
        documents = read_documents(folder / DOCUMENTS)
        vectors = np.load(folder / SENTENCES, mmap_mode="r")
        table = rows(documents)
        if vectors.shape != (len(table.sentences), manifest.embedding_dimension):
            raise StoreProblem(f"the index at {path} was read by another version; rebuild it with: {REPAIR}")
        return cls(path, folder, manifest, embedder, documents, table, vectors)

    @property
    def is_current(self) -> bool:
        """Whether no newer generation has been published since this one was opened."""
        try:
            return manifests.named(self.path) == self.folder.name or manifests.current_folder(self.path) == self.folder
        except StoreProblem:
            return True  # a store that has vanished can't serve anything newer

    @cached_property
    def passages(self) -> PassageIndex:
        """The Chroma collection, opened at first use. Record ``i`` is ``rows.passages[i]``."""
        return PassageIndex(self.folder / CHROMA)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexical half: one row for each sentence."""
        return Lexicon(self.folder / LEXICON)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Every area the documents speak of, in order of first mention."""
        return tuple(dict.fromkeys(area for document in self.documents for area in document.profile.areas))

    def query_vectors(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """Vectors to search with, shape ``(len(queries), dimension)``. What is asked twice is computed once."""
        different = list(dict.fromkeys(queries))
        vectors = self.embedder.queries(different)[[different.index(query) for query in queries]]
        if vectors.shape[1] != self.manifest.embedding_dimension:
            raise EmbeddingProblem(
                f"the embedding model sent {vectors.shape[1]} figures a text and the index has "
                f"{self.manifest.embedding_dimension}; rebuild it with: {REPAIR}"
            )
        return vectors

    def document(self, name: str) -> Document:
        """A document by its name in the store."""
        for document in self.documents:
            if document.name == name:
                return document
        raise StoreProblem(f"no document called {name}; see what is loaded with: python -m index list")
