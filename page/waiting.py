"""Waiting for an answer, showing it when it has come, and saying why where none can come."""

import logging
from concurrent.futures import TimeoutError as NotYet
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.errors import QuestionProblem
from assistant.languages import ENGLISH, detect
from assistant.wording import wording
from index.errors import IndexProblem
from page import asking, display, scripts, show, state, words, writing
from page.conversations import Conversation, Waiting

log = logging.getLogger(__name__)
_LOOK = 0.1  # seconds between two looks whether the answer has come; in between, a click is heard
_LATER_LOOK = 0.5  # the same for one that takes long: many who wait must not keep the server from answering
_STOPPABLE = 5  # looks after which a button to stop is offered


def settle(conversation: Conversation, waiting: Waiting, live: DeltaGenerator, view: str) -> None:
    """Wait for an answer and show it. A refused question goes back into its box, under the reason."""
    wait(conversation, waiting, live)
    refusal = refused(waiting)
    adding = None if refusal else writing.for_answer(waiting.answer.result())
    # Before anything is drawn: whatever is clicked now, the answer is kept.
    if not conversation.settle(waiting, adding):
        st.rerun()
    if refusal:
        st.session_state.question, st.session_state.refusal = waiting.question.text, refusal
        st.rerun()  # the answer before is the newest again
    try:
        arrived(conversation, live, view)
    finally:  # the quotations are drawn first, and a click in the meantime doesn't leave the model waiting
        if adding:
            writing.begin(adding, state.loaded().store, conversation)


def arrived(conversation: Conversation, live: DeltaGenerator, view: str) -> None:
    """Draw the newest answer and say that it is there."""
    number = len(conversation.turns) - 1
    answer = conversation.turns[number].answer
    store = state.loaded().store.manifest.generation
    show.in_conversation(conversation, number, view, store, bring=number > 0)
    live.html(display.status_html(display.announcement(answer), answer.language))
    if number:
        st.html(scripts.bring_into_view(f"turn-{number}"), unsafe_allow_javascript=True)


def wait(conversation: Conversation, waiting: Waiting, live: DeltaGenerator) -> None:
    """Until the answer has come. A click in the meantime draws the page anew, which goes on waiting."""
    place = st.empty()
    ours = wording(detect(waiting.question.text) or ENGLISH)
    looks = 0
    while not waiting.answer.done():
        try:
            waiting.answer.exception(_LOOK if looks < _STOPPABLE else _LATER_LOOK)
        except NotYet:
            looks += 1
            live.html(display.status_html(ours.say("page", "looking"), ours.language))
            if looks == _STOPPABLE:
                label = f"{ours.say('page', 'looking')} {ours.say('page', 'stop')}"
                stop = partial(conversation.drop, waiting)
                place.button(label, on_click=stop, key=words.spoken_key("stop", ours))
    place.empty()


def refused(waiting: Waiting) -> str:
    """The notice for a question that has no answer; empty for one that has."""
    problem = waiting.answer.exception()
    if problem is None:
        return ""
    if isinstance(problem, asking.Busy):
        ours = wording(detect(waiting.question.text) or ENGLISH)
        return display.notice_html(ours.say("page", "busy_title"), ours.say("page", "busy"), ours.language)
    if isinstance(problem, QuestionProblem):
        return display.notice_html("This question can’t be answered as it is.", str(problem))
    if isinstance(problem, IndexProblem):
        return display.notice_html("The documents can’t be read just now.", str(problem))
    log.error("A question could not be answered.", exc_info=problem)
    return display.notice_html("Something went wrong.", "Your question is back in the box: please try again.")
