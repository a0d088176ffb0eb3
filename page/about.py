"""What this is and what it is not; privacy, accessibility, and the terms of the documents."""

from pathlib import Path

import streamlit as st

from assistant.export import attribution
from page import display, state

TEXT = Path(__file__).with_name("about.html")


def draw() -> None:
    """Draw the page."""
    st.title("About", anchor=False)
    st.html(f'<div class="about">{TEXT.read_text(encoding="utf-8")}</div>')
    documents = state.opened().documents
    st.html(display.results_html([attribution(document) for document in documents], role=""))
