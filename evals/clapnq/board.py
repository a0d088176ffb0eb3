"""The table of CLAPNQ: evidence and refusal with the passage given, retrieval over all passages, published rows beside.

Conventions, as every paper has its own. ``first`` is against the first annotator's answer, ``max`` the best over all
of a question's. Words are lower-case runs of letters and digits, unstemmed. Evidence is judged on the answerable
questions, against the first annotator's sentences, and a refusal counts 0. Refusal is judged on all questions; a
refusal of an unanswerable one is what its F1 looks for. Retrieval is judged on the answerable ones.
The assistant has never been fitted on this set; the light scorer is, on the folds that don't hold the question's
article.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.clapnq.choosers import Choice, file_name
from evals.clapnq.data import Question
from evals.clapnq.measures import Match, rouge_l, sentence_match, token_match, word_recall
from evals.fit import auc
from evals.metrics import tally
from evals.metrics.retrieval import ndcg_at, recall_at, reciprocal_rank
from evals.metrics.tally import Estimate, Tally
from evals.report import estimate_as_json

EVIDENCE = {
    "rouge_l_first": "ROUGE-L first",
    "rouge_l_max": "ROUGE-L max",
    "word_recall_max": "recall max",
    "sentence_f1": "sentence F1",
    "token_f1": "token F1",
    "words": "words",
}
REFUSAL = {"answered": "answered", "precision": "precision", "recall": "recall", "f1": "F1", "auc": "AUC"}
RETRIEVAL = {"ndcg_5": "nDCG@5", "recall_1": "recall@1", "recall_5": "recall@5", "mrr": "MRR"}
_PUBLISHED = {
    "rouge_l": "ROUGE-L", "word_recall": "recall", "token_f1": "token F1", "abstention_f1": "abstention F1",
}  # fmt: skip
_PER_CENT = frozenset({"rouge_l_first", "rouge_l_max", "word_recall_max"})


@dataclass(frozen=True, slots=True)
class Row:
    """One system's numbers by the names of their columns."""

    name: str
    values: Mapping[str, Estimate]


def evidence_row(name: str, questions: Sequence[Question], choose: Callable[[Question], Choice]) -> Row:
    """How near a system comes to the annotators, over the answerable questions."""
    judged = [_near(one, choose(one)) for one in questions if one.answerable]
    return Row(name, {column: _mean([one[column] for one in judged]) for column in EVIDENCE})


def refusal_row(name: str, questions: Sequence[Question], choose: Callable[[Question], Choice]) -> Row:
    """How well a system tells what a passage answers, over all questions."""
    choices = [(one.answerable, choose(one)) for one in questions]
    refused = [(answerable, not choice.sentences) for answerable, choice in choices]
    right = sum(gone and not answerable for answerable, gone in refused)
    gone, unanswerable = sum(gone for _, gone in refused), sum(not answerable for answerable, _ in refused)
    match = Match(right / gone if gone else 0.0, right / unanswerable if unanswerable else 0.0)
    sure = [(answerable, choice.confidence) for answerable, choice in choices if choice.confidence is not None]
    both = len({answerable for answerable, _ in sure}) > 1  # else there are no two to tell apart
    ranked = auc(np.array([float(a) for a, _ in sure]), np.array([c for _, c in sure])) if both else None
    return Row(
        name,
        {
            "answered": tally.proportion([Tally(float(not gone), 1) for answerable, gone in refused if answerable]),
            "precision": tally.proportion([Tally(float(not answerable), 1) for answerable, gone in refused if gone]),
            "recall": tally.proportion([Tally(float(gone), 1) for answerable, gone in refused if not answerable]),
            "f1": Estimate(match.f1, len(refused), None),
            "auc": Estimate(ranked, len(sure), None),
        },
    )


def retrieval_row(name: str, questions: Sequence[Question], rank: Callable[[Question], Sequence[str]]) -> Row:
    """How high a system ranks a question's own passage among all, over the answerable questions."""
    rankings = [(file_name(one), rank(one)) for one in questions if one.answerable]
    values = {
        "ndcg_5": [ndcg_at(names, {wanted: 1}, 5) for wanted, names in rankings],
        "recall_1": [recall_at(names, [wanted], 1) for wanted, names in rankings],
        "recall_5": [recall_at(names, [wanted], 5) for wanted, names in rankings],
        "mrr": [reciprocal_rank(names, [wanted]) for wanted, names in rankings],
    }
    return Row(name, {column: _mean(found) for column, found in values.items()})


def published() -> list[dict[str, Any]]:
    """The rows that others report."""
    return list(tomllib.loads(Path(__file__).with_name("published.toml").read_text(encoding="utf-8"))["row"])


def as_text(title: str, columns: Mapping[str, str], rows: Sequence[Row]) -> str:
    """One part of the table for people, every value with its 95% interval."""
    width = max(len(row.name) for row in rows) + 2
    head = " " * width + "".join(f"{text:<22}" for text in columns.values())
    lines = [f"{row.name:<{width}}" + "".join(f"{_cell(c, row.values[c]):<22}" for c in columns) for row in rows]
    return "\n".join([title, head.rstrip(), *(line.rstrip() for line in lines)])


def published_text() -> str:
    """The published rows for people."""
    rows = ["Published, with the gold passage given (per cent; references and sources: see published.toml)"]
    for row in published():
        numbers = ", ".join(f"{text} {row[name]}" for name, text in _PUBLISHED.items() if name in row)
        rows.append(f"  {row['name']}: {numbers}")
    return "\n".join(rows)


def as_dict(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Rows as JSON."""
    return {row.name: {name: estimate_as_json(one) for name, one in row.values.items()} for row in rows}


def _near(question: Question, choice: Choice) -> dict[str, float]:
    """One answer against its annotators' answers and sentences."""
    text = " ".join(question.sentences[at] for at in choice.sentences)
    by_reference = [rouge_l(one.answer, text).f1 for one in question.references]
    gold = question.references[0].sentences
    return {
        "rouge_l_first": by_reference[0],
        "rouge_l_max": max(by_reference),
        "word_recall_max": max(word_recall(one.answer, text) for one in question.references),
        "sentence_f1": sentence_match(gold, choice.sentences).f1,
        "token_f1": token_match(question.sentences, gold, choice.sentences).f1,
        "words": float(len(text.split())),
    }


def _mean(values: Sequence[float]) -> Estimate:
    return tally.mean([Tally(value, 1) for value in values], [str(at) for at in range(len(values))])


def _cell(column: str, one: Estimate) -> str:
    if one.value is None:
        return "n/a"
    scale, digits = (100, 1) if column in _PER_CENT else (1, 0) if column == "words" else (1, 3)
    reach = f" [{scale * one.interval.low:.{digits}f}–{scale * one.interval.high:.{digits}f}]" if one.interval else ""
    return f"{scale * one.value:.{digits}f}{reach}"
