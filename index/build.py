"""The one public verb of the index: ``build`` makes a store hold what lies in the source folders.

A build writes a new generation beside the one that serves, has it verified by a separate process, and only then
switches over. Unchanged documents are carried over with their vectors. ``add`` and ``remove`` change what the sources
are and build again.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index import manifest as manifests
from index import sources
from index.embedders.types import Embedder, Matrix, Placed
from index.errors import SourceProblem, StoreProblem
from index.generation import verify_apart, write_generation
from index.manifest import Failure, Manifest, Source
from index.reader import read_file
from index.rows import rows, sentence_texts
from index.settings import DEFAULT_SOURCE
from index.store import DOCUMENTS, SENTENCES, read_documents
from index.types import Document

ADDED = "added"
_LOCK = "LOCK"
_BATCH = 32  # texts an embedding call: often enough for a progress bar to move

Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. ``embedded`` counts the texts that were new to the model; ``seconds`` are wall time."""

    changed: bool
    documents: int
    passages: int
    sentences: int
    read: tuple[str, ...]
    failures: tuple[Failure, ...]
    duplicates: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    embedded: int
    seconds: float
    embedding_seconds: float


@dataclass(frozen=True, slots=True)
class _Previous:
    """The generation that serves now, as far as it can be used again."""

    manifest: Manifest
    documents: dict[str, Document]
    vectors: dict[Placed, Matrix]


def build(roots: Sequence[Path], store: Path, embedder: Embedder, progress: Progress = no_progress) -> Report:
    """Bring the store in line with the source folders and what was added.

    Raises ``SourceProblem`` where there is nothing to read, ``StoreProblem`` where the store can't be written or
    another build is running. Single files that can't be read are reported, not raised.
    """
    started = time.monotonic()
    with _locked(store):
        current = _current_manifest(store)
        return _bring_in_line(store, roots, current.removed if current else (), embedder, progress, started)


def add(paths: Sequence[Path], store: Path, embedder: Embedder, progress: Progress = no_progress) -> Report:
    """Copy files into the store's own folder and build. A name that was removed before is welcome again."""
    started = time.monotonic()
    names = [path.name for path in paths]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise SourceProblem(f"two files are called {twice}; add them one after the other under different names")
    for path in paths:
        if sources.is_left_out(path):
            raise SourceProblem(f"{path.name}: files of this name describe a folder and are not read; rename it")
        read_file(path, path.name)  # refuse a file that can't be read before anything is changed
    with _locked(store):
        current = _current_manifest(store)
        try:
            (store / ADDED).mkdir(parents=True, exist_ok=True)
            for path in paths:
                shutil.copyfile(path, store / ADDED / path.name)
        except OSError as problem:
            raise StoreProblem(
                f"can't write to {store} ({problem.strerror}); choose another with --store DIR"
            ) from None
        roots = [Path(root) for root in current.roots] if current else []
        removed = [name for name in (current.removed if current else ()) if name not in names]
        return _bring_in_line(store, roots, removed, embedder, progress, started)


def remove(names: Sequence[str], store: Path, embedder: Embedder, progress: Progress = no_progress) -> Report:
    """Take documents out and build. A file in a source folder stays where it is and is left out from now on."""
    started = time.monotonic()
    manifests.current_folder(store)  # refuse where there is no store, before a lock would make its folder
    with _locked(store):
        current = manifests.load(manifests.current_folder(store))
        known = {source.name for source in current.sources} | {failure.name for failure in current.failures}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise StoreProblem(f"no document called {unknown[0]}; see what is loaded with: python -m index list")
        if {source.name for source in current.sources} <= set(names):
            raise StoreProblem(f"this would leave nothing in the index; to start afresh, delete the folder {store}")
        for name in names:
            (store / ADDED / name).unlink(missing_ok=True)
        roots = [Path(root) for root in current.roots]
        removed = dict.fromkeys([*current.removed, *names])
        return _bring_in_line(store, roots, tuple(removed), embedder, progress, started)


def last_roots(store: Path) -> list[Path]:
    """The source folders of the last build; the default one where there was none, or where none of them is left."""
    current = _current_manifest(store)
    left = [Path(root) for root in current.roots if Path(root).is_dir()] if current else []
    return left or [DEFAULT_SOURCE]


def _bring_in_line(
    store: Path,
    roots: Sequence[Path],
    removed: Sequence[str],
    embedder: Embedder,
    progress: Progress,
    started: float,
) -> Report:
    _clear_unfinished(store)
    current = _current_manifest(store)
    roots = list(dict.fromkeys(root.resolve() for root in roots))
    added = [store / ADDED] if (store / ADDED).is_dir() else []
    found = [file for file in sources.find([*roots, *added]) if file.name not in removed]
    if not found:
        where = " or ".join(str(root) for root in roots) or str(store)
        raise SourceProblem(f"no documents under {where}; put some there or name another folder with --source DIR")
    if current and _unchanged(store, current, found, roots, removed, embedder):
        return _nothing_to_do(current, time.monotonic() - started)
    return _write(store, found, roots, removed, embedder, progress, started)


