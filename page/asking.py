"""Questions are answered by threads of their own: a click, a reload or a lost connection ends no answer."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import streamlit as st

from assistant.assistant import Assistant
from assistant.errors import QuestionProblem
from assistant.types import Answer, Filters, Turn
from page import state
from page.conversations import Question, Waiting
from page.conversations import Turn as Asked

_THREADS = 4  # answering at one time; the rest wait their turn


@st.cache_resource(show_spinner=False)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, "answering")


def answer(assistant: Assistant, question: Question, before: Sequence[Asked]) -> Answer:
    """The answer to a question after some turns."""
    turns = tuple(Turn(turn.answer.question, turn.answer.answer) for turn in before)
    return assistant.ask(question.text, turns, Filters(area=question.area))


def ask(text: str, area: str | None = None, alone: bool = False) -> bool:
    """Have a question answered in this visitor's conversation, within an area.

    A question that names other areas is about those: what is typed counts, and false is returned.
    """
    conversation, assistant = state.conversation(), state.loaded()
    fits = _is_within(assistant, text, area)
    question = Question(text, area if fits else None, alone)
    found = _threads().submit(answer, assistant, question, conversation.leading_to(question))
    conversation.waiting.append(Waiting(question, found))
    return fits


def _is_within(assistant: Assistant, text: str, area: str | None) -> bool:
    """Whether a question names no other area than the chosen one. What is wrong with it is told with its answer."""
    try:
        return area is None or set(assistant.areas_in(text)) <= {area}
    except QuestionProblem:
        return True
