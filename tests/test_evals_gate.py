"""Runs kept on disk, two runs compared, and the gate: what stops a change, what does not, and what can't be told."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from evals import commands, systems
from evals.__main__ import main
from evals.baseline import differences, read_baseline
from evals.cases import split_of
from evals.compare import Finding, compare
from evals.metrics.tally import Tally
from evals.provenance import answer_hash, corpus_hash
from evals.records import Record, as_json, read_records
from evals.runs import RunFolderError, open_run
from evals.significance import continuous, holm, mcnemar, pass_fail
from evals.strict import FormatError

SEEDS = Path(__file__).parents[1] / "seeds"
TEXT = "Visits are rare. Nurses run clinics. Waits fell by half. Of these, 2,914 have a plan."


# --- statistics


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [
        (0, 0, 1.0),
        (0, 1, 1.0),  # 2 · ½
        (0, 5, 0.0625),  # 2 · ½⁵
        (0, 6, 0.03125),  # 2 · ½⁶
        (3, 3, 1.0),
        (1, 7, 2 * (1 + 8) / 2**8),
        (9, 2, 2 * (1 + 11 + 55) / 2**11),
    ],
)
def test_mcnemar_is_the_exact_binomial_of_the_cases_that_changed(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)


@pytest.mark.parametrize(
    ("pairs", "difference", "detectable"),
    [
        ([(True, True)] * 5, 0.0, None),  # even all five lost would give p 0.0625
        ([(True, True)] * 6, 0.0, 6 / 6),  # six lost of six: p 0.03125
        ([(True, False)] * 6 + [(True, True)] * 94, -6 / 100, 6 / 100),
        ([(False, True)] * 2 + [(True, True)] * 98, 2 / 100, 8 / 100),  # 2 gained need 10 lost: p 0.039
    ],
)
def test_the_smallest_loss_that_could_have_been_seen_is_told(
    pairs: list[tuple[bool, bool]], difference: float, detectable: float | None
) -> None:
    test = pass_fail(pairs, 0.05)
    assert test.difference == pytest.approx(difference)
    assert test.detectable == (None if detectable is None else pytest.approx(detectable))


def test_a_constant_loss_is_sure_and_a_wavering_one_is_not() -> None:
    names = [str(number) for number in range(40)]
    assert continuous([(0.8, 0.6)] * 40, names, 0.05).p < 0.001
    wavering = [(0.5, 0.5 + 0.2 * (-1) ** number) for number in range(40)]
    assert continuous(wavering, names, 0.05).p > 0.5


def test_many_wordings_of_one_question_make_a_difference_no_surer() -> None:
    pairs = [(0.9, 0.7), (0.5, 0.6), (0.8, 0.7), (0.4, 0.45), (0.9, 0.6), (0.7, 0.7)]
    names = [str(number) for number in range(6)]
    alone, tenfold = continuous(pairs, names, 0.05), continuous(pairs * 10, names * 10, 0.05)
    assert tenfold.p == pytest.approx(alone.p)
    assert continuous(pairs, ["one"] * 6, 0.05).p == 1


@pytest.mark.parametrize(
    ("values", "corrected"),
    [([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]), ([0.5], [0.5]), ([], []), ([0.9, 0.9], [1.0, 1.0])],
)
def test_holms_correction_multiplies_the_smallest_most_and_keeps_the_order(
    values: list[float], corrected: list[float]
) -> None:
    assert holm(values) == pytest.approx(corrected)


# --- comparing


def record(name: str, passed: bool = True, recall: float = 1.0, tags: Sequence[str] = ("kind:finding",)) -> Record:
    tallies = {"passed": Tally(float(passed), 1), "evidence_recall": Tally(recall, 1)}
    reasons = () if passed else ("gold evidence not cited",)
    return Record(name, "dev", name, tuple(tags), "answered", f"{passed}{recall}", reasons, tallies)


def side(n: int, failing: int = 0, recall: float = 1.0) -> dict[str, Record]:
    return {f"c{number}": record(f"c{number}", number >= failing, recall) for number in range(n)}


def found(old: Mapping[str, Record], new: Mapping[str, Record], measure: str) -> Finding:
    return next(change.finding for change in compare(old, new).changes if change.measure == measure)


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (side(100), side(100), Finding.UNCHANGED),
        (side(100), side(100, failing=1), Finding.INCONCLUSIVE),
        (side(100), side(100, failing=12), Finding.WORSE),
        (side(100, failing=12), side(100), Finding.BETTER),
        (side(4), side(4, failing=4), Finding.INCONCLUSIVE),  # a tiny set can't tell, and says so
    ],
)
def test_a_measure_is_worse_only_where_chance_is_ruled_out(
    old: dict[str, Record], new: dict[str, Record], finding: Finding
) -> None:
    assert found(old, new, "passed") is finding


def test_a_case_that_only_one_run_could_be_judged_on_takes_no_part_in_the_test() -> None:
    old, new = side(30), side(30, recall=0.2)
    half = {name: replace(one, tallies={"passed": one.tallies["passed"]}) for name, one in list(new.items())[:29]}
    change = next(c for c in compare(old, {**new, **half}).changes if c.measure == "evidence_recall")
    assert change.test is not None
    assert change.test.n == 1


def test_records_survive_the_way_to_disk_and_back() -> None:
    one = record("c1", passed=False, recall=1 / 3)
    back = read_records([json.loads(json.dumps(as_json(one)))])["c1"]
    assert back.tallies["evidence_recall"].hits == pytest.approx(1 / 3, abs=1e-6)
    assert replace(back, tallies=one.tallies) == one


@pytest.mark.parametrize(
    ("change", "complaint"),
    [({"colour": 1}, "unknown field"), ({"passed": True}, "reasons if"), ({"tallies": []}, "must be an object")],
)
def test_a_faulty_record_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(FormatError, match=complaint):
        read_records([{**as_json(record("c1", passed=False)), **change}])


# --- hashes


def test_timings_are_no_difference_and_a_changed_word_is() -> None:
    answer = {"id": "a", "answer": "one", "timings_ms": {"total": 3}}
    assert answer_hash(answer) == answer_hash({**answer, "timings_ms": {"total": 9}})
    assert answer_hash(answer) != answer_hash({**answer, "answer": "two"})


def test_a_corpus_is_the_same_in_any_order_and_another_when_a_letter_moves() -> None:
    assert corpus_hash({"a": "x", "b": "y"}) == corpus_hash({"b": "y", "a": "x"})
    assert corpus_hash({"a": "xb", "c": "y"}) != corpus_hash({"a": "x", "bc": "y"})


# --- runs and the gate from end to end, on answers from a file

NAMES = [name for name in (f"visit-{number}" for number in range(60)) if split_of(name) == "dev"][:24]


GOLD = {"document": "a.txt", "quote": "Visits are rare.", "grade": 2}


def question(name: str, kind: str = "finding") -> dict[str, Any]:
    return {
        "id": name, "split": split_of(name), "tags": [f"kind:{kind}", "user:parent", "lang:en"], "turns": "Visits?",
        "expect": {"status": "answered", "evidence": [[GOLD]]},
        "reference": "Rare.", "provenance": "test",
    }  # fmt: skip


def reply(name: str, quote: str = "Visits are rare.", start: int | None = None) -> dict[str, Any]:
    place = TEXT.find(quote) if start is None else start
    cited = {"id": 1, "document": "a.txt", "quote": quote, "start": place, "end": place + len(quote)}
    return {
        "id": name, "format": 1, "status": "answered", "answer": f"{quote} [1]",
        "statements": [{"text": quote, "kind": "quote", "citations": [1]}], "citations": [cited],
    }  # fmt: skip


class Desk:
    """A folder with a document, questions, and the commands on them."""

    def __init__(self, folder: Path, questions: Sequence[dict[str, Any]]) -> None:
        self.folder = folder
        (folder / "a.txt").write_text(TEXT)
        self.ask(questions)

    def ask(self, questions: Sequence[dict[str, Any]]) -> None:
        (self.folder / "q.jsonl").write_text("".join(json.dumps(one) + "\n" for one in questions))

    def run(self, name: str, answers: Sequence[dict[str, Any]]) -> int:
        (self.folder / "answers.jsonl").write_text("".join(json.dumps(one) + "\n" for one in answers))
        paths = {"--questions": "q.jsonl", "--answers": "answers.jsonl", "--sources": ".", "--runs": "runs"}
        return main(["run", "--id", name, *self._paths(paths)])

    def do(self, command: str, *more: str) -> int:
        at_runs = {"--runs": "runs"} if command == "compare" else {"--runs": "runs", "--baseline": "baseline.json"}
        return main([command, *self._paths(at_runs), *more])

    def _paths(self, options: Mapping[str, str]) -> list[str]:
        return [part for name, path in options.items() for part in (name, str(self.folder / path))]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Twenty-four questions, a perfect run, blessed."""
    made = Desk(tmp_path, [question(name) for name in NAMES])
    made.run("first", [reply(name) for name in NAMES])
    assert made.do("bless", "first", "--reason", "the first one") == 0
    return made


