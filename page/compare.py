"""Inspections side by side on one topic, in their own words. What is better or worse is not for us to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import streamlit as st

from assistant.errors import QuestionProblem
from assistant.types import Answer, Filters
from index.errors import IndexProblem
from index.types import Document, Framework
from page import ask, display, save, show, state
from page.show import Shown

LEAD = (
    "See what was written about one topic in two or more inspections: of one area over the years, or of different "
    "areas. You read the quotations and judge for yourself."
)
TOPICS = (
    "Speech and language therapy",
    "Education, health and care plans",
    "Waiting times for assessments",
    "Mental health support",
    "Alternative provision",
    "Preparing for adult life",
    "Short breaks",
    "How leaders work together",
    "Listening to parents and children",
)
OTHER = "Another topic …"
MOST = 4
_ERAS = (
    "These come from two kinds of inspection: that of 2016 to 2022 and that of 2023 on. They asked different "
    "questions, so their results can’t be set against each other."
)


@dataclass(frozen=True, slots=True)
class Side:
    """One area in one year."""

    area: str
    year: int

    def __str__(self) -> str:
        return f"{self.area}, {self.year}"


def draw() -> None:
    """Draw the page."""
    st.title("Compare", anchor=False)
    st.html(f'<p class="introduction broad">{LEAD}</p>')
    documents = state.opened().documents
    every = sides(documents)
    topic = st.selectbox("Topic", (*TOPICS, OTHER), key="topic", persist_state="session")
    if topic == OTHER:
        topic = st.text_input("Your topic", key="own-topic", max_chars=200, persist_state="session") or ""
    if len(every) < 2:
        st.html(display.notice_html("There is nothing to compare yet.", "Load documents about two inspections."))
        return
    chosen = st.multiselect(
        "Inspections", every, default=first_choice(every), max_selections=MOST, key="sides", persist_state="session"
    )
    if len(chosen) < 2 or not topic.strip():
        st.html('<p class="label">Choose two to four inspections and a topic.</p>')
        return
    _table(documents, topic.strip(), chosen)


def sides(documents: Sequence[Document]) -> list[Side]:
    """Every area with every year something is written about it, by name, newest first."""
    found = {
        Side(area, int(document.profile.period))
        for document in documents
        if document.profile.period
        for area in document.profile.areas
    }
    return sorted(found, key=lambda side: (side.area, -side.year))


def first_choice(every: Sequence[Side]) -> list[Side]:
    """Two inspections of one area where there are any, else the first two areas."""
    for one, other in pairwise(every):
        if one.area == other.area:
            return [one, other]
    return list(every[:2])


def _table(documents: Sequence[Document], topic: str, chosen: Sequence[Side]) -> None:
    answers = []
    if len(eras(documents, chosen)) > 1:
        st.html(f'<p class="changed">{_ERAS}</p>')
    for start in range(0, len(chosen), 2):
        row = chosen[start : start + 2]
        for column, side in zip(st.columns(2, gap="medium"), row, strict=False):
            with column:
                answer = _side(topic, side)
                answers += [answer] if answer else []
    if answers:
        save.buttons("Save the comparison", "comparison", answers)


def _side(topic: str, side: Side) -> Answer | None:
    st.html(display.heading_html(str(side)))
    try:
        answer = about(topic, side)
    except (QuestionProblem, IndexProblem) as problem:
        st.html(display.notice_html("This can’t be compared.", str(problem)))
        return None
    show.show_findings(Shown(answer, f"side-{side.area}-{side.year}", ask.view()))
    return answer


def about(topic: str, side: Side) -> Answer:
    """What was written on a topic about an area in a year."""
    question = f"What is said about {topic} in {side.area}?"
    filters = Filters(area=side.area, since=side.year, until=side.year)
    return state.loaded().ask(question, (), filters)


def eras(documents: Sequence[Document], chosen: Sequence[Side]) -> set[Framework]:
    """The kinds of inspection that the chosen ones were."""
    return {
        document.profile.framework
        for document in documents
        for side in chosen
        if document.profile.framework
        and side.area in document.profile.areas
        and document.profile.period == str(side.year)
    }
