"""From a file to the canonical text of a document, whatever the file's format.

``read(path, name)`` is the one public verb. Formats that need a parser are read in a child process with limits;
plain text of ordinary length is read here.
"""

from pathlib import Path

from index.errors import SourceProblem
from index.readers.child import parsed_apart
from index.readers.formats import PLAIN, SUFFIXES, parsed
from index.readers.source import MEGABYTE, Limits, Source

__all__ = ["SUFFIXES", "Limits", "Source", "parse", "read"]

_LIMITS = Limits()
_SHORT = 64 * 1024  # bytes of plain text that are read without a child process, however they are built


def read(path: Path, name: str, limits: Limits = _LIMITS) -> Source:
    """The canonical text of a file. ``name`` identifies it in messages.

    Raises ``SourceProblem``, whose one line names the file and says what to do, for anything that can't be read.
    """
    try:
        with path.open("rb") as opened:
            raw = opened.read(limits.file + 1)
    except OSError as problem:
        raise SourceProblem(f"{name}: can't be read ({problem.strerror})") from None
    return parse(raw, name, limits)


def parse(raw: bytes, name: str, limits: Limits = _LIMITS) -> Source:
    """The canonical text of a file's bytes, for a caller who has read and hashed them. The suffix tells the format."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceProblem(f"{name}: files of this sort are not read; known are {', '.join(SUFFIXES)}")
    if len(raw) > limits.file:
        raise SourceProblem(f"{name}: is larger than {limits.file // MEGABYTE} MB; split it or leave it out")
    if not raw.strip():
        raise SourceProblem(f"{name}: is empty; leave it out or fetch it again")
    if suffix in PLAIN and len(raw) <= _SHORT:
        return parsed(raw, name, suffix, limits)
    return parsed_apart(raw, name, suffix, limits)
