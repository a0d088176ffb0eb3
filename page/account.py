"""Signing in, where the settings ask for it: OpenID Connect, by Streamlit's own means."""

import streamlit as st
from streamlit.errors import StreamlitAPIException

from page import display, state


def allowed(what: str) -> bool:
    """Whether the visitor may do something; where a sign-in is missing, the page offers it."""
    if state.signed_in():
        return True
    st.html(f'<p class="label">Please sign in to {what}.</p>')
    if st.button("Sign in", key=f"sign-in-{what}"):
        try:
            st.login()
        except StreamlitAPIException:
            message = "The people who run this page have asked for a sign-in and not set it up yet."
            st.html(display.notice_html("Signing in doesn’t work yet.", message))
    return False


def show_account() -> None:
    """Who is signed in, with a way out; nothing where no sign-in is asked for."""
    if state.settings().sign_in and state.signed_in():
        st.button("Sign out", on_click=st.logout)
