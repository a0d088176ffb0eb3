"""What each command of ``python -m evals`` does. Every function returns an exit code."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.answers import read_answers
from evals.baseline import Step, blessed, read_baseline, write_baseline
from evals.cases import Case, QuestionFileError, read_cases, unfindable_quotes
from evals.compare import compare
from evals.floors import FloorResult, check_floors, read_floors
from evals.gate import INCOMPARABLE, gate
from evals.metrics.tally import Estimate
from evals.records import Record, as_json, read_records, record_of
from evals.report import as_dict, as_text, measures_of
from evals.rerun import last_rerun
from evals.runner import ask_all, ask_apart, response_of
from evals.runs import ANSWERS, CASES, RunFolder, RunInfo, all_runs, describe, find_run, lines_of, resume, start
from evals.scoring import DEPTH, CaseScore, Corpus, mean_curve, recall_curve, score_all, scoreboard
from evals.sources import texts_in, texts_of_store
from evals.summary import comparison_text, gate_text, junit, markdown
from evals.systems import systems

if TYPE_CHECKING:
    from evals.side import Side

QUESTIONS = Path(__file__).with_name("questions") / "seeds.jsonl"
DONE, FAILED, MISUSED = 0, 1, 2
FILE = "file"  # the system of answers that were read from a file


def run(options: argparse.Namespace) -> int:
    """Ask (or read answers), score, keep, print, and hold the numbers against the floors."""
    cases = _cases(options.questions, options.split)
    floors = read_floors()
    texts = texts_in(options.sources) if options.answers and options.sources else texts_of_store(options.store)
    lost = unfindable_quotes(cases, texts, options.questions)
    if lost:
        raise QuestionFileError([*lost, "these questions are not about the documents that are loaded"])
    folder = _folder(options, cases, texts)
    if options.answers:
        _take_answers(options, folder, cases)
    else:
        _ask(options, folder, cases)
    scores, folder = _judge(folder, cases, texts)
    results = check_floors(floors, scoreboard(scores))
    if options.save:
        options.save.write_bytes((folder.path / ANSWERS).read_bytes())
    shown = open_splits(options.split)
    if options.json:
        about = {
            "questions": str(options.questions),
            "split": options.split,
            "cases": len(cases),
            "run": folder.info.id,
        }
        print(json.dumps(as_dict(scores, results, about, shown), ensure_ascii=False, indent=1))
    else:
        print(as_text(scores, results, shown, options.failures))
        print(f"\nKept in {folder.path}")
    return FAILED if any(result.held is False for result in results) else DONE


def lint(options: argparse.Namespace) -> int:
    """Check question files: their form, and that every gold quote stands in its document."""
    texts = texts_in(options.sources) if options.sources else texts_of_store(options.store)
    for path in options.files or [QUESTIONS]:
        cases = read_cases(path)
        lost = unfindable_quotes(cases, texts, path)
        if lost:
            raise QuestionFileError(lost)
        quotes = sum(len(group) for case in cases for group in case.expected.evidence)
        print(f"{path}: {len(cases)} cases, {quotes} gold quotes, all found")
    return DONE


def compare_runs(options: argparse.Namespace) -> int:
    """Two runs case by case. 3 where they were not asked the same questions over the same documents."""
    old, new = (find_run(name, options.runs) for name in (options.old, options.new))
    for name in ("questions_sha256", "corpus_sha256", "split"):
        if getattr(old.info, name) != getattr(new.info, name):
            what = name.replace("_sha256", "")
            print(f"not comparable: the runs differ in their {what}; run both over the same", file=sys.stderr)
            return INCOMPARABLE
    print(comparison_text(compare(_records(old), _records(new)), open_splits(old.info.split)))
    return DONE


def gate_run(options: argparse.Namespace) -> int:
    """Hold a run against the baseline: 0 passes, 1 regression, 3 not comparable."""
    folder = find_run(options.run, options.runs)
    records = _records(folder)
    decided = gate(folder.info, records, _floors_of(folder), read_baseline(options.baseline))
    shown = open_splits(folder.info.split)
    print(gate_text(decided, shown))
    if options.markdown:
        options.markdown.write_text(markdown(decided, folder.info, shown), encoding="utf-8")
    if options.junit:
        options.junit.write_text(junit(decided, folder.info, list(records.values()), shown), encoding="utf-8")
    return decided.code


def bless(options: argparse.Namespace) -> int:
    """Make a run the baseline, with the reason in its history."""
    folder = find_run(options.run, options.runs)
    before = read_baseline(options.baseline) if options.baseline.is_file() else None
    records = _records(folder)
    write_baseline(options.baseline, blessed(folder.info, records, options.reason, before))
    passed = sum(record.passed for record in records.values())
    print(f"{options.baseline}: now run {folder.info.id}, {passed} of {len(records)} cases passed")
    return DONE


def report(options: argparse.Namespace) -> int:
    """Write a run as one HTML page, with the other systems' latest runs over the same questions beside it."""
    from evals.page import page

    folder = find_run(options.run, options.runs)
    cases = read_cases(folder.path / CASES)
    history = _history(options.baseline, folder.info)
    beside = [_side(run) for run in _others(folder, options.runs)]
    shown = open_splits(folder.info.split)
    output = options.output or folder.path / "report.html"
    output.write_text(page(_side(folder), beside, cases, read_floors(), history, shown), encoding="utf-8")
    print(output)
    return DONE


