"""From a file's characters to the canonical text: a short, closed list of changes, and no others.

``NORMALISATIONS`` is the whole list, in the order in which it is applied. Offsets everywhere in the project refer
to the text after these changes; nothing is altered later. Words, figures, quotation marks and dashes stay as they are.
Every pattern here takes time in proportion to the text: a hostile file may be made of nothing but opening marks.
"""

import html
import re
import unicodedata
from collections.abc import Callable

_HIDDEN = (("<script", "</script"), ("<style", "</style"), ("<!--", "-->"))
_ITEM = re.compile(r"<li\b[^<>]{0,500}>[ \t]{0,50}", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|div|br|tr|table|tbody|h[1-6])\b[^<>]{0,500}>[ \t]{0,50}", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|td|th|sup|sub|small|img|font)\b[^<>]{0,500}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr]squo|[lr]dquo|ndash|mdash|hellip|#\d{1,6});")
_EMPHASIS = re.compile(r"\*\*(?=\S)([^*\n]{1,400})(?<=\S)\*\*")
# The last four are the private-use bullets that word processors write.
_BULLET = re.compile(r"^[ \t]{0,50}(?:(?:- ?)?[•▪■●◦‣·∙–*\uf0b7\uf0a7\uf076\uf0fc]|-)[ \t]+(?=\S)", re.MULTILINE)
_PAGE_BREAK = re.compile(r"(?<=[a-z,])[ \t]{0,20}\n(?:[ \t]{0,20}\n){1,50}(?=[a-z])")


def markup(text: str) -> str:
    """Stray HTML goes: block tags become line breaks, list items bullets, and scripts and comments vanish whole."""
    for opening, closing in _HIDDEN:
        text = _without(text, opening, closing)
    text = _ITEM.sub("\n- ", text)
    text = _BLOCK_TAG.sub("\n", text)
    text = _INLINE_TAG.sub("", text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\u00a0", " "), text)


def _without(text: str, opening: str, closing: str) -> str:
    """The text without everything from an opening mark to its closing mark; an unclosed one is left as it is."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose small form is longer would shift every place after it
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    kept, at = [], 0
    while (start := lowered.find(opening, at)) >= 0 and (end := lowered.find(closing, start)) >= 0:
        after = lowered.find(">", end)
        kept.append(text[at:start])
        at = after + 1 if after >= 0 else len(text)
    return "".join([*kept, text[at:]])


def line_ends(text: str) -> str:
    """Carriage returns, form feeds and Unicode line separators become plain line breaks."""
    return re.sub("\r\n|[\r\v\f\x1c-\x1e\u0085\u2028\u2029]", "\n", text)


def spaces(text: str) -> str:
    """Special spaces become plain ones, and none stay at line ends; tabs stay, they part the cells of a table."""
    plain = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    return "\n".join(line.rstrip(" \t") for line in plain.split("\n"))


def invisible(text: str) -> str:
    """Characters nobody can see are dropped: they hide or reorder words. So are all controls but tab and line break."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))


def emphasis(text: str) -> str:
    """Markdown's bold marks go; the words between them stay."""
    return _EMPHASIS.sub(r"\1", text)


def bullets(text: str) -> str:
    """Every sort of bullet at the start of a line becomes ``- ``."""
    return _BULLET.sub("- ", text)


def broken_paragraphs(text: str) -> str:
    """A sentence cut by a page break (no full stop before the gap, a small letter after it) is joined by a space."""

    def joined(gap: re.Match[str]) -> str:
        line = text[text.rfind("\n", 0, gap.start()) + 1 : gap.start()]
        return gap[0] if "\t" in line else " "  # a row of a table is whole, however it ends

    return _PAGE_BREAK.sub(joined, text)


NORMALISATIONS: tuple[Callable[[str], str], ...] = (
    markup,
    line_ends,
    invisible,
    spaces,
    emphasis,
    bullets,
    broken_paragraphs,
)


def canonical(text: str) -> str:
    """A file's text as it is stored and quoted: with every change of ``NORMALISATIONS``, in order, and no other."""
    for normalisation in NORMALISATIONS:
        text = normalisation(text)
    return text
