"""The pages without a browser: what it says in each state, and that nothing typed is lost."""

import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.types import Answer

WAIT = 60  # seconds a run may take; the first one opens the store
QUESTION = "What must get better in Barking and Dagenham?"


@pytest.fixture
def app(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INSPECTION_STORE", str(store))
    return AppTest.from_file("../page/site.py", default_timeout=WAIT).run()


def html(app: AppTest) -> str:
    """Everything the page sends as HTML, without its style sheet."""
    bodies: list[Any] = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def answers(app: AppTest) -> list[Answer]:
    found: list[Answer] = app.session_state.conversation.answers
    return found


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def click(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_the_opening_page_offers_questions_and_lists_the_documents(app: AppTest) -> None:
    assert not app.exception
    assert "5 documents are loaded" in html(app)
    assert "not legal advice" in html(app)
    assert any("Barking and Dagenham" in label for label in labels(app))


@pytest.mark.parametrize("place", range(4))
def test_every_example_asks_itself_and_is_answered(app: AppTest, place: int) -> None:
    app.button[place].click().run()
    assert not app.exception
    assert "You asked" in html(app)
    assert answers(app)[0].status == "answered"
    assert "See source 1" in labels(app)


def test_a_question_gets_a_cited_answer_that_is_announced(app: AppTest) -> None:
    ask(app, QUESTION)
    assert not app.exception
    assert f'<h2 lang="en" dir="auto">{QUESTION}</h2>' in html(app)
    assert "Needs to get better" in html(app)
    assert 'role="status" aria-live="polite">Answer ready' in html(app)
    assert "inspected 8 to 12 July 2024" in html(app)
    assert 'lang="en" dir="ltr">“' in html(app)


def test_a_citation_opens_its_source_at_the_quoted_words(app: AppTest) -> None:
    ask(app, QUESTION)
    quote = answers(app)[0].citations[0].quote
    click(app, "See source 1")
    assert not app.exception
    assert f">{escape(quote.splitlines()[0])}" in html(app)
    assert "<dt>Publisher</dt>" in html(app)


def test_a_question_in_urdu_is_answered_from_right_to_left_around_english_quotations(app: AppTest) -> None:
    ask(app, "ساؤتھ اینڈ کے معائنے کا نتیجہ کیا نکلا؟")
    assert not app.exception
    assert '<h3 class="lead" lang="ur" dir="rtl">' in html(app)
    assert re.search('<blockquote [^>]*lang="en" dir="ltr">', html(app))
    assert "ماخذ 1 دیکھیں" in labels(app)
    click(app, "ماخذ 1 دیکھیں")
    assert not app.exception
    assert "<dt>ناشر</dt>" in html(app)


def test_an_area_that_is_typed_counts_more_than_the_one_that_was_chosen(app: AppTest) -> None:
    app.selectbox(key="area").select("Brent").run()
    ask(app, QUESTION)
    assert answers(app)[0].understood.areas == ("Barking and Dagenham",)
    assert app.selectbox(key="area").value == "All areas"
    assert "Only: Brent" not in html(app)


def test_a_chosen_area_limits_a_question_that_names_none_or_the_same(app: AppTest) -> None:
    app.selectbox(key="area").select("Brent").run()
    for question in ("What is going well?", "What must get better in Brent?"):
        ask(app, question)
        assert answers(app)[-1].understood.areas == ("Brent",)
        assert app.selectbox(key="area").value == "Brent"
    assert "Only: Brent" in html(app)


def test_a_follow_up_keeps_the_conversation(app: AppTest) -> None:
    ask(app, QUESTION)
    ask(app, "And in 2017?")
    assert not app.exception
    assert [answer.question for answer in answers(app)] == [QUESTION, "And in 2017?"]
    assert QUESTION in html(app)


def test_of_a_long_conversation_the_earlier_turns_are_drawn_when_asked_for(app: AppTest) -> None:
    questions = [f"What is going well in Southend-on-Sea in {year}?" for year in range(2018, 2024)]
    for question in questions:
        ask(app, question)
    assert questions[0] not in html(app) and questions[-1] in html(app)
    click(app, "Show 3 earlier questions")
    assert all(question in html(app) for question in questions)


def test_a_new_conversation_forgets_the_old_one(app: AppTest) -> None:
    ask(app, QUESTION)
    click(app, "Start a new conversation")
    assert QUESTION not in html(app)
    assert "5 documents are loaded" in html(app)


def test_what_is_not_in_the_documents_is_said_and_cites_nothing(app: AppTest) -> None:
    ask(app, "What is the waiting time in weeks for speech therapy in Hackney?")
    assert not app.exception
    assert answers(app)[0].status == "not_found"
    assert "Not found in these documents" in html(app)


@pytest.mark.parametrize("question", ["??? !!!", "🙂🙂🙂", "word " * 10_000])
def test_a_question_that_is_none_comes_back_with_the_reason(app: AppTest, question: str) -> None:
    ask(app, question)
    assert not app.exception
    assert "This question can’t be answered as it is." in html(app)
    assert app.chat_input[0].proto.value == question
    assert answers(app) == []


def test_a_refused_question_leaves_the_conversation_as_it_was(app: AppTest) -> None:
    ask(app, QUESTION)
    ask(app, "???")
    assert [answer.question for answer in answers(app)] == [QUESTION]
    assert "See source 1" in labels(app)


def test_without_a_store_the_page_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSPECTION_STORE", str(tmp_path / "none"))
    app = AppTest.from_file("../page/site.py", default_timeout=WAIT).run()
    assert not app.exception
    assert "python -m index build" in html(app)
    assert not app.chat_input


def test_the_page_finds_a_store_that_was_built_meanwhile(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSPECTION_STORE", str(tmp_path / "later"))
    app = AppTest.from_file("../page/site.py", default_timeout=WAIT).run()
    (tmp_path / "later").symlink_to(store)
    click(app, "Try again")
    assert "5 documents are loaded" in html(app)
