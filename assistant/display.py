"""Answers and sources as HTML for the page: pure functions, every text that isn't ours escaped.

Questions and documents come from strangers. Nothing of them may format, run or load anything, so they travel as
escaped text inside HTML of our own and never as Markdown. Class names are those of the page's style sheet.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from assistant.types import Answer, Citation, Statement, StatementKind, Status
from assistant.wording import day, listed, say
from index.types import DateRange, Document, Kind, Polarity

KINDS = {
    Kind.INSPECTION_REPORT: "Inspection report",
    Kind.INSPECTION_LETTER: "Inspection letter",
    Kind.NEWS_ARTICLE: "News article",
    Kind.COUNCIL_MINUTES: "Council minutes",
    Kind.COUNCIL_NEWS: "Council news",
    Kind.BRIEFING: "Briefing",
    Kind.OTHER: "Document",
}
# A finding's class in the style sheet and its sign. Words stand beside them: nothing is said by colour alone.
TONES = {
    Polarity.STRENGTH: ("good", "✓"),
    Polarity.NEEDS_IMPROVEMENT: ("improve", "→"),
    Polarity.PRIORITY_ACTION: ("urgent", "!"),
}
# Addresses of the quoted words in a source: between their neighbours, and in the whole document.
QUOTED = "quoted"
QUOTED_IN_FULL = "quoted-in-full"
ENDINGS = {
    Status.ANSWERED: "Answer ready",
    Status.PARTLY_ANSWERED: "Part of an answer found",
    Status.NOT_FOUND: "Not found in these documents",
    Status.NEEDS_CLARIFICATION: "A question back to you",
    Status.OUT_OF_SCOPE: "Not something these documents cover",
}


def dates_text(period: DateRange) -> str:
    """The days of an inspection as people write them: 8 to 12 July 2024."""
    start, end = period.start, period.end
    last = day(end)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {last}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {last}"
    return f"{day(start)} to {last}"


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


def question_html(answer: Answer, anchor: str) -> str:
    """The question as it was typed, under an address to scroll to, and as it was understood where that differs."""
    understood = f"Understood as: {answer.resolved_question}" if answer.resolved_question != answer.question else ""
    return (
        f'<div class="asked" id="{escape(anchor)}"><p class="label">You asked</p>'
        f'<h2>{escape(answer.question)}</h2><p class="label">{escape(understood)}</p></div>'
    )


def scroll_html(anchor: str, block: str = "start") -> str:
    """A script that brings an element of the page into view; the only script we send."""
    return f'<script>document.getElementById("{anchor}")?.scrollIntoView({{block: "{block}"}});</script>'


def prose_html(statement: Statement) -> str:
    """A statement in the assistant's own words. A lead heads the quotations after it."""
    tag = "h3" if statement.kind is StatementKind.LEAD else "p"
    return f'<{tag} class="{statement.kind.value}">{escape(statement.text)}</{tag}>'


def finding_html(statement: Statement, citations: Sequence[Citation]) -> str:
    """One finding: its mark, the exact words, and who said them."""
    tone, sign = TONES.get(statement.polarity or Polarity.CONTEXT, ("plain", ""))
    words = capitalised(say("mark", statement.polarity.value)) if statement.polarity else ""
    mark = f'<p class="mark"><span aria-hidden="true">{sign}</span> {escape(words)}</p>' if sign else ""
    own_words = prose_html(statement) if statement.kind is StatementKind.SUMMARY else ""
    quotes = "".join(_quote_html(citation) for citation in citations)
    return f'<div class="finding {tone}">{mark}{own_words}{quotes}</div>'


def gaps_html(gaps: Iterable[Statement]) -> str:
    """What was asked for and is not in the documents."""
    lines = "".join(f"<p>{escape(gap.text)}</p>" for gap in gaps)
    return f'<div class="gaps"><h3>Not in these documents</h3>{lines}</div>'


def source_html(citation: Citation) -> str:
    """The head of a source: which document, and whose words in it are quoted."""
    return f'<div class="source"><h3>{escape(citation.title)}</h3><p>{escape(speaker_text(citation))}</p></div>'


