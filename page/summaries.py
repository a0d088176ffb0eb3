"""What a language model adds to an answer, as HTML: its statements, each with the numbers of what it stands on."""

from html import escape

from assistant.types import Answer, Statement, StatementKind
from assistant.wording import wording
from assistant.writers.notices import say
from page.display import ENGLISH, in_language, quotation_anchor


def added(answer: Answer, whole: Answer) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """What a model wrote before an answer's own statements, and what is said about it after them."""
    summaries = [at for at, one in enumerate(whole.statements) if one.kind is StatementKind.SUMMARY]
    before = summaries[-1] + 1 if summaries else 0
    return whole.statements[:before], whole.statements[before + len(answer.statements) :]


def summary_html(answer: Answer, whole: Answer, place: str, running: bool) -> str:
    """A model's statements over the quotations they stand on, and what is said about them."""
    statements, notes = added(answer, whole)
    ours = wording(answer.language)
    said = [one for one in statements if one.kind is StatementKind.SUMMARY]
    told = [one.text for one in statements if one.kind is not StatementKind.SUMMARY]
    rows = "".join(f"<li>{escape(one.text)} {_marks(one, place)}</li>" for one in said)
    after = [say(answer.language, "writing")] if running else [note.text for note in notes]
    parts = [
        *(f'<p class="label">{escape(text)}</p>' for text in told),
        f"<ul {ENGLISH}>{rows}</ul>" if rows else "",
        *(f'<p class="label" role="status">{escape(text)}</p>' for text in after),
    ]
    return f'<div class="summary" {in_language(ours)}>{"".join(parts)}</div>' if any(parts) else "<div></div>"


def _marks(statement: Statement, place: str) -> str:
    anchors = ((escape(quotation_anchor(place, number)), number) for number in statement.citations)
    return "".join(f'<a href="#{anchor}" target="_self">[{number}]</a>' for anchor, number in anchors)
