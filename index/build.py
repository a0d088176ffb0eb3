"""The one public verb of the index: ``build`` makes a store hold what lies in the source folders.

A build writes a new generation beside the one that serves, has it verified by a separate process, and only then
switches over. Unchanged documents are carried over with their vectors. ``add`` and ``remove`` change what the sources
are and build again.
"""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index import carried, sources
from index import manifest as manifests
from index.embedders.types import Embedder
from index.errors import SourceProblem, StoreProblem
from index.generation import verify_apart, write_generation
from index.intake import Intake, take_in
from index.manifest import Failure, Manifest, Source
from index.progress import Progress, no_progress
from index.reader import read_file
from index.rows import Rows, rows, sentence_texts
from index.settings import DEFAULT_SOURCE
from index.workplace import clear_unfinished, locked, prune, unwritable

ADDED = "added"


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
class _Order:
    """What a store is to hold, and with what it is made. ``started`` is the clock's reading when the work began."""

    store: Path
    roots: Sequence[Path]
    removed: Sequence[str]
    embedder: Embedder
    progress: Progress
    started: float


def build(roots: Sequence[Path], store: Path, embedder: Embedder, progress: Progress = no_progress) -> Report:
    """Bring the store in line with the source folders and what was added.

    Raises ``SourceProblem`` where there is nothing to read, ``StoreProblem`` where the store can't be written or
    another build is running. Single files that can't be read are reported, not raised.
    """
    started = time.monotonic()
    with locked(store):
        current = carried.current_manifest(store)
        removed = current.removed if current else ()
        return _bring_in_line(_Order(store, roots, removed, embedder, progress, started))


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
    with locked(store):
        current = carried.current_manifest(store)
        try:
            (store / ADDED).mkdir(parents=True, exist_ok=True)
            for path in paths:
                shutil.copyfile(path, store / ADDED / path.name)
        except OSError as problem:
            raise unwritable(store, problem) from None
        roots = [Path(root) for root in current.roots] if current else []
        removed = [name for name in (current.removed if current else ()) if name not in names]
        return _bring_in_line(_Order(store, roots, removed, embedder, progress, started))


def remove(names: Sequence[str], store: Path, embedder: Embedder, progress: Progress = no_progress) -> Report:
    """Take documents out and build. A file in a source folder stays where it is and is left out from now on."""
    started = time.monotonic()
    manifests.current_folder(store)  # refuse where there is no store, before a lock would make its folder
    with locked(store):
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
        return _bring_in_line(_Order(store, roots, tuple(removed), embedder, progress, started))


def last_roots(store: Path) -> list[Path]:
    """The source folders of the last build; the default one where there was none, or where none of them is left."""
    current = carried.current_manifest(store)
    left = [Path(root) for root in current.roots if Path(root).is_dir()] if current else []
    return left or [DEFAULT_SOURCE]


def _bring_in_line(order: _Order) -> Report:
    clear_unfinished(order.store)
    current = carried.current_manifest(order.store)
    order = replace(order, roots=list(dict.fromkeys(root.resolve() for root in order.roots)))
    own = order.store / ADDED
    found = sources.find([*order.roots, own] if own.is_dir() else order.roots)
    found = [file for file in found if file.name not in order.removed]
    if not found:
        where = " or ".join(str(root) for root in order.roots) or str(order.store)
        raise SourceProblem(f"no documents under {where}; put some there or name another folder with --source DIR")
    if current and carried.unchanged(order.store, current, found, order.roots, order.removed, order.embedder):
        return _nothing_to_do(current, time.monotonic() - order.started)
    return _write(order, found)


def _write(order: _Order, found: Sequence[sources.Found]) -> Report:
    """Make a generation of what was found, have it verified, and let it serve."""
    previous = carried.previous(order.store, order.embedder)
    intake = take_in(found, previous, order.progress)
    if not intake.documents:
        raise SourceProblem(f"none of {len(found)} files could be read: {intake.failures[0].reason}")
    table = rows(intake.documents)
    texts = sentence_texts(intake.documents, table)
    before = time.monotonic()
    known = previous.vectors if previous else {}
    vectors, embedded = carried.embedded(texts, order.embedder, known, order.progress)
    embedding_seconds = time.monotonic() - before
    manifest = _manifest(order, found, intake, table, int(vectors.shape[1]))
    order.progress("write", 0, 1)
    partial = order.store / manifests.GENERATIONS / (manifest.generation + ".partial")
    write_generation(partial, intake.documents, table, [str(text) for text in texts], vectors, manifest)
    verify_apart(partial)
    partial.rename(partial.with_suffix(""))
    manifests.publish(order.store, manifest.generation)
    prune(order.store, manifest.generation, previous.manifest.generation if previous else None)
    order.progress("write", 1, 1)
    return Report(
        changed=True,
        documents=len(intake.documents),
        passages=len(table.passages),
        sentences=len(table.sentences),
        read=tuple(intake.read),
        failures=tuple(intake.failures),
        duplicates=tuple(intake.duplicates),
        removed=tuple(order.removed),
        embedded=embedded,
        seconds=time.monotonic() - order.started,
        embedding_seconds=embedding_seconds,
    )


def _manifest(
    order: _Order, found: Sequence[sources.Found], intake: Intake, table: Rows, embedding_dimension: int
) -> Manifest:
    now = datetime.now(UTC)
    kept = {document.name: document.sha256 for document in intake.documents}  # of the bytes that were read
    return Manifest(
        format=manifests.FORMAT,
        generation=now.strftime("%Y%m%dT%H%M%S%f"),
        created=now.isoformat(timespec="seconds"),
        reader=manifests.reader_digest(),
        embedding_model=order.embedder.model,
        embedding_dimension=embedding_dimension,
        sentences=len(table.sentences),
        passages=len(table.passages),
        roots=tuple(str(root) for root in order.roots),
        sources=tuple(Source(f.name, str(f.path), kept[f.name]) for f in found if f.name in kept),
        failures=tuple(intake.failures),
        removed=tuple(order.removed),
        versions=manifests.versions(),
        files={},
    )


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
