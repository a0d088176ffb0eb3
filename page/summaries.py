"""What a language model adds to an answer, as HTML: its statements, each with the numbers of what it stands on."""

from html import escape
from itertools import takewhile

from assistant.types import Answer, Statement, StatementKind
from assistant.wording import wording
from assistant.writers.notices import say
from page.display import quotation_anchor
from page.words import ENGLISH, in_language


def added(answer: Answer, whole: Answer) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """What a model wrote before an answer's own statements, and what is said about it after them."""
    own, most = len(answer.statements), len(whole.statements)
    before = next(at for at in range(most + 1) if whole.statements[at : at + own] == answer.statements)
    return whole.statements[:before], whole.statements[before + own :]


def summary_html(answer: Answer, whole: Answer, place: str, running: bool) -> str:
    """A model's statements over the quotations they stand on, and what is said about them."""
    statements, notes = added(answer, whole)
    ours = wording(answer.language)
    told = list(takewhile(lambda one: one.kind is not StatementKind.SUMMARY, statements))
    rows = "".join(_row(one, place) for one in statements[len(told) :])
    after = [say(answer.language, "writing")] if running else [note.text for note in notes]
    parts = [
        *(f'<p class="label">{escape(one.text)}</p>' for one in told),
        f"<ul>{rows}</ul>" if rows else "",
        *(f'<p class="label" role="status">{escape(text)}</p>' for text in after),
    ]
    return f'<div class="summary" {in_language(ours)}>{"".join(parts)}</div>' if any(parts) else "<div></div>"


def _row(statement: Statement, place: str) -> str:
    """A statement in English, or the translation of the one before it."""
    if statement.kind is StatementKind.SUMMARY:
        return f"<li {ENGLISH}>{escape(statement.text)} {_marks(statement, place)}</li>"
    return f'<li class="translation">{escape(statement.text)}</li>'


def _marks(statement: Statement, place: str) -> str:
    anchors = ((escape(quotation_anchor(place, number)), number) for number in statement.citations)
    return "".join(f'<a href="#{anchor}" target="_self">[{number}]</a>' for anchor, number in anchors)
