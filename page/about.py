"""What this is and what it is not; privacy, accessibility, and the terms of the documents."""

from html import escape
from pathlib import Path

import streamlit as st

from assistant.export import attribution
from page import display, elsewhere, state

TEXT = Path(__file__).with_name("about.html")
SIGNED_IN = (
    "Nobody needs to sign in to ask. Whoever signs in gets further cookies that say who they are, for 30 days or until "
    "they sign out."
)
SENT = "<!-- sent -->"  # where the text has room for what is sent elsewhere


def draw() -> None:
    """Draw the page."""
    st.title("About", anchor=False)
    st.html(f'<div class="about">{TEXT.read_text(encoding="utf-8").replace(SENT, sent())}</div>')
    documents = state.opened().documents
    st.html(display.results_html([attribution(document) for document in documents], role=""))


def sent() -> str:
    """What leaves this server, and what a sign-in leaves with the browser, as items of a list."""
    told = [elsewhere.sent_to() or elsewhere.NOWHERE, *([SIGNED_IN] if state.settings().sign_in else [])]
    return "".join(f"<li>{escape(text)}</li>" for text in told)
