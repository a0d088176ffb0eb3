"""Which pieces of a page are its text, and which lead away or only name things."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.readers.compose import Piece
from index.readers.html.noise import words
from index.readers.html.run import Found
from index.structure import BlockKind

_BOLD_HEADING = 14  # words; a line all in bold is a heading up to this length
_TEASER = 40  # words; what follows a heading such as "Related" up to this length leads away too
_SENTENCE_END = re.compile(r"[.;,!…][\"'”’)\]]*$")


def chosen(found: Sequence[Found], sure: bool) -> Iterator[Found]:
    """The pieces that are text: no furniture, no links that lead away; short lines in bold are headings."""
    lists = words()
    leading_away = False
    title = next((n for n, item in enumerate(found) if item.piece.kind is BlockKind.HEADING), 0)
    for place, item in enumerate(found):
        text = item.piece.text
        heading = item.piece.kind is BlockKind.HEADING or _bold_heading(item)
        if (place < title and item.linked) or lists.furniture.match(text):
            continue
        if not sure and item.linked and item.piece.kind is BlockKind.BULLET:
            continue
        if lists.leading_away.match(text) and (heading or item.linked or text.endswith(":")):
            leading_away = heading or text.endswith(":")
            continue
        leading_away = leading_away and not heading and (item.linked or len(text.split()) <= _TEASER)
        if not leading_away:
            yield replace(item, piece=_as_heading(item.piece)) if _bold_heading(item) else item


def _as_heading(piece: Piece) -> Piece:
    return replace(piece, kind=BlockKind.HEADING, level=3)


def _bold_heading(item: Found) -> bool:
    text = item.piece.text
    few = len(text.split()) <= _BOLD_HEADING and not _SENTENCE_END.search(text)
    return item.bold and few and item.piece.kind is BlockKind.PARAGRAPH and not item.linked
