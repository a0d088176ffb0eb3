"""Answers and sources as HTML for the page: pure functions, every text that isn't ours escaped.

Questions and documents come from strangers. Nothing of them may format, run or load anything, so they travel as
escaped text inside HTML of our own and never as Markdown. Class names are those of the page's style sheet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.types import Answer, Citation, Statement, StatementKind, Status
from index.types import DateRange, Document, Kind, Polarity, Speaker

KINDS = {
    Kind.INSPECTION_REPORT: "Inspection report",
    Kind.INSPECTION_LETTER: "Inspection letter",
    Kind.NEWS_ARTICLE: "News article",
    Kind.COUNCIL_MINUTES: "Council minutes",
    Kind.COUNCIL_NEWS: "Council news",
    Kind.BRIEFING: "Briefing",
    Kind.OTHER: "Document",
}
SPEAKERS = {
    Speaker.INSPECTORS: "Inspectors",
    Speaker.COUNCIL: "The council",
    Speaker.NHS: "The NHS",
    Speaker.PARENTS_FORUM: "The parent carer forum",
    Speaker.PRESS: "The press",
    Speaker.MINUTES: "The council",
    Speaker.OTHER: "Someone else",
}
# Never by colour alone: each mark is a sign, words and a colour.
MARKS = {
    Polarity.STRENGTH: ("good", "✓", "Going well"),
    Polarity.NEEDS_IMPROVEMENT: ("improve", "→", "Needs to get better"),
    Polarity.PRIORITY_ACTION: ("urgent", "!", "Must be put right urgently"),
}
ENDINGS = {
    Status.ANSWERED: "Answer ready",
    Status.PARTLY_ANSWERED: "Part of an answer found",
    Status.NOT_FOUND: "Not found in these documents",
    Status.NEEDS_CLARIFICATION: "A question back to you",
    Status.OUT_OF_SCOPE: "Not something these documents cover",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one inspection of one area, in the order of the answer."""

    heading: str
    findings: tuple[Statement, ...]


def dates_text(period: DateRange) -> str:
    """The days of an inspection as people write them: 8 to 12 July 2024."""
    start, end = period.start, period.end
    last = day_text(end)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {last}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {last}"
    return f"{day_text(start)} to {last}"


def day_text(day: date) -> str:
    """A date in full: 9 June 2023."""
    return f"{day.day} {day:%B %Y}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 document, 5 documents."""
    return f"{number} {one if number == 1 else many}"


def announcement(answer: Answer) -> str:
    """What a screen reader says when an answer has arrived."""
    quotations = counted(len(answer.citations), "quotation", "quotations")
    return f"{ENDINGS[answer.status]}: {quotations}." if answer.citations else f"{ENDINGS[answer.status]}."


def status_html(message: str) -> str:
    """A live region that only screen readers meet."""
    return f'<div class="only-read" role="status" aria-live="polite">{escape(message)}</div>'


def question_html(question: str, anchor: str) -> str:
    """The question as it was typed, under an address to scroll to."""
    return f'<div class="asked" id="{escape(anchor)}"><p class="label">You asked</p><h2>{escape(question)}</h2></div>'


def scroll_html(anchor: str) -> str:
    """A script that brings an element of the page into view; the only script we send."""
    return f'<script>document.getElementById("{anchor}")?.scrollIntoView();</script>'


def prose_html(statement: Statement) -> str:
    """A statement in the assistant's own words: a lead, a summary, a gap or a note."""
    return f'<p class="{statement.kind.value}">{escape(statement.text)}</p>'


def finding_html(statement: Statement, citations: Sequence[Citation]) -> str:
    """One finding: its mark, the exact words, and who said them."""
    quotes = "".join(_quote_html(citation) for citation in citations)
    own_words = prose_html(statement) if statement.kind is StatementKind.SUMMARY else ""
    return f'<div class="finding {_tone(statement)}">{_mark_html(statement.polarity)}{own_words}{quotes}</div>'


def groups(answer: Answer) -> tuple[Group, ...]:
    """The quotations and summaries of an answer, grouped by the inspection they speak of."""
    found: dict[str, list[Statement]] = {}
    by_id = {citation.id: citation for citation in answer.citations}
    for statement in answer.statements:
        if statement.kind in (StatementKind.QUOTE, StatementKind.SUMMARY):
            cited = [by_id[number] for number in statement.citations]
            found.setdefault(_heading(statement, cited), []).append(statement)
    return tuple(Group(heading, tuple(findings)) for heading, findings in found.items())


def group_html(group: Group) -> str:
    """The heading over the findings of one inspection."""
    return f'<h3 class="inspection">{escape(group.heading)}</h3>'


def gaps_html(gaps: Sequence[Statement]) -> str:
    """What was asked for and is not in the documents."""
    items = "".join(f"<li>{escape(gap.text)}</li>" for gap in gaps)
    return f'<div class="gaps"><h3>What these documents don’t say</h3><ul>{items}</ul></div>'


def source_html(citation: Citation) -> str:
    """The head of a source: which document, and whose words in it are quoted."""
    return f'<div class="source"><h3>{escape(citation.title)}</h3><p>{escape(speaker_text(citation))}</p></div>'


