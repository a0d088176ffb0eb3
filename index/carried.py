"""What a build carries over from the generation that serves: documents read the same way, vectors of the same model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index import manifest as manifests
from index import sources
from index.embedders.types import Embedder, Matrix, Placed
from index.errors import StoreProblem
from index.manifest import Manifest
from index.progress import Progress
from index.rows import rows, sentence_texts
from index.store import DOCUMENTS, SENTENCES, read_documents
from index.types import Document

_BATCH = 32  # texts an embedding call: often enough for a progress bar to move


@dataclass(frozen=True, slots=True)
class Previous:
    """The generation that serves now, as far as it can be used again."""

    manifest: Manifest
    documents: dict[str, Document]
    vectors: dict[Placed, Matrix]


def current_manifest(store: Path) -> Manifest | None:
    """What the serving generation holds; nothing where there is none."""
    try:
        return manifests.load(manifests.current_folder(store))
    except StoreProblem:
        return None


def unchanged(
    store: Path,
    current: Manifest,
    found: Sequence[sources.Found],
    roots: Sequence[Path],
    removed: Sequence[str],
    embedder: Embedder,
) -> bool:
    """Whether the store is whole and already holds just these files, read and embedded as they would be now."""
    have = {s.name: s.sha256 for s in current.sources} | {f.name: f.sha256 for f in current.failures}
    if have != {f.name: f.sha256 for f in found} or current.roots != tuple(str(root) for root in roots):
        return False
    if current.removed != tuple(removed) or current.reader != manifests.reader_digest():
        return False
    if current.embedding_model != embedder.model:
        return False
    try:
        manifests.check_files(manifests.current_folder(store), current)
    except StoreProblem:
        return False
    return True


def previous(store: Path, embedder: Embedder) -> Previous | None:
    """What the last generation offers for use again: documents if the reader is the same, vectors if the model is."""
    try:
        folder = manifests.current_folder(store)
        manifest = manifests.load(folder)
        manifests.check_files(folder, manifest)
        documents = read_documents(folder / DOCUMENTS)
    except StoreProblem:
        return None
    if manifest.embedding_model != embedder.model:
        return Previous(manifest, {}, {})
    texts = sentence_texts(documents, rows(documents))
    matrix = np.load(folder / SENTENCES)
    vectors = dict(zip(texts, matrix, strict=True)) if len(texts) == len(matrix) else {}
    same_reader = manifest.reader == manifests.reader_digest()
    return Previous(manifest, {d.sha256: d for d in documents} if same_reader else {}, vectors)


def known_document(file: sources.Found, previous: Previous | None) -> Document | None:
    """The document as the last build read it, under its new name if it was renamed.

    The suffix tells how a file is read, so it must be the same.
    """
    document = previous.documents.get(file.sha256) if previous else None
    if document is None or Path(document.name).suffix.lower() != file.path.suffix.lower():
        return None
    return replace(document, name=file.name)


def embedded(
    texts: Sequence[Placed], embedder: Embedder, known: dict[Placed, Matrix], progress: Progress
) -> tuple[Matrix, int]:
    """One vector a text, computing only those that are not known yet. Returns how many were computed."""
    vectors = dict(known)
    fresh = list(dict.fromkeys(text for text in texts if text not in vectors))
    for start in range(0, len(fresh), _BATCH):
        progress("embed", start, len(fresh))
        batch = fresh[start : start + _BATCH]
        vectors.update(zip(batch, embedder.passages(batch), strict=True))
    progress("embed", len(fresh), len(fresh))
    return np.stack([vectors[text] for text in texts]).astype(np.float32), len(fresh)
