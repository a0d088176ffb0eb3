"""Inspections side by side on one topic, in their own words. What is better or worse is not for us to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import streamlit as st

from assistant.assistant import Assistant
from assistant.errors import QuestionProblem
from assistant.types import Answer, Filters, Status
from assistant.wording import wording
from index.data_files import read_toml
from index.errors import IndexProblem
from index.types import Document, Framework
from page import ask, display, save, show, state
from page.show import Shown

LEAD = (
    "See what was written about one topic in two or more inspections: of one area over the years, or of different "
    "areas. You read the quotations and judge for yourself."
)
_TOPICS = Path(__file__).with_name("topics.toml")
OTHER = "Another topic …"
MOST = 4
_ERAS = (
    "These come from two kinds of inspection: that of 2016 to 2022 and that of 2023 on. They asked different "
    "questions, so their results can’t be set against each other."
)
_COMMON = "On these topics there is something from each of the chosen inspections: {topics}."
_NOTHING_COMMON = "There is no topic of this list on which each of the chosen inspections says something."


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
    topic = st.selectbox("Topic", (*topics(), OTHER), key="topic", persist_state="session")
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
    if not all(map(_found, answers)):
        st.html(display.label_html(_shared_topics(chosen), wording()))
    if answers:
        save.buttons("Save the comparison", "comparison", answers)


def _shared_topics(chosen: Sequence[Side]) -> str:
    """What there is to compare instead, where an inspection says nothing on a topic."""
    store = state.loaded().store.manifest.generation
    common = [topic for topic in topics() if all(topic in _spoken_of(side, store) for side in chosen)]
    return _COMMON.format(topics=wording().listed(common)) if common else _NOTHING_COMMON


def _side(topic: str, side: Side) -> Answer | None:
    st.html(display.heading_html(str(side)))
    try:
        answer = about(state.loaded(), topic, side)
    except (QuestionProblem, IndexProblem) as problem:
        st.html(display.notice_html("This can’t be compared.", str(problem)))
        return None
    show.show_findings(Shown(answer, f"side-{side.area}-{side.year}", ask.view()))
    return answer


def about(assistant: Assistant, topic: str, side: Side) -> Answer:
    """What was written on a topic about an area in a year: the first of its wordings that is answered."""
    filters = Filters(area=side.area, since=side.year, until=side.year)
    answers = (
        assistant.ask(f"What is said about {words} in {side.area}?", (), filters)
        for words in topics().get(topic, (topic,))
    )
    first = next(answers)
    return first if _found(first) else next(filter(_found, answers), first)


def _found(answer: Answer) -> bool:
    return answer.status is not Status.NOT_FOUND


@cache
def topics() -> dict[str, tuple[str, ...]]:
    """The topics to choose from, each with the words it is asked for in."""
    return {one["name"]: tuple(one["words"]) for one in read_toml(_TOPICS)["topic"]}


@st.cache_data(show_spinner=False, max_entries=200)
def _spoken_of(side: Side, store: str) -> frozenset[str]:
    """The topics on which something was written; ``store`` is the generation that says so."""
    del store
    return frozenset(topic for topic in topics() if _found(about(state.loaded(), topic, side)))


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
