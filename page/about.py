"""What this is and what it is not; privacy, accessibility, and the terms of the documents."""

from html import escape
from pathlib import Path

import streamlit as st

from assistant.export import attribution
from page import display, elsewhere, state

TEXT = Path(__file__).with_name("about.html")
SENT = "<!-- sent -->"  # where the text has room for what is sent elsewhere


def draw() -> None:
    """Draw the page."""
    st.title("About", anchor=False)
    st.html(f'<div class="about">{TEXT.read_text(encoding="utf-8").replace(SENT, sent())}</div>')
    documents = state.opened().documents
    st.html(display.results_html([attribution(document) for document in documents], role=""))


def sent() -> str:
    """What leaves this server, as an item of a list."""
    return f"<li>{escape(elsewhere.sent_to() or elsewhere.NOWHERE)}</li>"
