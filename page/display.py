"""Answers and sources as HTML for the page: pure functions, every text that isn't ours escaped.

Questions and documents come from strangers. Nothing of them may format, run or load anything, so they travel as
escaped text inside HTML of our own and never as Markdown. Class names are those of the page's style sheet.

An answer's own words are in the language of its question, so they carry that language and its direction; what stands in
a document is marked as English.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from assistant.types import Answer, Citation, Explained, Statement, StatementKind
from assistant.vocabulary import explained
from assistant.wording import Wording, wording
from index.types import Document, Polarity
from page.words import ENGLISH, capitalised, dates_text, in_language, lines, ours_html

# A finding's class in the style sheet and its sign. Words stand beside them: nothing is said by colour alone.
TONES = {
    Polarity.STRENGTH: ("good", "✓"),
    Polarity.NEEDS_IMPROVEMENT: ("improve", "→"),
    Polarity.PRIORITY_ACTION: ("urgent", "!"),
}
_LONG = 60  # words from which a quotation is set in smaller type: whole, and still to be read on a phone


def announcement(answer: Answer) -> str:
    """What a screen reader says when an answer has arrived."""
    ours, count = wording(answer.language), len(answer.citations)
    ending = ours.say("page", answer.status.value)
    if not count:
        return f"{ending}."
    return ours.say("page", "one_quotation" if count == 1 else "quotations", ending=ending, count=count)


def heading_html(text: str) -> str:
    """A heading of a part of a page."""
    return f"<h2>{escape(text)}</h2>"


def label_html(text: str, ours: Wording) -> str:
    """A remark of ours in small letters."""
    return f'<p class="label" {in_language(ours)}>{ours_html(text, ours)}</p>'


def changed_html(text: str, ours: Wording) -> str:
    """A remark that stands out: something is not as it was, or not as it seems."""
    return f'<p class="changed" {in_language(ours)} role="status">{escape(text)}</p>'


def earlier_html(questions: Sequence[str], ours: Wording) -> str:
    """The questions of a conversation that came before the one that is shown."""
    items = "".join(f'<li dir="auto">{escape(question)}</li>' for question in questions)
    told = escape(ours.say("page", "asked_before"))
    return f'<div class="label" {in_language(ours)}><p>{told}</p><ol>{items}</ol></div>'


def status_html(message: str, language: str = "en") -> str:
    """A live region that only screen readers meet. ``language`` is the message's."""
    ours = wording(language)
    spoken = f" {in_language(ours)}" if ours.translated else ""
    return f'<div class="only-read"{spoken} role="status" aria-live="polite">{escape(message)}</div>'


def question_html(answer: Answer, anchor: str, area: str | None = None, bring: bool = False) -> str:
    """The question as it was typed, under an anchor, and how it was understood.

    ``area`` is one that was chosen beside the question; ``bring`` marks the question to be scrolled to.
    """
    ours = wording(answer.language)
    differs = answer.resolved_question != answer.question
    read = [ours.say("page", "understood", question=answer.resolved_question)] if differs else []
    read += [ours.say("page", "only", area=area)] if area else []
    label = ours.say("page", "asked")
    return (
        f'<div class="asked" id="{escape(anchor)}"{brought("start") if bring else ""} {in_language(ours)}>'
        f'<p class="label">{escape(label)}</p>'
        f'<h2 lang="{escape(answer.understood.language)}" dir="auto">{escape(answer.question)}</h2>'
        f'<p class="label">{ours_html(" · ".join(read), ours)}</p></div>'
    )


def brought(block: str) -> str:
    """The attribute by which our script finds what to scroll to."""
    return f' data-bring="{block}"'


def prose_html(statement: Statement, ours: Wording) -> str:
    """A statement in the assistant's own words. A lead heads the quotations after it."""
    tag = "h3" if statement.kind is StatementKind.LEAD else "p"
    return f'<{tag} class="{statement.kind.value}" {in_language(ours)}>{ours_html(statement.text, ours)}</{tag}>'


def finding_html(
    statement: Statement, citations: Sequence[Citation], ours: Wording, place: str = "", terms: Sequence[Explained] = ()
) -> str:
    """One finding: its mark, the exact words, who said them, and beside them the words that need explaining."""
    tone, mark = _mark(statement, ours)
    quotes = "".join(_quote_html(citation, place, ours) for citation in citations)
    return f'<div class="finding {tone}">{mark}{quotes}{terms_html(terms, ours)}</div>'


def _mark(statement: Statement, ours: Wording) -> tuple[str, str]:
    """The class of a finding, and its mark in words."""
    tone, sign = TONES.get(statement.polarity or Polarity.CONTEXT, ("plain", ""))
    words = capitalised(ours.say("mark", statement.polarity.value)) if statement.polarity else ""
    spoken = in_language(ours)
    mark = f'<p class="mark" {spoken}><span aria-hidden="true">{sign}</span> {escape(words)}</p>' if sign else ""
    return tone, mark


