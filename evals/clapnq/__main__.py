"""``python -m evals.clapnq FOLDER``: the assistant on a public set, beside plain rules and published rows."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evals.clapnq import board
from evals.clapnq.choosers import Pool, lead, nothing, whole, write_passages
from evals.clapnq.data import FILES, Question, read_questions
from evals.strict import FormatError
from index.build import build
from index.console import progress_bar
from index.embedders import embedder
from index.errors import IndexProblem
from index.settings import load

STORE = Path(".store/clapnq")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print: 0 done, 1 the store can't be made, 2 the folder can't be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.clapnq", description=__doc__)
    parser.add_argument("folder", type=Path, help=f"the folder that holds {' and '.join(FILES)}")
    parser.add_argument("--store", type=Path, default=STORE, help=f"where the passages are indexed (default: {STORE})")
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
    options = parser.parse_args(arguments)
    try:
        questions = read_questions(options.folder)
        pool = _pool(options.store, questions)
    except FormatError as problem:
        print(problem, file=sys.stderr)
        return 2
    except IndexProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    _show(questions, pool, options.json)
    return 0


def _pool(store: Path, questions: Sequence[Question]) -> Pool:
    """Index the passages: minutes the first time, at once from then on."""
    with tempfile.TemporaryDirectory() as folder:
        write_passages(Path(folder), questions)
        build([Path(folder)], store, embedder(load()), progress_bar())
    return Pool(store)


def _show(questions: Sequence[Question], pool: Pool, as_json: bool) -> None:
    choosers = {
        "whole passage": whole,
        "lead 3": lead,
        "BM25 3": lambda one: pool.best(one, pool.words(one)),
        "nearest 3": lambda one: pool.best(one, pool.meaning(one)),
        "assistant": pool.assistant,
        "assistant, made to answer": lambda one: pool.assistant(one, forced=True),
        "always abstain": nothing,
    }
    searches = {
        "BM25": lambda one: pool.passages(pool.words(one)),
        "vectors": lambda one: pool.passages(pool.meaning(one)),
        "assistant": lambda one: pool.passages(pool.fused(one)),
    }
    evidence = [board.evidence_row(name, questions, choose) for name, choose in choosers.items()]
    refusal = [
        board.refusal_row(name, questions, choosers[name]) for name in ("assistant", "nearest 3", "always abstain")
    ]
    retrieval = [board.retrieval_row(name, questions, rank) for name, rank in searches.items()]
    if as_json:
        parts = {"evidence": evidence, "refusal": refusal, "retrieval": retrieval}
        about = {"format": 1, "questions": len(questions), "published": board.published()}
        print(json.dumps({**about, **{name: board.as_dict(rows) for name, rows in parts.items()}}, indent=1))
        return
    answerable = sum(one.answerable for one in questions)
    print(board.as_text(f"Evidence, the passage given ({answerable} questions)", board.EVIDENCE, evidence))
    print("\n" + board.as_text(f"Refusing ({len(questions)} questions)", board.REFUSAL, refusal))
    print("\n" + board.as_text(f"Retrieval among {len(questions)} passages", board.RETRIEVAL, retrieval))
    print("\n" + board.published_text())


if __name__ == "__main__":
    sys.exit(main())
