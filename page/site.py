"""Drawn for every visitor, again after each action: the frame, and in it the page that was asked for."""

from pathlib import Path

import streamlit as st

from page import about, account, ask, check, compare, documents, evaluate, scripts, shared, source, state

STYLE = Path(__file__).with_name("page.css")
NAME = "What did the inspectors say?"
SMALL_PRINT = (
    "This is software and it can be wrong: open the source and check the quotation before you rely on it. "
    "It reports on areas, not on one school or one child. It is information, not legal advice, and it is not run or "
    "approved by Ofsted or the CQC. Please leave out names and private details."
)
# Name, heading, what draws it, and its word in the menu: short, so that all of them fit on a line of a phone. The
# name is its address. Who can't start an evaluation has no use for the page about them: it then stands in no menu.
PAGES = (
    ("ask", "Ask", ask.draw, "Ask"),
    ("check", "Check a quotation", check.draw, "Check"),
    ("compare", "Compare", compare.draw, "Compare"),
    ("documents", "Documents", documents.draw, "Documents"),
    ("evaluate", "Evaluate", evaluate.draw, "Evaluate"),
    ("about", "About", about.draw, "About"),
    ("answer", "Answer", shared.draw, ""),
    ("source", "Source", source.draw, ""),
)


def main() -> None:
    """Draw the frame and the page."""
    st.html(STYLE)
    st.html(scripts.always(), unsafe_allow_javascript=True)
    pages = {name: st.Page(draw, title=title, url_path=name, default=name == "ask") for name, title, draw, _ in PAGES}
    state.remember_pages(pages)
    current = st.navigation(list(pages.values()), position="hidden")
    title = NAME if current is pages["ask"] else f"{current.title} – {NAME}"
    st.set_page_config(page_title=title, page_icon="🔎", layout="centered", initial_sidebar_state="collapsed")
    where = f"{current.url_path}-{st.query_params.get('document', '')}-{st.query_params.get('start', '')}"
    here = next(word for name, _, _, word in PAGES if pages[name] is current)
    st.html(
        f'<div data-bring="nearest" data-here="{here}"></div>{scripts.bring_into_view(where)}',
        unsafe_allow_javascript=True,
    )
    menu()
    account.show_account()
    if current is pages["ask"]:
        account.returned()
    current.run()
    st.html(f'<p class="small-print">{SMALL_PRINT}</p>')


def menu() -> None:
    """The way to every page, in sight at every width: a menu that opens isn't found on a phone."""
    unlisted = () if state.settings().evaluate else ("evaluate",)
    with st.container(key="menu", horizontal=True, gap=None):
        for name, _, _, word in PAGES:
            if word and name not in unlisted:
                st.page_link(state.page(name), label=word)


main()
