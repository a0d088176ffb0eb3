"""Documents as HTML: the quoted words marked where they stand, and what is known of the document."""

from html import escape
from itertools import pairwise

from assistant.types import Citation
from assistant.wording import Wording
from index.types import Document
from page import marks
from page.display import brought, speaker_text
from page.words import ENGLISH, dates_text, in_language

# Anchors of the quoted words in a source: between their neighbours, and in the whole document.
QUOTED = "quoted"
QUOTED_IN_FULL = "quoted-in-full"


def source_html(citation: Citation, ours: Wording) -> str:
    """The head of a source: which document, and whose words in it are quoted."""
    who = escape(speaker_text(citation, ours))
    return f'<div class="source"><h3 {ENGLISH}>{escape(citation.title)}</h3><p {in_language(ours)}>{who}</p></div>'


def facts_html(citation: Citation, ours: Wording, licence: str | None = None) -> str:
    """What is known about the document of a quotation and the place in it. ``licence`` is shown where it is given."""
    facts = (
        ("kind", ours.say("kind", citation.kind.value)),
        ("publisher", citation.publisher),
        ("about", ours.listed(citation.areas)),
        ("inspected", dates_text(citation.inspection, ours) if citation.inspection else None),
        ("published", ours.day(citation.published) if citation.published else None),
        ("section", citation.section),
        ("page", str(citation.page) if citation.page else None),
    )
    absent = ours.say("page", "not_stated")
    rows = "".join(
        f"<dt>{escape(ours.say('page', name))}</dt><dd>{escape(value or absent)}</dd>" for name, value in facts
    )
    rows += f"<dt>{escape(ours.say('page', 'licence'))}</dt><dd>{escape(licence)}</dd>" if licence else ""
    return f'<dl class="facts" {in_language(ours)}>{rows}</dl>'


def surroundings_html(document: Document, citation: Citation, neighbours: int = 1) -> str:
    """The passage of a quotation between its neighbours, with the quoted words marked."""
    start, end = surroundings(document, citation.start, citation.end, neighbours)
    return f'<div class="paper" {ENGLISH}>{marked_html(document, start, end, citation, QUOTED)}</div>'


def document_html(document: Document, citation: Citation, ours: Wording) -> str:
    """The whole text of a document, folded, with the quoted words marked."""
    text = marked_html(document, 0, len(document.text), citation, QUOTED_IN_FULL)
    return (
        f'<details class="whole" {in_language(ours)}><summary>{escape(ours.say("page", "whole"))}</summary>'
        f'<p><a href="#{QUOTED_IN_FULL}" target="_self">{escape(ours.say("page", "jump"))}</a></p>'
        f'<div class="paper" {ENGLISH}>{text}</div></details>'
    )


def surroundings(document: Document, start: int, end: int, neighbours: int = 1) -> tuple[int, int]:
    """Offsets of the passages that hold ``[start, end)`` together with their neighbours."""
    held = [n for n, passage in enumerate(document.passages) if passage.start < end and start < passage.end]
    if not held:
        return start, end
    first = document.passages[max(0, held[0] - neighbours)]
    last = document.passages[min(len(document.passages) - 1, held[-1] + neighbours)]
    return min(first.start, start), max(last.end, end)


def marked_html(document: Document, start: int, end: int, citation: Citation, anchor: str) -> str:
    """``text[start:end]`` as literal HTML text with the citation's words inside ``<mark>``, under an anchor."""
    text, found = document.text, _set_apart(document)
    edges = (start, max(start, citation.start), min(citation.end, end), end)
    before, quoted, after = (marks.html_of(text, one, other, found) for one, other in pairwise(edges))
    attribute = brought("nearest") if anchor == QUOTED else ""
    return f'{before}<mark id="{anchor}"{attribute}>{quoted}</mark>{after}'


def text_html(document: Document) -> str:
    """The whole text of a document, with nothing marked."""
    words = marks.html_of(document.text, 0, len(document.text), _set_apart(document))
    return f'<h2>The text</h2><div class="paper" {ENGLISH}>{words}</div>'


def _set_apart(document: Document) -> marks.Spans:
    """Marks of Markdown. What looks like one on a printed page is something else."""
    return [] if document.pages else marks.spans(document.text)


def said_html(citation: Citation, ours: Wording) -> str:
    """Who said the quoted words, at the head of a document."""
    return f'<p class="label" {in_language(ours)}>{escape(speaker_text(citation, ours))}</p>'