def _write(
    store: Path,
    found: Sequence[sources.Found],
    roots: Sequence[Path],
    removed: Sequence[str],
    embedder: Embedder,
    progress: Progress,
    started: float,
) -> Report:
    previous = _previous(store, embedder)
    documents, failures, duplicates, read = _read_all(found, previous, progress)
    if not documents:
        raise SourceProblem(f"none of {len(found)} files could be read: {failures[0].reason}")
    table = rows(documents)
    texts = sentence_texts(documents, table)
    before = time.monotonic()
    vectors, embedded = _embed(texts, embedder, previous.vectors if previous else {}, progress)
    embedding_seconds = time.monotonic() - before
    generation = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    partial = store / manifests.GENERATIONS / (generation + ".partial")
    kept = {document.name: document.sha256 for document in documents}  # of the bytes that were read
    manifest = Manifest(
        format=manifests.FORMAT,
        generation=generation,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        reader=manifests.reader_digest(),
        embedding_model=embedder.model,
        embedding_dimension=int(vectors.shape[1]),
        sentences=len(table.sentences),
        passages=len(table.passages),
        roots=tuple(str(root) for root in roots),
        sources=tuple(Source(f.name, str(f.path), kept[f.name]) for f in found if f.name in kept),
        failures=tuple(failures),
        removed=tuple(removed),
        versions=manifests.versions(),
        files={},
    )
    progress("write", 0, 1)
    write_generation(partial, documents, table, [str(text) for text in texts], vectors, manifest)
    verify_apart(partial)
    partial.rename(store / manifests.GENERATIONS / generation)
    manifests.publish(store, generation)
    _prune(store, generation, previous.manifest.generation if previous else None)
    progress("write", 1, 1)
    return Report(
        changed=True,
        documents=len(documents),
        passages=len(table.passages),
        sentences=len(table.sentences),
        read=tuple(read),
        failures=tuple(failures),
        duplicates=tuple(duplicates),
        removed=tuple(removed),
        embedded=embedded,
        seconds=time.monotonic() - started,
        embedding_seconds=embedding_seconds,
    )


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    """Held while a store is being changed; a second builder is told, and changes nothing."""
    lock = FileLock(store / _LOCK)
    try:
        (store / manifests.GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreProblem(f"another build of {store} is running; wait for it to end") from None
    except OSError as problem:
        raise _unwritable(store, problem) from None
    try:
        yield
    finally:
        lock.release()


def _unwritable(store: Path, problem: OSError) -> StoreProblem:
    return StoreProblem(f"can't write to {store} ({problem.strerror}); choose another folder with --store DIR")


def _clear_unfinished(store: Path) -> None:
    for partial in (store / manifests.GENERATIONS).glob("*.partial"):
        shutil.rmtree(partial, ignore_errors=True)


def _prune(store: Path, generation: str, previous: str | None) -> None:
    """Keep the new generation and the one before it; removed text is really gone after the second build."""
    for folder in (store / manifests.GENERATIONS).iterdir():
        if folder.name not in (generation, previous):
            shutil.rmtree(folder, ignore_errors=True)


def _current_manifest(store: Path) -> Manifest | None:
    try:
        return manifests.load(manifests.current_folder(store))
    except StoreProblem:
        return None


def _unchanged(
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


def _nothing_to_do(current: Manifest, seconds: float) -> Report:
    return Report(
        changed=False,
        documents=len(current.sources),
        passages=current.passages,
        sentences=current.sentences,
        read=(),
        failures=current.failures,
        duplicates=(),
        removed=current.removed,
        embedded=0,
        seconds=seconds,
        embedding_seconds=0.0,
    )


def _previous(store: Path, embedder: Embedder) -> _Previous | None:
    """What the last generation offers for use again: documents if the reader is the same, vectors if the model is."""
    try:
        folder = manifests.current_folder(store)
        manifest = manifests.load(folder)
        manifests.check_files(folder, manifest)
        documents = read_documents(folder / DOCUMENTS)
    except StoreProblem:
        return None
    if manifest.embedding_model != embedder.model:
        return _Previous(manifest, {}, {})
    texts = sentence_texts(documents, rows(documents))
    matrix = np.load(folder / SENTENCES)
    vectors = dict(zip(texts, matrix, strict=True)) if len(texts) == len(matrix) else {}
    same_reader = manifest.reader == manifests.reader_digest()
    return _Previous(manifest, {d.sha256: d for d in documents} if same_reader else {}, vectors)


def _read_all(
    found: Sequence[sources.Found], previous: _Previous | None, progress: Progress
) -> tuple[list[Document], list[Failure], list[tuple[str, str]], list[str]]:
    """Every document that can be read; the rest with its reason; second copies of a text; names newly read."""
    documents: list[Document] = []
    failures: list[Failure] = []
    duplicates: list[tuple[str, str]] = []
    read: list[str] = []
    seen: dict[str, str] = {}
    texts: dict[str, str] = {}
    for at, file in enumerate(found):
        progress("read", at, len(found))
        if file.problem:
            failures.append(Failure(file.name, file.sha256, file.problem))
        elif file.sha256 in seen:
            duplicates.append((file.name, seen[file.sha256]))
            failures.append(Failure(file.name, file.sha256, f"{file.name}: is the same file as {seen[file.sha256]}"))
        else:
            try:
                document = _known(file, previous)
                if document is None:
                    document = read_file(file.path, file.name)
                    read.append(file.name)
            except SourceProblem as problem:
                failures.append(Failure(file.name, file.sha256, str(problem)))
                continue
            seen[file.sha256] = file.name
            if document.text in texts:  # saved twice, or in two formats: one reading is enough
                duplicates.append((file.name, texts[document.text]))
                reason = f"{file.name}: has the same words as {texts[document.text]}"
                failures.append(Failure(file.name, file.sha256, reason))
                continue
            texts[document.text] = file.name
            documents.append(document)
    progress("read", len(found), len(found))
    return documents, failures, duplicates, read


def _known(file: sources.Found, previous: _Previous | None) -> Document | None:
    """The document as the last build read it, under its new name if it was renamed.

    The suffix tells how a file is read, so it must be the same.
    """
    document = previous.documents.get(file.sha256) if previous else None
    if document is None or Path(document.name).suffix.lower() != file.path.suffix.lower():
        return None
    return replace(document, name=file.name)


def _embed(
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
