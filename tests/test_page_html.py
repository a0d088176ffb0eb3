"""Answers and sources as HTML: literal, marked in words, and where they belong."""

import re
import time
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from assistant.types import Answer, Citation, Explained, Statement, StatementKind, Status, Understood
from assistant.wording import wording, written
from assistant.writers.notices import say
from index.types import DateRange, Document, Framework, Kind, Passage, Polarity, Profile, Speaker
from page import display, lists, papers, summaries, words

OURS = wording()
HOSTILE = "<script>alert(1)</script> $x$ **b** :material/home: &amp; \"quoted\" 'single'"
JULY_2024 = DateRange(date(2024, 7, 8), date(2024, 7, 12))
MARCH_2017 = DateRange(date(2017, 3, 27), date(2017, 3, 31))
TEXT = "First words.\n\nBefore it. The quoted words. After it.\n\n- A bullet\n\nLast words."
PROFILE = Profile(
    kind=Kind.INSPECTION_REPORT,
    title="A report",
    publisher="Ofsted",
    areas=("Brent",),
    inspection=JULY_2024,
    inspection_year=2024,
    framework=Framework.AREA,
    previous_inspections=(),
    published=None,
    outcome=None,
    written_statement=None,
    next_inspection=None,
    commissioning_bodies=(),
    licence=None,
    facts=(),
)


def answer(*citations: Citation) -> Answer:
    return Answer("q", "q", Status.ANSWERED, "", (), citations, Understood())


def grown(before: Answer, *said: str) -> Answer:
    """An answer to which a model has added statements, and a word on the whole."""
    added = [Statement(text, StatementKind.SUMMARY, (1,)) for text in said]
    note, end = Statement("In short:", StatementKind.NOTE), Statement("That is all.", StatementKind.NOTE)
    return replace(before, statements=(note, *added, *before.statements, end))


def passages(text: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(found.start(), found.end(), Kind.INSPECTION_REPORT, None, boilerplate=False, tokens=1, sentences=())
        for found in re.finditer(r"[^\n]+", text)
    )


DOCUMENT = Document("a.txt", "0" * 64, TEXT, (), PROFILE, passages(TEXT), ())
START = TEXT.index("The quoted")
CITATION = Citation(
    id=1,
    document="a.txt",
    title="A report",
    kind=Kind.INSPECTION_REPORT,
    publisher=None,
    areas=("Brent",),
    inspection=JULY_2024,
    published=None,
    section=None,
    page=None,
    speaker=Speaker.INSPECTORS,
    speaker_detail="report text",
    first_hand=True,
    quote="The quoted words.",
    start=START,
    end=START + len("The quoted words."),
    score=1.0,
)
QUOTE = Statement("The quoted words.", StatementKind.QUOTE, (1,), area="Brent", polarity=Polarity.STRENGTH)


def shown(html: str) -> str:
    """The text a reader sees: tags dropped, entities resolved."""
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2024-07-08", "2024-07-12", "8 to 12 July 2024"),
        ("2023-02-28", "2023-03-04", "28 February to 4 March 2023"),
        ("2024-12-30", "2025-01-03", "30 December 2024 to 3 January 2025"),
        ("2024-07-08", "2024-07-08", "8 July 2024"),
    ],
)
def test_dates_read_as_people_write_them(start: str, end: str, text: str) -> None:
    assert words.dates_text(DateRange(date.fromisoformat(start), date.fromisoformat(end)), OURS) == text


@pytest.mark.parametrize(
    "html",
    [
        display.question_html(replace(answer(), question=HOSTILE, resolved_question=HOSTILE), "q"),
        display.status_html(HOSTILE),
        display.notice_html(HOSTILE, HOSTILE),
        display.prose_html(replace(QUOTE, text=HOSTILE), OURS),
        display.finding_html(QUOTE, [replace(CITATION, quote=HOSTILE, speaker_detail=HOSTILE)], OURS),
        display.gaps_html([replace(QUOTE, text=HOSTILE)], OURS),
        papers.source_html(replace(CITATION, title=HOSTILE), OURS),
        papers.facts_html(replace(CITATION, publisher=HOSTILE, areas=(HOSTILE,), section=HOSTILE), OURS),
        lists.documents_html([replace(DOCUMENT, profile=replace(PROFILE, title=HOSTILE, areas=(HOSTILE,)))]),
        papers.marked_html(replace(DOCUMENT, text=HOSTILE), 0, len(HOSTILE), replace(CITATION, start=3, end=9), "here"),
        summaries.summary_html(answer(), grown(answer(), HOSTILE), "0", running=False),
    ],
)
def test_text_of_strangers_is_shown_as_it_is(html: str) -> None:
    assert HOSTILE in shown(html)
    assert "<script" not in html


def test_the_quoted_words_are_marked_and_the_text_stays_whole() -> None:
    html = papers.document_html(DOCUMENT, CITATION, OURS)
    assert '<mark id="quoted-in-full">The quoted words.</mark>' in html
    assert shown(html).endswith(TEXT)


