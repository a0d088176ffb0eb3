"""Answers to keep: complete, safe to open, and provable against the store."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant import export
from assistant.assistant import Assistant
from assistant.docx import Paragraph, docx
from assistant.errors import QuestionProblem
from assistant.export import Exported
from assistant.verify import verify
from index.readers import parse

QUESTION = "What must get better in Barking and Dagenham?"


@pytest.fixture(scope="module")
def kept(assistant: Assistant) -> Exported:
    return export.exported([assistant.ask(QUESTION), assistant.ask("What is going well in Hackney?")], assistant.store)


def saved(kept: Exported, folder: Path) -> Path:
    file = folder / "answers.json"
    file.write_text(export.as_json(kept), encoding="utf-8")
    return file


def test_an_export_holds_every_quotation_with_its_hash_offsets_and_licence(kept: Exported) -> None:
    given = json.loads(export.as_json(kept))
    citations = [citation for answer in given["answers"] for citation in answer["citations"]]
    assert citations and all(citation["quote"] for citation in citations)
    assert all(len(document["sha256"]) == 64 and document["source"] for document in given["documents"])
    assert given["store"] == kept.store


def test_markdown_and_word_hold_the_same_words(kept: Exported) -> None:
    markdown = export.as_markdown(kept).replace("\\", "")
    word = parse(export.as_docx(kept), "answers.docx").text
    for quote in (citation.quote for answer in kept.answers for citation in answer.citations):
        assert all(line.strip() in markdown for line in quote.splitlines())
        assert " ".join(quote.split()[:6]) in " ".join(word.split())
    for text in (markdown, " ".join(word.split())):
        assert QUESTION in text
        assert "SHA-256" in text and "Open Government Licence" in text and "not run or approved by Ofsted" in text


def test_hostile_text_shows_as_text_in_markdown_and_word(kept: Exported) -> None:
    hostile = "![x](http://192.0.2.1/p.png) <script>alert(1)</script> # **b** & \x00"
    told = replace(kept, answers=(replace(kept.answers[0], question=hostile),))
    markdown = export.as_markdown(told)
    assert "![x](http" not in markdown and "<script>" not in markdown
    with zipfile.ZipFile(io.BytesIO(export.as_docx(told))) as packed:
        xml = packed.read("word/document.xml").decode()
    ElementTree.fromstring(xml)  # noqa: S314 - our own file
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in xml and "![x]" in xml


def test_the_same_answers_give_the_same_word_file() -> None:
    assert docx("t", [Paragraph("a")]) == docx("t", [Paragraph("a")])


def test_an_export_that_matches_its_store_holds(kept: Exported, assistant: Assistant, tmp_path: Path) -> None:
    result = verify(saved(kept, tmp_path), assistant.documents)
    assert result.problems == () and result.quotations > 0


def test_one_changed_word_or_document_is_found(kept: Exported, assistant: Assistant, tmp_path: Path) -> None:
    file = saved(kept, tmp_path)
    quote = json.loads(file.read_text(encoding="utf-8"))["answers"][0]["citations"][0]["quote"]
    given = json.loads(file.read_text(encoding="utf-8"))
    given["answers"][0]["citations"][0]["quote"] = quote.replace("too late", "on time")
    file.write_text(json.dumps(given), encoding="utf-8")
    assert "stand nowhere" in verify(file, assistant.documents).problems[0]
    changed = [replace(document, sha256="0" * 64) for document in assistant.documents]
    assert any("has changed" in problem for problem in verify(saved(kept, tmp_path), changed).problems)
    assert any("no longer loaded" in problem for problem in verify(saved(kept, tmp_path), ()).problems)


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "{}", '{"export": 1}', '{"format": 1, "citations": [1]}'])
def test_a_file_that_is_no_export_is_refused(assistant: Assistant, tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionProblem, match=r"x\.json"):
        verify(file, assistant.documents)


def test_the_command_says_whether_an_export_holds(kept: Exported, store: Path, tmp_path: Path) -> None:
    file = saved(kept, tmp_path)
    call = [sys.executable, "-m", "assistant", "verify", str(file), "--store", str(store)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "all as they were saved" in done.stdout
    file.write_text(file.read_text(encoding="utf-8").replace("too late", "on time"), encoding="utf-8")
    done = subprocess.run([*call, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and json.loads(done.stdout)["whole"] is False
