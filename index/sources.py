"""Which files are sources: everything readable under the source folders, by name, in a fixed order."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from index.errors import SourceProblem

_NOT_SOURCES = ("readme", "license", "licence", "attribution")


@dataclass(frozen=True, slots=True)
class Found:
    """A file among the sources. ``sha256`` is empty where it could not be read, and ``problem`` says why."""

    name: str
    path: Path
    sha256: str
    problem: str | None


def _files(root: Path) -> Iterator[Path]:
    """Every file under a folder; hidden ones, notes about the folder, and links that lead out of it are left out."""
    inside = root.resolve()
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        if hidden or is_left_out(path) or not path.is_file():
            continue
        if path.resolve().is_relative_to(inside):
            yield path


def is_left_out(path: Path) -> bool:
    """Whether a file is hidden or a note about its folder, by its name."""
    return path.name.startswith(".") or path.stem.lower() in _NOT_SOURCES


def _longer_names(root: Path, name: str) -> Iterator[str]:
    """Names for a file whose own is taken by one under another root."""
    yield f"{root.resolve().name}/{name}"
    for number in count(2):
        yield f"{root.resolve().name}-{number}/{name}"


def _hashed(name: str, path: Path) -> Found:
    try:
        with path.open("rb") as opened:
            return Found(name, path, hashlib.file_digest(opened, "sha256").hexdigest(), None)
    except OSError as problem:
        return Found(name, path, "", f"{name}: can't be read ({problem.strerror})")


def find(roots: Sequence[Path]) -> list[Found]:
    """The files under the roots. A name is the path below its root; one taken twice gets its root's name before it.

    Raises ``SourceProblem`` for a root that isn't there.
    """
    found: dict[str, Found] = {}
    for root in roots:
        if not root.is_dir():
            raise SourceProblem(f"no source folder at {root}; name one with --source DIR")
        for path in _files(root):
            name = path.relative_to(root).as_posix()
            if name in found:
                name = next(other for other in _longer_names(root, name) if other not in found)
            found[name] = _hashed(name, path)
    return list(found.values())
