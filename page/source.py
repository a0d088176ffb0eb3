"""A document at quoted words, under an address of its own: as text, and for a PDF as the printed page."""

import hashlib
from pathlib import Path

import streamlit as st

from assistant.errors import QuestionProblem
from assistant.types import Answer, Citation
from assistant.wording import Wording, wording
from index.errors import IndexProblem, SourceProblem
from index.readers.picture import picture
from index.settings import load
from index.store import Store
from index.types import Document
from page import address, display, papers, shared, state, words
from page.address import Place, Shared
from page.citing import cite

TEXT, PRINT = "text", "print"


def draw() -> None:
    """Draw the page."""
    parameters = state.read_parameters()
    place, link = address.place(parameters), address.shared(parameters)
    assistant = state.opened()
    answer = _answer(place, link)
    ours = wording(answer.language) if answer else wording()
    if place is None:
        st.title("Source", anchor=False)
        st.html(display.notice_html("No document is named in this address.", "Open a source from an answer."))
        _way_back(place, link, ours)
        return
    try:
        document = assistant.document(place.document)
    except IndexProblem:
        st.title("Source", anchor=False)
        message = "It may have been removed, or the documents may have been rebuilt. The list of documents shows all."
        st.html(display.notice_html(f"There is no document called {place.document} here.", message))
        _way_back(place, link, ours)
        return
    st.title(document.profile.title, anchor=False)
    with st.container(key=words.spoken_key("neighbours", ours), horizontal=True, gap="small"):
        _neighbours(place, link, answer.citations if answer else (), ours)
        _way_back(place, link, ours)
    _document(document, place, ours)


def _document(document: Document, place: Place, ours: Wording) -> None:
    citation = cite(document, place.start, place.end)
    if citation is None:
        st.html(
            display.notice_html(
                "The words of this address aren’t in this document.", "It may have changed. Its whole text is below."
            )
        )
        st.html(papers.text_html(document))
        return
    st.html(papers.said_html(citation, ours))
    if _chosen_view(document, ours) == PRINT:
        _printed(document, citation, ours)
    else:
        st.html(papers.surroundings_html(document, citation, neighbours=0))
    st.html(papers.facts_html(citation, ours, document.profile.licence or ours.say("page", "no_licence")))
    st.html(papers.document_html(document, citation, ours))


def _chosen_view(document: Document, ours: Wording) -> str:
    if not document.pages:
        return TEXT
    with st.container(key=words.spoken_key("shown-as", ours)):
        view = st.segmented_control(
            ours.say("page", "show_as"),
            [TEXT, PRINT],
            format_func=lambda one: ours.say("page", one),
            default=TEXT,
            required=True,
            key="source-view",
            persist_state="session",
        )
    return str(view or TEXT)


def _printed(document: Document, citation: Citation, ours: Wording) -> None:
    """The page of a PDF on which a quotation begins, with its words framed."""
    page = citation.page or 1
    try:
        png, framed = _picture(state.loaded().store, document, page, citation.quote)
    except SourceProblem as problem:
        st.html(display.notice_html("The printed page can’t be shown.", str(problem)))
        return
    if not framed:
        st.html('<p class="label">The words could not be found on the printed page; they stand in its text.</p>')
    alt = f"Page {page} of the printed document. The quoted words are framed; they stand above as text."
    st.image(png, caption=ours.say("page", "page_number", number=page), alt=alt, width="stretch")


@st.cache_data(
    show_spinner="Drawing the page …",
    max_entries=50,
    hash_funcs={Store: lambda s: s.manifest.generation, Document: lambda d: d.sha256},
)
def _picture(store: Store, document: Document, page: int, words: str) -> tuple[bytes, bool]:
    raw = original(store, document)
    return picture(raw, document.name, page, words, load().limits)


def original(store: Store, document: Document) -> bytes:
    """The bytes of the file a document was read from. Raises ``SourceProblem`` where it is gone or has changed."""
    path = next((source.path for source in store.manifest.sources if source.name == document.name), "")
    try:
        raw = Path(path).read_bytes()
    except OSError:
        raise SourceProblem(f"{document.name} is no longer where it was read from; its text is kept.") from None
    if hashlib.sha256(raw).hexdigest() != document.sha256:
        raise SourceProblem(f"{document.name} has changed since it was read; its text is kept as it was.")
    return raw


def _neighbours(place: Place, link: Shared | None, citations: tuple[Citation, ...], ours: Wording) -> None:
    """The quotations before and after in the same answer."""
    here = [number for number, citation in enumerate(citations) if address.place_of(citation) == place]
    for name, step in (("before", -1), ("after", 1)):
        at = here[0] + step if here else -1
        if 0 <= at < len(citations):
            parameters = address.place_of(citations[at]).parameters | (link.parameters if link else {})
            st.page_link(state.page("source"), label=ours.say("page", name), query_params=parameters)


def _answer(place: Place | None, link: Shared | None) -> Answer | None:
    """The answer that the words belong to: that of the address, or the visitor's own."""
    if link:
        try:
            return shared.answered(link)[-1]
        except (QuestionProblem, IndexProblem):
            return None  # the words of the document are shown without it
    number = _number(place) if place else None
    return None if number is None else state.conversation().answers[number]


def _number(place: Place) -> int | None:
    """Which answer of the visitor's conversation quotes these words, the newest first."""
    for number, answer in reversed(list(enumerate(state.conversation().answers))):
        if any(address.place_of(citation) == place for citation in answer.citations):
            return number
    return None


def _way_back(place: Place | None, link: Shared | None, ours: Wording) -> None:
    label = ours.say("page", "back")
    number = _number(place) if place else None
    if link:
        st.page_link(state.page("answer"), label=label, query_params=link.parameters)
    elif number is not None:
        st.page_link(state.page("ask"), label=label, query_params={"at": str(number)})
    else:
        st.page_link(state.page("ask"), label="Ask a question")