def facts_html(citation: Citation) -> str:
    """What is known about the document of a quotation and the place in it."""
    facts = (
        ("Kind", KINDS[citation.kind]),
        ("Publisher", citation.publisher),
        ("About", listed(citation.areas)),
        ("Inspected", dates_text(citation.inspection) if citation.inspection else None),
        ("Published", day(citation.published) if citation.published else None),
        ("Section", citation.section),
        ("Page", str(citation.page) if citation.page else None),
    )
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value or 'Not stated in the document')}</dd>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>'


def speaker_text(citation: Citation) -> str:
    """Who said the quoted words, and whether we have them from the speaker's own document."""
    speaker = say("speaker", citation.speaker.value)
    details = [] if citation.speaker_detail == speaker else [citation.speaker_detail]
    details += [] if citation.first_hand else ["second-hand"]
    return capitalised(f"{speaker} ({', '.join(details)})" if details else speaker)


def capitalised(text: str) -> str:
    """A text that begins with a capital letter and is otherwise as it was."""
    return text[:1].upper() + text[1:]


def surroundings_html(document: Document, citation: Citation) -> str:
    """The passage of a quotation between its neighbours, with the quoted words marked."""
    start, end = surroundings(document, citation.start, citation.end)
    return f'<div class="paper">{marked_html(document.text, start, end, citation, QUOTED)}</div>'


def document_html(document: Document, citation: Citation) -> str:
    """The whole text of a document, folded, with the quoted words marked."""
    text = marked_html(document.text, 0, len(document.text), citation, QUOTED_IN_FULL)
    return (
        '<details class="whole"><summary>Show the whole document</summary>'
        f'<p><a href="#{QUOTED_IN_FULL}" target="_self">Go to the quoted words</a></p>'
        f'<div class="paper">{text}</div></details>'
    )


def surroundings(document: Document, start: int, end: int, neighbours: int = 1) -> tuple[int, int]:
    """Offsets of the passages that hold ``[start, end)`` together with their neighbours."""
    held = [n for n, passage in enumerate(document.passages) if passage.start < end and start < passage.end]
    if not held:
        return start, end
    first = document.passages[max(0, held[0] - neighbours)]
    last = document.passages[min(len(document.passages) - 1, held[-1] + neighbours)]
    return min(first.start, start), max(last.end, end)


def marked_html(text: str, start: int, end: int, citation: Citation, anchor: str) -> str:
    """``text[start:end]`` as literal HTML text with the citation's words inside ``<mark>``, under an anchor.

    Of several empty lines one is kept.
    """
    parts = (text[start : citation.start], text[citation.start : citation.end], text[citation.end : end])
    before, quoted, after = (escape(re.sub(r"\n{3,}", "\n\n", part)) for part in parts)
    return f'{before}<mark id="{anchor}">{quoted}</mark>{after}'


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
    return (
        f"What is going well in {area}?",
        f"What must get better in {area}?",
        f"What do inspectors say about speech and language therapy in {area}?",
        f"When will inspectors come back to {area}?",
    )


def literal_label(text: str) -> str:
    """A text that shows itself as a button label, where Markdown can't be switched off.

    Backslashes stop Markdown. Streamlit also replaces icon codes (``:home:``) and arrows (``->``) in what Markdown
    leaves over; an invisible word joiner inside them keeps them as they are.
    """
    joined = re.sub(r":(?=\w)|[-<>~](?=[->=])", "\\g<0>\N{WORD JOINER}", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", joined)


def _quote_html(citation: Citation) -> str:
    year = citation.inspection.end.year if citation.inspection else None
    who = f"{speaker_text(citation)}, {year}" if year else speaker_text(citation)
    words = re.sub(r"\s*\n\s*", "\n", citation.quote)  # a line a bullet, no empty lines between them
    return (
        f"<figure><blockquote>“{escape(words)}” <sup>[{citation.id}]</sup></blockquote>"
        f"<figcaption>{escape(who)}</figcaption></figure>"
    )


def _document_item(document: Document) -> str:
    profile = document.profile
    inspected = dates_text(profile.inspection) if profile.inspection else profile.inspection_year
    facts = (
        KINDS[profile.kind],
        listed(profile.areas),
        f"inspected {inspected}" if inspected else "",
        f"published {day(profile.published)}" if profile.published else "",
    )
    line = ", ".join(fact for fact in facts if fact)
    return f'<li><p class="title">{escape(profile.title)}</p><p>{escape(line)}</p></li>'
