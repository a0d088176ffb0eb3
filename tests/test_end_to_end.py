"""The whole question file through the real store and the real embedder: the rules that always hold."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

from assistant.assistant import Assistant
from assistant.errors import QuestionProblem
from assistant.format import answer_to_dict
from assistant.types import Turn

QUESTIONS = ROOT / "evals" / "questions" / "seeds.jsonl"
FIELDS = {
    "format", "question", "resolved_question", "status", "answer", "statements", "citations", "verdict", "missing",
    "suggestions", "understood", "writer", "model", "timings_ms", "explained",
}  # fmt: skip
CITATION = {
    "id", "document", "title", "kind", "publisher", "areas", "inspection", "published", "section", "page", "speaker",
    "speaker_detail", "first_hand", "quote", "start", "end", "score",
}  # fmt: skip


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, dict[str, Any]]:
    """Every answer to the question file, in format 1, by the question's id."""
    found: dict[str, dict[str, Any]] = {}
    for case in cases():
        *before, question = case["turns"]
        try:
            found[case["id"]] = answer_to_dict(assistant.ask(question, [Turn(turn) for turn in before]))
        except QuestionProblem as problem:
            assert "error" in case["expect"].get("status", ["error"]) or not question.strip(), problem
    return found


def each(answers: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    assert len(answers) > 300
    yield from answers.items()


def test_every_quote_of_every_answer_is_exactly_its_slice(assistant: Assistant, answers: dict[str, Any]) -> None:
    texts = {document.name: document.text for document in assistant.documents}
    quotes = 0
    for name, answer in each(answers):
        for citation in answer["citations"]:
            quotes += 1
            assert citation["quote"] == texts[citation["document"]][citation["start"] : citation["end"]], name
            assert citation["quote"].strip(), name
    assert quotes > 300


def test_every_quote_stands_in_the_file_itself_but_for_the_normalisations(answers: dict[str, Any]) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")}

    def letters(text: str) -> str:
        return re.sub(r"\W", "", re.sub(r"<[^<>]*>", "", text))

    lettered = {name: letters(text) for name, text in files.items()}
    for name, answer in each(answers):
        for citation in answer["citations"]:
            assert letters(citation["quote"]) in lettered[citation["document"]], name


def test_every_mark_has_its_citation_and_every_citation_its_mark(answers: dict[str, Any]) -> None:
    for name, answer in each(answers):
        ids = [citation["id"] for citation in answer["citations"]]
        marked = [number for statement in answer["statements"] for number in statement["citations"]]
        assert ids == list(range(1, len(ids) + 1)), name
        assert set(marked) == set(ids), name
        outside = re.sub(r"“.*”", "", answer["answer"])
        assert {int(mark) for mark in re.findall(r"\[(\d+)\]", outside)} == set(ids), name


def test_every_quotation_in_a_statement_is_the_words_of_its_citation(answers: dict[str, Any]) -> None:
    for name, answer in each(answers):
        quotes = {c["id"]: " ".join(c["quote"].split()) for c in answer["citations"]}
        for statement in answer["statements"]:
            if statement["kind"] in ("quote", "summary"):
                assert statement["citations"], name
            if statement["kind"] == "quote":
                words = statement["text"].removeprefix("“").removesuffix("”")
                assert words in [quotes[number] for number in statement["citations"]], name


def test_not_found_cites_nothing_as_an_answer(answers: dict[str, Any]) -> None:
    for name, answer in each(answers):
        if answer["status"] in ("not_found", "out_of_scope"):
            kinds = {s["kind"] for s in answer["statements"] if s["citations"]}
            assert kinds <= {"note"}, name
        elif answer["status"] == "answered":
            assert answer["citations"], name


def test_every_answer_has_just_the_fields_of_format_1_and_survives_json(answers: dict[str, Any]) -> None:
    for name, answer in each(answers):
        spoken = {"language"} if answer["understood"].get("language") else set()
        assert set(answer) - spoken == FIELDS, name
        assert json.loads(json.dumps(answer, allow_nan=False)) == answer, name
        for citation in answer["citations"]:
            assert set(citation) == CITATION, name
            assert 0 <= citation["score"] <= 1, name


def test_a_citations_inspection_never_comes_from_another_document(
    assistant: Assistant, answers: dict[str, Any]
) -> None:
    profiles = {document.name: document.profile for document in assistant.documents}
    for name, answer in each(answers):
        for citation in answer["citations"]:
            about = profiles[citation["document"]]
            start = citation["inspection"] and citation["inspection"]["start"]
            assert start == (about.inspection and about.inspection.start.isoformat()), name
            assert set(citation["areas"]) <= set(about.areas), name


def test_asking_again_gives_the_same_answer_but_for_the_timings(assistant: Assistant, answers: dict[str, Any]) -> None:
    for case in cases()[::9]:
        if case["id"] not in answers:
            continue
        *before, question = case["turns"]
        again = answer_to_dict(assistant.ask(question, [Turn(turn) for turn in before]))
        assert {**again, "timings_ms": None} == {**answers[case["id"]], "timings_ms": None}, case["id"]


def test_the_sum_of_the_stages_is_no_more_than_the_total(answers: dict[str, Any]) -> None:
    for name, answer in each(answers):
        stages = dict(answer["timings_ms"])
        total = stages.pop("total")
        assert sum(stages.values()) <= total + 0.1, name
