"""Fitting the confidence: the arithmetic on small numbers, and one round on the real questions."""

import numpy as np
import pytest
from conftest import ROOT

from assistant import confidence
from assistant.assistant import Assistant
from evals.cases import read_cases
from evals.fit import auc, fitted, held_out, samples


def test_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    # the pairs of an answerable and an unanswerable question: one in order, one tie, two the wrong way round
    assert auc(np.array([1, 1, 0, 0]), np.array([0.9, 0.1, 0.2, 0.9])) == pytest.approx(1.5 / 4)


def test_a_feature_that_tells_gets_the_weight_and_one_that_does_not_gets_none() -> None:
    chance = np.random.default_rng(1)
    y = np.array([0.0, 1.0] * 100)
    x = np.column_stack([np.ones(200), y + chance.normal(0, 0.3, 200), chance.normal(0, 1, 200)])
    _, telling, idle = fitted(x, y)
    assert telling > 3 and abs(idle) < 0.5
    assert auc(y, held_out(x, y, [str(at // 2) for at in range(200)])) > 0.95


def test_without_a_feature_the_model_says_how_many_are_answerable() -> None:
    (bias,) = fitted(np.ones((4, 1)), np.array([1.0, 1.0, 1.0, 0.0]))
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(0.75, abs=0.01)


def test_samples_are_taken_from_dev_questions_alone_and_leave_the_assistant_as_it_was(assistant: Assistant) -> None:
    before = confidence.confidence
    cases = read_cases(ROOT / "evals" / "questions" / "seeds.jsonl")[:40]
    found = samples(cases, assistant)
    assert confidence.confidence is before
    assert found and {sample.family for sample in found} <= {case.family for case in cases if case.split == "dev"}
    assert all(sample.features["bias"] == 1.0 for sample in found)
