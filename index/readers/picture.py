"""A page of a PDF as a picture with quoted words framed, made by a child process within the readers' limits."""

import json
import subprocess
import sys
from dataclasses import asdict

from index.errors import SourceProblem
from index.readers.child import environment
from index.readers.source import MEGABYTE, Limits

_SECONDS = 20  # drawing one page takes 0.3 s, most of it to start the process


def picture(raw: bytes, name: str, page: int, words: str, limits: Limits) -> tuple[bytes, bool]:
    """The page (counted from 1) as PNG, and whether the words were found on it and framed.

    Raises ``SourceProblem`` where the file can't be drawn, or drawing was given up.
    """
    asked = json.dumps({"name": name, "page": page, "words": words, "limits": asdict(limits)}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "index.readers.picture_worker"],
            input=asked + raw,
            capture_output=True,
            timeout=min(_SECONDS, limits.seconds),
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceProblem(f"{name}: page {page} could not be drawn in time; read its text instead") from None
    except OSError as problem:
        raise SourceProblem(f"{name}: no process could be started to draw it ({problem.strerror})") from None
    head, _, png = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError:
        raise SourceProblem(
            f"{name}: drawing page {page} needed more than {limits.memory // MEGABYTE} MB or crashed; read its text"
        ) from None
    if "problem" in answer:
        raise SourceProblem(answer["problem"])
    return png, bool(answer["framed"])
