"""``python -m evals.clapnq FOLDER``: the assistant on a public set, beside plain rules and published rows."""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.clapnq import board
from evals.clapnq.choosers import Pool, lead, nothing, whole, write_passages
from evals.clapnq.data import FILES, Question, read_questions
from evals.clapnq.folds import FOLDS
from evals.clapnq.light import LightScorer
from evals.clapnq.ordering import LightOrder
from evals.clapnq.vectors import Vectors, read_vectors
from evals.strict import FormatError
from index.build import build
from index.console import progress_bar
from index.embedders import embedder
from index.errors import IndexProblem
from index.settings import load

STORE = Path(".store/clapnq")
_LIGHT = f"light scorer ({FOLDS} folds by question)"


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
        vectors = read_vectors(questions, options.store.with_name(f"{options.store.name}-vectors.npz"), progress_bar())
    except FormatError as problem:
        print(problem, file=sys.stderr)
        return 2
    except IndexProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    parts = _measured(questions, pool, vectors)
    if options.json:
        about = {"format": 1, "questions": len(questions), "published": board.published()}
        print(json.dumps({**about, **{name: board.as_dict(rows) for name, rows in parts.items()}}, indent=1))
    else:
        _print(questions, parts)
    return 0


def _pool(store: Path, questions: Sequence[Question]) -> Pool:
    """Index the passages: minutes the first time, at once from then on."""
    with tempfile.TemporaryDirectory() as folder:
        write_passages(Path(folder), questions)
        build([Path(folder)], store, embedder(load()), progress_bar())
    return Pool(store)


def _measured(questions: Sequence[Question], pool: Pool, vectors: Sequence[Vectors]) -> dict[str, list[board.Row]]:
    """The rows of each part of the table. Of too few questions to hold any out the light scorer's are left out."""
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
    refusing = ["assistant", "nearest 3", "always abstain"]
    try:
        scorer, order = LightScorer(questions, vectors), LightOrder(questions, vectors)
    except ValueError:
        pass
    else:
        choosers[_LIGHT] = scorer.evidence
        choosers[f"{_LIGHT}, made to answer"] = lambda one: scorer.evidence(one, forced=True)
        choosers[f"{_LIGHT}, for the answer's words"] = scorer.answer
        searches[_LIGHT] = order.passages
        refusing.append(_LIGHT)
    return {
        "evidence": [board.evidence_row(name, questions, choose) for name, choose in choosers.items()],
        "refusal": [board.refusal_row(name, questions, choosers[name]) for name in refusing],
        "retrieval": [board.retrieval_row(name, questions, rank) for name, rank in searches.items()],
    }


def _print(questions: Sequence[Question], parts: Mapping[str, Sequence[board.Row]]) -> None:
    answerable = sum(one.answerable for one in questions)
    evidence = f"Evidence, the passage given ({answerable} questions)"
    print(board.as_text(evidence, board.EVIDENCE, parts["evidence"]))
    print("\n" + board.as_text(f"Refusing ({len(questions)} questions)", board.REFUSAL, parts["refusal"]))
    print("\n" + board.as_text(f"Retrieval among {len(questions)} passages", board.RETRIEVAL, parts["retrieval"]))
    print("\n" + board.published_text())


if __name__ == "__main__":
    sys.exit(main())
