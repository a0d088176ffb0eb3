"""Faults planted in the real assistant, over the real documents: the gate must see them, and nothing else."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.retriever import Ranking, Retriever, View
from assistant.rowtable import Mask
from evals import commands
from evals.__main__ import main
from evals.commands import QUESTIONS
from evals.runner import Asker, AssistantAsker
from evals.systems import OURS

_KINDS = {"kind:finding", "kind:list", "kind:fact"}
_CASES = 50  # enough to be sure of a planted fault, few enough for a test


class ChangedDigit:
    """The assistant with one digit of every quoted figure changed, as a careless writer might."""

    def __init__(self, store: Path) -> None:
        self._inner = AssistantAsker(store)

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        answer = dict(self._inner.ask(turns))
        answer["citations"] = [{**one, "quote": one["quote"].replace("2,914", "2,915")} for one in answer["citations"]]
        return answer


class Desk:
    """A small question set from our own, with a blessed run of the assistant as it is."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.folder, self.store = folder, store
        lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
        apt = [line for line in lines if _KINDS & set(json.loads(line)["tags"]) and json.loads(line)["split"] == "dev"]
        (folder / "q.jsonl").write_text("\n".join(apt[:_CASES]) + "\n", encoding="utf-8")
        self.run("first")
        self.do("bless", "first", "--reason", "as it is")

    def run(self, name: str, *more: str) -> int:
        options = ["--questions", str(self.folder / "q.jsonl"), "--store", str(self.store), "--id", name]
        return main(["run", *options, "--runs", str(self.folder / "runs"), "--failures", "0", *more])

    def do(self, command: str, *more: str) -> int:
        paths = ["--runs", str(self.folder / "runs"), "--baseline", str(self.folder / "baseline.json")]
        return main([command, *paths, *more])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Desk:
    return Desk(tmp_path_factory.mktemp("planted"), store)


def test_a_rerun_in_other_processes_is_the_same_to_the_byte(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.run("again", "--workers", "2")
    assert desk.do("gate", "again") == 0
    assert f"{_CASES} of {_CASES} answers are the same to the byte" in capsys.readouterr().out


def test_retrieval_limited_to_one_passage_is_a_regression(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = Retriever.search

    def one_passage(self: Retriever, wordings: Sequence[View], allowed: Mask) -> Ranking:
        ranking = whole(self, wordings, allowed)
        passages = np.array([row.passage for row in ranking.store.rows.sentences])
        documents = np.array([row.document for row in ranking.store.rows.sentences])
        best = ranking.rows[0] if len(ranking) else 0
        return ranking.where((passages == passages[best]) & (documents == documents[best]))

    monkeypatch.setattr(Retriever, "search", one_passage)
    desk.run("narrow")
    assert desk.do("gate", "narrow") == 1
    said = capsys.readouterr().out
    assert "floor broken: evidence_recall" in said
    assert "The gate refuses" in said


def test_a_changed_digit_in_quotations_is_a_broken_floor(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def planted(store: Path) -> dict[str, Any]:
        def opened() -> Asker:
            return ChangedDigit(store)

        return {OURS: opened}

    monkeypatch.setattr(commands, "systems", planted)
    assert desk.run("forged") == 1
    assert desk.do("gate", "forged") == 1
    assert "floor broken: quote_fidelity" in capsys.readouterr().out


def test_the_report_of_a_run_is_written_beside_it(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.run("plain", "--system", "bm25")
    assert desk.do("report", "first") == 0
    page = Path(capsys.readouterr().out.splitlines()[-1])
    assert page.parent.name == "first"
    assert "bm25" in page.read_text(encoding="utf-8")
