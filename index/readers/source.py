"""What a reader gives: the canonical text of one file, and the limits within which it was read."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """The canonical text of a file (``canonical(text) == text``).

    ``pages`` holds the offset in ``text`` at which each page begins, first page first and never falling; a page
    that begins in the middle of a paragraph begins in the middle of a line. It is empty for formats without pages.
    ``site`` is the publisher's name as a web page's own head gives it, where it does.
    ``problems`` are remarks for the person who keeps the store: what was left out, and what may be wrong.
    """

    text: str
    pages: tuple[int, ...]
    problems: tuple[str, ...]
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost before it is given up.

    ``seconds`` bounds both the processor time and the time on the clock, ``memory`` the whole address space of the
    process that parses (where the system can do that), ``file`` the bytes on disk and ``characters`` the text.
    A report of ten pages needs 0.8 s and 50 MB; 31 kB of drawing operators have been seen to need 1.7 GB.
    """

    seconds: int = 120
    memory: int = 2048 * MEGABYTE
    file: int = 50 * MEGABYTE
    characters: int = 5_000_000
