"""The committed baseline: the judgement that every later run is held against, and the story of how it moved."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evals.compare import TESTED
from evals.metrics.tally import ratio
from evals.records import Record, as_json, read_records
from evals.runs import RunInfo
from evals.strict import Fields, FormatError

BASELINE = Path(__file__).with_name("baselines") / "seeds.json"
FORMAT = 1
_CLOSED = ("failed",)
_ABOUT = ("questions", "questions_sha256", "split", "cases", "documents", "corpus_sha256", "system")


@dataclass(frozen=True, slots=True)
class Step:
    """One move of the baseline: when, at which commit, why, and the tested measures then."""

    date: str
    commit: str | None
    reason: str
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a run is held against. ``about`` says of which questions, documents and system."""

    about: Mapping[str, Any]
    history: tuple[Step, ...]
    cases: Mapping[str, Record]


def blessed(info: RunInfo, cases: Mapping[str, Record], reason: str, before: Baseline | None) -> Baseline:
    """The baseline that a run becomes, with one step more in its history."""
    values = {name: _share(name, list(cases.values())) for name in TESTED}
    measures = {name: round(value, 4) for name, value in values.items() if value is not None}
    step = Step(info.year_month_day, info.commit, reason, measures)
    history = (*(before.history if before else ()), step)
    # Why a case of the test split failed stays unsaid: whoever reads this file would tune to it.
    kept = {
        name: replace(case, reasons=_CLOSED) if case.reasons and case.split == "test" else case
        for name, case in cases.items()
    }
    return Baseline({name: getattr(info, name) for name in _ABOUT}, history, kept)


def differences(info: RunInfo, baseline: Baseline) -> list[str]:
    """Why a run can't be held against the baseline; empty where it can."""
    return [
        f"{name.replace('_', ' ')}: {getattr(info, name)} here, {baseline.about[name]} in the baseline"
        for name in ("questions_sha256", "corpus_sha256", "split", "system")
        if getattr(info, name) != baseline.about[name]
    ]


def read_baseline(path: Path) -> Baseline:
    """Raises ``FormatError`` where the file is no baseline."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FormatError(
            f'{path}: there is no baseline yet; make one with: python -m evals bless --reason "…"'
        ) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise FormatError(f"{path}: can't be read as JSON ({problem}); restore it from git") from None
    fields = Fields(value, str(path))
    if fields.whole("format") != FORMAT:
        raise FormatError(f"{path}: 'format' must be {FORMAT}; restore it from git")
    about = fields.take("about")
    if not isinstance(about, Mapping) or set(about) != set(_ABOUT):
        raise FormatError(f"{path}: 'about' must hold {', '.join(_ABOUT)}")
    history = tuple(_step(Fields(item, f"{path}: a step")) for item in fields.items("history"))
    cases = read_records(fields.items("judged"))
    fields.done()
    return Baseline(dict(about), history, cases)


def write_baseline(path: Path, baseline: Baseline) -> None:
    """One case a line, so that a change of the file shows which cases changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    steps = [
        {"date": s.date, "commit": s.commit, "reason": s.reason, "measures": dict(s.measures)} for s in baseline.history
    ]
    judged = [as_json(record) for record in baseline.cases.values()]
    text = "\n".join([
        "{",
        f'"format": {FORMAT},',
        f'"about": {_dumped(dict(baseline.about))},',
        f'"history": {_listed(steps)},',
        f'"judged": {_listed(judged)}',
        "}",
    ])  # fmt: skip
    path.write_text(text + "\n", encoding="utf-8")


def _share(name: str, cases: Sequence[Record]) -> float | None:
    return ratio([case.tallies[name] for case in cases if name in case.tallies])


def _step(fields: Fields) -> Step:
    measures = fields.take("measures")
    commit = fields.take("commit")
    if not isinstance(measures, Mapping):
        raise FormatError("a step of the history needs 'measures'")
    values = {str(name): float(value) for name, value in measures.items()}
    return Step(fields.text("date"), str(commit) if commit else None, fields.text("reason"), values)


def _listed(items: Sequence[Any]) -> str:
    return "[\n" + ",\n".join(_dumped(item) for item in items) + "\n]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
