"""One folder a run: what was asked, of which system, over which documents, and every answer as it came.

``run.json`` says what the run is, ``cases.jsonl`` holds the questions, ``answers.jsonl`` the answers (appended one by
one, so that a run that was cut off goes on where it stopped), and ``scores.json`` the judgement.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.cases import Case
from evals.provenance import commit, corpus_hash, lines_hash, machine

FORMAT = 1
RUNS = Path("runs")
ANSWERS, CASES, INFO, SCORES = "answers.jsonl", "cases.jsonl", "run.json", "scores.json"
_SAME_TO_RESUME = ("system", "questions_sha256", "corpus_sha256", "split")


class RunFolderError(Exception):
    """A run folder that can't be written or read; the message names the folder and says what to do."""


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run is. ``documents`` counts them; ``commit`` and ``changed`` are of the code that answered."""

    id: str
    system: str
    started: str
    finished: str | None
    questions: str
    questions_sha256: str
    split: str
    cases: int
    documents: int
    corpus_sha256: str
    commit: str | None
    changed: bool | None
    workers: int
    machine: Mapping[str, Any]

    @property
    def year_month_day(self) -> str:
        """The day the run began, as ``YYYY-MM-DD``."""
        return self.started[:10]


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run on disk."""

    path: Path
    info: RunInfo

    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers so far, by case id, in the order they were given."""
        return _answers(self.path / ANSWERS)

    def append(self, answer: Mapping[str, Any]) -> None:
        """Keep one answer; it is on disk when this returns."""
        with (self.path / ANSWERS).open("a", encoding="utf-8") as opened:
            opened.write(json.dumps(answer, ensure_ascii=False) + "\n")

    def finish(self, scores: Mapping[str, Any]) -> "RunFolder":
        """Write the scores and mark the run as whole."""
        text = json.dumps(scores, ensure_ascii=False, indent=1)
        (self.path / SCORES).write_text(text + "\n", encoding="utf-8")
        info = replace(self.info, finished=_now())
        _write_info(self.path, info)
        return RunFolder(self.path, info)

    def scores(self) -> dict[str, Any]:
        """The judgement of a finished run. Raises ``RunFolderError`` for one that was cut off."""
        if self.info.finished is None:
            raise RunFolderError(
                f"{self.path}: was cut off in the middle; go on with: python -m evals run --resume {self.info.id}"
            )
        return _object(self.path / SCORES)


def describe(
    system: str, questions: Path, lines: Sequence[str], split: str, texts: Mapping[str, str], workers: int
) -> RunInfo:
    """What a run that begins now is; its ``id`` holds the time, the system and the commit."""
    head, changed = commit()
    started = _now()
    stamp = datetime.fromisoformat(started).strftime("%Y%m%d-%H%M%S")
    return RunInfo(
        id="-".join(part for part in (stamp, system, head and head[:7]) if part),
        system=system,
        started=started,
        finished=None,
        questions=questions.name,
        questions_sha256=lines_hash(lines),
        split=split,
        cases=len(lines),
        documents=len(texts),
        corpus_sha256=corpus_hash(texts),
        commit=head,
        changed=changed,
        workers=workers,
        machine=machine(),
    )


def start(runs: Path, info: RunInfo, lines: Sequence[str]) -> RunFolder:
    """Make the folder of a new run. Raises ``RunFolderError`` where it exists or can't be made."""
    path = runs / info.id
    try:
        path.mkdir(parents=True)
        (path / CASES).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        _write_info(path, info)
    except FileExistsError:
        raise RunFolderError(f"{path}: exists already; give another --id, or go on with it by --resume") from None
    except OSError as problem:
        raise RunFolderError(f"{path}: can't be written ({problem.strerror}); choose a folder with --runs") from None
    return RunFolder(path, info)


def resume(path: Path, now: RunInfo) -> RunFolder:
    """Open a run to go on with it. Raises ``RunFolderError`` where what would be asked now is not what was asked."""
    folder = open_run(path)
    for name in _SAME_TO_RESUME:
        before, after = getattr(folder.info, name), getattr(now, name)
        if before != after:
            raise RunFolderError(f"{path}: began with another {name.replace('_', ' ')}; start a new run instead")
    _drop_cut_line(path / ANSWERS)
    return folder


def open_run(path: Path) -> RunFolder:
    """A run by its folder. Raises ``RunFolderError`` where it is none."""
    value = _object(path / INFO)
    known = {field.name for field in fields(RunInfo)}
    if value.pop("format", None) != FORMAT or set(value) != known:
        raise RunFolderError(f"{path / INFO}: is of another version of this program; run the questions again")
    return RunFolder(path, RunInfo(**value))


def find_run(name: str, runs: Path) -> RunFolder:
    """A run by the path of its folder, by its id, or ``latest`` for the one begun last."""
    if name == "latest":
        found = all_runs(runs)
        if not found:
            raise RunFolderError(f"{runs}: holds no runs; make one with: python -m evals run")
        return found[-1]
    for path in (Path(name), runs / name):
        if (path / INFO).is_file():
            return open_run(path)
    raise RunFolderError(f"no run called {name} under {runs}; give the path of its folder, its id, or 'latest'")


def all_runs(runs: Path) -> tuple[RunFolder, ...]:
    """Every run of a folder, oldest first. Folders that this version can't read are left out."""
    found: list[RunFolder] = []
    for path in sorted(runs.glob(f"*/{INFO}")):
        try:
            found.append(open_run(path.parent))
        except RunFolderError:
            continue
    return tuple(sorted(found, key=lambda run: run.info.started))


def lines_of(questions: Path, cases: Sequence[Case]) -> list[str]:
    """The lines of a question file that hold these cases."""
    every = questions.read_text(encoding="utf-8").splitlines()
    return [every[case.line - 1] for case in cases]


def _answers(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    answers: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            answer = json.loads(line)
            answers[answer["id"]] = answer
        except (json.JSONDecodeError, KeyError, TypeError):
            raise RunFolderError(f"{path}:{number}: is not an answer with an id; repair or delete the line") from None
    return answers


def _drop_cut_line(path: Path) -> None:
    """Forget a last line that the end of the process cut off: its question is asked again."""
    if path.is_file():
        written = path.read_bytes()
        whole = written[: written.rfind(b"\n") + 1]
        if whole != written:
            path.write_bytes(whole)


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise RunFolderError(f"{path}: can't be read as JSON ({problem}); run the questions again") from None
    if not isinstance(value, dict):
        raise RunFolderError(f"{path}: must hold an object; run the questions again")
    return value


def _write_info(path: Path, info: RunInfo) -> None:
    text = json.dumps({"format": FORMAT, **asdict(info)}, ensure_ascii=False, indent=1)
    (path / INFO).write_text(text + "\n", encoding="utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
