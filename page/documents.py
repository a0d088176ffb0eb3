"""What is loaded, in a list and along a timeline; and, for those who may, how to change it."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from assistant.wording import wording
from index.types import Document, Kind
from page import ask, display, lists, state, upload, words

LEAD = "Everything that is answered here comes from these documents and from nothing else."
EVERY_KIND = "All kinds"
_OLDEST = date(1, 1, 1)


def _newest(document: Document) -> date:
    about = document.profile
    return about.inspection.end if about.inspection else about.published or _OLDEST


ORDERS: dict[str, tuple[Callable[[Document], object], bool]] = {
    "Newest first": (_newest, True),
    "Oldest first": (_newest, False),
    "Area": (lambda document: document.profile.areas, False),
    "Title": (lambda document: document.profile.title, False),
}
PLACE, TIME = "List", "Timeline"


def draw() -> None:
    """Draw the page."""
    st.title("Documents", anchor=False)
    assistant = state.opened()
    documents, manifest = assistant.documents, assistant.store.manifest
    count = words.counted(len(documents), "document", "documents")
    read = wording().day(date.fromisoformat(manifest.created[:10]))
    st.html(f'<p class="introduction">{LEAD}</p><p class="label">{count}, read on {read}.</p>')
    with st.container(key="filters", horizontal=True, gap="small", vertical_alignment="bottom"):
        area = st.selectbox("Area", (ask.EVERY_AREA, *state.areas(documents)), key="doc-area", width=190)
        kind = st.selectbox("Kind", (EVERY_KIND, *_kinds(documents)), key="doc-kind", width=165, format_func=_kind_name)
        order = st.selectbox("Order", list(ORDERS), key="doc-order", width=165)
    chosen = selected(documents, area, kind, order)
    view = st.segmented_control("Show as", [PLACE, TIME], default=PLACE, required=True, key="doc-view")
    st.html(display.status_html(f"{words.counted(len(chosen), 'document', 'documents')} shown."))
    if view == TIME:
        st.html(lists.timeline_html(chosen))
    else:
        st.html(lists.documents_html(chosen))
    if manifest.failures:
        st.html(lists.failures_html(manifest.failures))
    upload.draw(documents)


def selected(documents: Sequence[Document], area: str, kind: str, order: str) -> list[Document]:
    """The documents of an area and a kind, in an order."""
    kept = [
        document
        for document in documents
        if area in (ask.EVERY_AREA, *document.profile.areas) and kind in (EVERY_KIND, document.profile.kind.value)
    ]
    key, backwards = ORDERS[order]
    return sorted(kept, key=key, reverse=backwards)  # type: ignore[arg-type]


def _kinds(documents: Sequence[Document]) -> list[str]:
    return sorted({document.profile.kind.value for document in documents})


def _kind_name(kind: str) -> str:
    return kind if kind == EVERY_KIND else wording().say("kind", Kind(kind).value)
