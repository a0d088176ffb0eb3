"""Answers and sources as HTML for the page: pure functions, every text that isn't ours escaped.

Questions and documents come from strangers. Nothing of them may format, run or load anything, so they travel as
escaped text inside HTML of our own and never as Markdown. Class names are those of the page's style sheet.

An answer's own words are in the language of its question, so they carry that language and its direction; what stands in
a document is marked as English.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from assistant.types import Answer, Citation, Statement, StatementKind
from assistant.wording import Wording, wording
from index.types import DateRange, Document, Polarity

# A finding's class in the style sheet and its sign. Words stand beside them: nothing is said by colour alone.
TONES = {
    Polarity.STRENGTH: ("good", "✓"),
    Polarity.NEEDS_IMPROVEMENT: ("improve", "→"),
    Polarity.PRIORITY_ACTION: ("urgent", "!"),
}
# Addresses of the quoted words in a source: between their neighbours, and in the whole document.
QUOTED = "quoted"
QUOTED_IN_FULL = "quoted-in-full"
ENGLISH = 'lang="en" dir="ltr"'  # of what documents say


def in_language(ours: Wording) -> str:
    """The attributes of our own words: their language, and which way it is written."""
    return f'lang="{ours.language}" dir="{ours.direction}"'


def dates_text(period: DateRange, ours: Wording) -> str:
    """The days of an inspection as people write them: 8 to 12 July 2024."""
    start, end = period.start, period.end
    if start == end:
        return ours.day(end)
    if start.year == end.year and start.month != end.month:
        return ours.span(ours.day_of_year(start), ours.day(end))
    return ours.days(period)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 document, 5 documents."""
    return f"{number} {one if number == 1 else many}"


def announcement(answer: Answer) -> str:
    """What a screen reader says when an answer has arrived."""
    ours, count = wording(answer.language), len(answer.citations)
    ending = ours.say("page", answer.status.value)
    if not count:
        return f"{ending}."
    return ours.say("page", "one_quotation" if count == 1 else "quotations", ending=ending, count=count)


def status_html(message: str, language: str = "en") -> str:
    """A live region that only screen readers meet. ``language`` is the message's."""
    spoken = "" if language == "en" else f' lang="{language}"'
    return f'<div class="only-read"{spoken} role="status" aria-live="polite">{escape(message)}</div>'


def question_html(answer: Answer, anchor: str) -> str:
    """The question as it was typed, under an address to scroll to, and as it was understood where that differs."""
    ours = wording(answer.language)
    differs = answer.resolved_question != answer.question
    understood = ours.say("page", "understood", question=answer.resolved_question) if differs else ""
    label = ours.say("page", "asked")
    return (
        f'<div class="asked" id="{escape(anchor)}" {in_language(ours)}><p class="label">{escape(label)}</p>'
        f'<h2 lang="{escape(answer.understood.language)}" dir="auto">{escape(answer.question)}</h2>'
        f'<p class="label">{escape(understood)}</p></div>'
    )


def scroll_html(anchor: str, block: str = "start") -> str:
    """A script that brings an element of the page into view; the only script we send."""
    return f'<script>document.getElementById("{anchor}")?.scrollIntoView({{block: "{block}"}});</script>'


def prose_html(statement: Statement, ours: Wording) -> str:
    """A statement in the assistant's own words. A lead heads the quotations after it."""
    tag = "h3" if statement.kind is StatementKind.LEAD else "p"
    return f'<{tag} class="{statement.kind.value}" {in_language(ours)}>{escape(statement.text)}</{tag}>'


def finding_html(statement: Statement, citations: Sequence[Citation], ours: Wording) -> str:
    """One finding: its mark, the exact words, and who said them."""
    tone, sign = TONES.get(statement.polarity or Polarity.CONTEXT, ("plain", ""))
    words = capitalised(ours.say("mark", statement.polarity.value)) if statement.polarity else ""
    spoken = in_language(ours)
    mark = f'<p class="mark" {spoken}><span aria-hidden="true">{sign}</span> {escape(words)}</p>' if sign else ""
    own_words = prose_html(statement, ours) if statement.kind is StatementKind.SUMMARY else ""
    quotes = "".join(_quote_html(citation, ours) for citation in citations)
    return f'<div class="finding {tone}">{mark}{own_words}{quotes}</div>'


def gaps_html(gaps: Iterable[Statement], ours: Wording) -> str:
    """What was asked for and is not in the documents."""
    lines = "".join(f"<p>{escape(gap.text)}</p>" for gap in gaps)
    return f'<div class="gaps" {in_language(ours)}><h3>{escape(ours.say("page", "not_here"))}</h3>{lines}</div>'


def source_html(citation: Citation, ours: Wording) -> str:
    """The head of a source: which document, and whose words in it are quoted."""
    who = escape(speaker_text(citation, ours))
    return f'<div class="source"><h3 {ENGLISH}>{escape(citation.title)}</h3><p {in_language(ours)}>{who}</p></div>'


def facts_html(citation: Citation, ours: Wording) -> str:
    """What is known about the document of a quotation and the place in it."""
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
    return f'<dl class="facts" {in_language(ours)}>{rows}</dl>'


def speaker_text(citation: Citation, ours: Wording) -> str:
    """Who said the quoted words, and whether we have them from the speaker's own document."""
    speaker = ours.say("speaker", citation.speaker.value)
    details = [] if citation.speaker_detail == speaker else [citation.speaker_detail]
    details += [] if citation.first_hand else [ours.say("page", "second_hand")]
    return capitalised(f"{speaker} ({ours.say('list', 'comma').join(details)})" if details else speaker)


def capitalised(text: str) -> str:
    """A text that begins with a capital letter and is otherwise as it was."""
    return text[:1].upper() + text[1:]


def surroundings_html(document: Document, citation: Citation) -> str:
    """The passage of a quotation between its neighbours, with the quoted words marked."""
    start, end = surroundings(document, citation.start, citation.end)
    return f'<div class="paper" {ENGLISH}>{marked_html(document.text, start, end, citation, QUOTED)}</div>'


def document_html(document: Document, citation: Citation, ours: Wording) -> str:
    """The whole text of a document, folded, with the quoted words marked."""
    text = marked_html(document.text, 0, len(document.text), citation, QUOTED_IN_FULL)
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


def _quote_html(citation: Citation, ours: Wording) -> str:
    year = citation.inspection.end.year if citation.inspection else None
    who = ours.say("list", "comma").join([speaker_text(citation, ours), *([str(year)] if year else [])])
    words = re.sub(r"\s*\n\s*", "\n", citation.quote)  # a line a bullet, no empty lines between them
    return (
        f"<figure><blockquote {ENGLISH}>“{escape(words)}” <sup>[{citation.id}]</sup></blockquote>"
        f"<figcaption {in_language(ours)}>{escape(who)}</figcaption></figure>"
    )


def _document_item(document: Document) -> str:
    profile, ours = document.profile, wording()
    inspected = dates_text(profile.inspection, ours) if profile.inspection else profile.inspection_year
    facts = (
        ours.say("kind", profile.kind.value),
        ours.listed(profile.areas),
        f"inspected {inspected}" if inspected else "",
        f"published {ours.day(profile.published)}" if profile.published else "",
    )
    line = ", ".join(fact for fact in facts if fact)
    return f'<li><p class="title">{escape(profile.title)}</p><p>{escape(line)}</p></li>'
