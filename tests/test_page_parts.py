"""The pieces of the pages, without a server: addresses, verdicts, comparisons, printed pages."""

import io
from pathlib import Path

import pytest
from files.making import paragraph, pdf
from PIL import Image

from assistant.assistant import Assistant
from assistant.types import Verdict, VerdictResult
from index.errors import SourceProblem
from index.readers.picture import picture
from index.readers.source import Limits
from page import address, compare, feedback, scripts, verdicts
from page.address import Place, Shared
from page.citing import cite
from page.compare import Side
from page.words import file_name


@pytest.mark.parametrize("shared", [Shared(("a?", "b & c"), ("", "Brent"), "g1"), Shared(("ä",), ("",), None)])
def test_an_address_of_an_answer_reads_back(shared: Shared) -> None:
    assert address.shared(shared.parameters) == shared


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"document": ["a.txt"], "start": ["1"], "end": ["9"]}, Place("a.txt", 1, 9)),
        ({"document": ["a.txt"], "start": ["-1"], "end": ["x"]}, Place("a.txt", 0, 0)),
        ({"document": ["a.txt"], "start": ["٣"], "end": ["9" * 30]}, Place("a.txt", 0, 0)),
        ({"start": ["1"]}, None),
    ],
)
def test_whatever_stands_in_an_address_is_only_text(given: dict[str, list[str]], found: Place | None) -> None:
    assert address.place(given) == found


def test_words_at_an_address_know_who_said_them(assistant: Assistant) -> None:
    cited = assistant.ask("What must get better in Barking and Dagenham?").citations[0]
    again = cite(assistant.document(cited.document), cited.start, cited.end)
    assert again is not None
    assert (again.quote, again.speaker, again.section, again.areas) == (
        cited.quote,
        cited.speaker,
        cited.section,
        cited.areas,
    )
    assert cite(assistant.document(cited.document), 10**6, 10**6 + 5) is None


def test_only_differing_words_are_marked_and_not_what_stands_round_a_quotation() -> None:
    claimed, source = verdicts.marked("action is taken to help them", "It seems that action is taken to support them.")
    assert claimed == "action is taken to <mark>help</mark> them"
    assert source == "It seems that action is taken to <mark>support</mark> them."


def test_a_verdict_is_said_in_words_and_escaped() -> None:
    verdict = Verdict(VerdictResult.NOT_FOUND, "<b>x</b>", None, (), 5)
    assert verdicts.verdict_html(verdict, "<i>no</i>").count("&lt;i&gt;") == 1


def test_two_inspections_of_one_area_are_the_first_choice(assistant: Assistant) -> None:
    every = compare.sides(assistant.documents)
    assert compare.first_choice(every) == [Side("Barking and Dagenham", 2024), Side("Barking and Dagenham", 2017)]
    assert compare.first_choice([Side("A", 1), Side("B", 2)]) == [Side("A", 1), Side("B", 2)]


@pytest.mark.parametrize(
    ("topic", "side", "word"),
    [
        ("Speech and language therapy", Side("Barking and Dagenham", 2017), "speech and language"),
        ("Listening to parents and children", Side("Southend-on-Sea", 2023), "voice"),
        ("of my own: annual reviews", Side("Barking and Dagenham", 2024), "annual review"),
    ],
)
def test_a_comparison_finds_a_topic_in_whichever_words_it_stands(
    assistant: Assistant, topic: str, side: Side, word: str
) -> None:
    answer = compare.about(assistant, topic, side)
    assert answer.status == "answered" and any(word in citation.quote.lower() for citation in answer.citations)


def test_what_no_document_speaks_of_is_not_found_for_a_comparison(assistant: Assistant) -> None:
    assert compare.about(assistant, "Short breaks", Side("Brent", 2017)).status == "not_found"


@pytest.mark.parametrize(
    ("given", "name"),
    [("../../etc/passwd", "passwd"), ("C:\\a\\b.pdf", "b.pdf"), (".hidden", "hidden"), ("\x00\x1b", "unnamed")],
)
def test_a_strangers_file_name_is_only_a_name(given: str, name: str) -> None:
    assert file_name(given) == name


def test_an_opinion_is_kept_without_its_question(assistant: Assistant, tmp_path: Path) -> None:
    answer = assistant.ask("What is going well for Xanthippe in Southend-on-Sea?")
    feedback.keep(tmp_path, answer, "wrong_source", "g1")
    line = feedback.kept(tmp_path)
    assert '"reason": "wrong_source"' in line and "Xanthippe" not in line and line.count("\n") == 1


def test_scripts_hold_nothing_of_what_is_asked() -> None:
    shown = scripts.copy_html("Copy", "\"><script>alert('x')</script>")
    assert "<script>" not in shown
    assert scripts.bring_into_view("\"><script>alert('x')</script>").count("<script>") == 1


def test_quoted_words_are_framed_on_the_printed_page() -> None:
    raw = pdf(paragraph(72, 100, ["Families wait too long for an assessment.", "Leaders know this."]))
    plain, without = picture(raw, "a.pdf", 1, "these words are not on it at all, anywhere", Limits())
    framed, found = picture(raw, "a.pdf", 1, "wait too\nlong for an assess-ment", Limits())
    assert found and not without
    size = Image.open(io.BytesIO(framed)).size
    assert size == Image.open(io.BytesIO(plain)).size and framed != plain


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.4 broken", b"\x00" * 1000])
def test_a_file_that_is_no_pdf_is_not_drawn(raw: bytes) -> None:
    with pytest.raises(SourceProblem, match=r"a\.pdf"):
        picture(raw, "a.pdf", 1, "x", Limits())


def test_a_page_that_is_not_there_is_not_drawn() -> None:
    with pytest.raises(SourceProblem, match="no page 7"):
        picture(pdf(paragraph(72, 100, ["One."])), "a.pdf", 7, "x", Limits())
