"""Asking a run's questions again: the same question of the same documents must get the same answer, to the byte."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.cases import read_cases
from evals.provenance import answer_hash, corpus_hash
from evals.runner import ask_all
from evals.runs import CASES, RunFolder, RunFolderError, find_run
from evals.sources import texts_of_store
from evals.systems import systems

RERUN = "rerun.json"
_SHOWN = 20


def rerun(options: argparse.Namespace) -> int:
    """Ask again and compare: 0 where every answer is the same, 1 where one is not, 3 over other documents."""
    from tqdm import tqdm

    folder = find_run(options.run, options.runs)
    system = systems(options.store).get(folder.info.system)
    if system is None:
        raise RunFolderError(f"{folder.path}: its answers came from a file, and a file can't be asked again")
    if corpus_hash(texts_of_store(options.store)) != folder.info.corpus_sha256:
        print(f"not comparable: {options.store} holds other documents than the run was asked about", file=sys.stderr)
        return 3
    cases = read_cases(folder.path / CASES)
    asked = tqdm(ask_all(cases, system()), total=len(cases), unit="question", disable=None)
    changed = differing(folder.answers(), {case.id: answer for case, answer in asked})
    kept = {"format": 1, "n": len(cases), "changed": changed}
    (folder.path / RERUN).write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(cases) - len(changed)} of {len(cases)} answers are the same to the byte")
    print("".join(f"  {name}\n" for name in changed[:_SHOWN]), end="")
    return 1 if changed else 0


def differing(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The ids whose answers differ in anything but their timings."""
    return [name for name, answer in after.items() if answer_hash(before.get(name, {})) != answer_hash(answer)]


def last_rerun(folder: RunFolder) -> tuple[int, int] | None:
    """How many answers of a run came out the same when it was last asked again, and of how many."""
    path: Path = folder.path / RERUN
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return kept["n"] - len(kept["changed"]), kept["n"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
