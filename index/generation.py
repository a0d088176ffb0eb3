"""A generation's files: written under a temporary name, and proved whole by a process of its own before it serves."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import chroma
from index import manifest as manifests
from index.embedders.types import Matrix
from index.errors import StoreProblem
from index.lexicon import Lexicon
from index.manifest import Manifest
from index.rows import Rows
from index.store import CHROMA, DOCUMENTS, LEXICON, SENTENCES, write_documents
from index.types import Document

_VERIFY_SECONDS = 600


def passage_vectors(table: Rows, sentence_vectors: Matrix) -> Matrix:
    """A passage's vector: the mean of its sentences' vectors, at length one. It costs no embedding of its own."""
    means = np.stack([sentence_vectors[row.first : row.last].mean(axis=0) for row in table.passages])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    result: Matrix = (means / np.maximum(lengths, 1e-12)).astype(np.float32)
    return result


def write_generation(
    folder: Path,
    documents: Sequence[Document],
    table: Rows,
    texts: Sequence[str],
    vectors: Matrix,
    manifest: Manifest,
) -> None:
    """Write every file of a generation. Raises ``StoreProblem`` and leaves nothing where the disk can't hold it."""
    try:
        folder.mkdir(parents=True)
        write_documents(folder / DOCUMENTS, documents)
        np.save(folder / SENTENCES, vectors)
        Lexicon.build(folder / LEXICON, texts)
        passages = [documents[row.document].passages[row.passage] for row in table.passages]
        chroma.write(
            folder / CHROMA,
            [documents[r.document].text[p.start : p.end] for r, p in zip(table.passages, passages, strict=True)],
            passage_vectors(table, vectors),
            [_metadata(documents[row.document], row.passage) for row in table.passages],
        )
        manifest.files.update(manifests.hash_files(folder))
        manifest.write(folder)
    except OSError as problem:
        shutil.rmtree(folder, ignore_errors=True)
        raise StoreProblem(
            f"can't write the index ({problem.strerror or problem}); the old one still serves; "
            "free some space or choose another folder with --store DIR"
        ) from None


def _metadata(document: Document, at: int) -> dict[str, str | int | list[str]]:
    """What Chroma keeps of a passage beside its vector, for filters and for other readers of the collection."""
    passage = document.passages[at]
    areas = list(dict.fromkeys(area for sentence in passage.sentences for area in sentence.areas))
    values: dict[str, str | int | list[str] | None] = {
        "document": document.name,
        "start": passage.start,
        "end": passage.end,
        "section": passage.section,
        "kind": passage.kind.value,
        "period": document.profile.period,
        "areas": areas or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def verify_apart(folder: Path) -> None:
    """Have a separate process open the new generation and prove it whole, before anybody reads from it."""
    command = [sys.executable, "-m", "index.verify", str(folder.resolve())]
    root = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))}
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own module
        command, capture_output=True, text=True, timeout=_VERIFY_SECONDS, check=False, env=environment
    )
    if done.returncode != 0:
        reason = (
            " ".join((done.stdout + done.stderr).split())[-300:] or f"the checking process ended with {done.returncode}"
        )
        shutil.rmtree(folder, ignore_errors=True)
        raise StoreProblem(f"the new index did not pass its check ({reason}); the old one still serves")