def test_an_unchanged_rerun_passes(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.run("again", [reply(name) for name in NAMES])
    assert desk.do("gate", "again") == 0
    told = capsys.readouterr().out
    assert "24 of 24 answers are the same to the byte" in told
    assert told.endswith("The gate passes\n")


def test_a_real_loss_of_evidence_is_a_regression(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.run(
        "worse",
        [reply(name, "Nurses run clinics." if at < 12 else "Visits are rare.") for at, name in enumerate(NAMES)],
    )
    assert desk.do("gate", "worse") == 1
    told = capsys.readouterr().out
    assert "worse: cases passed 1.000 → 0.500" in told
    assert "Newly failed: 12" in told


def test_one_altered_digit_in_a_quotation_breaks_a_floor(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    quote = "Of these, 2,914 have a plan."
    forged = reply(NAMES[0], quote.replace("2,914", "2,915"), start=TEXT.find(quote))
    desk.run("forged", [forged, *(reply(name) for name in NAMES[1:])])
    assert desk.do("gate", "forged") == 1
    assert "floor broken: quote_fidelity is 0.9583, min 1 is asked for" in capsys.readouterr().out


def test_a_loss_too_small_to_tell_is_inconclusive_and_names_what_would_have_been_seen(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.run("unsure", [reply(NAMES[0], "Nurses run clinics."), *(reply(name) for name in NAMES[1:])])
    assert desk.do("gate", "unsure") == 0
    told = capsys.readouterr().out
    assert "inconclusive (p=1.00, n=24; a loss under 0.375 would not be seen)" in told  # 9 of 24: p 0.004 < 0.05 / 8
    assert "passes, inconclusive on cases passed" in told


def test_a_tiny_set_says_that_it_could_not_have_seen_any_loss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny = Desk(tmp_path, [question(name) for name in NAMES[:3]])
    tiny.run("first", [reply(name) for name in NAMES[:3]])
    tiny.do("bless", "first", "--reason", "small")
    tiny.run("worse", [reply(name, "Nurses run clinics.") for name in NAMES[:3]])
    tiny.do("gate", "worse")
    assert "inconclusive: 3 cases are too few to see any loss" in capsys.readouterr().out


def test_one_lost_critical_case_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grave = Desk(tmp_path, [question(NAMES[0], "safeguarding"), *(question(name) for name in NAMES[1:])])
    grave.run("first", [reply(name) for name in NAMES])
    grave.do("bless", "first", "--reason", "start")
    grave.run("worse", [reply(NAMES[0], "Nurses run clinics."), *(reply(name) for name in NAMES[1:])])
    assert grave.do("gate", "worse") == 1
    assert f"critical case {NAMES[0]} passed in the baseline and fails now" in capsys.readouterr().out


def test_other_questions_or_other_documents_are_not_comparable(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.ask([question(name, "fact") for name in NAMES])
    desk.run("other", [reply(name) for name in NAMES])
    assert desk.do("gate", "other") == 3
    assert "questions sha256" in capsys.readouterr().out
    assert desk.do("compare", "first", "other") == 3
    assert "differ in their questions" in capsys.readouterr().err


def test_bless_keeps_the_history_with_its_reasons(desk: Desk) -> None:
    desk.run("again", [reply(name) for name in NAMES])
    desk.do("bless", "again", "--reason", "and again")
    baseline = read_baseline(desk.folder / "baseline.json")
    assert [step.reason for step in baseline.history] == ["the first one", "and again"]
    assert differences(open_run(desk.folder / "runs" / "again").info, baseline) == []


def test_the_gate_writes_markdown_and_junit_that_a_server_can_read(desk: Desk) -> None:
    desk.run("worse", [reply(name, "Nurses run clinics.") for name in NAMES])
    outputs = [desk.folder / "summary.md", desk.folder / "junit.xml"]
    desk.do("gate", "worse", "--markdown", str(outputs[0]), "--junit", str(outputs[1]))
    assert "| cases passed | 1.000 | 0.000 | worse" in outputs[0].read_text()
    root = ElementTree.parse(outputs[1]).getroot()  # noqa: S314 - our own file
    suites = {suite.get("name"): suite for suite in root}
    assert suites["q.jsonl"].get("failures") == "24"
    assert int(suites["gate"].get("failures") or 0) >= 2


def test_without_a_baseline_the_gate_names_the_command_that_makes_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lone = Desk(tmp_path, [question(NAMES[0])])
    lone.run("first", [reply(NAMES[0])])
    assert lone.do("gate", "first") == commands.MISUSED
    assert "bless --reason" in capsys.readouterr().err


# --- a run that is cut off


class Halting:
    """A system that dies after some answers, as a process does when the power goes."""

    lasts = 0

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        if Halting.lasts == 0:
            raise KeyboardInterrupt
        Halting.lasts -= 1
        return {key: value for key, value in reply("x").items() if key != "id"} | {"question": turns[-1]}


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, [question(name) for name in NAMES[:6]])
    monkeypatch.setattr(commands, "systems", lambda _: {systems.OURS: Halting})
    monkeypatch.setattr(commands, "texts_of_store", lambda _: {"a.txt": TEXT})
    options = ["run", "--questions", str(tmp_path / "q.jsonl"), "--runs", str(tmp_path / "runs")]
    Halting.lasts = 4
    assert main([*options, "--id", "cut"]) == commands.FAILED
    assert "stopped after 4 of 6 questions; go on with: python -m evals run --resume cut" in capsys.readouterr().err
    assert desk.do("gate", "cut") == commands.MISUSED
    assert "cut off in the middle" in capsys.readouterr().err
    answers = tmp_path / "runs" / "cut" / "answers.jsonl"
    answers.write_bytes(answers.read_bytes()[:-9])  # the last line reached the disk only in part
    Halting.lasts = 3
    assert main([*options, "--resume", "cut"]) == 0
    assert Halting.lasts == 0
    assert list(open_run(tmp_path / "runs" / "cut").answers()) == NAMES[:6]


def test_a_run_does_not_go_on_over_other_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path, [question(name) for name in NAMES[:2]])
    monkeypatch.setattr(commands, "systems", lambda _: {systems.OURS: Halting})
    monkeypatch.setattr(commands, "texts_of_store", lambda _: {"a.txt": TEXT})
    options = ["run", "--questions", str(tmp_path / "q.jsonl"), "--runs", str(tmp_path / "runs")]
    Halting.lasts = 1
    main([*options, "--id", "cut"])
    desk.ask([question(name) for name in NAMES[:3]])
    assert main([*options, "--resume", "cut"]) == commands.MISUSED
    assert "began with another questions sha256" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("run.json", "{", "can't be read as JSON"),
        ("run.json", "{}", "another version"),
        ("answers.jsonl", '{"id": "x"}\nnoise\n', r"answers\.jsonl:2: is not an answer"),
    ],
)
def test_a_damaged_run_folder_is_refused_with_file_and_line(
    desk: Desk, file: str, content: str, complaint: str
) -> None:
    path = desk.folder / "runs" / "first"
    (path / file).write_text(content)
    with pytest.raises(RunFolderError, match=complaint):
        open_run(path).answers()


def test_an_id_is_given_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("first", [reply(name) for name in NAMES]) == commands.MISUSED
    assert "exists already" in capsys.readouterr().err
    shutil.rmtree(desk.folder / "runs")
    assert desk.do("gate") == commands.MISUSED
    assert "holds no runs" in capsys.readouterr().err
