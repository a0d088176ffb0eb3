"""From a file's characters to the canonical text: a short, closed list of changes, and no others.

``NORMALISATIONS`` is the whole list, in the order in which it is applied. Offsets everywhere in the project refer
to the text after these changes; nothing is altered later. Words, figures, quotation marks and dashes stay as they are.
"""

import html
import re
import unicodedata
from collections.abc import Callable

# Soft hyphens, zero-width characters, byte-order marks and bidirectional controls: they can't be seen, and are
# used to hide or to reorder words.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_HIDDEN_ELEMENT = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*<li\b[^<>]*>[ \t]*", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"[ \t]*</?(?:p|ul|ol|li|div|br|tr|table|tbody|h[1-6])\b[^<>]*>[ \t]*", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|td|th|sup|sub|small|img|font)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|ndash|mdash|hellip|#\d{1,6});")
_EMPHASIS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_BULLET = re.compile(r"^[ \t]*(?:- ?)?[•▪■●◦‣·∙–*][ \t]+", re.MULTILINE)
_PAGE_BREAK = re.compile(r"(?<=[a-z,])[ \t]*\n(?:[ \t]*\n)+(?=[a-z])")


def line_ends(text: str) -> str:
    """Carriage returns, form feeds and Unicode line separators become plain line breaks."""
    return re.sub("\r\n|[\r\v\f\u0085\u2028\u2029]", "\n", text)


def spaces(text: str) -> str:
    """No-break and other special spaces become plain spaces; tabs stay, they part the cells of a table."""
    return "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)


def invisible(text: str) -> str:
    """Characters nobody can see are dropped, and so are control characters other than tab and line break."""
    text = _INVISIBLE.sub("", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def markup(text: str) -> str:
    """Stray HTML goes: block tags become line breaks, list items bullets, and scripts and comments vanish whole."""
    text = _HIDDEN_ELEMENT.sub("", text)
    text = _ITEM.sub("\n- ", text)
    text = _BLOCK_TAG.sub("\n", text)
    text = _INLINE_TAG.sub("", text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\u00a0", " "), text)


def emphasis(text: str) -> str:
    """Markdown's bold marks go; the words between them stay."""
    return _EMPHASIS.sub(r"\1", text)


def bullets(text: str) -> str:
    """Every sort of bullet at the start of a line becomes ``- ``."""
    return _BULLET.sub("- ", text)


def broken_paragraphs(text: str) -> str:
    """A sentence cut by a page break (no full stop before the gap, a small letter after it) is joined by a space."""
    return _PAGE_BREAK.sub(" ", text)


NORMALISATIONS: tuple[Callable[[str], str], ...] = (
    line_ends,
    spaces,
    invisible,
    markup,
    emphasis,
    bullets,
    broken_paragraphs,
)


def canonical(text: str) -> str:
    """Apply every normalisation in order."""
    for normalisation in NORMALISATIONS:
        text = normalisation(text)
    return text