def test_empty_lines_are_not_piled_up() -> None:
    text = "One.\n\n\n\nTwo."
    document = replace(DOCUMENT, text=text)
    assert shown(papers.marked_html(document, 0, len(text), replace(CITATION, start=8, end=12), "q")) == "One.\n\nTwo."


MARKED = "## **What** works\n\nIt is **so** | said: 2 ** 3.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


def seen(html: str) -> str:
    """What the style sheet leaves to be seen."""
    return shown(
        re.sub(r'<span class="cell">[^<]*</span>', "·", re.sub(r'<span class="[^"]*sign">[^<]*</span>', "", html))
    )


def test_marks_of_markdown_are_out_of_sight_and_every_character_is_there() -> None:
    html = papers.text_html(replace(DOCUMENT, text=MARKED))
    assert shown(html) == f"The text{MARKED}"
    assert seen(html) == "The textWhat works\n\nIt is so | said: 2 ** 3.\n\n a · b \n\n 1 · 2 \n"
    assert '<span class="bold head">What</span>' in html


def test_marks_are_set_aside_inside_a_quotation_too() -> None:
    start = MARKED.index("It is")
    cited = replace(CITATION, start=start, end=MARKED.index(" | said"))
    html = papers.marked_html(replace(DOCUMENT, text=MARKED), 0, len(MARKED), cited, "q")
    assert '<mark id="q">It is <span class="sign">**</span><span class="bold">so</span>' in html
    assert shown(html) == MARKED


def test_what_looks_like_a_mark_on_a_printed_page_stays() -> None:
    printed = replace(DOCUMENT, text=MARKED, pages=(0,))
    assert seen(papers.text_html(printed)) == f"The text{MARKED}"


def test_a_text_full_of_marks_is_drawn_at_once() -> None:
    text = "**a** | b\n" * 20_000
    started = time.perf_counter()
    papers.text_html(replace(DOCUMENT, text=text))
    assert time.perf_counter() - started < 5


def test_a_quotation_stands_between_its_neighbours() -> None:
    start, end = papers.surroundings(DOCUMENT, CITATION.start, CITATION.end)
    assert TEXT[start:end] == "First words.\n\nBefore it. The quoted words. After it.\n\n- A bullet"


def test_words_outside_every_passage_are_shown_alone() -> None:
    assert papers.surroundings(replace(DOCUMENT, passages=()), 3, 9) == (3, 9)


def test_a_question_says_how_it_was_understood_only_where_that_differs() -> None:
    follow_up = replace(answer(), question="And in 2017?", resolved_question="Therapies in Brent in 2017?")
    assert "Understood as: Therapies in Brent in 2017?" in shown(display.question_html(follow_up, "q"))
    assert "Understood" not in display.question_html(answer(), "q")


def test_a_lead_is_a_heading_and_a_note_is_not() -> None:
    assert display.prose_html(replace(QUOTE, kind=StatementKind.LEAD), OURS).startswith("<h3")
    assert display.prose_html(replace(QUOTE, kind=StatementKind.NOTE), OURS).startswith("<p")


def test_a_quotation_of_several_lines_keeps_them_without_empty_ones() -> None:
    html = display.finding_html(QUOTE, [replace(CITATION, quote="on:\n\n\n- one; and\n\n- two")], OURS)
    assert "“on:\n- one; and\n- two”" in html


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        (Polarity.STRENGTH, "Going well"),
        (Polarity.NEEDS_IMPROVEMENT, "Needs to get better"),
        (Polarity.PRIORITY_ACTION, "Must be fixed urgently"),
    ],
)
def test_a_mark_is_said_in_words(polarity: Polarity, words: str) -> None:
    assert words in shown(display.finding_html(replace(QUOTE, polarity=polarity), [CITATION], OURS))


@pytest.mark.parametrize("polarity", [Polarity.CONTEXT, None])
def test_context_carries_no_mark(polarity: Polarity | None) -> None:
    assert shown(display.finding_html(replace(QUOTE, polarity=polarity), [CITATION], OURS)).startswith("“The quoted")


def test_words_from_another_hand_say_so() -> None:
    retold = replace(CITATION, speaker_detail="quoted by CYP Now", first_hand=False)
    assert display.speaker_text(CITATION, OURS) == "Inspectors (report text)"
    assert display.speaker_text(retold, OURS) == "Inspectors (quoted by CYP Now, second-hand)"


def test_a_speaker_is_named_once() -> None:
    minutes = replace(CITATION, speaker=Speaker.MINUTES, speaker_detail="the minutes")
    assert display.speaker_text(minutes, OURS) == "The minutes"


def test_what_a_document_does_not_state_is_said_to_be_missing() -> None:
    assert shown(papers.facts_html(CITATION, OURS)).count("Not stated in the document") == 4


