"""An answer as every page shows it: its findings, each with a way to its source, and what can be done with it.

Answers are fragments: opening a source or giving an opinion redraws neither the page nor other answers.
"""

from dataclasses import dataclass

import streamlit as st

from assistant.types import Answer, Citation
from assistant.wording import Wording, wording
from index.errors import IndexProblem
from page import address, asking, display, feedback, papers, save, scripts, state, words, writing
from page.address import Shared
from page.conversations import Conversation, Writing
from page.pieces import copying_html, earlier_html, joined_html, pieces

_MOST_APART = 30  # pieces of an answer with elements of their own; the rest of a long list is drawn at once


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on a page. ``place`` tells it from all others there; ``shared`` is its address, where it has one.

    ``answer`` is made of quotations; ``writing`` is what a model adds to it, if one does.
    """

    answer: Answer
    place: str
    view: str
    area: str | None = None
    shared: Shared | None = None
    bring: bool = False
    own: bool = False  # of the visitor's own conversation, whose questions stay out of a source's address
    newest: bool = False  # whether it can be corrected, asked again and saved here
    writing: Writing | None = None

    @property
    def whole(self) -> Answer:
        """The answer with what a model has added so far."""
        return self.writing.answer if self.writing else self.answer


def in_conversation(conversation: Conversation, number: int, view: str, store: str, bring: bool = False) -> None:
    """One turn of a conversation: the last one with all that can be done, those before it in one piece.

    ``store`` is the generation that serves.
    """
    turn, place = conversation.turns[number], str(number)
    where = address.shared_of(conversation.run_of(number), store)
    newest, area = number == len(conversation.turns) - 1 and not conversation.waiting, turn.question.area
    if newest or (turn.writing and turn.writing.running):
        show_answer(Shown(turn.answer, place, view, area, where, bring, True, newest, turn.writing))
    else:
        whole = turn.writing.answer if turn.writing else turn.answer
        st.html(earlier_html(turn.answer, place, view, area, where, bring, whole))


@st.fragment
def show_answer(shown: Shown) -> None:
    """One question and its answer."""
    answer, ours = shown.answer, wording(shown.answer.language)
    with st.container(key=words.spoken_key(f"asked-{shown.place}", ours), gap=None):
        st.html(display.question_html(answer, f"question-{shown.place}", shown.area, shown.bring))
        if shown.newest:
            correction(shown, ours)
    if shown.writing:
        writing.show(answer, shown.writing, shown.place)
    findings(shown, ours)
    actions(shown, ours)


@st.fragment
def show_findings(shown: Shown) -> None:
    """What an answer says, without its question and without anything to do about it."""
    findings(shown, wording(shown.answer.language))


def correction(shown: Shown, ours: Wording) -> None:
    """The question as it was understood, to be changed and asked again."""
    key = f"change-{shown.place}"
    popover = st.popover(ours.say("page", "change"), type="tertiary", key=f"pop-{key}", on_change="rerun")
    if not popover.open:
        return  # what nobody looks at need not be drawn
    with popover, st.container(key=words.spoken_key(f"form-{key}", ours)), st.form(key, border=False):
        st.html(display.label_html(ours.say("page", "change_help"), ours))
        text = st.text_area(ours.say("page", "read_as"), shown.answer.resolved_question, key=f"text-{key}")
        if st.form_submit_button(ours.say("page", "again"), type="primary") and text and text.strip():
            asking.ask(text, shown.area, alone=True)
            st.rerun()


def findings(shown: Shown, ours: Wording) -> None:
    """What the answer says, in its own order: by inspection, newest first."""
    told = tuple(pieces(shown.answer, shown.view, ours, shown.place))
    for number, piece in enumerate(told[:_MOST_APART]):
        if not piece.cited:
            st.html(piece.html)
            continue
        place = f"{shown.place}-{number}"
        with st.container(key=words.spoken_key(f"finding-{place}", ours), gap=None):
            st.html(piece.html)
            for citation in piece.cited:
                source_button(shown, citation, place, ours)
    if told[_MOST_APART:]:
        st.html(joined_html(told[_MOST_APART:], ours))


def source_button(shown: Shown, citation: Citation, place: str, ours: Wording) -> None:
    """A button that opens a citation's source in a drawer."""
    label = ours.say("page", "source", number=citation.id)
    if st.button(label, key=f"open-{place}-{citation.id}", type="tertiary"):
        closed = writing.reading(state.conversation())
        drawer = st.dialog(ours.say("page", "written"), width="medium", position="right", on_dismiss=closed)
        drawer(show_source)(citation, ours, None if shown.own else shown.shared)


def show_source(citation: Citation, ours: Wording, shared: Shared | None) -> None:
    """The source of a quotation in a drawer: its facts, the words between their neighbours, the whole document.

    ``shared`` goes into the source's own address, with its question; one's own conversation stays out of it.
    """
    st.html(papers.source_html(citation, ours))
    try:
        document = state.loaded().document(citation.document)
    except IndexProblem as problem:
        st.html(display.notice_html("This document is no longer loaded.", str(problem)))
        return
    parameters = address.place_of(citation).parameters | (shared.parameters if shared else {})
    with st.container(key=words.spoken_key("drawer", ours)):
        st.page_link(state.page("source"), label=ours.say("page", "own_page"), query_params=parameters)
    st.html(papers.surroundings_html(document, citation))
    st.html(papers.facts_html(citation, ours))
    st.html(papers.document_html(document, citation, ours))
    st.html(scripts.bring_into_view(f"{citation.document}-{citation.start}"), unsafe_allow_javascript=True)


def actions(shown: Shown, ours: Wording) -> None:
    """Copy, link, ask again, save."""
    key = words.spoken_key(f"actions-{shown.place}", ours)
    with st.container(key=key, horizontal=True, gap="small", vertical_alignment="center"):
        st.html(copying_html(shown.whole, shown.shared, ours), width="content")
        if shown.newest and st.button(ours.say("page", "again"), key=f"again-{shown.place}", type="tertiary"):
            asking.ask(shown.answer.question, shown.area, alone=bool(shown.shared and len(shown.shared.questions) == 1))
            st.rerun()
        if shown.newest or not shown.own:
            save.buttons(ours.say("page", "save"), f"answer-{shown.place}", [shown.whole])


@st.fragment
def opinion(answer: Answer, place: str) -> None:
    """Whether the answer was right: below what could be asked next, which is what most people came for."""
    ours = wording(answer.language)
    with st.container(key=words.spoken_key(f"opinion-on-{place}", ours), gap="small"):
        feedback.ask_for(answer, place, ours)