def facts_html(citation: Citation) -> str:
    """What is known about the document of a quotation and the place in it."""
    facts = (
        ("Kind", KINDS[citation.kind]),
        ("Publisher", citation.publisher),
        ("About", ", ".join(citation.areas)),
        ("Inspected", dates_text(citation.inspection) if citation.inspection else None),
        ("Published", day_text(citation.published) if citation.published else None),
        ("Section", citation.section),
        ("Page", str(citation.page) if citation.page else None),
    )
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value or 'Not stated in the document')}</dd>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>'


def speaker_text(citation: Citation) -> str:
    """Who said the quoted words, and whether we have them from the speaker's own document."""
    hand = "" if citation.first_hand else ", second-hand"
    return f"{SPEAKERS[citation.speaker]} ({citation.speaker_detail}{hand})"


def surroundings_html(document: Document, citation: Citation) -> str:
    """The passage of a quotation between its neighbours, with the quoted words marked."""
    start, end = surroundings(document, citation.start, citation.end)
    return f'<div class="paper">{marked_html(document.text, start, end, citation.start, citation.end)}</div>'


def document_html(document: Document, citation: Citation) -> str:
    """The whole text of a document, folded, with the quoted words marked."""
    text = marked_html(document.text, 0, len(document.text), citation.start, citation.end)
    return f'<details class="whole"><summary>Show the whole document</summary><div class="paper">{text}</div></details>'


def surroundings(document: Document, start: int, end: int, neighbours: int = 1) -> tuple[int, int]:
    """Offsets of the passages that hold ``[start, end)`` together with their neighbours."""
    held = [n for n, passage in enumerate(document.passages) if passage.start < end and start < passage.end]
    if not held:
        return start, end
    first = document.passages[max(0, held[0] - neighbours)]
    last = document.passages[min(len(document.passages) - 1, held[-1] + neighbours)]
    return min(first.start, start), max(last.end, end)


def marked_html(text: str, start: int, end: int, mark_start: int, mark_end: int) -> str:
    """``text[start:end]`` as literal HTML text with ``[mark_start, mark_end)`` inside ``<mark>``."""
    before, quoted, after = text[start:mark_start], text[mark_start:mark_end], text[mark_end:end]
    return f"{escape(before)}<mark>{escape(quoted)}</mark>{escape(after)}"


def documents_html(documents: Sequence[Document]) -> str:
    """The list of loaded documents: title, kind, area and dates."""
    return f'<ul class="documents">{"".join(_document_item(document) for document in documents)}</ul>'


def notice_html(title: str, message: str) -> str:
    """Something that needs the reader's attention, read out at once."""
    return f'<div class="notice" role="alert"><p class="title">{escape(title)}</p><p>{escape(message)}</p></div>'


def examples(documents: Sequence[Document]) -> tuple[str, ...]:
    """Questions to start from, about the area that was inspected last."""
    inspected = [doc.profile for doc in documents if doc.profile.inspection and doc.profile.areas]
    if not inspected:
        return ()
    newest = max(inspected, key=lambda profile: profile.inspection.end if profile.inspection else date.min)
    area = newest.areas[0]
    years = sorted(
        {profile.inspection.end.year for profile in inspected if profile.inspection and area in profile.areas}
    )
    compared = f"What did inspectors say about therapies in {area} in {years[0]} and in {years[-1]}?"
    return (
        f"What is going well in {area}?",
        f"How long do children in {area} wait for an autism assessment?",
        f"When will inspectors come back to {area}?",
        *((compared,) if len(years) > 1 else ()),
    )


def literal_label(text: str) -> str:
    """A text that shows itself as a button label, where Markdown can't be switched off.

    Backslashes stop Markdown. Streamlit also replaces icon codes (``:home:``) and arrows (``->``) in what Markdown
    leaves over; an invisible word joiner inside them keeps them as they are.
    """
    joined = re.sub(r":(?=\w)|[-<>~](?=[->=])", "\\g<0>\N{WORD JOINER}", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", joined)


def _heading(statement: Statement, cited: Sequence[Citation]) -> str:
    """The inspection a statement speaks of: area and days where the quoted words tell them."""
    area = statement.area or (", ".join(cited[0].areas) if cited else "") or "No area named"
    inspection = cited[0].inspection if cited else None
    if inspection:
        return f"{area}, inspected {dates_text(inspection)}"
    return f"{area}, {statement.period}" if statement.period else area


def _tone(statement: Statement) -> str:
    return MARKS[statement.polarity][0] if statement.polarity in MARKS else "plain"


def _mark_html(polarity: Polarity | None) -> str:
    if polarity not in MARKS:
        return ""
    _, sign, words = MARKS[polarity]
    return f'<p class="mark"><span aria-hidden="true">{sign}</span> {words}</p>'


def _quote_html(citation: Citation) -> str:
    year = citation.inspection.end.year if citation.inspection else None
    who = f"{speaker_text(citation)}, {year}" if year else speaker_text(citation)
    return (
        f"<figure><blockquote>“{escape(citation.quote)}” <sup>[{citation.id}]</sup></blockquote>"
        f"<figcaption>{escape(who)}</figcaption></figure>"
    )


def _document_item(document: Document) -> str:
    profile = document.profile
    inspected = f"inspected {dates_text(profile.inspection)}" if profile.inspection else profile.period
    published = f"published {day_text(profile.published)}" if profile.published else ""
    facts = [KINDS[profile.kind], ", ".join(profile.areas), inspected, published]
    line = ", ".join(escape(fact) for fact in facts if fact)
    return f'<li><p class="title">{escape(profile.title)}</p><p>{line}</p></li>'
