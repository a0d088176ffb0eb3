"""Questions are answered by threads of their own: a click, a reload or a lost connection ends no answer.

Only so many may wait. Where more are asked than can be answered soon, it is kinder to say so at once than to let
everybody wait for minutes.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import streamlit as st

from assistant.assistant import Assistant
from assistant.errors import QuestionProblem
from assistant.types import Answer, Filters, Turn
from page import state
from page.conversations import Question, Waiting
from page.conversations import Turn as Asked

_THREADS = 4  # answering at one time; the rest wait their turn


class Busy(Exception):
    """More questions wait already than the settings allow."""


class Line:
    """A few threads that answer, and a line of limited length before them. ``most`` counts both."""

    def __init__(self, threads: int, most: int) -> None:
        self._threads = ThreadPoolExecutor(threads, "answering")
        self._places = threading.BoundedSemaphore(most)

    def submit(self, work: Callable[[], Answer]) -> "Future[Answer]":
        """The answer to come; one that has failed with ``Busy`` where there is no place left."""
        if not self._places.acquire(blocking=False):
            refused: Future[Answer] = Future()
            refused.set_exception(Busy())
            return refused
        found = self._threads.submit(work)
        found.add_done_callback(lambda _: self._places.release())
        return found


@st.cache_resource(show_spinner=False)
def _line(most: int) -> Line:
    return Line(_THREADS, most)


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
    work = partial(answer, assistant, question, conversation.leading_to(question))
    found = _line(state.settings().waiting).submit(work)
    conversation.waiting.append(Waiting(question, found))
    return fits


def _is_within(assistant: Assistant, text: str, area: str | None) -> bool:
    """Whether a question names no other area than the chosen one. What is wrong with it is told with its answer."""
    try:
        return area is None or set(assistant.areas_in(text)) <= {area}
    except QuestionProblem:
        return True
