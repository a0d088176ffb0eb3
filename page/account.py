"""Signing in, where the settings ask for it: OpenID Connect, by Streamlit's own means.

A provider sends whoever comes back to the start page, with a sign-in or without. So the page that the sign-in was begun
on is noted in the visitor's conversation: they are taken back there, or told that they are not signed in.
"""

from html import escape

import streamlit as st
from streamlit.errors import StreamlitAPIException

from page import display, state

REFUSED = "You are not signed in.", "The sign-in was broken off or refused. Nothing has changed; you can try again."
CLOSED = "The sign-in service can’t be asked just now.", "Please try again later, or tell the people who run this page."


def allowed(what: str, page: str) -> bool:
    """Whether the visitor may do something on a page; where a sign-in is missing, the page says so and offers it."""
    if state.signed_in():
        return True
    st.html(f'<p class="label">Please sign in to {what}.</p>')
    if st.button("Sign in", key=f"sign-in-{what}", type="primary"):
        try:
            st.login()
            state.conversation().signing_in.append(page)
        except StreamlitAPIException:
            st.html(display.notice_html(*CLOSED))
    return False


def returned() -> None:
    """After a sign-in: back to the page it was begun on, or a word that it came to nothing."""
    begun = state.conversation().signing_in
    if not begun:
        return
    page = begun[-1]
    begun.clear()
    if state.signed_in():
        st.switch_page(state.page(page))
    st.html(display.notice_html(*REFUSED))


def show_account() -> None:
    """Who is signed in, with a way out; nothing where no sign-in is asked for."""
    if not (state.settings().sign_in and state.signed_in()):
        return
    with st.container(key="account", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f'<p class="label">Signed in{_as()}.</p>', width="content")
        st.button("Sign out", key="sign-out", type="tertiary", on_click=st.logout)


def _as() -> str:
    """By what name, where the provider tells one."""
    name = next((str(told) for key in ("email", "name") if (told := st.user.get(key))), "")
    return f" as {escape(name)}" if name else ""
