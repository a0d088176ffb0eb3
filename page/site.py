"""Drawn for every visitor, again after each action: the frame, and in it the page that was asked for."""

from pathlib import Path

import streamlit as st

from page import about, ask, check, compare, documents, evaluate, scripts, shared, source, state
from page.account import show_account

STYLE = Path(__file__).with_name("page.css")
NAME = "What did the inspectors say?"
SMALL_PRINT = (
    "This is software and it can be wrong: open the source and check the quotation before you rely on it. "
    "It reports on areas, not on one school or one child. It is information, not legal advice, and it is not run or "
    "approved by Ofsted or the CQC. Please leave out names and private details."
)
# Name, heading, what draws it, and whether it stands in the menu. The name is its address. Who can't start an
# evaluation has no use for the page about them: it then stands in no menu.
PAGES = (
    ("ask", "Ask", ask.draw, True),
    ("check", "Check a quotation", check.draw, True),
    ("compare", "Compare", compare.draw, True),
    ("documents", "Documents", documents.draw, True),
    ("evaluate", "Evaluate", evaluate.draw, True),
    ("about", "About", about.draw, True),
    ("answer", "Answer", shared.draw, False),
    ("source", "Source", source.draw, False),
)


def main() -> None:
    """Draw the frame and the page."""
    st.html(STYLE)
    st.html(scripts.always(), unsafe_allow_javascript=True)
    unlisted = () if state.settings().evaluate else ("evaluate",)
    pages = {
        name: st.Page(
            draw,
            title=title,
            url_path=name,
            default=name == "ask",
            visibility="visible" if listed and name not in unlisted else "hidden",
        )
        for name, title, draw, listed in PAGES
    }
    state.remember_pages(pages)
    current = st.navigation(list(pages.values()), position="top")
    title = NAME if current is pages["ask"] else f"{current.title} – {NAME}"
    st.set_page_config(page_title=title, page_icon="🔎", layout="centered", initial_sidebar_state="collapsed")
    where = f"{current.url_path}-{st.query_params.get('document', '')}-{st.query_params.get('start', '')}"
    st.html(f'<div data-bring="start"></div>{scripts.bring_into_view(where)}', unsafe_allow_javascript=True)
    current.run()
    st.html(f'<p class="small-print">{SMALL_PRINT}</p>')
    show_account()


main()
