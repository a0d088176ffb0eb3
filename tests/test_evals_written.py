"""The evaluations of the language-model writer: replies kept, repeats told apart, and answers scored like any other."""

import json
from pathlib import Path

import pytest
from conftest import ROOT
from scripted_endpoint import says, scripted

from evals.answers import parse_answer
from evals.sources import SourcesError
from evals.systems import systems
from evals.written import main

TRUE = "2,914 children and young people have an EHC plan."
QUESTION = "How many children have an EHC plan in Barking and Dagenham?"
NEXT = "The next full area SEND inspection will be within approximately three years."


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """One case of the seeds."""
    lines = (ROOT / "evals" / "questions" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "questions.jsonl"
    file.write_text(next(line for line in lines if json.loads(line)["id"] == "next-inspection-1"), encoding="utf-8")
    return file


def test_a_run_is_repeated_offline_with_the_same_outcome(
    store: Path,
    questions: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "written.jsonl"
    common = ["--questions", str(questions), "--store", str(store), "--replies", str(tmp_path / "kept")]
    common += ["--out", str(out), "--repeats", "2", "--html", str(tmp_path / "beside.html")]
    monkeypatch.setenv("INSPECTION_LLM_MODEL", "gpt-4o-mini")
    monkeypatch.setenv("INSPECTION_LLM_SECONDS", "60")
    with scripted(says((NEXT, [1]), ("The moon is made of cheese here.", [1]))) as endpoint:
        monkeypatch.setenv("INSPECTION_LLM_URL", endpoint.url)
        assert main(common) == 0
        first, said = out.read_text(encoding="utf-8"), capsys.readouterr().out
    assert len(endpoint.asked) == 2
    assert "questions 1, repeats 2, with a summary 2" in said
    assert "statements that passed: 2 of 4" in said
    assert "cost 0.000" in said
    assert "next-inspection-1               1/2 1/2                 0.50 spread 0.00" in said
    beside = (tmp_path / "beside.html").read_text(encoding="utf-8")
    assert "Model, 2 times, 1 outcomes" in beside
    assert (
        beside.index("Extractive</h3>") < beside.index(NEXT) < beside.index("<s>The moon is made of cheese here.</s>")
    )
    assert "<small>" in beside
    assert main([*common, "--offline"]) == 0
    assert out.read_text(encoding="utf-8") == first


def test_the_model_is_one_of_the_systems_and_says_what_it_left_out(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSPECTION_LLM_MODEL", "scripted")
    monkeypatch.setenv("INSPECTION_LLM_SECONDS", "60")
    with scripted(says((TRUE, [1]), ("The moon is made of cheese here.", [1]))) as endpoint:
        monkeypatch.setenv("INSPECTION_LLM_URL", endpoint.url)
        answer = systems(store)["llm"]().ask([QUESTION])
    assert parse_answer(answer).answered
    assert answer["writer"] == "llm"
    assert [one["text"] for one in answer["dropped"]] == ["The moon is made of cheese here."]
    assert answer["tokens"]["sent"] > 100


def test_without_its_settings_the_model_says_what_it_needs(store: Path) -> None:
    with pytest.raises(SourcesError, match="INSPECTION_LLM_URL"):
        systems(store)["llm"]()
