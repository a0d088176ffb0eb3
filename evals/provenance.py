"""What must be known of a run before its numbers may stand beside another's: hashes, commit, machine."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# What may differ between two runs that answered the same: times, and what stands beside the answer for us alone.
_PASSING = frozenset({"timings_ms", "ranked", "confidence"})


def corpus_hash(texts: Mapping[str, str]) -> str:
    """One hash for the documents that were asked about: their names and their stored texts."""
    return _hash(f"{name}\0{text}\0" for name, text in sorted(texts.items()))


def lines_hash(lines: Iterable[str]) -> str:
    """One hash for the cases that were asked, as they are written in the question file."""
    return _hash(f"{line}\n" for line in lines)


def answer_hash(answer: Mapping[str, Any]) -> str:
    """A hash of one answer without its timings: two runs agree on a case when this is the same."""
    lasting = {key: value for key, value in answer.items() if key not in _PASSING}
    return _hash([json.dumps(lasting, ensure_ascii=False, sort_keys=True)])[:16]


def commit() -> tuple[str | None, bool | None]:
    """The commit this code stands at and whether it was changed since; ``None`` outside a git working copy."""
    head = _git("rev-parse", "HEAD")
    if head is None:
        return None, None
    return head, bool(_git("status", "--porcelain", "--untracked-files=no"))


def machine() -> dict[str, Any]:
    """The machine in the terms that timings depend on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "python": platform.python_version(),
    }


def _hash(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", errors="surrogatepass"))
    return digest.hexdigest()


def _git(*arguments: str) -> str | None:
    command = ["git", "-C", str(Path(__file__).parent), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - git, with words of ours
            command, capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
