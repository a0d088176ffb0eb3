"""A language model adds to answers, where the settings say so: on a thread of its own, watched by a part of the page.

The answer made of quotations is on the screen before the model is asked. A click, a reload or a second window changes
nothing for the thread; what it has written stands in the conversation.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Literal

import streamlit as st

from assistant.types import Answer, Statement, StatementKind
from assistant.writers.llm import ModelWriter
from assistant.writers.notices import because, say
from assistant.writers.options import chosen
from assistant.writers.problems import Reason
from index.store import Store
from page import summaries
from page.conversations import Conversation, Writing

log = logging.getLogger(__name__)
_LOOK = 0.4  # seconds between two looks at what has been written
_READING = "reading a source"  # set while a drawer is open, which a page drawn anew would close


@st.cache_resource(show_spinner="Opening the documents …")
def _opened() -> ModelWriter:
    """One writer for all visitors: its limits and its pauses are for all of them."""
    return ModelWriter.open(warm=True)


def writer() -> ModelWriter | None:
    """The writer, where the settings ask for one. Raises ``SettingsProblem``."""
    return _opened() if chosen() == "llm" else None


def for_answer(answer: Answer) -> Writing | None:
    """What a model is to add to an answer, where there is one and quotations to write from. It has not begun yet."""
    model = writer()
    return Writing(answer) if model and model.has_work(answer) else None


def begin(writing: Writing, store: Store, conversation: Conversation) -> None:
    """Set the model to work."""
    if model := writer():
        work = (model, writing, store, conversation.name)
        threading.Thread(target=write, args=work, name="writing", daemon=True).start()


def write(model: ModelWriter, writing: Writing, store: Store, conversation: str) -> None:
    """Let an answer grow until the model has finished or somebody stops it."""
    try:
        grown = model.grow(writing.answer, store.documents, conversation, store.embedder, stopped=writing.stopped)
        with closing(grown) as growing:
            for written in growing:
                if not writing.running:
                    break
                writing.answer = written.answer
    except Exception:
        log.exception("A language model's statements could not be checked.")
        writing.answer = given_up(writing.answer)
    finally:
        writing.running = False


def given_up(answer: Answer) -> Answer:
    """An answer with a word on why no more is added to it. What had passed before stays."""
    added = any(statement.kind is StatementKind.SUMMARY for statement in answer.statements)
    told = because(answer.language, "stopped" if added else "failed", Reason.FAILED)
    return replace(answer, statements=(*answer.statements, Statement(told, StatementKind.NOTE)))


def show(answer: Answer, writing: Writing, place: str) -> None:
    """What a model has added to an answer, and what it is still adding."""
    watching = writing.running
    watched = st.fragment(_look, run_every=_LOOK if watching else None)
    watched(answer, writing, place, watching)


def _look(answer: Answer, writing: Writing, place: str, watching: bool) -> None:
    running = writing.running  # looked at before the answer: what is drawn as finished is the whole of it
    st.html(summaries.summary_html(answer, writing.answer, place, running))
    if running:
        st.button(say(answer.language, "stop"), key=f"halt-{place}", type="tertiary", on_click=writing.stop)
    elif watching and not st.session_state.get(_READING):
        st.rerun()  # once more in full: the rest of the page is to know the whole answer


def reading(conversation: Conversation) -> Callable[[], None] | Literal["ignore"]:
    """Note that a drawer opens. What it returns is for when it closes: while a model writes, the page is drawn anew."""
    if not any(turn.writing and turn.writing.running for turn in conversation.turns):
        return "ignore"
    st.session_state[_READING] = True
    return closed


def closed() -> None:
    """Note that no drawer is open."""
    st.session_state.pop(_READING, None)
