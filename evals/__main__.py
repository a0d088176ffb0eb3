"""The command line of the evaluations: ``python -m evals run | report | compare | gate | bless | validate | lint``,
and ``to-csv | from-csv``, which take a question file to a spreadsheet and back.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals import commands, table_commands
from evals.answers import AnswersFileError
from evals.baseline import BASELINE
from evals.cases import SPLITS, QuestionFileError
from evals.commands import FAILED, MISUSED, QUESTIONS
from evals.rerun import rerun
from evals.runs import RUNS, RunFolderError
from evals.sources import SourcesError, default_store
from evals.strict import FormatError
from evals.systems import OURS, systems


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command: 0 well, 1 the work failed or got worse, 2 the call or a file was wrong, 3 not comparable."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (QuestionFileError, AnswersFileError) as problem:
        print("\n".join(problem.problems), file=sys.stderr)
        return MISUSED
    except (FormatError, RunFolderError) as problem:
        print(problem, file=sys.stderr)
        return MISUSED
    except SourcesError as problem:
        print(problem, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Fixed questions, measured answers.")
    commands_ = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_run, _rerun, _report, _compare, _gate, _bless, _validate, _lint, _to_csv, _from_csv):
        add(commands_)
    return parser


def _run(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("run", help="ask the questions, score the answers, keep both in a run folder")
    parser.set_defaults(command=commands.run)
    _store(parser)
    _runs(parser)
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="a question file (default: the seeds set)")
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="all", help="which cases (default: all)")
    parser.add_argument(
        "--system", choices=sorted(systems(Path())), default=OURS, help=f"who is asked (default: {OURS})"
    )
    parser.add_argument("--answers", type=Path, help="score these answers (JSONL, format 1) instead of asking")
    parser.add_argument("--save", type=Path, help="copy the answers to this file, to be scored again with --answers")
    parser.add_argument("--id", help="a name for the run (default: time, system and commit)")
    parser.add_argument("--resume", metavar="ID", help="go on with a run that was cut off")
    parser.add_argument("--workers", type=_processes, default=1, metavar="N", help="ask from N processes (default: 1)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--failures", type=int, default=10, metavar="N", help="show N failed cases (default: 10)")


def _rerun(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("rerun", help="ask a run's questions again: every answer must be the same to the byte")
    parser.set_defaults(command=rerun)
    _store(parser)
    _runs(parser)
    parser.add_argument("run", nargs="?", default="latest", metavar="RUN", help="a run (default: the latest)")


def _report(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("report", help="write a run as one HTML page")
    parser.set_defaults(command=commands.report)
    _runs(parser)
    _baseline(parser)
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: report.html in the run's folder")


def _compare(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("compare", help="two runs case by case")
    parser.set_defaults(command=commands.compare_runs)
    _runs(parser)
    parser.add_argument("old", metavar="OLD", help="a run: its id, its folder, or 'latest'")
    parser.add_argument("new", metavar="NEW", help="the run to compare with it")


def _gate(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("gate", help="hold a run against the baseline: 0 passes, 1 regression, 3 not comparable")
    parser.set_defaults(command=commands.gate_run)
    _runs(parser)
    _baseline(parser)
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write a summary for a pull request")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML")


def _bless(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("bless", help="make a run the baseline")
    parser.set_defaults(command=commands.bless)
    _runs(parser)
    _baseline(parser)
    parser.add_argument("--reason", required=True, help="why the baseline moves; it stands in its history")


def _validate(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("validate", help="how often the citation test is right")
    parser.set_defaults(command=commands.validate)
    parser.add_argument("--mistakes", type=int, default=0, metavar="N", help="show N of its mistakes (default: none)")
    parser.add_argument("--split", choices=SPLITS, default="dev", help="of which half (default: dev)")


def _lint(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("lint", help="check question files and their gold quotes")
    parser.set_defaults(command=commands.lint)
    _store(parser)
    parser.add_argument("files", type=Path, nargs="*", help="question files (default: the seeds set)")


def _to_csv(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("to-csv", help="write a question file as a table for a spreadsheet")
    parser.set_defaults(command=table_commands.to_csv)
    parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="the question file")
    _written(parser, "OUT.csv")


def _from_csv(to: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = to.add_parser("from-csv", help="check a spreadsheet's table and write it as a question file")
    parser.set_defaults(command=table_commands.from_csv)
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="the table, saved as CSV in UTF-8")
    _written(parser, "OUT.jsonl")


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", type=Path, default=default_store(), help="the index (default: .store)")
    parser.add_argument("--sources", type=Path, help="take the documents' texts from this folder of .txt files")


def _runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=Path, default=RUNS, metavar="DIR", help=f"where runs are kept (default: {RUNS})")


def _baseline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", default="latest", metavar="RUN", help="a run (default: the latest)")
    parser.add_argument(
        "--baseline", type=Path, default=BASELINE, metavar="FILE", help="default: that of the seeds set"
    )


def _written(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("output", type=Path, metavar=name, help="where it is written; - for standard output")
    parser.add_argument("--force", action="store_true", help="write over a file that exists")


def _processes(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a number of processes, 1 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
