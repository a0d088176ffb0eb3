"""Fit the weights that say how sure an answer is: ``python -m evals.fit``. Only dev splits are ever fitted on.

A logistic model over the features of ``assistant.confidence``, taken while the questions are asked; its worth is told
by cross-validation in ten folds, no family of questions in two of them.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import confidence
from assistant.assistant import Assistant
from assistant.reading import Reading
from assistant.retriever import Ranking
from assistant.types import Turn
from evals.cases import Case, read_cases

_PENALTY = 1.0
_FOLDS = 10
_STEPS = 50
_ANSWERS = {"answered", "partly_answered"}

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One question that reached the model: its features, and whether the documents answer it."""

    family: str
    features: dict[str, float]
    answerable: bool


def samples(cases: Sequence[Case], assistant: Assistant) -> list[Sample]:
    """The questions of the dev split that are decided by the model alone, asked of an assistant."""
    found = []
    for case in cases:
        statuses = set(case.expected.statuses)
        if case.split != "dev" or "error" in statuses or (statuses & _ANSWERS and statuses - _ANSWERS):
            continue
        seen: list[dict[str, float]] = []

        def note(reading: Reading, ranking: Ranking, seen: list[dict[str, float]] = seen) -> float:
            seen.append(confidence.features(reading, ranking))
            return 0.0

        # Every such question is then refused, and its features are kept; nothing else depends on the number.
        decided, confidence.confidence = confidence.confidence, note
        try:
            assistant.ask(case.turns[-1], [Turn(question) for question in case.turns[:-1]])
        finally:
            confidence.confidence = decided
        if len(seen) == 1:  # a question of several sides is decided side by side
            found.append(Sample(case.family, seen[0], bool(statuses & _ANSWERS)))
    return found


def fitted(x: Numbers, y: Numbers) -> Numbers:
    """The weights of a logistic model with an L2 penalty on all but the first, by Newton's method.

    ``x`` has the shape (samples, features), ``y`` holds 0 and 1.
    """
    weights = np.zeros(x.shape[1])
    penalty = np.eye(x.shape[1]) * _PENALTY
    penalty[0, 0] = 1e-3
    for _ in range(_STEPS):
        p = _sure(x, weights)
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, x.T @ (p - y) + penalty @ weights)
    return weights


def _sure(x: Numbers, weights: Numbers) -> Numbers:
    p: Numbers = 1 / (1 + np.exp(-x @ weights))
    return p


def held_out(x: Numbers, y: Numbers, families: Sequence[str]) -> Numbers:
    """For each sample the model's number, fitted on the folds that don't hold its family."""
    order = {family: at % _FOLDS for at, family in enumerate(sorted(set(families)))}
    fold = np.array([order[family] for family in families])
    sure = np.zeros(len(y))
    for one in range(_FOLDS):
        sure[fold == one] = _sure(x[fold == one], fitted(x[fold != one], y[fold != one]))
    return sure


def auc(y: Numbers, sure: Numbers) -> float:
    """How often an answerable question gets the higher number of two; a tie counts half."""
    yes, no = sure[y == 1], sure[y == 0]
    return float(np.mean((yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None])))


def main() -> int:
    """Fit on one or several question files and print the weights."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit", description="Fit assistant/data/confidence.toml.")
    parser.add_argument("pairs", nargs="+", metavar="FILE=STORE", help="questions, and the store they are about")
    found: list[Sample] = []
    for pair in parser.parse_args().pairs:
        questions, _, store = pair.partition("=")
        found += samples(read_cases(Path(questions)), Assistant.open(Path(store)))
    names = list(found[0].features)
    x = np.array([[sample.features[name] for name in names] for sample in found])
    y = np.array([float(sample.answerable) for sample in found])
    sure = held_out(x, y, [sample.family for sample in found])
    print(f"# {len(y)} questions, {int(y.sum())} with an answer; AUC in {_FOLDS} folds {auc(y, sure):.2f}")
    for at in np.arange(0.6, 0.85, 0.05):
        wrong, refused = np.mean(sure[y == 0] >= at), np.mean(sure[y == 1] < at)
        print(f"# from {at:.2f}: answers wrongly {wrong:.2f}, refuses wrongly {refused:.2f}")
    print("[weights]")
    print("\n".join(f"{name} = {weight:.2f}" for name, weight in zip(names, fitted(x, y), strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
