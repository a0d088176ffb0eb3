"""The start page: ask a question, read the quotations that answer it, open each one in its source."""

from functools import partial
from html import escape

import streamlit as st

from assistant.languages import ENGLISH
from assistant.wording import Wording, wording
from index.errors import IndexProblem
from index.types import Document
from page import asking, display, elsewhere, save, scripts, show, state, waiting, words, writing
from page.conversations import Conversation

INTRODUCTION = (
    "Ask in your own words about support for children with special educational needs and disabilities (SEND). "
    "You read what inspectors wrote, word for word, with who said it and when."
)
HELP = "For free advice about your own child: your local SENDIASS, IPSEA, Contact or SOS!SEN. In danger now: call 999."
VIEWS = {"plain": "Plain", "officer": "Officer"}
SHOWN = {"plain": "Plain: hard words are explained.", "officer": "Officer: with document, section, page and dates."}
EVERY_AREA = "All areas"
MOST_SHOWN = 3  # turns drawn unless more are asked for


def draw() -> None:
    """Draw the page."""
    writing.closed()  # whatever drawer was open is not drawn again
    live = st.empty()
    st.title("What did the inspectors say?", anchor=False)
    assistant = state.opened()
    sent = elsewhere.sent_to()  # waits until a model's libraries are loaded, so that no question does
    conversation = state.conversation()
    store = assistant.store.manifest.generation
    at = st.query_params.get("at", "")
    for number in range(first_shown(conversation, at), len(conversation.turns)):
        show.in_conversation(conversation, number, view(), store, bring=str(number) == at)
    if at:
        st.html(scripts.bring_into_view(f"at-{at}"), unsafe_allow_javascript=True)
    for one in list(conversation.waiting):
        waiting.settle(conversation, one, live, view())
    if conversation.turns:
        last, number = conversation.turns[-1], len(conversation.turns) - 1
        ours = wording(last.answer.language)
        offer(ours.say("page", "ask_next"), last.answer.suggestions, ours)
        show.opinion(last.whole, str(number))
        below(conversation, ours)
    else:
        welcome(assistant.documents)
    question_box(assistant.documents, st.session_state.pop("refusal", ""), sent, not conversation.turns)


def view() -> str:
    """How the visitor reads: ``plain`` or ``officer``."""
    return str(st.session_state.get("view") or "plain")


def area() -> str | None:
    """The area the visitor chose, ``None`` for all of them."""
    chosen = st.session_state.get("area")
    return None if chosen in (None, EVERY_AREA) else str(chosen)


def ask(question: str) -> None:
    """Have a question answered within the chosen area. One that names another area lets go of the choice."""
    try:
        if not asking.ask(question, area()):
            st.session_state.area = EVERY_AREA
    except IndexProblem:
        st.session_state.unasked = question  # the page says what is wrong with the documents, and has no box until then


def ask_typed() -> None:
    """Have what was typed into the question box answered."""
    ask(st.session_state.question)


def first_shown(conversation: Conversation, at: str) -> int:
    """The first turn to draw: of a long conversation the earlier ones are drawn when somebody asks for them."""
    hidden = len(conversation.turns) + len(conversation.waiting) - MOST_SHOWN
    wanted = at.isascii() and at.isdigit() and int(at) < hidden
    if hidden <= 0 or wanted or st.session_state.get("earlier"):
        return 0
    ours = wording(conversation.turns[-1].answer.language if conversation.turns else ENGLISH)
    label = ours.say("page", "earlier_one" if hidden == 1 else "earlier", count=hidden)
    with st.container(key=words.spoken_key("before", ours)):
        st.button(label, on_click=partial(st.session_state.__setitem__, "earlier", True))
    return hidden


def welcome(documents: tuple[Document, ...]) -> None:
    """What this is, and questions to start from."""
    number = words.counted(len(documents), "document is loaded", "documents are loaded")
    areas = words.counted(len(state.areas(documents)), "area", "areas")
    st.html(f'<p class="introduction">{INTRODUCTION}</p><p class="label">{number}, about {areas} of England.</p>')
    offer("Try one of these, or type your own question below.", display.examples(documents, area()), wording())
    st.html(f'<p class="label help">{HELP}</p>')


def offer(label: str, questions: tuple[str, ...], ours: Wording) -> None:
    """Questions as buttons that ask themselves."""
    if not questions:
        return
    with st.container(key=words.spoken_key("offers", ours), gap="small"):
        st.html(display.label_html(label, ours))
        for place, question in enumerate(questions):
            label = words.literal_label(question)
            st.button(label, key=f"offer-{place}", on_click=ask, args=(question,), width="stretch")


def below(conversation: Conversation, ours: Wording) -> None:
    """What can be done with the whole conversation."""
    with st.container(key=words.spoken_key("conversation", ours), horizontal=True, gap="small"):
        save.buttons(ours.say("page", "save_all"), "conversation", conversation.answers)
        st.button(ours.say("page", "start_new"), key="start-new", on_click=conversation.clear)


def question_box(documents: tuple[Document, ...], notice: str, sent: str, first: bool) -> None:
    """The box at the foot of the page with its two choices, under a notice if there is one. ``sent``: where it goes.

    Who asks for the ``first`` time is told what each way of reading shows, and later of the chosen one only.

    Inside ``st.bottom`` the box doesn't make Streamlit scroll a long answer to its end.
    """
    if unasked := st.session_state.pop("unasked", ""):
        st.session_state.question = unasked
    with st.bottom:
        if notice:
            st.html(notice)
        with st.container(key="choices", horizontal=True, gap="small", vertical_alignment="center"):
            st.selectbox(
                "Area",
                (EVERY_AREA, *state.areas(documents)),
                key="area",
                label_visibility="collapsed",
                width=190,
                persist_state="session",
            )
            st.segmented_control(
                "Reading view",
                list(VIEWS),
                format_func=VIEWS.__getitem__,
                default="plain",
                required=True,
                key="view",
                label_visibility="collapsed",
                persist_state="session",
            )
            told = SHOWN.values() if first else [SHOWN[view()]]
            st.html(f'<p class="views">{" ".join(told)}</p>', width="stretch")
        st.chat_input("Ask about an inspection", key="question", on_submit=ask_typed)
        if sent:
            st.html(f'<p class="sent">{escape(sent)}</p>')
