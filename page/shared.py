"""An answer under an address of its own: the same questions, asked again of the same documents."""

import streamlit as st

from assistant.errors import QuestionProblem
from assistant.types import Answer
from assistant.wording import wording
from index.errors import IndexProblem
from page import address, ask, asking, display, show, state, words
from page.address import Shared
from page.conversations import Question, Turn
from page.show import Shown


def draw() -> None:
    """Draw the page."""
    st.title("An answer to keep", anchor=False)
    link = address.shared(state.read_parameters())
    if link is None:
        st.html(display.notice_html("No question is named in this address.", "Ask one on the first page."))
        st.page_link(state.page("ask"), label="Ask a question")
        return
    assistant = state.opened()
    now = assistant.store.manifest.generation
    try:
        answers = answered(link)
    except (QuestionProblem, IndexProblem) as problem:
        st.html(display.notice_html("This question can’t be answered.", str(problem)))
        return
    ours = wording(answers[-1].language)
    if link.store and link.store != now:
        st.html(display.changed_html(ours.say("page", "changed"), ours))
    if link.questions[1:]:
        st.html(display.earlier_html(link.questions[:-1], ours))
    here = Shared(link.questions, link.areas, now)
    show.show_answer(Shown(answers[-1], "shared", ask.view(), link.areas[-1] or None, here))
    with st.container(key=words.spoken_key("go-on", ours)):
        if st.button(ours.say("page", "go_on"), type="primary"):
            take_over(link, answers)
            st.switch_page(state.page("ask"))
    show.opinion(answers[-1], "shared")


def answered(link: Shared) -> tuple[Answer, ...]:
    """The answers to the questions of an address, each in the light of those before it.

    Raises ``QuestionProblem`` or ``IndexProblem``.
    """
    return _answered(link.questions, link.areas, state.loaded().store.manifest.generation)


@st.cache_data(show_spinner="Looking through the documents …", max_entries=200)
def _answered(questions: tuple[str, ...], areas: tuple[str, ...], store: str) -> tuple[Answer, ...]:
    """``store`` stands here so that an answer is kept only as long as the documents are the same."""
    del store
    turns: list[Turn] = []
    for question in _questions(questions, areas):
        turns.append(Turn(question, asking.answer(state.loaded(), question, turns)))
    return tuple(turn.answer for turn in turns)


def _questions(questions: tuple[str, ...], areas: tuple[str, ...]) -> list[Question]:
    pairs = enumerate(zip(questions, areas, strict=True))
    return [Question(question, area or None, alone=not number) for number, (question, area) in pairs]


def take_over(link: Shared, answers: tuple[Answer, ...]) -> None:
    """Go on from the answers of an address in the visitor's own conversation."""
    turns = zip(_questions(link.questions, link.areas), answers, strict=True)
    state.conversation().turns.extend(Turn(question, answer) for question, answer in turns)
