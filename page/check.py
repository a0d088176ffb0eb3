"""Was this said, by whom, in these words?"""

from dataclasses import replace

import streamlit as st

from assistant.errors import QuestionProblem
from assistant.types import Answer, Statement, StatementKind
from assistant.wording import wording
from index.errors import IndexProblem
from page import ask, display, show, state, verdicts
from page.show import Shown

LEAD = (
    "Paste the words somebody quoted. You see whether they stand in the documents, who really said them and when, and "
    "every word that differs."
)
LONGEST = 2000  # characters
_VERDICT = (StatementKind.GAP, StatementKind.LEAD)


def draw() -> None:
    """Draw the page."""
    st.title("Check a quotation", anchor=False)
    st.html(f'<p class="introduction">{LEAD}</p>')
    assistant = state.opened()
    with st.form("check", border=False):
        words = st.text_area("The words to check", key="claim", max_chars=LONGEST, height=110, persist_state="session")
        area = st.selectbox(
            "Said about", (ask.EVERY_AREA, *state.areas(assistant.documents)), key="claim-area", persist_state="session"
        )
        asked = st.form_submit_button("Check", type="primary")
    if asked:
        st.session_state.checked = _checked(words or "", None if area == ask.EVERY_AREA else area)
    found = st.session_state.get("checked")
    if isinstance(found, str):
        st.html(display.notice_html("This can’t be checked as it is.", found))
    elif found:
        _verdict(found)


def _checked(words: str, area: str | None) -> Answer | str:
    """The verdict, or why there is none."""
    try:
        return state.loaded().check(words, area)
    except (QuestionProblem, IndexProblem) as problem:
        return str(problem)


def _verdict(answer: Answer) -> None:
    """The verdict, the words side by side with what differs, and where they stand."""
    verdict = answer.verdict
    if verdict is None:
        return
    st.html(display.status_html(_headline(answer)))
    st.html(verdicts.verdict_html(verdict, _headline(answer)))
    kept = tuple(statement for statement in answer.statements if not _said_above(statement))
    show.show_findings(Shown(replace(answer, statements=kept), "check", ask.view()))


def _headline(answer: Answer) -> str:
    """The verdict in words: that an area has nothing of the kind comes before the nearest place elsewhere."""
    return " ".join(statement.text for statement in answer.statements if statement.kind in _VERDICT)


def _said_above(statement: Statement) -> bool:
    """The verdict itself and the differing words, which are drawn in another way."""
    ours = wording()
    opening = ours.say("verdict", "difference", claimed="\0", source="\0").split("\0")[0]
    return statement.kind in _VERDICT or (statement.kind is StatementKind.NOTE and statement.text.startswith(opening))
