"""The command line: ``python -m evals run`` asks and scores, ``python -m evals lint`` checks the questions."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.answers import AnswersFileError, Response, read_answers
from evals.cases import SPLITS, Case, QuestionFileError, read_cases, unfindable_quotes
from evals.floors import check_floors, read_floors
from evals.report import as_dict, as_text
from evals.scoring import Corpus, score_all, scoreboard
from evals.sources import SourcesError, default_store, texts_in, texts_of_store
from evals.strict import FormatError

QUESTIONS = Path(__file__).with_name("questions") / "seeds.jsonl"
DONE, BROKEN, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command: 0 all is well, 1 a floor is broken or the work failed, 2 the call or a file was wrong."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (QuestionFileError, AnswersFileError) as problem:
        print("\n".join(problem.problems), file=sys.stderr)
        return MISUSED
    except FormatError as problem:
        print(problem, file=sys.stderr)
        return MISUSED
    except SourcesError as problem:
        print(problem, file=sys.stderr)
        return BROKEN


def run(options: argparse.Namespace) -> int:
    """Ask (or read answers), score, print, and hold the numbers against the floors."""
    every = read_cases(options.questions)
    cases = [case for case in every if options.split in ("all", case.split)]
    if not cases:
        raise QuestionFileError([f"{options.questions}: no case is in the split '{options.split}'"])
    floors = read_floors()
    responses, texts = _responses(options, every, cases)
    lost = unfindable_quotes(cases, texts, options.questions)
    if lost:
        raise QuestionFileError([*lost, "these questions are not about the documents that are loaded"])
    scores = score_all(cases, responses, Corpus.of(texts))
    results = check_floors(floors, scoreboard(scores))
    # Failures of the test split stay closed unless they are asked for: reading them is the first step of tuning.
    shown = ["test"] if options.split == "test" else ["dev"]
    if options.json:
        about = {"questions": str(options.questions), "split": options.split, "cases": len(cases)}
        print(json.dumps(as_dict(scores, results, about, shown), ensure_ascii=False, indent=1))
    else:
        print(as_text(scores, results, shown, options.failures))
    return BROKEN if any(result.held is False for result in results) else DONE


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


def _responses(
    options: argparse.Namespace, every: Sequence[Case], cases: Sequence[Case]
) -> tuple[Mapping[str, Response], Mapping[str, str]]:
    if options.answers:
        texts = texts_in(options.sources) if options.sources else texts_of_store(options.store)
        answers = read_answers(options.answers, frozenset(case.id for case in every))
        missing = [case.id for case in cases if case.id not in answers]
        if missing:
            print(f"{options.answers}: {len(missing)} cases have no answer and count as errors, "
                  f"the first is '{missing[0]}'", file=sys.stderr)  # fmt: skip
        return answers, texts
    return _ask(options.store, cases, options.save)


def _ask(store: Path, cases: Sequence[Case], save: Path | None) -> tuple[Mapping[str, Response], Mapping[str, str]]:
    from tqdm import tqdm

    from evals.runner import AssistantAsker, ask_all, response_of

    asker = AssistantAsker(store)
    answers: list[Mapping[str, Any]] = []
    for _, answer in tqdm(ask_all(cases, asker), total=len(cases), unit="question", disable=None):
        answers.append(answer)
    if save:
        save.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in answers), encoding="utf-8")
    return {str(one["id"]): response_of(one) for one in answers}, asker.texts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Fixed questions, measured answers.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    running = commands.add_parser("run", help="ask the questions and score the answers")
    running.set_defaults(command=run)
    running.add_argument("--questions", type=Path, default=QUESTIONS, help="a question file (default: the seeds set)")
    running.add_argument("--split", choices=[*SPLITS, "all"], default="all", help="which cases (default: all)")
    running.add_argument("--answers", type=Path, help="score these answers (JSONL, format 1) instead of asking")
    running.add_argument("--save", type=Path, help="write the answers to this file, to be scored again with --answers")
    running.add_argument("--json", action="store_true", help="print the report as JSON")
    running.add_argument("--failures", type=int, default=10, metavar="N", help="show N failed cases (default: 10)")
    linting = commands.add_parser("lint", help="check question files and their gold quotes")
    linting.set_defaults(command=lint)
    linting.add_argument("files", type=Path, nargs="*", help="question files (default: the seeds set)")
    for command in (running, linting):
        command.add_argument("--store", type=Path, default=default_store(), help="the index (default: .store)")
        command.add_argument("--sources", type=Path, help="take the documents' texts from this folder of .txt files")
    return parser


if __name__ == "__main__":
    sys.exit(main())
