"""What every page needs: the assistant, the visitor's conversation, the settings, and the way to the other pages."""

import gc
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from assistant.assistant import Assistant
from index.embedders import embedder
from index.errors import IndexProblem
from index.settings import load as load_index
from index.types import Document
from page import display
from page.conversations import Conversation, Conversations
from page.guard import COOKIE
from page.remember import Remembering
from page.settings import PageSettings, load


@st.cache_resource(show_spinner="Opening the documents …")
def open_assistant(store: Path) -> Assistant:
    """One assistant for all visitors of this server."""
    assistant = Assistant.open(store, Remembering(embedder(load_index())))
    assistant.warm()
    # Documents never change: a collection of garbage need not walk through them while a question waits (85 ms with 45).
    gc.collect()
    gc.freeze()
    return assistant


@st.cache_resource(show_spinner=False)
def conversations(hours: int) -> Conversations:
    """The conversations of this server."""
    return Conversations(hours)


def settings() -> PageSettings:
    """The settings of the page."""
    return load()


def loaded() -> Assistant:
    """The assistant of the store that the settings name. Raises ``IndexProblem``."""
    return open_assistant(load_index().store)


def opened() -> Assistant:
    """The assistant, or a page that says what is missing and which command helps."""
    try:
        assistant = loaded()
        _ = assistant.store  # the newest is opened: what was whole when the server began may be damaged by now
        return assistant
    except IndexProblem as problem:
        st.html(display.notice_html("The documents can’t be opened yet.", str(problem)))
        st.button("Try again")
        st.stop()


def conversation() -> Conversation:
    """The conversation of this visitor; of this window alone, where the browser keeps no cookie."""
    visit = st.context.cookies.get(COOKIE)
    if isinstance(visit, str) and visit:  # outside a browser there are none
        return conversations(settings().hours).of(visit)
    own: Conversation = st.session_state.setdefault("conversation", Conversation())
    return own


def areas(documents: tuple[Document, ...]) -> tuple[str, ...]:
    """Every area the documents speak of, in the order of the alphabet."""
    return tuple(sorted({area for document in documents for area in document.profile.areas}))


def signed_in() -> bool:
    """Whether the visitor may do what needs a sign-in: always, where none is asked for."""
    return not settings().sign_in or bool(getattr(st.user, "is_logged_in", False))


def remember_pages(pages: dict[str, Page]) -> None:
    """Keep the pages of this run, so that they can link to each other."""
    st.session_state.pages = pages


def page(name: str) -> Page:
    """A page by its name."""
    found: Page = st.session_state.pages[name]
    return found


def read_parameters() -> dict[str, list[str]]:
    """The parameters of the address in use."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


Draw = Callable[[], None]
