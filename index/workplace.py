"""The store's folder while it is being changed: one builder at a time, nothing unfinished left lying about."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index import manifest as manifests
from index.errors import StoreProblem

_LOCK = "LOCK"


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Held while a store is being changed; a second builder is told, and changes nothing."""
    lock = FileLock(store / _LOCK)
    try:
        (store / manifests.GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreProblem(f"another build of {store} is running; wait for it to end") from None
    except OSError as problem:
        raise unwritable(store, problem) from None
    try:
        yield
    finally:
        lock.release()


def unwritable(store: Path, problem: OSError) -> StoreProblem:
    """What to say where a store can't be written."""
    return StoreProblem(f"can't write to {store} ({problem.strerror}); choose another folder with --store DIR")


def clear_unfinished(store: Path) -> None:
    """Take away what a killed build left."""
    for partial in (store / manifests.GENERATIONS).glob("*.partial"):
        shutil.rmtree(partial, ignore_errors=True)


def prune(store: Path, generation: str, previous: str | None) -> None:
    """Keep the new generation and the one before it; removed text is really gone after the second build."""
    for folder in (store / manifests.GENERATIONS).iterdir():
        if folder.name not in (generation, previous):
            shutil.rmtree(folder, ignore_errors=True)
