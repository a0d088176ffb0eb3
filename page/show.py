"""An answer as every page shows it: its findings, each with a way to its source, and what can be done with it.

Answers are fragments: opening a source or giving an opinion redraws neither the page nor other answers.
"""

from dataclasses import dataclass
from itertools import count, groupby

import streamlit as st

from assistant.format import readable
from assistant.types import Answer, Citation, Explained, Statement, StatementKind
from assistant.wording import Wording, wording
from index.errors import IndexProblem
from page import address, asking, display, feedback, papers, save, scripts, state, writing
from page.address import Shared
from page.conversations import Conversation, Writing


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
    """One turn of a conversation. ``store`` is the generation that serves."""
    turn = conversation.turns[number]
    where = address.shared_of(conversation.run_of(number), store)
    newest, area = number == len(conversation.turns) - 1, turn.question.area
    show_answer(Shown(turn.answer, str(number), view, area, where, bring, True, newest, turn.writing))


@st.fragment
def show_answer(shown: Shown) -> None:
    """One question and its answer."""
    answer, ours = shown.answer, wording(shown.answer.language)
    with st.container(key=f"asked-{shown.place}", gap=None):
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
    with st.popover(ours.say("page", "change"), type="tertiary", key=f"pop-{key}"), st.form(key, border=False):
        st.html(display.label_html(ours.say("page", "change_help"), ours))
        text = st.text_area(ours.say("page", "read_as"), shown.answer.resolved_question, key=f"text-{key}")
        if st.form_submit_button(ours.say("page", "again"), type="primary") and text and text.strip():
            asking.ask(text, shown.area, alone=True)
            st.rerun()


def findings(shown: Shown, ours: Wording) -> None:
    """What the answer says, in its own order: by inspection, newest first."""
    answer, places = shown.answer, count()
    left = {word.term: word for word in answer.explained}
    for kind, statements in groupby(answer.statements, key=lambda statement: statement.kind):
        if kind is StatementKind.GAP:
            st.html(display.gaps_html(statements, ours))
            continue
        for statement in statements:
            if not statement.citations or kind is StatementKind.LEAD:
                st.html(display.prose_html(statement, ours))
            else:
                finding(shown, statement, f"{shown.place}-{next(places)}", left, ours)


def finding(shown: Shown, statement: Statement, place: str, left: dict[str, Explained], ours: Wording) -> None:
    """One finding with the way to its sources. ``left`` are the words that are not explained yet."""
    cited = [citation for citation in shown.answer.citations if citation.id in statement.citations]
    with st.container(key=f"finding-{place}", gap=None):
        if shown.view == "officer":
            st.html(display.officer_html(statement, cited, ours, shown.place))
        else:
            terms = display.used(cited, left)
            st.html(display.finding_html(statement, cited, ours, shown.place, terms))
        for citation in cited:
            source_button(shown, citation, place, ours)


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
    st.page_link(state.page("source"), label=ours.say("page", "own_page"), query_params=parameters)
    st.html(papers.surroundings_html(document, citation))
    st.html(papers.facts_html(citation, ours))
    st.html(papers.document_html(document, citation, ours))
    st.html(scripts.bring_into_view(f"{citation.document}-{citation.start}"), unsafe_allow_javascript=True)


def actions(shown: Shown, ours: Wording) -> None:
    """Copy, link, ask again, save, and an opinion."""
    copied, failed = ours.say("page", "copied"), ours.say("page", "copy_failed")
    parts = [scripts.copy_html(ours.say("page", "copy"), readable(shown.whole), copied, failed)]
    if shown.shared:
        link = address.path("answer", shown.shared.parameters)
        parts.append(scripts.copy_html(ours.say("page", "link"), link, copied, failed, address=True))
    with st.container(key=f"actions-{shown.place}", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<div class="actions" {display.in_language(ours)}>{"".join(parts)}</div>', width="content")
        if shown.newest and st.button(ours.say("page", "again"), key=f"again-{shown.place}", type="tertiary"):
            asking.ask(shown.answer.question, shown.area, alone=bool(shown.shared and len(shown.shared.questions) == 1))
            st.rerun()
        if shown.newest or not shown.own:
            save.buttons(ours.say("page", "save"), f"answer-{shown.place}", [shown.whole])
    feedback.ask_for(shown.whole, shown.place, ours)
