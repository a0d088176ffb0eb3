"""Parse a file in a child process, and turn whatever becomes of the child into a text or one clear line."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from index.errors import SourceProblem
from index.readers.source import MEGABYTE, Limits, Source

_ROOT = Path(__file__).resolve().parents[2]
# What a Python needs to start; no key or setting of ours is shown to the parser of a stranger's file.
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "LC_ALL", "VIRTUAL_ENV", "HOME", "TMPDIR")
_OUT_OF_TIME = getattr(signal, "SIGXCPU", None)


def environment() -> dict[str, str]:
    """The environment of a child that parses a stranger’s file."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    # NumPy's threads each reserve address space that nothing here uses.
    return {**passed, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"}


def parsed_apart(raw: bytes, name: str, suffix: str, limits: Limits) -> Source:
    """The canonical text of a file's bytes, parsed by a process of its own that takes about 0.2 s to start.

    One process a file: what a file does to its parser can't reach the next one. Raises ``SourceProblem`` where the
    file can't be read, or where reading it was given up.
    """
    asked = json.dumps({"name": name, "suffix": suffix, "limits": asdict(limits)}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "index.readers.worker"],
            input=asked + raw,
            capture_output=True,
            timeout=limits.seconds,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceProblem(_too_slow(name, limits)) from None
    except OSError as problem:
        raise SourceProblem(f"{name}: no process could be started to read it ({problem.strerror})") from None
    if _OUT_OF_TIME is not None and done.returncode == -_OUT_OF_TIME:
        raise SourceProblem(_too_slow(name, limits))
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {}
    if "text" in answer:
        return Source(answer["text"], tuple(answer["pages"]), tuple(answer["problems"]), answer["site"])
    if "problem" in answer:
        raise SourceProblem(answer["problem"])
    raise SourceProblem(
        f"{name}: made its reader crash or need more than {limits.memory // MEGABYTE} MB of memory; leave it out"
    )


def _too_slow(name: str, limits: Limits) -> str:
    return f"{name}: could not be read within {limits.seconds} seconds; leave it out or split it"
