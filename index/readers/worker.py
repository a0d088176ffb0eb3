"""The child process that parses one file: bytes in, canonical text out.

Files come from anywhere, and their parsers are large programs. Here they run with no keys in their environment and
within limits of memory, time and written bytes, so that a hostile file costs one message and nothing else.
"""

import json
import sys
from contextlib import suppress

from index.errors import SourceProblem
from index.readers.compose import Unsettled
from index.readers.formats import parsed
from index.readers.source import MEGABYTE, Limits


def confine(limits: Limits) -> None:
    """Limit this process. Where the system knows no such limits, the parent's clock is the only one."""
    try:
        import resource
    except ImportError:
        return
    for what, value, more in (
        (resource.RLIMIT_AS, limits.memory, 0),
        (resource.RLIMIT_CPU, limits.seconds, 5),  # the first end has a name of its own, the second can't be refused
        (resource.RLIMIT_FSIZE, MEGABYTE, 0),  # enough for Python's own compiled files
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with suppress(ValueError, OSError):  # a stricter limit is already set
            resource.setrlimit(what, (value, value + more))


def main() -> None:
    """Read a line of JSON with the file's name and limits, then its bytes; write a line of JSON with the text."""
    asked = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**asked["limits"])
    confine(limits)
    raw = sys.stdin.buffer.read()
    try:
        source = parsed(raw, asked["name"], asked["suffix"], limits)
    except SourceProblem as problem:
        answer: dict[str, object] = {"problem": str(problem)}
    except (Unsettled, RecursionError):
        answer = {"problem": f"{asked['name']}: is built to confuse its reader; leave it out"}
    except MemoryError:
        answer = {}
    else:
        answer = {"text": source.text, "pages": source.pages, "problems": source.problems, "site": source.site}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
