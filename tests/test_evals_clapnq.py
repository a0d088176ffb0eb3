"""CLAPNQ: its files, its arithmetic beside the field's own library, and the whole command on a few passages of ours."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.clapnq import board
from evals.clapnq.__main__ import main
from evals.clapnq.choosers import Choice, lead, nothing, whole
from evals.clapnq.data import FILES, Question, Reference, read_questions
from evals.clapnq.measures import rouge_l, sentence_match, token_match, word_recall, words

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "clapnq"

KETTLE = ("A kettle boils water .", "Most kettles switch themselves off .", "Some are blue .", "Tea is made with it .")
BRIDGE = ("The old bridge crosses the river Wey .", "It was built of stone in 1604 .", "Cars may not use it .")
OWLS = ("Owls hunt at night .", "Their feathers are soft and make no sound .", "Owls swallow small prey whole .")


def line(number: int, asked: str, title: str, sentences: tuple[str, ...], answer: str, *chosen: int) -> str:
    """A line as the authors write it."""
    output = {"answer": answer, "selected_sentences": [sentences[at] for at in chosen], "meta": {"skip": False}}
    passage = {"title": title, "text": " ".join(sentences), "sentences": list(sentences)}
    return json.dumps({"id": str(number), "input": asked, "passages": [passage], "output": [output]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three questions that their passages answer, and one that its passage does not."""
    answerable = [
        line(1, "when was the old stone bridge built", "Wey bridge", BRIDGE, "It was built of stone in 1604.", 1),
        line(2, "why do owls make no sound when they fly", "Owl", OWLS, "Their feathers are soft.", 1),
        line(3, "do kettles switch themselves off", "Kettle", KETTLE, "Most kettles do.", 1),
    ]
    place = tmp_path / "clapnq"
    place.mkdir()
    (place / FILES[0]).write_text("\n".join(answerable), encoding="utf-8")
    (place / FILES[1]).write_text(
        line(4, "who painted the ceiling", "Sistine", ("It is high .",), ""), encoding="utf-8"
    )
    return place


# --- its files


def test_a_question_is_read_with_the_sentences_its_annotators_chose(folder: Path) -> None:
    first, *_, last = read_questions(folder)
    assert first.references == (Reference("It was built of stone in 1604.", frozenset({1})),)
    assert (first.answerable, last.answerable) == (True, False)


