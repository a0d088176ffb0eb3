"""How often the gate of the language-model writer is right, held to floors: the false caught, the true let by."""

from collections import defaultdict

import pytest

from evals.gatekeeping import table, trials
from evals.validation import Trial, read_paraphrases

CAUGHT, CAUGHT_OF_A_KIND = 0.98, 0.95
LET_BY = 0.85  # of true statements; 0.90 is wanted, and not reached on the test half


@pytest.fixture(scope="module")
def done() -> list[Trial]:
    return list(trials(read_paraphrases()))


def share(of: list[Trial]) -> float:
    return sum(trial.true is trial.supported for trial in of) / len(of)


def test_false_statements_are_caught_on_the_whole_and_of_every_kind(done: list[Trial]) -> None:
    false = [trial for trial in done if not trial.true]
    kinds = defaultdict(list)
    for trial in false:
        kinds[trial.kind].append(trial)
    assert len(false) >= 400
    assert share(false) >= CAUGHT
    assert {kind: share(of) for kind, of in kinds.items() if share(of) < CAUGHT_OF_A_KIND} == {}
    assert {"number", "unit", "date", "area", "speaker", "negation", "qualifier", "fused", "wrong citation"} <= set(
        kinds
    )


def test_most_faithful_paraphrases_are_let_by(done: list[Trial]) -> None:
    true = [trial for trial in done if trial.kind == "paraphrase"]
    assert len(true) >= 200
    assert share(true) >= LET_BY


def test_the_table_says_n_for_both_halves(done: list[Trial]) -> None:
    rows = table(done).splitlines()
    assert rows[0].startswith("paraphrase")
    assert all(row.count("n=") == 3 for row in rows)
