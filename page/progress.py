"""How far the work behind a page is, looked at every second while somebody watches."""

from collections.abc import Mapping

import streamlit as st

from page import display
from page.jobs import jobs

_WATCHED = "watched-"


def watch(sort: str) -> None:
    """Note that this visitor waits for the end of a work of a sort: the whole page is drawn again then."""
    st.session_state[_WATCHED + sort] = True


@st.fragment(run_every=1)
def progress(sort: str, stages: Mapping[str, str], failed: str) -> None:
    """How far the work is, and what came of it. ``stages`` are words for its stages, ``failed`` what to say then."""
    job = jobs().of(sort)
    if job is None:
        return
    if job.running:
        watch(sort)
        stage = stages.get(job.stage, job.stage).lower()
        st.progress(job.share, f"{job.name}: {stage}, {job.done} of {job.of or '…'}")
        return
    if st.session_state.pop(_WATCHED + sort, False):
        st.rerun()
    if job.problem:
        st.html(display.notice_html(failed.format(name=job.name), job.problem))
    if job.lines:
        st.html(display.results_html(job.lines))
