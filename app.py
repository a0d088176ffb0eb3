"""The page: ask a question, read the quotations that answer it, open each one in its source.

Run it with ``make app``, or ``streamlit run app.py``. Read it from ``main`` downwards. Whatever comes from a question
or a document reaches the browser as escaped text (``assistant.display``); Markdown is used for no such text.
"""

import logging
from itertools import count, groupby
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant import display
from assistant.assistant import Assistant
from assistant.errors import QuestionProblem
from assistant.types import Answer, Citation, Statement, StatementKind, Turn
from assistant.wording import Wording, wording
from index.errors import IndexProblem
from index.settings import load
from index.types import Document

log = logging.getLogger(__name__)
STYLE = Path(__file__).parent / ".streamlit" / "page.css"
INTRODUCTION = (
    "Ask what inspectors found about special educational needs and disabilities (SEND) in an area of England. "
    "You get the documents’ own words, with who said them and when."
)
SMALL_PRINT = (
    "This is software and it can be wrong: open the source and check the quotation before you rely on it. "
    "It reports on areas, not on one school or one child. It is information, not legal advice, and it is not run or "
    "approved by Ofsted or the CQC. Please leave out names and private details."
)


def main() -> None:
    """Draw the whole page once; Streamlit calls this again after every action."""
    st.set_page_config(page_title="What did the inspectors say?", page_icon="🔎")
    st.html(STYLE)
    live = st.empty()
    st.title("What did the inspectors say?", anchor=False)
    assistant = opened()
    for number in range(len(answers())):
        show_answer(number)
    notice = answer_question(assistant, live) if "asking" in st.session_state else ""
    if answers():
        last = answers()[-1]
        offer(wording(last.language).say("page", "ask_next"), last.suggestions)
    else:
        show_welcome(assistant.documents)
    st.html(f'<p class="small-print">{SMALL_PRINT}</p>')
    show_question_box(notice)
    show_sidebar(assistant.documents)


def answers() -> list[Answer]:
    """The conversation of this session, oldest first."""
    conversation: list[Answer] = st.session_state.setdefault("answers", [])
    return conversation


@st.cache_resource(show_spinner="Opening the documents …")
def open_assistant(store: Path) -> Assistant:
    """One assistant for all sessions of this process."""
    return Assistant.open(store)


def loaded() -> Assistant:
    """The assistant of the store that the settings name."""
    return open_assistant(load().store)


def opened() -> Assistant:
    """The assistant, or a page that says what is missing and which command helps."""
    try:
        return loaded()
    except IndexProblem as problem:
        st.html(display.notice_html("The documents can’t be opened yet.", str(problem)))
        st.button("Try again")
        st.stop()


def ask(question: str) -> None:
    """Note a question; the run that follows answers it. It stays noted until it is answered or refused."""
    st.session_state.asking = question


def ask_typed() -> None:
    """Note what was typed into the question box."""
    ask(st.session_state.question)


def answer_question(assistant: Assistant, live: DeltaGenerator) -> str:
    """Answer the noted question and show it. A refused one goes back into its box; the reason is returned."""
    question: str = st.session_state.asking
    live.html(display.status_html("Looking through the documents."))
    try:
        with st.spinner("Looking through the documents …"):
            answer = assistant.ask(question, turns())
    except QuestionProblem as problem:
        return give_back(question, "This question can’t be answered as it is.", str(problem))
    except IndexProblem as problem:
        return give_back(question, "The documents can’t be read just now.", str(problem))
    except Exception:
        log.exception("A question could not be answered.")
        return give_back(question, "Something went wrong.", "Your question is back in the box: please try again.")
    answers().append(answer)
    del st.session_state.asking
    number = len(answers()) - 1
    show_answer(number)
    live.html(display.status_html(display.announcement(answer), answer.language))
    if number:
        st.html(display.scroll_html(question_anchor(number)), unsafe_allow_javascript=True)
    return ""