def _history(baseline: Path, info: RunInfo) -> tuple[Step, ...]:
    """How the baseline of the same questions moved; nothing where there is none."""
    if not baseline.is_file():
        return ()
    known = read_baseline(baseline)
    return known.history if known.about["questions"] == info.questions else ()


def _others(ours: RunFolder, runs: Path) -> list[RunFolder]:
    """The latest finished run of every other system over the same questions and documents, in a fixed order."""
    same = ("questions_sha256", "corpus_sha256", "split")
    found = {
        run.info.system: run
        for run in all_runs(runs)
        if run.info.finished and all(getattr(run.info, name) == getattr(ours.info, name) for name in same)
    }
    return [found[name] for name in systems(Path()) if name in found and name != ours.info.system]


def _side(folder: RunFolder) -> "Side":
    from evals.side import Side

    return Side(folder.info, folder.scores(), _records(folder), folder.answers(), last_rerun(folder))


def validate(options: argparse.Namespace) -> int:
    """How often the citation test is right, on statements whose truth is known."""
    from evals.validation import mistakes, read_paraphrases, table, trials

    done = trials(read_paraphrases())
    print(table(done))
    if options.mistakes:
        print("\n" + mistakes(done, options.split, options.mistakes))
    return DONE


def open_splits(split: str) -> list[str]:
    """The splits whose failures may be read: the test split only where it is asked for by name.

    Reading its failures is the first step of tuning to them.
    """
    return ["test"] if split == "test" else ["dev"]


def _cases(path: Path, split: str) -> list[Case]:
    cases = [case for case in read_cases(path) if split in ("all", case.split)]
    if not cases:
        raise QuestionFileError([f"{path}: no case is in the split '{split}'"])
    return cases


def _folder(options: argparse.Namespace, cases: Sequence[Case], texts: Mapping[str, str]) -> RunFolder:
    lines = lines_of(options.questions, cases)
    system = FILE if options.answers else options.system
    info: RunInfo = describe(system, options.questions, lines, options.split, texts, options.workers)
    if options.resume:
        return resume(options.runs / options.resume, info)
    return start(options.runs, replace(info, id=options.id) if options.id else info, lines)


def _take_answers(options: argparse.Namespace, folder: RunFolder, cases: Sequence[Case]) -> None:
    every = frozenset(case.id for case in read_cases(options.questions))
    answers = read_answers(options.answers, every)
    missing = [case.id for case in cases if case.id not in answers]
    if missing:
        print(f"{options.answers}: {len(missing)} cases have no answer and count as errors, "
              f"the first is '{missing[0]}'", file=sys.stderr)  # fmt: skip
    wanted = {case.id for case in cases}
    for line in options.answers.read_text(encoding="utf-8").splitlines():
        if line.strip() and (answer := json.loads(line))["id"] in wanted:
            folder.append(answer)


def _ask(options: argparse.Namespace, folder: RunFolder, cases: Sequence[Case]) -> None:
    """Ask what has no answer yet. A run that is cut off here is gone on with by ``--resume``."""
    from tqdm import tqdm

    have = folder.answers()
    left = [case for case in cases if case.id not in have]
    system = systems(options.store)[options.system]
    asked = ask_apart(left, system, options.workers) if options.workers > 1 else ask_all(left, system())
    try:
        for _, answer in tqdm(asked, total=len(cases), initial=len(have), unit="question", disable=None):
            folder.append(answer)
    except KeyboardInterrupt:
        again = f"python -m evals run --resume {folder.info.id}"
        print(
            f"\nstopped after {len(folder.answers())} of {len(cases)} questions; go on with: {again}", file=sys.stderr
        )
        raise


def _judge(
    folder: RunFolder, cases: Sequence[Case], texts: Mapping[str, str]
) -> tuple[tuple[CaseScore, ...], RunFolder]:
    answers = folder.answers()
    corpus = Corpus.of(texts)
    scores = score_all(cases, {name: response_of(answer) for name, answer in answers.items()}, corpus)
    judged = [as_json(record_of(one, answers.get(one.case.id, {}))) for one in scores]
    curve = mean_curve([recall_curve(one, corpus, DEPTH) for one in scores])
    kept: dict[str, Any] = {"format": 1, "measures": measures_of(scores), "recall_at": curve, "judged": judged}
    return scores, folder.finish(kept)


def _records(folder: RunFolder) -> dict[str, Record]:
    return read_records(folder.scores()["judged"])


def _floors_of(folder: RunFolder) -> tuple[FloorResult, ...]:
    """The floors of today against the numbers of a run."""
    whole = list(folder.scores()["measures"].values())[-1]
    board = {name: Estimate(value["value"], value["n"], None) for name, value in whole.items()}
    return check_floors(read_floors(), board)
