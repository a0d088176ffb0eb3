"""The question files: what a case may hold, what is refused and with which words, and that our own set is sound."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support.folding import fold, folded
from evals.__main__ import main
from evals.answers import AnswersFileError, read_answers
from evals.cases import QuestionFileError, read_cases, split_of, unfindable_quotes
from evals.commands import MISUSED, QUESTIONS
from evals.floors import check_floors, read_floors
from evals.metrics.tally import Estimate
from evals.sources import texts_in
from evals.strict import FormatError

SEEDS = Path(__file__).parents[1] / "seeds"
TEXT = "Some families wait. Too few families\nreceive an antenatal visit."


def case(**changes: Any) -> dict[str, Any]:
    """A sound case with some fields replaced, or dropped where the replacement is ``None``."""
    sound = {
        "id": "visit-1",
        "split": split_of("visit-1"),
        "tags": ["kind:finding", "user:parent", "lang:en"],
        "turns": ["Does a nurse visit before the birth?"],
        "expect": {"status": "answered", "evidence": [[gold("Too few families receive an antenatal visit.")]]},
        "reference": "Too few families get one.",
        "provenance": "hand-written",
    }
    return {key: value for key, value in {**sound, **changes}.items() if value is not None}


def gold(quote: str, **changes: Any) -> dict[str, Any]:
    return {"document": "a.txt", "quote": quote, "grade": 2, **changes}


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines))
    return path


def test_a_sound_case_is_read_with_its_line(tmp_path: Path) -> None:
    (one,) = read_cases(write(tmp_path, "", case()))
    assert (one.id, one.family, one.line, one.expected.answerable) == ("visit-1", "visit-1", 2, True)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"colour": "red"}, "unknown field 'colour'"),
        ({"id": None}, "'id' must be a text"),
        ({"turns": []}, "'turns' must be a text or a list of texts"),
        ({"turns": ["one", " "]}, "empty turn"),
        ({"tags": ["kind:finding", "user:parent"]}, "exactly one lang: tag"),
        ({"tags": ["finding"]}, "tag 'finding' must be one of"),
        ({"split": "train"}, "split must be"),
        ({"scope": {"town": "Brent"}}, "'scope': unknown field 'town'"),
        ({"scope": {"from": "2017"}}, "'from' must be a whole number"),
        ({"expect": None}, "'expect' must be an object"),
        ({"expect": {"status": "maybe"}}, "unknown status 'maybe'"),
        ({"expect": {"status": "answered"}}, "needs 'evidence'"),
        ({"expect": {"status": "not_found", "evidence": [[gold("x")]]}}, "can't have 'evidence'"),
        ({"expect": {"status": "answered", "evidence": [[gold("x", grade=1)]]}}, "needs a quote of grade 2"),
        ({"expect": {"status": "answered", "evidence": [[gold("x", grade=3)]]}}, "must be 1 or 2"),
        ({"expect": {"status": "answered", "evidence": [[gold("x", speaker="me")]]}}, "unknown speaker 'me'"),
        ({"expect": {"status": "not_found", "verdict": "true"}}, "unknown verdict 'true'"),
        ({"expect": {"status": "not_found", "must_not": "("}}, "is not a regular expression"),
        ({"expect": {"status": "not_found", "nuggets": [{"any": "x", "vitale": True}]}}, "unknown field 'vitale'"),
    ],
)
def test_a_faulty_case_is_refused_with_its_file_line_and_fault(
    tmp_path: Path, changes: dict[str, Any], complaint: str
) -> None:
    path = write(tmp_path, case(**changes))
    with pytest.raises(QuestionFileError) as refused:
        read_cases(path)
    (line,) = refused.value.problems
    assert line.startswith(f"{path}:1: ")
    assert complaint in line


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError) as refused:
        read_cases(write(tmp_path, "{", case(), case(), case(id="b", split="x")))
    assert [problem.rsplit("jsonl:")[1].split(":")[0] for problem in refused.value.problems] == ["1", "3", "4"]


def test_a_gold_quote_that_is_not_in_its_document_is_named_and_a_lost_document_once(tmp_path: Path) -> None:
    lost = [gold("x", document="b.txt"), gold("y", document="b.txt")]
    evidence = [[gold("Too many families"), gold("Too few families receive"), *lost]]
    path = write(tmp_path, case(expect={"status": "answered", "evidence": evidence}))
    faults = unfindable_quotes(read_cases(path), {"a.txt": TEXT}, path)
    assert faults == (
        f"{path}:1: visit-1: gold quote not in a.txt: 'Too many families'",
        f"{path}:1: visit-1: document 'b.txt' is not among the sources (1 of these questions' documents are not); "
        "build a store that holds them: python -m index build --source FOLDER",
    )


@pytest.mark.parametrize(
    ("source", "typed"),
    [
        ("the child’s “plan”", 'the child\'s "plan"'),
        ("from\u00a0here", "from here"),
        ("skills\n\nand knowledge", "skills and knowledge"),
        ("<p>Start.</p> <ul> <li>Go</li></ul>", "Start. Go"),
        ('see <a href="x">the site</a>.', "see the site."),
        ("8–12 July", "8-12 July"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_folding_lets_typed_quotes_meet_printed_ones(source: str, typed: str) -> None:
    assert folded(source) == folded(typed)


@pytest.mark.parametrize(("one", "other"), [("5%", "6%"), ("not held", "held"), ("Too few", "too few"), ("a.", "a")])
def test_folding_never_makes_different_words_equal(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_every_folded_character_comes_from_a_later_place_than_the_one_before(text: str) -> None:
    result = fold(text)
    assert len(result.text) == len(result.origin)
    assert list(result.origin) == sorted(set(result.origin))
    assert all(0 <= place < len(text) for place in result.origin)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_family_shares_one_split_and_about_six_in_ten_are_dev() -> None:
    dev = sum(split_of(f"family-{number}") == "dev" for number in range(1000))
    assert 550 < dev < 650


def test_every_gold_quote_of_our_own_set_stands_in_the_seeds() -> None:
    cases = read_cases(QUESTIONS)
    assert unfindable_quotes(cases, texts_in(SEEDS), QUESTIONS) == ()


def test_our_own_set_asks_what_it_promises() -> None:
    cases = read_cases(QUESTIONS)
    unanswerable = sum(one.expected.answerable is False for one in cases)
    assert len(cases) >= 200
    assert 0.2 <= unanswerable / len(cases) <= 0.35
    assert sum(len(one.turns) > 1 for one in cases) >= 20
    assert sum("lang:en" not in one.tags for one in cases) >= 12


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not valid JSON"),
        ('{"id": "unknown", "error": "x"}', "no case has the id 'unknown'"),
        ('{"id": "visit-1", "format": 2}', "'format' must be 1"),
        ('{"id": "visit-1", "format": 1, "status": "fine"}', "unknown status 'fine'"),
        ('{"id": "visit-1", "format": 1, "status": "answered", "citations": [{}]}', "a citation needs whole numbers"),
    ],
)
def test_a_faulty_answers_file_is_refused_with_file_line_and_fault(tmp_path: Path, line: str, complaint: str) -> None:
    path = write(tmp_path, '{"id": "other", "error": "x"}', line)
    with pytest.raises(AnswersFileError) as refused:
        read_answers(path, frozenset({"visit-1", "other"}))
    (problem,) = refused.value.problems
    assert problem.startswith(f"{path}:2: ")
    assert complaint in problem


def test_a_second_answer_to_a_case_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, *['{"id": "visit-1", "error": "x"}'] * 2)
    with pytest.raises(AnswersFileError, match="a second answer to 'visit-1'"):
        read_answers(path, frozenset({"visit-1"}))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ('{"speed": {"min": 1}}', "unknown measure 'speed'"),
        ('{"errors": {}}', "needs a number"),
        ('{"errors": {"maximum": 0}}', "unknown field|needs a number"),
        ("[]", "must be an object"),
        ("{", "can't be read as JSON"),
    ],
)
def test_faulty_floors_are_refused(tmp_path: Path, table: str, complaint: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(table)
    with pytest.raises(FormatError, match=complaint):
        read_floors(path)


@pytest.mark.parametrize(("value", "held"), [(0.5, True), (0.49, False), (None, None)])
def test_a_floor_holds_at_its_own_number_and_is_not_judged_by_nothing(
    tmp_path: Path, value: float | None, held: bool | None
) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"evidence_recall": {"min": 0.5}}')
    (result,) = check_floors(read_floors(path), {"evidence_recall": Estimate(value, 1, None)})
    assert result.held is held


def test_the_committed_floors_name_known_measures() -> None:
    assert {floor.measure for floor in read_floors()} >= {"quote_fidelity", "dangling_marks"}


def test_lint_prints_one_line_and_a_bad_file_exits_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--sources", str(SEEDS)]) == 0
    assert "all found" in capsys.readouterr().out
    bad = write(tmp_path, case(colour="red"))
    assert main(["lint", "--sources", str(SEEDS), str(bad)]) == MISUSED
    assert capsys.readouterr().err == f"{bad}:1: the line: unknown field 'colour'\n"
