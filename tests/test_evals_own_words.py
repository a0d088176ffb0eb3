"""Measures of how an answer is put: our own words, partial answers, and whether the wording of a question matters."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from evals import systems
from evals.__main__ import main
from evals.answers import Ranked, Response, Said, failed
from evals.cases import Case, parse_case, split_of
from evals.metrics.partial import owned_up, partly_right
from evals.metrics.readability import age_of, own_sentences, reading_age, sentence_length, syllables
from evals.metrics.tally import Tally
from evals.metrics.wordings import agreement, every_wording, groups
from evals.rerun import differing
from evals.scoring import Corpus, score, score_all, scoreboard

QUOTE = "Visits are rare."


def said(*statements: tuple[str, str], status: str = "answered", missing: tuple[str, ...] = ()) -> Response:
    """An answer of ``(kind, text)`` statements."""
    made = tuple(Said(text, kind, (), None) for kind, text in statements)
    return Response(status, " ".join(one.text for one in made), made, (), None, 1.0, missing=missing)


# --- reading age


@pytest.mark.parametrize(
    ("word", "count"),
    [("the", 1), ("wrote", 1), ("table", 2), ("related", 3), ("documents", 3), ("urgently", 3), ("2024", 1)],
)
def test_syllables_are_groups_of_vowels_without_a_silent_ending(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_reading_age_is_kincaids_grade_and_five_years() -> None:
    # 6 words of one syllable in one sentence: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45
    assert age_of(["The cat sat on the mat."]) == pytest.approx(-1.45 + 5)
    # in-spec-tors said the coun-cil an-swers fam-i-lies a lot soon-er: 9 words, 16 syllables
    sentence = "Inspectors said the council answers families a lot sooner."
    assert age_of([sentence]) == pytest.approx(0.39 * 9 + 11.8 * 16 / 9 - 15.59 + 5)


def test_only_our_own_words_are_read() -> None:
    response = said(
        ("lead", "Brent, 2024: what inspectors wrote [1]"),
        ("quote", "“Notwithstanding multitudinous considerations.”"),
        ("note", "“Related words of theirs.”"),
        ("gap", "The documents don't say how many. That is not a no."),
    )
    ours = ["Brent, 2024: what inspectors wrote ", "The documents don't say how many.", "That is not a no."]
    assert own_sentences(response) == ours
    assert sentence_length(response) == Tally(5 + 6 + 5, 3)
    assert reading_age(response) == pytest.approx(age_of(ours))


def test_an_answer_without_words_of_ours_is_not_judged() -> None:
    assert reading_age(said(("quote", QUOTE))) is None
    assert sentence_length(failed("broke")) is None


# --- partial answers


def case(name: str, quote: str = QUOTE, **expect: Any) -> Case:
    gold = {"document": "a.txt", "quote": quote, "grade": 2}
    value = {
        "id": name, "split": split_of(name), "tags": ["kind:fact", "user:parent", "lang:en"], "turns": name,
        "expect": {"status": "answered", "evidence": [[gold]], **expect}, "reference": "r", "provenance": "p",
    }  # fmt: skip
    return parse_case(json.dumps(value), 1)


def test_a_part_is_right_only_where_only_a_part_is_there() -> None:
    half = case("half", status="partly_answered").expected
    assert partly_right(half, said(status="partly_answered")) is True
    assert partly_right(half, said(status="answered")) is False
    assert partly_right(case("whole").expected, said(status="answered")) is None


def test_a_partial_answer_must_say_what_is_missing() -> None:
    assert owned_up(said(("quote", QUOTE), status="partly_answered")) is False
    assert owned_up(said(("gap", "The documents don't say when."), status="partly_answered")) is True
    assert owned_up(said(status="partly_answered", missing=("when",))) is True
    assert owned_up(said(status="answered")) is None


# --- wordings


def test_cases_that_want_the_same_evidence_are_one_question() -> None:
    judged = [
        (case("one"), True),
        (case("two", "Visits  are rare."), False),  # the same words, typed otherwise
        (case("other", "Nurses run clinics."), True),
        (case("strict", status="partly_answered"), True),  # accepts another status
    ]
    assert groups(judged) == [[True, False]]


def test_robustness_is_all_wordings_right_and_pairs_that_agree() -> None:
    assert every_wording([True, True]) == Tally(1.0, 1)
    assert every_wording([True, False, True]) == Tally(0.0, 1)
    assert agreement([True, False, True]) == Tally(1 / 3, 1)  # of three pairs one agrees


def test_the_scoreboard_holds_robustness_and_says_n() -> None:
    scores = score_all([case("one"), case("two"), case("other", "Nurses run clinics.")], {}, Corpus.of({"a.txt": "x"}))
    board = scoreboard(scores)
    assert (board["every_wording"].value, board["every_wording"].n) == (0.0, 1)
    assert (board["wordings_agree"].value, board["wordings_agree"].n) == (1.0, 1)  # both are errors


# --- asking again


def test_an_answer_differs_by_any_letter_and_not_by_its_timings() -> None:
    before: dict[str, dict[str, Any]] = {"a": {"answer": "x", "timings_ms": {"total": 1}}, "b": {"answer": "y"}}
    after: dict[str, dict[str, Any]] = {
        "a": {"answer": "x", "timings_ms": {"total": 2}},
        "b": {"answer": "Y"},
        "c": {"answer": "z"},
    }
    assert differing(before, after) == ["b", "c"]


@pytest.fixture
def asked(store: Path, tmp_path: Path) -> Path:
    """A run of two questions over the five documents."""
    seeds = Path(__file__).parents[1] / "evals" / "questions" / "seeds.jsonl"
    (tmp_path / "q.jsonl").write_text("".join(seeds.read_text(encoding="utf-8").splitlines(True)[:2]), encoding="utf-8")
    main(["run", "--questions", str(tmp_path / "q.jsonl"), "--store", str(store), "--runs", str(tmp_path), "--id", "r"])
    return tmp_path


def test_a_run_asked_again_comes_out_the_same(asked: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rerun", "r", "--runs", str(asked), "--store", str(store)]) == 0
    assert "2 of 2 answers are the same to the byte" in capsys.readouterr().out
    assert main(["report", "r", "--runs", str(asked)]) == 0
    assert "2 of 2 answers the same" in (asked / "r" / "report.html").read_text(encoding="utf-8")


def test_a_changed_answer_is_named(asked: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = asked / "r" / "answers.jsonl"
    first, second = map(json.loads, answers.read_text(encoding="utf-8").splitlines())
    first["answer"] += "!"
    answers.write_text(json.dumps(first) + "\n" + json.dumps(second) + "\n", encoding="utf-8")
    assert main(["rerun", "r", "--runs", str(asked), "--store", str(store)]) == 1
    assert f"1 of 2 answers are the same to the byte\n  {first['id']}" in capsys.readouterr().out


def test_over_other_documents_or_from_a_file_nothing_can_be_asked_again(
    asked: Path, hostile_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rerun", "r", "--runs", str(asked), "--store", str(hostile_store)]) == 3
    assert "other documents" in capsys.readouterr().err
    info = asked / "r" / "run.json"
    info.write_text(info.read_text().replace(f'"{systems.OURS}"', '"file"'))
    assert main(["rerun", "r", "--runs", str(asked), "--store", str(hostile_store)]) == 2
    assert "a file can't be asked again" in capsys.readouterr().err


# --- the place of the evidence in a ranking, by sentence and by passage


def test_retrieval_is_measured_on_sentences_and_on_their_passages() -> None:
    text = "Nurses run clinics. Visits are rare. Waits fell by half."
    # The gold sentence ranks second; the passage of the first one holds it.
    ranked = (Ranked("a.txt", (0, 19), (0, 36)), Ranked("a.txt", (20, 36), (0, 36)))
    response = Response("answered", "", (), (), None, 1.0, ranked=ranked)
    tallies = score(case("one"), response, Corpus.of({"a.txt": text})).tallies
    assert (tallies["retrieved_mrr"], tallies["passages_mrr"]) == (Tally(0.5, 1), Tally(1.0, 1))
    assert tallies["retrieved_ndcg_10"].hits == pytest.approx(1 / math.log2(3))
    assert (tallies["passages_ndcg_10"], tallies["passages_5"]) == (Tally(1.0, 1), Tally(1.0, 1))