def officer_html(statement: Statement, citations: Sequence[Citation], ours: Wording, place: str = "") -> str:
    """One finding for an officer: the words, then at once where they stand, by whom and of when."""
    tone, mark = _mark(statement, ours)
    rows = "".join(_officer_row(citation, place, ours) for citation in citations)
    return f'<div class="finding officer {tone}">{rows}{mark}</div>'


def _officer_row(citation: Citation, place: str, ours: Wording) -> str:
    facts = (
        ("document", f"{citation.title} ({citation.document})"),
        ("section", citation.section),
        ("page", str(citation.page) if citation.page else None),
        ("inspected", dates_text(citation.inspection, ours) if citation.inspection else None),
        ("published", ours.day(citation.published) if citation.published else None),
        ("said_by", speaker_text(citation, ours)),
    )
    rows = "".join(
        f"<dt>{escape(ours.say('page', name))}</dt><dd>{escape(value)}</dd>" for name, value in facts if value
    )
    return f'{_words_html(citation, place)}<dl class="facts" {in_language(ours)}>{rows}</dl>'


def used(citations: Sequence[Citation], left: dict[str, Explained]) -> tuple[Explained, ...]:
    """Of the explained words of an answer those that quotations use; they are taken out of ``left``."""
    words = " ".join(citation.quote for citation in citations)
    return tuple(left.pop(term.term) for term in explained(words) if term.term in left)


def terms_html(terms: Sequence[Explained], ours: Wording) -> str:
    """Words of a quotation in plain English, beside it and never inside."""
    if not terms:
        return ""
    rows = "".join(f"<dt>{escape(term.term)}</dt><dd>{escape(term.plain)}</dd>" for term in terms)
    label = escape(ours.say("page", "words"))
    return f'<div class="terms"><p class="label" {in_language(ours)}>{label}</p><dl {ENGLISH}>{rows}</dl></div>'


def gaps_html(gaps: Iterable[Statement], ours: Wording) -> str:
    """What was asked for and is not in the documents."""
    lines = "".join(f"<p>{ours_html(gap.text, ours)}</p>" for gap in gaps)
    return f'<div class="gaps" {in_language(ours)}><h3>{escape(ours.say("page", "not_here"))}</h3>{lines}</div>'


def speaker_text(citation: Citation, ours: Wording) -> str:
    """Who said the quoted words, and whether we have them from the speaker's own document."""
    speaker = ours.say("speaker", citation.speaker.value)
    details = [] if citation.speaker_detail == speaker else [citation.speaker_detail]
    details += [] if citation.first_hand else [ours.say("page", "second_hand")]
    return capitalised(f"{speaker} ({ours.say('list', 'comma').join(details)})" if details else speaker)


def notice_html(title: str, message: str, language: str = "en") -> str:
    """Something that needs the reader's attention, read out at once. ``language`` is that of its words."""
    spoken = in_language(wording(language))
    return (
        f'<div class="notice" {spoken} role="alert"><p class="title">{escape(title)}</p><p>{escape(message)}</p></div>'
    )


def examples(documents: Sequence[Document], area: str | None = None) -> tuple[str, ...]:
    """Questions to start from, about an area, or else about the one that was inspected last."""
    inspected = [doc.profile for doc in documents if doc.profile.inspection and doc.profile.areas]
    about = [profile for profile in inspected if not area or area in profile.areas]
    if not about:
        return ()
    newest = max(about, key=lambda profile: profile.inspection.end if profile.inspection else date.min)
    area = area or newest.areas[0]
    return (
        f"My child can’t talk. Does anyone ask what they want in {area}?",
        f"Do families wait too long in {area}?",
        f"What is going well in {area}?",
        f"What must get better in {area}?",
    )


def _quote_html(citation: Citation, place: str, ours: Wording) -> str:
    year = citation.inspection.end.year if citation.inspection else None
    who = ours.say("list", "comma").join([speaker_text(citation, ours), *([str(year)] if year else [])])
    words = _words_html(citation, place)
    return f"<figure>{words}<figcaption {in_language(ours)}>{escape(who)}</figcaption></figure>"


def _words_html(citation: Citation, place: str) -> str:
    """The exact words with their number, under an anchor."""
    name = escape(quotation_anchor(place, citation.id))
    long = ' class="long"' if len(citation.quote.split()) > _LONG else ""
    words = f"“{escape(lines(citation.quote))}” <sup>[{citation.id}]</sup>"
    return f'<blockquote id="{name}"{long} {ENGLISH}>{words}</blockquote>'


def quotation_anchor(place: str, number: int) -> str:
    """The name of the place on a page where a quotation of an answer stands."""
    return f"quotation-{place}-{number}"


def results_html(told: Sequence[str], role: str = 'role="status"') -> str:
    """What became of each of several things, or any other list of sentences."""
    items = "".join(f"<li>{escape(line)}</li>" for line in told)
    return f'<div {role}><ul class="results">{items}</ul></div>'
