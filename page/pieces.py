"""An answer as pieces of HTML in its own order: by inspection, newest first.

The newest answer of a conversation is drawn piece by piece, with a button to each source between them. An earlier one
is drawn at once, its sources as links, and so is the rest of a long list: every element of a page costs the server
half a millisecond after every action.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.format import readable
from assistant.types import Answer, Citation, StatementKind
from assistant.wording import Wording, wording
from page import address, display, scripts, summaries, words
from page.address import Shared


@dataclass(frozen=True, slots=True)
class Piece:
    """Some HTML, and the citations whose sources can be opened below it."""

    html: str
    cited: tuple[Citation, ...] = ()


def pieces(answer: Answer, view: str, ours: Wording, place: str = "") -> Iterator[Piece]:
    """What an answer says. ``view`` is ``plain`` or ``officer``; ``place`` tells it from all others on a page."""
    left = {word.term: word for word in answer.explained}
    for kind, statements in groupby(answer.statements, key=lambda statement: statement.kind):
        if kind is StatementKind.GAP:
            yield Piece(display.gaps_html(statements, ours))
            continue
        for statement in statements:
            if not statement.citations or kind is StatementKind.LEAD:
                yield Piece(display.prose_html(statement, ours))
                continue
            cited = tuple(citation for citation in answer.citations if citation.id in statement.citations)
            if view == "officer":
                yield Piece(display.officer_html(statement, cited, ours, place), cited)
            else:
                terms = display.used(cited, left)
                yield Piece(display.finding_html(statement, cited, ours, place, terms), cited)


def copying_html(answer: Answer, shared: Shared | None, ours: Wording) -> str:
    """Buttons that copy an answer, and its address where it has one."""
    copied, failed = ours.say("page", "copied"), ours.say("page", "copy_failed")
    parts = [scripts.copy_html(ours.say("page", "copy"), readable(answer), copied, failed)]
    if shared:
        link = address.path("answer", shared.parameters)
        parts.append(scripts.copy_html(ours.say("page", "link"), link, copied, failed, address=True))
    return f'<div class="actions" {words.in_language(ours)}>{"".join(parts)}</div>'


def earlier_html(
    answer: Answer,
    place: str,
    view: str,
    area: str | None = None,
    shared: Shared | None = None,
    bring: bool = False,
    whole: Answer | None = None,
) -> str:
    """A question that others came after, and its answer, in one piece. ``place`` tells it from all others on a page.

    ``whole`` is the answer with what a language model has added.
    """
    ours = wording(answer.language)
    asked = display.question_html(answer, f"question-{place}", area, bring)
    added = summaries.summary_html(answer, whole, place, running=False) if whole and whole is not answer else ""
    said = joined_html(pieces(answer, view, ours, place), ours)
    copying = copying_html(whole or answer, shared, ours)
    return f'<div class="earlier" {words.in_language(ours)}>{asked}{added}{said}{copying}</div>'


def joined_html(several: Iterable[Piece], ours: Wording) -> str:
    """Several pieces at once, with links to their sources."""
    told = "".join(piece.html + _links(piece.cited, ours) for piece in several)
    return f'<div class="joined" {words.in_language(ours)}>{told}</div>'


def _links(cited: tuple[Citation, ...], ours: Wording) -> str:
    """Links to the sources of quotations. One's own questions stay out of them."""
    if not cited:
        return ""
    links = (
        f'<a href="{escape(address.path("source", address.place_of(citation).parameters))}" target="_self">'
        f"{escape(ours.say('page', 'source', number=citation.id))}</a>"
        for citation in cited
    )
    return f'<p class="sources" {words.in_language(ours)}>{" ".join(links)}</p>'
