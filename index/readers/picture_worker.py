"""The child process that draws one page of a PDF: bytes in, PNG out."""

import json
import sys

from index.errors import SourceProblem
from index.readers.pdf.picture import drawn
from index.readers.source import Limits
from index.readers.worker import confine


def main() -> None:
    """Read a line of JSON, then the file's bytes; write a line of JSON, then the picture."""
    asked = json.loads(sys.stdin.buffer.readline())
    confine(Limits(**asked["limits"]))
    raw = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        png, framed = drawn(raw, asked["name"], asked["page"], asked["words"])
    except SourceProblem as problem:
        out.write(json.dumps({"problem": str(problem)}).encode() + b"\n")
    except MemoryError:
        pass
    else:
        out.write(json.dumps({"framed": framed}).encode() + b"\n" + png)


if __name__ == "__main__":
    main()
