"""What a language model writes on fixed questions, statement by statement, for people to judge.

    python -m evals.written --questions evals/questions/seeds.jsonl --replies runs/replies --out written.jsonl

Each line of the output is one question with its statements, shown and left out, and the quotations they cite. The
endpoint is that of the settings; its replies are kept, so that the same run can be repeated without it.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.types import Answer, StatementKind, Turn
from assistant.writers.claims import Checked
from assistant.writers.llm import ModelWriter, Written
from assistant.writers.options import load
from evals.beside import page, passed, shown
from evals.cases import Case, read_cases
from evals.replies import kept_model
from evals.sources import default_store


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
    said = [s for s in made.answer.statements if s.kind is StatementKind.SUMMARY]
    return {
        "id": case.id,
        "question": made.answer.resolved_question,
        "shown": [{"text": s.text, "citations": s.citations, "quotes": [quotes[n] for n in s.citations]} for s in said],
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
    parser.add_argument(
        "--seed", type=int, metavar="N", help="ask in an order drawn with this seed (default: as filed)"
    )
    parser.add_argument("--only", type=Path, metavar="FILE", help="only questions whose id stands in this file")
    parser.add_argument("--most", type=int, default=120, metavar="N", help="questions that have an answer")
    parser.add_argument("--replies", type=Path, required=True, metavar="DIR", help="where replies are kept")
    parser.add_argument("--repeats", type=int, default=1, metavar="N", help="ask everything N times (default 1)")
    parser.add_argument("--offline", action="store_true", help="only what is kept")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--html", type=Path, metavar="FILE", help="also write both answers side by side as a page")
    given = parser.parse_args(argv)
    options = load()
    assistant = Assistant.open(given.store)
    cases = list(read_cases(given.questions))
    if given.only:
        named = set(given.only.read_text(encoding="utf-8").split())
        cases = [case for case in cases if case.id in named]
    if given.seed is not None:
        random.Random(given.seed).shuffle(cases)  # noqa: S311 - draws a sample, guards nothing
    done: dict[str, list[Written]] = {}
    with given.out.open("w", encoding="utf-8") as out:
        for repeat in range(given.repeats):
            model = kept_model(options, given.replies, offline=given.offline, repeat=repeat)
            writer = ModelWriter(replace(options, ledger=None), model)
            for case, made in islice(written(cases, assistant, writer), given.most):
                done.setdefault(case.id, []).append(made)
                out.write(json.dumps({**row(case, made), "repeat": repeat}, ensure_ascii=False) + "\n")
                out.flush()
                print(f"{repeat + 1}/{given.repeats} {len(done)} {case.id}", file=sys.stderr)
    print(f"{by_case(done)}\n{summary(done)}")
    if given.html:
        given.html.write_text(page(done, summary(done)), encoding="utf-8")
    return 0


def by_case(done: Mapping[str, Sequence[Written]]) -> str:
    """A line a case: what passed of all written in each repeat, the mean share and the spread of the shares."""
    rows = []
    for case, repeats in done.items():
        rates = [rate for made in repeats if (rate := passed(made)) is not None]
        counts = " ".join(f"{shown(made)}/{shown(made) + len(made.dropped)}" for made in repeats)
        share = f"{sum(rates) / len(rates):.2f} spread {max(rates) - min(rates):.2f}" if rates else "n/a"
        rows.append(f"  {case:<32}{counts:<24}{share}")
    return "\n".join(["passed of written, in each repeat; mean share and spread", *rows])


def summary(done: Mapping[str, Sequence[Written]]) -> str:
    """Statements that passed of all written, by case over its repeats, with their spread; tokens and cost of all."""
    rates = {case: [rate for made in repeats if (rate := passed(made)) is not None] for case, repeats in done.items()}
    every = [made for repeats in done.values() for made in repeats]
    spread = [max(of) - min(of) for of in rates.values() if of]
    through, written_ = sum(map(shown, every)), sum(shown(made) + len(made.dropped) for made in every)
    costs = [made.cost for made in every if made.cost is not None]
    return "\n".join([
        f"questions {len(done)}, repeats {len(every)}, with a summary {sum(shown(made) > 0 for made in every)}",
        f"statements that passed: {through} of {written_}",
        f"largest spread of a case over its repeats: {max(spread, default=0.0):.2f} (n={len(spread)})",
        f"ended by a fault: {dict(Counter(made.problem.value for made in every if made.problem))}",
        f"tokens sent {sum(made.usage.sent for made in every)}, received {sum(made.usage.received for made in every)}",
        f"cost {sum(costs):.4f} (n={len(costs)})" if costs else "cost: no price is known for this model",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