def test_an_annotator_who_skipped_gives_no_reference(folder: Path) -> None:
    value = json.loads((folder / FILES[0]).read_text(encoding="utf-8").splitlines()[0])
    value["output"].append({"answer": "never mind", "selected_sentences": [], "meta": {"skip": True}})
    (folder / FILES[0]).write_text(json.dumps(value), encoding="utf-8")
    assert len(read_questions(folder)[0].references) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda value: value.pop("input"), "'input' must be a text that is not empty"),
        (lambda value: value["passages"].append(value["passages"][0]), "a question needs one passage"),
        (lambda value: value["passages"][0].pop("sentences"), "'sentences' must be"),
        (lambda value: value["output"][0].pop("answer"), "an output needs an 'answer'"),
    ],
)
def test_a_faulty_line_is_named(change: Any, says: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (folder / FILES[0]).read_text(encoding="utf-8").splitlines()
    value = json.loads(lines[1])
    change(value)
    (folder / FILES[0]).write_text("\n".join([lines[0], json.dumps(value)]), encoding="utf-8")
    assert main([str(folder)]) == 2
    said = capsys.readouterr().err
    assert f"{FILES[0]}:2: " in said
    assert says in said


def test_a_folder_without_the_files_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    said = capsys.readouterr().err.strip()
    assert FILES[0] in said
    assert "\n" not in said


# --- the arithmetic


def test_rouge_l_is_the_longest_common_subsequence_over_both_lengths() -> None:
    found = rouge_l("the bridge was built in 1604", "The bridge, built of stone in 1604.")
    # the bridge built in 1604: 5 words in order, of 6 in the reference and of 7 in the answer
    assert (found.recall, found.precision) == (5 / 6, 5 / 7)
    assert found.f1 == pytest.approx(2 * (5 / 6) * (5 / 7) / (5 / 6 + 5 / 7))


SOME_WORDS = st.lists(st.sampled_from(["The", "bridge", "was", "built", "1604", "stone,", "in", "Wey's", "(old)"]))


@settings(deadline=None)  # the library is loaded in the first example
@given(SOME_WORDS, SOME_WORDS)
def test_rouge_l_agrees_with_rouge_score(reference: list[str], given_: list[str]) -> None:
    library = pytest.importorskip("rouge_score.rouge_scorer", reason="needs pip install rouge-score")
    one, other = " ".join(reference), " ".join(given_)
    theirs = library.RougeScorer(["rougeL"], use_stemmer=False).score(one, other)["rougeL"]
    ours = rouge_l(one, other)
    assert (ours.precision, ours.recall, ours.f1) == pytest.approx((theirs.precision, theirs.recall, theirs.fmeasure))


def test_recall_counts_each_word_as_often_as_the_reference_has_it() -> None:
    assert word_recall("the old, the new", "the old") == 2 / 4


def test_evidence_weighs_sentences_alike_or_by_their_words() -> None:
    gold, chosen = {1}, (1, 2)
    # one of the two chosen is gold, and all the gold is chosen
    assert sentence_match(gold, chosen).f1 == pytest.approx(2 * 0.5 * 1 / 1.5)
    # 7 words of the gold sentence, of 7 + 5 chosen
    assert [len(words(BRIDGE[at])) for at in (1, 2)] == [7, 5]
    assert token_match(BRIDGE, gold, chosen).f1 == pytest.approx(2 * (7 / 12) / (7 / 12 + 1))


def test_nothing_chosen_scores_nothing() -> None:
    assert sentence_match({1}, ()).f1 == token_match(BRIDGE, {1}, ()).f1 == rouge_l("a b", "").f1 == 0


def test_a_refusal_is_right_only_where_the_passage_does_not_answer() -> None:
    yes = Question("1", "q", "t", BRIDGE, (Reference("a", frozenset({0})),))
    no = Question("2", "q", "t", BRIDGE, ())
    refusing_all = board.refusal_row("x", [yes, no, no, yes], nothing).values
    # 4 refusals, 2 of them right; both unanswerable ones refused: F1 = 2 × ½ × 1 / 1½
    assert (refusing_all["precision"].value, refusing_all["recall"].value) == (0.5, 1.0)
    assert refusing_all["f1"].value == pytest.approx(2 / 3)
    assert refusing_all["auc"].value is None
    sure = {"1": 0.9, "2": 0.1}
    row = board.refusal_row("y", [yes, no], lambda one: Choice((0,) if sure[one.id] > 0.5 else (), sure[one.id])).values
    assert (row["f1"].value, row["auc"].value, row["answered"].value) == (1.0, 1.0, 1.0)


# --- the whole command


def test_the_command_measures_the_assistant_beside_plain_rules(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder), "--store", str(tmp_path / "store"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["evidence"]["whole passage"]["sentence_f1"]["value"] == pytest.approx((2 / 4 + 2 / 4 + 2 / 5) / 3)
    assert found["evidence"]["always abstain"]["rouge_l_max"]["value"] == 0
    # Each of these questions shares words with one sentence alone, which is the gold one.
    assert found["evidence"]["BM25 3"]["word_recall_max"]["value"] > 0.8
    assert found["evidence"]["assistant, made to answer"]["sentence_f1"]["value"] > 0.5
    assert found["retrieval"]["assistant"]["recall_1"] == {"value": 1.0, "n": 3, "interval": [1.0, 1.0]}
    assert found["refusal"]["always abstain"]["recall"]["n"] == 1
    assert found["evidence"]["light scorer (10 folds by question), made to answer"]["token_f1"]["n"] == 3
    assert found["retrieval"]["light scorer (10 folds by question)"]["recall_5"]["value"] == 1.0
    assert main([str(folder), "--store", str(tmp_path / "store")]) == 0
    said = capsys.readouterr().out
    assert "Retrieval among 4 passages" in said
    assert "VerbatimRAG" in said


def test_a_store_of_other_passages_is_made_to_hold_these(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in FILES:
        (other / name).write_text(line(7, "what", "Kettle", KETTLE, "It boils.", 0), encoding="utf-8")
    store = ["--store", str(tmp_path / "store"), "--json"]
    assert main([str(other), *store]) == 0
    assert "light scorer" not in capsys.readouterr().out  # of one article none can be held out
    assert main([str(folder), *store]) == 0


@pytest.mark.skipif(os.environ.get("CI") == "true", reason="measured by hand: CLAPNQ is not on CI")
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no CLAPNQ in {CORPUS}")
def test_published_rows_come_out_within_a_point() -> None:
    questions = read_questions(CORPUS)
    everything = board.evidence_row("whole", questions, whole).values
    first = board.evidence_row("lead", questions, lead).values
    assert everything["rouge_l_max"].value == pytest.approx(0.495, abs=0.01)
    assert everything["word_recall_max"].value == pytest.approx(0.974, abs=0.01)
    assert first["rouge_l_first"].value == pytest.approx(0.435, abs=0.01)
    assert everything["sentence_f1"].value == pytest.approx(0.6, abs=0.05)
