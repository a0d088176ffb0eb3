"""What a language model writes on fixed questions, statement by statement, for people to judge.

    python -m evals.written --questions evals/questions/seeds.jsonl --replies runs/replies --out written.jsonl

Each line of the output is one question with its statements, shown and left out, and the quotations they cite. The
endpoint is that of the settings; its replies are kept, so that the same run can be repeated without it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.types import Answer, StatementKind, Turn
from assistant.writers.claims import Checked
from assistant.writers.endpoint import Endpoint
from assistant.writers.llm import ModelWriter, Written
from assistant.writers.options import Options, load
from evals.cases import Case, read_cases
from evals.replies import KeptReplies
from evals.sources import default_store


def kept_model(options: Options, folder: Path, *, offline: bool = False, repeat: int = 0) -> KeptReplies:
    """The model of the options behind kept replies; ``offline``: only these."""
    parameters = {"temperature": 0.0, "max_tokens": options.reply}
    return KeptReplies(folder, options.model, parameters, None if offline else Endpoint(options), repeat)


def asked(case: Case, assistant: Assistant) -> Answer:
    """The extractive answer to the last turn of a case."""
    turns: list[Turn] = []
    for question in case.turns[:-1]:
        turns.append(Turn(question, assistant.ask(question, turns).answer))
    return assistant.ask(case.turns[-1], turns)


def written(cases: Sequence[Case], assistant: Assistant, writer: ModelWriter) -> Iterator[tuple[Case, Written]]:
    """What the writer makes of each case that has an answer to begin with."""
    for case in cases:
        grown = list(writer.grow(asked(case, assistant), assistant.documents, case.id))
        if grown:
            yield case, grown[-1]


def row(case: Case, made: Written) -> dict[str, Any]:
    """One question as a line of the output."""
    quotes = {one.id: one.quote for one in made.answer.citations}
    shown = [s for s in made.answer.statements if s.kind is StatementKind.SUMMARY]
    return {
        "id": case.id,
        "question": made.answer.resolved_question,
        "shown": [
            {"text": s.text, "citations": s.citations, "quotes": [quotes[n] for n in s.citations]} for s in shown
        ],
        "dropped": [_dropped(one) for one in made.dropped],
        "problem": made.problem,
        "sent": made.usage.sent,
        "received": made.usage.received,
    }


def _dropped(one: Checked) -> dict[str, Any]:
    return {"text": one.text, "citations": [c.id for c in one.citations], "reasons": one.reasons}


def main(argv: Sequence[str] | None = None) -> int:
    """Write the lines of all questions that have an answer, at most so many."""
    parser = argparse.ArgumentParser(prog="python -m evals.written", description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=Path, required=True, metavar="FILE")
    parser.add_argument("--store", type=Path, default=default_store(), metavar="DIR")
    parser.add_argument("--most", type=int, default=120, metavar="N", help="questions that have an answer")
    parser.add_argument("--replies", type=Path, required=True, metavar="DIR", help="where replies are kept")
    parser.add_argument("--offline", action="store_true", help="only what is kept")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    given = parser.parse_args(argv)
    options = load()
    writer = ModelWriter(replace(options, ledger=None), kept_model(options, given.replies, offline=given.offline))
    assistant = Assistant.open(given.store)
    done = 0
    with given.out.open("w", encoding="utf-8") as out:
        for case, made in written(read_cases(given.questions), assistant, writer):
            out.write(json.dumps(row(case, made), ensure_ascii=False) + "\n")
            out.flush()
            done += 1
            print(f"{done} {case.id}", file=sys.stderr)
            if done == given.most:
                break
    return 0


if __name__ == "__main__":
    sys.exit(main())
