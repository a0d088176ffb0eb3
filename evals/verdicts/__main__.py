"""``python -m evals.verdicts``: how often is "was this said?" right on quotations drawn from every document?"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.types import Answer
from evals.cases import SPLITS, split_of
from evals.sources import default_store
from evals.verdicts.board import as_json, mistakes, table
from evals.verdicts.drawing import claims
from evals.verdicts.types import Claim, Trial
from index.errors import IndexProblem, SourceProblem
from index.reader import read_file
from index.types import Document

OTHERS = Path(__file__).parents[2] / "tests" / "gold" / "documents"
_EACH = 12
_SEED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print: 0 done and nothing altered was called verbatim, 1 something was or the work failed."""
    options = _parser().parse_args(arguments)
    try:
        assistant = Assistant.open(options.store)
    except IndexProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    loaded = {document.sha256 for document in assistant.documents}
    others = [document for document in _read(options.others) if document.sha256 not in loaded]
    drawn = claims(assistant.documents, others, options.each, options.seed)
    done = [trial(assistant, claim) for claim in drawn if options.split in ("all", split_of(claim.document))]
    print(json.dumps(as_json(done), ensure_ascii=False, indent=2) if options.json else table(done))
    if options.mistakes:
        print(mistakes(done, options.mistakes), file=sys.stderr)
    return int(any(one.false_yes for one in done))


def trial(assistant: Assistant, claim: Claim) -> Trial:
    """Ask the assistant about one claim."""
    ask: Callable[[], Answer] = (
        (lambda: assistant.ask(claim.asked or "")) if claim.asked else (lambda: assistant.check(claim.text, claim.area))
    )
    started = time.perf_counter()
    answer = ask()
    took = (time.perf_counter() - started) * 1000
    verdict = answer.verdict
    marked = tuple((one.claimed, one.source) for one in verdict.differences) if verdict else ()
    said = verdict.result.value if verdict else "no verdict"
    return Trial(claim, split_of(claim.document), said, marked, (verdict and verdict.nearest) or "", took)


def _read(folder: Path) -> list[Document]:
    """The documents of a folder, without those that can't be read."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            found.append(read_file(path, path.name))
        except SourceProblem:
            continue
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.verdicts", description=__doc__)
    parser.add_argument("--store", type=Path, default=default_store(), help="the index (default: .store)")
    parser.add_argument("--others", type=Path, default=OTHERS, help="documents that are not in the store")
    parser.add_argument("--each", type=int, default=_EACH, metavar="N", help=f"claims of a kind (default: {_EACH})")
    parser.add_argument("--seed", type=int, default=_SEED, help=f"draws other claims (default: {_SEED})")
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="all", help="of which documents (default: all)")
    parser.add_argument("--mistakes", type=int, default=0, metavar="N", help="show N mistakes of the dev half")
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
