"""Retrieval measured before anything is chosen, and the plain systems that stand beside the assistant."""

import math
from pathlib import Path
from typing import Any

import pytest

from assistant.support.folding import fold
from evals.answers import Ranked, parse_answer
from evals.cases import Gold
from evals.metrics.quotes import Fidelity, fidelity
from evals.metrics.retrieval import as_names, ndcg_at, recall_at, reciprocal_rank
from evals.metrics.spans import place_gold
from evals.plain import QUOTED, Abstain, Bm25, Lead, Library
from evals.runner import Asker, AssistantAsker
from evals.sources import SourcesError
from evals.systems import systems

TEXT = "Visits are rare. Nurses run clinics. Waits fell by half."
DOCUMENTS = {"a.txt": fold(TEXT)}
QUESTION = "How many children have an EHC plan in Barking and Dagenham?"


@pytest.mark.parametrize(
    ("ranking", "relevant", "k", "share"),
    [(["a", "b"], ["b"], 1, 0), (["a", "b"], ["b"], 2, 1), (["a", "b", "c"], ["a", "c"], 2, 1 / 2), ([], ["a"], 5, 0)],
)
def test_recall_at_k(ranking: list[str], relevant: list[str], k: int, share: float) -> None:
    assert recall_at(ranking, relevant, k) == share


@pytest.mark.parametrize(
    ("ranking", "grades", "value"),
    [
        (["a", "b"], {"a": 2, "b": 1}, 1.0),
        (["b", "a"], {"a": 2, "b": 1}, (1 / 1 + 2 / math.log2(3)) / (2 / 1 + 1 / math.log2(3))),
        (["x", "a"], {"a": 2}, 1 / math.log2(3)),
        (["x"], {"a": 2}, 0.0),
    ],
)
def test_ndcg_discounts_by_the_logarithm_of_the_rank(ranking: list[str], grades: dict[str, int], value: float) -> None:
    assert ndcg_at(ranking, grades, 10) == pytest.approx(value)


@pytest.mark.parametrize(("ranking", "value"), [(["a"], 1), (["x", "y", "a"], 1 / 3), (["x"], 0)])
def test_the_reciprocal_rank_is_of_the_first_relevant(ranking: list[str], value: float) -> None:
    assert reciprocal_rank(ranking, ["a", "b"]) == value


def test_the_formulas_agree_with_ir_measures() -> None:
    library = pytest.importorskip("ir_measures", reason="needs pip install ir-measures")
    grades = {"q1": {"a": 2, "b": 1, "c": 1}, "q2": {"d": 2}}
    rankings = {"q1": ["x", "b", "a", "y", "z"], "q2": ["x", "y", "z", "d"]}
    qrels = [library.Qrel(q, name, grade) for q, names in grades.items() for name, grade in names.items()]
    run = [library.ScoredDoc(q, name, -rank) for q, names in rankings.items() for rank, name in enumerate(names)]
    measures = [library.nDCG @ 3, library.nDCG @ 10, library.R @ 3, library.RR]
    theirs = {(one.query_id, str(one.measure)): one.value for one in library.iter_calc(measures, qrels, run)}
    for name, ranking in rankings.items():
        assert ndcg_at(ranking, grades[name], 3) == pytest.approx(theirs[name, "nDCG@3"])
        assert ndcg_at(ranking, grades[name], 10) == pytest.approx(theirs[name, "nDCG@10"])
        assert recall_at(ranking, list(grades[name]), 3) == pytest.approx(theirs[name, "R@3"])
        assert reciprocal_rank(ranking, list(grades[name])) == pytest.approx(theirs[name, "RR"])


def hit(sentence: str, passage: str = "") -> Ranked:
    start, around = TEXT.find(sentence), TEXT.find(passage or sentence)
    return Ranked("a.txt", (start, start + len(sentence)), (around, around + len(passage or sentence)))


@pytest.mark.parametrize(
    ("hits", "passages", "names"),
    [
        ([hit("Nurses run clinics."), hit("Visits are rare.")], False, ["", "0"]),
        ([hit("Visits are rare."), hit("Visits are rare.")], False, ["0"]),  # the same sentence again is no new rank
        ([hit("Nurses run clinics.", TEXT), hit("Waits fell by half.", TEXT)], True, ["0", "1"]),
        ([Ranked("lost.txt", (0, 5), (0, 5))], False, []),
    ],
)
def test_a_ranked_sentence_stands_for_the_gold_it_is_the_first_to_cover(
    hits: list[Ranked], passages: bool, names: list[str]
) -> None:
    quotes = ["Visits are rare.", "Waits fell by half."]
    golds = [place_gold(Gold("a.txt", quote, 2, (), None, ()), DOCUMENTS) for quote in quotes]
    assert as_names(golds, hits, DOCUMENTS, passages) == names


@pytest.mark.parametrize(
    "entry",
    [{"document": "a"}, {"document": "a", "start": 0, "end": 1, "passage": [1]}, {"start": 0, "end": 1}],
)
def test_a_malformed_ranking_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="ranked sentence"):
        parse_answer({"format": 1, "status": "answered", "ranked": [entry]})


# --- the systems


@pytest.mark.parametrize("name", ["assistant", "llama", "bm25", "lead", "abstain"])
def test_every_system_answers_in_the_format_with_exact_quotations(store: Path, name: str) -> None:
    system: Asker = systems(store)[name]()
    response = parse_answer(system.ask([QUESTION]))
    texts = {one.name: one.text for one in Library(store).documents}
    folded = {document: fold(text) for document, text in texts.items()}
    assert response.answered is (name != "abstain")
    assert {fidelity(one, texts, folded) for one in response.citations} <= {Fidelity.EXACT}


def test_the_lead_is_of_the_area_named(store: Path) -> None:
    cited = parse_answer(Lead(store).ask(["What about Brent?"])).citations
    assert len(cited) == QUOTED
    assert {one.document for one in cited} == {"002_95cf3be16c073dd3.txt"}


def test_bm25_finds_by_words_and_refuses_where_it_knows_none(store: Path) -> None:
    system = Bm25(store)
    assert "antenatal" in parse_answer(system.ask(["antenatal visit"])).citations[0].quote
    assert parse_answer(system.ask(["xylophone zebra"])).status == "not_found"


def test_abstaining_cites_nothing() -> None:
    assert parse_answer(Abstain().ask([QUESTION])).citations == ()


def test_the_assistant_tells_what_it_ranked_and_how_sure_it_is(store: Path) -> None:
    response = parse_answer(AssistantAsker(store).ask(["What about visits?", QUESTION]))
    assert len(response.ranked) > QUOTED
    assert response.confidence is not None


@pytest.mark.parametrize("name", ["assistant", "bm25", "lead", "llama"])
def test_without_a_store_every_system_says_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourcesError, match="python -m index build"):
        systems(tmp_path)[name]()