def test_what_a_model_adds_is_told_from_the_answer_and_points_at_its_quotations() -> None:
    before = replace(answer(CITATION), statements=(QUOTE,))
    html = summaries.summary_html(before, grown(before, "It works."), "7", running=False)
    assert shown(html) == "In short:It works. [1]That is all."
    anchor = display.quotation_anchor("7", 1)
    assert f'<a href="#{anchor}" target="_self">[1]</a>' in html
    assert f'<blockquote id="{anchor}"' in display.finding_html(QUOTE, [CITATION], OURS, "7")
    assert QUOTE.text not in html


def test_a_translation_stands_under_the_statement_it_translates_in_a_language_of_its_own() -> None:
    before = replace(answer(CITATION), statements=(QUOTE,), language="pl")
    whole = grown(before, "It works.", "It helps.")
    translated = Statement("To działa.", StatementKind.NOTE)
    whole = replace(whole, statements=(*whole.statements[:2], translated, *whole.statements[2:]))
    html = summaries.summary_html(before, whole, "7", running=False)
    assert shown(html) == "In short:It works. [1]To działa.It helps. [1]That is all."
    assert html.startswith('<div class="summary" lang="pl"') and '<li class="translation">To' in html
    assert html.count('<li lang="en"') == 2


@pytest.mark.parametrize("language", sorted(written()))
def test_while_a_model_writes_it_is_said(language: str) -> None:
    before = replace(answer(), language=language)
    html = summaries.summary_html(before, before, "0", running=True)
    assert say(language, "writing") in unescape(html) and say(language, "stop")
    assert not shown(summaries.summary_html(before, before, "0", running=False))


def test_a_word_is_explained_once_and_only_if_the_answer_explains_it() -> None:
    spoken = replace(CITATION, quote="An EHC plan after an annual review.")
    left = {"EHC plan": Explained("EHC plan", "a plan")}
    assert [word.term for word in display.used([spoken], left)] == ["EHC plan"]
    assert display.used([spoken], left) == ()


def test_only_a_long_quotation_is_set_small_and_it_is_whole() -> None:
    long = " ".join(f"word{number}" for number in range(61))
    html = display.finding_html(QUOTE, [replace(CITATION, quote=long)], OURS)
    assert 'class="long"' in html and f"“{long}”" in shown(html)
    assert 'class="long"' not in display.finding_html(QUOTE, [CITATION], OURS)


def test_the_announcement_counts_the_quotations() -> None:
    assert display.announcement(answer(CITATION)) == "Answer ready: 1 quotation."
    assert display.announcement(answer()) == "Answer ready."


@pytest.mark.parametrize("language", sorted(written()))
def test_every_kind_speaker_and_status_has_words(language: str) -> None:
    ours = wording(language)
    assert all(ours.say("kind", kind.value) for kind in Kind)
    assert all(display.speaker_text(replace(CITATION, speaker=speaker), ours) for speaker in Speaker)
    assert all(ours.say("page", status.value) for status in Status)


def test_our_words_carry_their_language_and_direction_and_quotations_stay_english() -> None:
    urdu = wording("ur")
    finding = display.finding_html(QUOTE, [CITATION], urdu)
    assert '<p class="mark" lang="ur" dir="rtl">' in finding
    assert 'lang="en" dir="ltr">“The quoted words.”' in finding
    assert '<div class="gaps" lang="ur" dir="rtl">' in display.gaps_html([QUOTE], urdu)
    assert '<p class="note" lang="ur" dir="rtl">' in display.prose_html(replace(QUOTE, kind=StatementKind.NOTE), urdu)
    assert '<p class="note" lang="pl" dir="ltr">' in display.prose_html(
        replace(QUOTE, kind=StatementKind.NOTE), wording("pl")
    )
    assert '<h3 lang="en" dir="ltr">A report</h3>' in papers.source_html(CITATION, urdu)
    assert '<div class="paper" lang="en" dir="ltr">' in papers.document_html(DOCUMENT, CITATION, urdu)
    asked = replace(answer(), question="کب؟", language="ur", understood=Understood(language="ur"))
    assert '<h2 lang="ur" dir="auto">کب؟</h2>' in display.question_html(asked, "q")
    assert display.status_html("x", "ur") != display.status_html("x")


def test_examples_speak_of_the_area_inspected_last() -> None:
    older = replace(PROFILE, areas=("Leeds",), inspection=MARCH_2017)
    questions = display.examples([replace(DOCUMENT, profile=older), DOCUMENT])
    assert questions and all("Brent" in question for question in questions)
    assert display.examples([]) == ()


@pytest.mark.parametrize("text", [HOSTILE, ":red[x] -> <- -- >= ~=", "1. one", "# head", "Southend-on-Sea?"])
def test_a_label_holds_its_text_and_nothing_else_to_see(text: str) -> None:
    label = words.literal_label(text)
    assert re.sub(r"\\(.)", r"\1", label).replace("\N{WORD JOINER}", "") == text
    assert not re.search(r":\w|->|<-|--|>=|~=", label.replace("\\", ""))
