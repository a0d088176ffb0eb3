"""The command lines: what they print, where, and with which exit code."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

ASSISTANT, INDEX = ("-m", "assistant"), ("-m", "index")
QUESTION = "How many children have an EHC plan in Barking and Dagenham?"


def run(*arguments: str, store: Path | None = None, stdin: str | None = None, **environment: str) -> Any:
    """One command as a person would type it. Its output is not decoded twice: bytes that are no UTF-8 fail the test."""
    with_store = ["--store", str(store)] if store else []
    env = {name: value for name, value in os.environ.items() if not name.startswith("INSPECTION_")}
    return subprocess.run(
        [sys.executable, *arguments, *with_store],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**env, **environment},
        input=stdin or "",
        timeout=120,
    )


def problem_in_one_line(done: Any, code: int) -> str:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert "Traceback" not in done.stderr
    assert len(lines) == 1, done.stderr
    return str(lines[0])


def test_json_can_be_piped(store: Path) -> None:
    done = run(*ASSISTANT, "ask", QUESTION, "--json", store=store)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(run("-m", "json.tool", stdin=done.stdout).stdout)["status"] == "answered"


def test_an_answer_is_printed_with_its_sources(store: Path) -> None:
    done = run(*ASSISTANT, "ask", QUESTION, store=store)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2,914" in done.stdout
    assert re.search(r"^\[1\] report text – Area SEND inspection", done.stdout, re.M)


def test_an_honest_not_found_is_a_success(store: Path) -> None:
    done = run(
        *ASSISTANT, "ask", "What is the waiting time in weeks for speech therapy in Hackney?", "--json", store=store
    )
    assert (done.returncode, json.loads(done.stdout)["status"]) == (0, "not_found")


BAD_LINES = {
    "not json": "{not json",
    "a list": '["a"]',
    "null": "null",
    "no turns": '{"id": "no-turns"}',
    "turns that are no list": '{"id": "string", "turns": "What?"}',
    "no question": '{"id": "none", "turns": []}',
    "a number for a question": '{"id": "number", "turns": [1]}',
    "an empty question": '{"id": "empty", "turns": [""]}',
    "an empty earlier question": '{"id": "earlier", "turns": ["", "What is going well?"]}',
    "too deep": "[" * 100_000,
    "a number too long": '{"id": ' + "1" * 5000 + ', "turns": ["What?"]}',
    "half a surrogate pair": '{"id": "half", "turns": ["speech \\ud83d therapy"]}',
    "half a pair in the id": '{"id": "\\ud83d", "turns": ["🙂"]}',
}


def test_two_hundred_lines_are_answered_in_order_and_bad_ones_stop_nothing(store: Path, tmp_path: Path) -> None:
    lines, ids = [], []
    for number in range(200 - len(BAD_LINES)):
        turns = ["What about therapy in Brent?", "And in Southend?"] if number % 20 == 0 else ["Thank you!"]
        lines.append(json.dumps({"id": f"q{number}", "turns": turns}))
        ids.append(f"q{number}")
    for at, (what, line) in enumerate(BAD_LINES.items()):
        lines.insert(at * 13, line)
        ids.insert(at * 13, what)
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(*ASSISTANT, "ask", "--batch", str(file), store=store)
    assert "Traceback" not in done.stderr, done.stderr[-400:]
    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert (done.returncode, len(answers)) == (0, 200)
    for name, answer in zip(ids, answers, strict=True):
        if name in BAD_LINES:
            assert set(answer) == {"id", "error"} or name.startswith("half"), name
        else:
            assert (answer["id"], answer["format"]) == (name, 1)
    follow_up = answers[ids.index("q0")]
    assert follow_up["understood"]["areas"] == ["Southend-on-Sea"]


def test_a_separator_inside_a_question_does_not_cut_its_line(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": n, "turns": [f"Thank{c}you"]}, ensure_ascii=False) for n, c in enumerate("\u2028\u2029\u0085")
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = run(*ASSISTANT, "ask", "--batch", str(file), store=store)
    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert [(answer["id"], answer.get("error")) for answer in answers] == [(0, None), (1, None), (2, None)]


@pytest.mark.parametrize(
    "identity", ["text", 7, None, 1.5, ["a"], {"b": 1}, "", "ünï ✓"], ids=lambda value: type(value).__name__
)
def test_an_id_comes_back_as_it_was(store: Path, tmp_path: Path, identity: object) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"id": identity, "turns": ["Thank you!"]}), encoding="utf-8")
    done = run(*ASSISTANT, "ask", "--batch", str(file), store=store)
    assert json.loads(done.stdout)["id"] == identity


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "a question", "--batch", "file.jsonl"),
        ("ask", "--batch", "absent.jsonl"),
        ("ask", "--batch", "seeds"),
        ("ask", ""),
        ("ask", "🙂"),
        ("ask", "word " * 700),
        ("ask", QUESTION, "--since", "soon"),
        ("ask", QUESTION, "--speaker", "martian"),
        ("ask", QUESTION, "--kind", "poem"),
        ("ask", QUESTION, "--writer", "nobody"),
        ("check", "..."),
        ("check",),
        ("nonsense",),
        (),
    ],
    ids=" ".join,
)
def test_a_wrong_call_exits_with_2_and_says_so_last_in_one_line(store: Path, arguments: tuple[str, ...]) -> None:
    done = run(*ASSISTANT, *arguments, store=store if arguments else None)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "error: " in done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    "arguments", [("ask", ""), ("ask", "🙂"), ("ask", "--batch", "absent.jsonl"), ("check", "...")]
)
def test_a_question_that_is_none_is_one_line_on_standard_error(store: Path, arguments: tuple[str, ...]) -> None:
    assert problem_in_one_line(run(*ASSISTANT, *arguments, store=store), 2).startswith("error: ")


@pytest.mark.parametrize(
    "arguments",
    [
        (*ASSISTANT, "ask", "What is going well?"),
        (*ASSISTANT, "check", "What is going well?"),
        (*ASSISTANT, "chat"),
        (*INDEX, "list"),
        (*INDEX, "show", "a.txt"),
        (*INDEX, "status"),
        (*INDEX, "verify"),
        (*INDEX, "remove", "a.txt"),
    ],
    ids=" ".join,
)
def test_without_a_store_every_command_names_the_one_that_builds_it(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    line = problem_in_one_line(run(*arguments, store=tmp_path / "none"), 1)
    assert "python -m index build" in line
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--source", "/nowhere"),
        ("add", "/nowhere/a.txt"),
        ("show", "absent.txt"),
        ("remove", "absent.txt"),
    ],
    ids=" ".join,
)
def test_work_that_fails_exits_with_1_and_one_line(store: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    shutil.copytree(store, tmp_path / "store")
    problem_in_one_line(run(*INDEX, *arguments, store=tmp_path / "store"), 1)


@pytest.mark.parametrize("module", [ASSISTANT, INDEX])
def test_an_unknown_setting_is_refused_in_one_line(module: tuple[str, str]) -> None:
    command = ("ask", "What?") if module is ASSISTANT else ("list",)
    assert "INSPECTION_STROE" in problem_in_one_line(run(*module, *command, INSPECTION_STROE="x"), 1)


def test_the_environment_names_the_store(store: Path) -> None:
    assert len(json.loads(run(*INDEX, "list", "--json", INSPECTION_STORE=str(store)).stdout)) == 5


def test_list_status_and_verify_speak_json(store: Path) -> None:
    listed = json.loads(run(*INDEX, "list", "--json", store=store).stdout)
    assert [document["document"][:3] for document in listed] == ["000", "001", "002", "003", "004"]
    report = listed[3]
    wanted = {
        "document", "sha256", "title", "kind", "publisher", "areas", "inspection", "previous_inspection", "published",
        "outcome", "outcome_text", "passages", "pages", "licence", "problems",
    }  # fmt: skip
    assert wanted <= set(report)
    assert report["inspection"] == {"start": "2024-07-08", "end": "2024-07-12"}
    assert report["outcome"] == "inconsistent_experiences"
    status = json.loads(run(*INDEX, "status", "--json", store=store).stdout)
    assert (len(status["sources"]), status["failures"]) == (5, [])
    assert json.loads(run(*INDEX, "verify", "--json", store=store).stdout)["whole"] is True


def test_show_prints_the_text_that_quotes_are_slices_of(store: Path) -> None:
    name = "004_bc918e3f8881bb4b.txt"
    text = run(*INDEX, "show", name, "--text", store=store).stdout
    shown = json.loads(run(*INDEX, "show", name, "--json", store=store).stdout)
    assert shown["document"] == name
    assert shown["details"]["text"] == text
    answer = json.loads(run(*ASSISTANT, "ask", "What did the chief nurse say?", "--json", store=store).stdout)
    quotes = [citation for citation in answer["citations"] if citation["document"] == name]
    assert quotes
    assert all(text[citation["start"] : citation["end"]] == citation["quote"] for citation in quotes)


def test_check_prints_its_verdict(store: Path) -> None:
    claim = "Too many expectant parents receive an ante-natal home visit"
    done = run(*ASSISTANT, "check", claim, "--json", store=store)
    verdict = json.loads(done.stdout)["verdict"]
    assert (done.returncode, verdict["result"]) == (0, "altered")
    assert verdict["differences"] == [{"claimed": "many", "source": "few"}]
    assert "few" in run(*ASSISTANT, "check", claim, store=store).stdout


def test_a_conversation_keeps_its_area_and_ends_at_an_empty_line(store: Path) -> None:
    done = run(*ASSISTANT, "chat", store=store, stdin="What about therapy in Brent?\n🙂\nAnd in Southend?\n\n")
    assert done.returncode == 0
    assert "Southend-on-Sea, 2023" in done.stdout
    assert "Traceback" not in done.stderr


def test_building_adding_and_removing_by_command(tmp_path: Path) -> None:
    store, sources = tmp_path / "store", tmp_path / "sources"
    sources.mkdir()
    (sources / "a.txt").write_text("# Suffolk\n\nPlans in Suffolk are late.\n", encoding="utf-8")
    (sources / "b.txt").write_bytes(b"\0")
    built = run(*INDEX, "build", "--source", str(sources), "--json", store=store)
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["documents"] == 1
    assert [failure["name"] for failure in json.loads(built.stdout)["failures"]] == ["b.txt"]
    again = run(*INDEX, "build", "--source", str(sources), store=store)
    assert again.stdout.startswith("up to date: ")
    assert "b.txt" in again.stderr
    (tmp_path / "c d.txt").write_text("# Leeds\n\nPlans in Leeds are early.\n", encoding="utf-8")
    assert run(*INDEX, "add", str(tmp_path / "c d.txt"), store=store).returncode == 0
    assert "c d.txt" in run(*INDEX, "list", store=store).stdout
    assert run(*INDEX, "remove", "c d.txt", store=store).returncode == 0
    assert "c d.txt" not in run(*INDEX, "list", store=store).stdout


def test_output_that_is_cut_off_is_no_error(store: Path) -> None:
    for command in (f"index show 003_47304b061fc43f47.txt --store {store}", f"index list --json --store {store}"):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m {command} | true; exit ${{PIPESTATUS[0]}}"],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert (done.stderr, done.returncode) == ("", 0), command


def commands_of_the_contract() -> list[tuple[str, str]]:
    """The commands of the published answer format, without those of the evaluations."""
    index = ("build", "add", "remove", "list", "show", "status", "verify")
    return [*(("index", name) for name in index), *(("assistant", name) for name in ("ask", "chat", "check"))]


@pytest.mark.parametrize(("module", "command"), commands_of_the_contract())
def test_help_names_every_command_and_explains_it(module: str, command: str) -> None:
    assert re.search(rf"^\s+{command}\s+\S", run("-m", module, "--help").stdout, re.M)
    helped = run("-m", module, command, "--help")
    assert helped.returncode == 0
    assert "--store" in helped.stdout


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("ask", ["--json", "--area", "--since", "--until", "--speaker", "--kind", "--writer", "--batch"]),
        ("check", ["--json", "--area"]),
    ],
)
def test_help_names_every_option_of_the_contract(command: str, options: list[str]) -> None:
    text = run(*ASSISTANT, command, "--help").stdout
    assert all(option in text for option in options)
    assert "llm" in text or command == "check", "the contract has --writer extractive|llm"


def test_the_command_the_makefile_runs_is_understood() -> None:
    called = re.findall(r"-m index (build[^\n]*)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    options = [word for call in called for word in call.split() if word.startswith("--")]
    text = run(*INDEX, "build", "--help").stdout
    assert all(option in text for option in options)
