"""Text with its typography folded away, and the way back to the characters it came from.

A gold quotation is typed by a person; the document it stands in may have curly quotes, hard spaces, a page break or
a stray tag in the middle of the sentence, and the stored text may or may not have kept them. Folding both sides lets
them meet without touching a single letter, digit or sign of punctuation.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

Span = tuple[int, int]

# The tags seen in real sources. Autolinks such as <http://…> are text, not tags, and stay.
_BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div|tr|table)\b[^<>]*>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:a|b|i|u|em|strong|span|td|th|sup|sub)\b[^<>]*>", re.IGNORECASE)
_NOTHING = "\u200b"  # a format character: it keeps offsets in step and is dropped with the others
_SIGNS = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``origin[i]`` is the place in the original of its character ``i``."""

    text: str
    origin: tuple[int, ...]

    def occurrences(self, phrase: str) -> tuple[Span, ...]:
        """Every place where an already folded phrase stands, as spans of the folded text."""
        if not phrase:
            return ()
        return tuple((hit.start(), hit.end()) for hit in re.finditer(re.escape(phrase), self.text))

    def span_of(self, start: int, end: int) -> Span:
        """The folded span that original offsets ``[start, end)`` come to."""
        return bisect_left(self.origin, start), bisect_left(self.origin, end)


def fold(text: str) -> Folded:
    """Fold whitespace, tags, quotation marks and dashes; drop invisible format characters; keep everything else."""
    parted = _BLOCK_TAG.sub(lambda tag: " " * len(tag.group()), text)
    blanked = _INLINE_TAG.sub(lambda tag: _NOTHING * len(tag.group()), parted).translate(_SIGNS)
    letters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(blanked):
        if unicodedata.category(character) == "Cf":
            continue
        if character.isspace():
            if not letters or letters[-1] == " ":
                continue
            character = " "
        letters.append(character)
        origin.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        origin.pop()
    return Folded("".join(letters), tuple(origin))


def folded(text: str) -> str:
    """Only the folded text."""
    return fold(text).text


def readable(text: str) -> str:
    """Quotation marks, dashes and spaces folded, line breaks kept: what patterns are matched against."""
    return "\n".join(folded(line) for line in text.splitlines())