def turns() -> tuple[Turn, ...]:
    """The conversation so far, as the assistant takes it."""
    return tuple(Turn(answer.question, answer.answer) for answer in answers())


def give_back(question: str, title: str, reason: str) -> str:
    """Lose nothing that was typed: put the question back into its box, and make the notice that says why."""
    st.session_state.question = question
    del st.session_state.asking
    return display.notice_html(title, reason)


def question_anchor(number: int) -> str:
    """The address of a question within the page."""
    return f"question-{number}"


@st.fragment
def show_answer(number: int) -> None:
    """One question and its answer. A fragment: opening a source redraws neither the page nor other answers."""
    answer = answers()[number]
    st.html(display.question_html(answer, question_anchor(number)))
    ours = wording(answer.language)
    places = count()
    for kind, statements in groupby(answer.statements, key=lambda statement: statement.kind):
        if kind is StatementKind.GAP:
            st.html(display.gaps_html(statements, ours))
            continue
        for statement in statements:
            if statement.citations and kind is not StatementKind.LEAD:
                show_finding(f"{number}-{next(places)}", answer, statement)
            else:
                st.html(display.prose_html(statement, ours))


def show_finding(place: str, answer: Answer, statement: Statement) -> None:
    """A finding with a button for each of its citations. ``place`` tells it from all other findings of the page."""
    ours = wording(answer.language)
    cited = [citation for citation in answer.citations if citation.id in statement.citations]
    with st.container(key=f"finding-{place}", gap=None):
        st.html(display.finding_html(statement, cited, ours))
        for citation in cited:
            label = ours.say("page", "source", number=citation.id)
            if st.button(label, key=f"open-{place}-{citation.id}", type="tertiary"):
                drawer = st.dialog(ours.say("page", "written"), width="medium", position="right")
                drawer(show_source)(citation, ours)


def show_source(citation: Citation, ours: Wording) -> None:
    """The source of a quotation in a drawer: its facts, the words between their neighbours, the whole document."""
    st.html(display.source_html(citation, ours))
    try:
        document = loaded().document(citation.document)
    except IndexProblem as problem:
        st.html(display.notice_html("This document is no longer loaded.", str(problem)))
        return
    st.html(display.surroundings_html(document, citation))
    st.html(display.facts_html(citation, ours))
    st.html(display.document_html(document, citation, ours))
    st.html(display.scroll_html(display.QUOTED, "nearest"), unsafe_allow_javascript=True)


def show_welcome(documents: tuple[Document, ...]) -> None:
    """What this is, and questions to start from."""
    number = display.counted(len(documents), "document is loaded", "documents are loaded")
    st.html(f'<p class="introduction">{INTRODUCTION}</p><p class="label">{number}: the side panel lists them.</p>')
    offer("Try one of these, or type your own question below.", display.examples(documents))


def offer(label: str, questions: tuple[str, ...]) -> None:
    """Questions as buttons that ask themselves."""
    if not questions:
        return
    with st.container(key="offers", gap="small"):
        st.html(f'<p class="label">{label}</p>')
        for place, question in enumerate(questions):
            label = display.literal_label(question)
            st.button(label, key=f"offer-{place}", on_click=ask, args=(question,), width="stretch")


def show_question_box(notice: str) -> None:
    """The box at the foot of the page, under a notice if there is one.

    Inside ``st.bottom`` the box doesn't make Streamlit scroll a long answer to its end.
    """
    with st.bottom:
        if notice:
            st.html(notice)
        st.chat_input("Ask about an inspection", key="question", on_submit=ask_typed)


def show_sidebar(documents: tuple[Document, ...]) -> None:
    """Which documents are loaded, and a way to start again."""
    with st.sidebar:
        st.html(f"<h2>{display.counted(len(documents), 'document', 'documents')} loaded</h2>")
        st.html(display.documents_html(documents))
        if answers():
            st.button("Start a new conversation", on_click=answers().clear, width="stretch")


if __name__ == "__main__":
    main()
