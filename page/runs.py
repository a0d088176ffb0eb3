"""Runs of the evaluation as they lie on disk: begun by a child process, watched by counting what it has written."""

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import IndexProblem
from page.jobs import Job

ROOT = Path(__file__).resolve().parent.parent
_ANSWERS, _INFO, _SCORES = "answers.jsonl", "run.json", "scores.json"
_NOT_COMPARABLE = 3
# The measures people ask for first, in plain words, and whether more is better.
MEASURES = {
    "passed": ("All checks of a case right", True),
    "evidence_recall": ("Sentences that answer are cited", True),
    "evidence_precision": ("What is cited answers", True),
    "false_answer_rate": ("Answered though the documents don’t say", False),
    "false_refusal_rate": ("Refused though they do", False),
    "quote_fidelity": ("Quotations exactly as in their source", True),
}


class RunProblem(IndexProblem):
    """An evaluation could not be run; the message says why in the words of the command."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run: ``scores`` is empty until it is finished."""

    folder: Path
    info: dict[str, Any]
    scores: dict[str, Any]

    @property
    def id(self) -> str:
        """Its name, which is that of its folder."""
        return self.folder.name

    @property
    def measures(self) -> dict[str, dict[str, Any]]:
        """The figures over all its cases."""
        found: dict[str, dict[str, dict[str, Any]]] = self.scores.get("measures", {})
        return list(found.values())[-1] if found else {}

    @property
    def failed(self) -> list[dict[str, Any]]:
        """The failed cases that may be read: those of the test split only where it was asked alone."""
        shown = "test" if self.info["split"] == "test" else "dev"
        return [case for case in self.scores.get("judged", ()) if not case["passed"] and case["split"] == shown]


def question_sets(folder: Path) -> dict[str, Path]:
    """The question files by name."""
    return {file.stem: file for file in sorted(folder.glob("*.jsonl"))}


def finished(runs: Path) -> list[Run]:
    """Every finished run, newest first; folders that can't be read are passed over."""
    found = [run for folder in runs.glob("*/") if (run := read(folder)) and run.scores]
    return sorted(found, key=lambda run: str(run.info["started"]), reverse=True)


def read(folder: Path) -> Run | None:
    """A run from its folder."""
    try:
        info = json.loads((folder / _INFO).read_text(encoding="utf-8"))
        done = (folder / _SCORES).is_file() and info["finished"]
        scores = json.loads((folder / _SCORES).read_text(encoding="utf-8")) if done else {}
        return Run(folder, {"started": info["started"], **info}, scores)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def ask(job: Job, questions: Path, split: str, store: Path, runs: Path) -> None:
    """Ask a question set in a child process and write its reports. Raises ``RunProblem``."""
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-page"
    call = ["run", "--questions", str(questions.resolve()), "--split", split, "--store", str(store.resolve())]
    child = _child([*call, "--runs", str(runs.resolve()), "--id", name])
    answers = runs / name / _ANSWERS
    while child.poll() is None:
        job.tell("asking", _count(answers), _cases(runs / name))
        time.sleep(0.5)
    _, errors = child.communicate()
    if read(runs / name) is None or not (runs / name / _SCORES).is_file():
        raise RunProblem(_last_lines(errors))
    job.tell("writing the reports", 1, 1)
    _reports(name, runs)
    job.lines.append(f"Done: {name} is the first of the finished evaluations.")


def _child(call: Sequence[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
        [sys.executable, "-m", "evals", *call],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _reports(name: str, runs: Path) -> None:
    """The report as a page, and the comparison with the baseline where the run can be held against it."""
    folder = (runs / name).resolve()
    where = [name, "--runs", str(runs.resolve())]
    gate = _child(["gate", *where, "--markdown", str(folder / "gate.md"), "--junit", str(folder / "junit.xml")])
    gate.communicate()
    report = _child(["report", *where, "--output", str(folder / "report.html")])
    report.communicate()


def _count(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.is_file() else 0


def _cases(folder: Path) -> int:
    run = read(folder)
    return int(run.info["cases"]) if run else 0


def _last_lines(errors: str) -> str:
    told = [line for line in errors.splitlines() if line.strip() and "question/s" not in line]
    return " ".join(told[-3:])[-400:] or "the evaluation ended without a word"


def as_csv(run: Run) -> str:
    """A line a case: its name, tags, status, whether it passed, and why not."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("id", "split", "tags", "status", "passed", "reasons"))
    for case in run.scores.get("judged", ()):
        shown = case["passed"] or case in run.failed
        reasons = "; ".join(case["reasons"]) if shown else "(not shown: test split)"
        table.writerow((case["id"], case["split"], " ".join(case["tags"]), case["status"], case["passed"], reasons))
    return out.getvalue()


def baseline() -> dict[str, float]:
    """The figures of the committed baseline, the newest of its history."""
    file = ROOT / "evals" / "baselines" / "seeds.json"
    try:
        found: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))["history"][-1]["measures"]
    except (OSError, ValueError, LookupError):
        return {}
    return found


def comparable(run: Run) -> bool:
    """Whether a run asked what the baseline asked, of the same documents."""
    file = ROOT / "evals" / "baselines" / "seeds.json"
    try:
        about = json.loads(file.read_text(encoding="utf-8"))["about"]
    except (OSError, ValueError, LookupError):
        return False
    return all(about.get(name) == run.info.get(name) for name in ("questions_sha256", "corpus_sha256", "split"))
