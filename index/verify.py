"""Prove a generation whole: files, offsets, both halves, and every passage found by its own vector.

Run as ``python -m index.verify FOLDER`` by the build, in a process of its own, because a damaged Chroma file can
take down the process that opens it.
"""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from index import manifest as manifests
from index.chroma import PassageIndex
from index.errors import IndexProblem, StoreProblem
from index.lexicon import Lexicon
from index.manifest import REPAIR
from index.rows import Rows, rows, sentence_texts
from index.store import CHROMA, DOCUMENTS, LEXICON, SENTENCES, read_documents
from index.types import Document

_CLOSE = 1e-3  # cosine: what rounding in the index may cost


def _check_offsets(documents: tuple[Document, ...]) -> None:
    for document in documents:
        end = 0
        for passage in document.passages:
            gap = document.text[end : passage.start]
            inside = [(s.start, s.end) for s in passage.sentences]
            ordered = all(a[1] <= b[0] for a, b in pairwise(inside))
            bounded = all(passage.start <= s < e <= passage.end for s, e in inside)
            if gap.strip() or not ordered or not bounded:
                raise StoreProblem(f"{document.name}: a passage's offsets are wrong; rebuild with: {REPAIR}")
            end = passage.end
        if document.text[end:].strip():
            raise StoreProblem(f"{document.name}: the end of the text is in no passage; rebuild with: {REPAIR}")


def _check_chroma(folder: Path, table: Rows) -> None:
    index = PassageIndex(folder / CHROMA)
    try:
        numbers, vectors = index.vectors()
        if sorted(numbers) != list(range(len(table.passages))):
            raise StoreProblem(f"{len(table.passages) - len(numbers)} passages are missing; rebuild with: {REPAIR}")
        for number, vector in zip(numbers, vectors, strict=True):
            ids, similarities = index.nearest(vector, 3)
            # Two passages with the same words have the same vector; then either may come first.
            if number not in ids and (not len(ids) or similarities[0] < 1 - _CLOSE):
                raise StoreProblem(f"passage {number} is not found by its own vector; rebuild with: {REPAIR}")
    finally:
        index.close()


def verify(folder: Path) -> str:
    """Check a generation from end to end and say what was checked. Raises ``StoreProblem`` at the first fault."""
    manifest = manifests.load(folder)
    manifests.check_files(folder, manifest)
    documents = read_documents(folder / DOCUMENTS)
    table = rows(documents)
    _check_offsets(documents)
    vectors = np.load(folder / SENTENCES)
    if vectors.shape != (len(table.sentences), manifest.embedding_dimension):
        raise StoreProblem(f"{vectors.shape[0]} sentence vectors for {len(table.sentences)} sentences; run: {REPAIR}")
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=_CLOSE):
        raise StoreProblem(f"a sentence vector has not length one; rebuild with: {REPAIR}")
    texts = sentence_texts(documents, table)
    if len(Lexicon(folder / LEXICON).scores(str(texts[0]))) != len(texts):
        raise StoreProblem(f"the lexicon and the vectors disagree; rebuild with: {REPAIR}")
    _check_chroma(folder, table)
    return (
        f"whole: {len(documents)} documents, {len(table.passages)} passages, {len(table.sentences)} sentences, "
        f"every passage found by its own vector, every file as written"
    )


def main() -> int:
    """Verify the generation named on the command line; exit 1 with one line if it isn't whole."""
    try:
        print(verify(Path(sys.argv[1])))
    except IndexProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
