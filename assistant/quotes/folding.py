"""The closed list of what may differ between a quotation and its source, and where a claim stands but for these.

White space; quotation marks; which dash; a hyphen, or a word divided at a line's end; capitals; what stands round the
whole of it. Everything else counts: figures, every word, and every other sign.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MARKS = frozenset("\"“”„‟«»'‘’‚‛`´′″")
_DASHES = frozenset("-‐‑‒–—−")
_LONG_DASH = "—"
_AROUND = frozenset(".,;:!?…()[]- ")
_SPACE, _HYPHEN, _NOTHING = "s", "h", "n"
# A bullet is no sign of the text, whether its line break is still there or not.
_RUN = re.compile(r"(?P<gap>\s+|(?:(?<=\n)|\A|(?<=[.;:!?]\s))[-–•]\s+)|[^\W_]+|.", re.DOTALL)
_FIGURE = re.compile(r"[£$€]?\d+(?:[.,:/]\d+)*%?")


@dataclass(frozen=True, slots=True)
class Folded:
    """The signs of a text that count, the place each came from, and what stood before each: space, hyphen, nothing."""

    signs: str
    places: "array[int]"
    before: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands in a text; ``same`` if every character is."""

    start: int
    end: int
    same: bool


def fold(text: str) -> Folded:
    """The signs of a text that count. What the closed list lets differ comes out the same."""
    signs: list[str] = []
    places = array("L")
    before: list[str] = []
    gap = _SPACE
    for found in _RUN.finditer(text):
        run, place = found[0], found.start()
        if found.lastgroup == "gap":
            gap = gap if gap == _HYPHEN else _SPACE
        elif run in _DASHES and _joins(text, place):
            gap = _HYPHEN
        elif run not in _MARKS or _apostrophe(text, place):
            plain = _plain(run)
            signs.append(plain)
            places.extend(range(place, found.end()) if len(plain) == len(run) else [place] * len(plain))
            before.append(gap + _NOTHING * (len(plain) - 1))
            gap = _SPACE if run == _LONG_DASH else _NOTHING
    return Folded("".join(signs), places, "".join(before))


def _plain(run: str) -> str:
    if run in _DASHES:
        return "-"
    if run in _MARKS:
        return "'"
    lowered = run.lower()
    return "..." if run == "…" else lowered if len(lowered) == len(run) else run


def _joins(text: str, place: int) -> bool:
    """Whether a dash is the hyphen of a compound or of a word divided at a line's end; one of two figures never is."""
    left, right = text[place - 1 : place], text[place + 1 : place + 2]
    if text[place] == _LONG_DASH or not left.isalnum():
        return False
    if right.isspace():
        right = text[place + 1 :].lstrip()[:1] if left.isalpha() else ""
        return right.isalpha() and right.islower()
    return right.isalnum() and not (left.isdigit() and right.isdigit())


def _apostrophe(text: str, place: int) -> bool:
    return text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()


@lru_cache(maxsize=512)
def folded_document(text: str) -> Folded:
    """The same of a whole document, which is held against many claims."""
    return fold(text)


def literal(claim: str, text: str) -> Iterator[Place]:
    """Each place of a text where a claim stands word for word, in order. Never in the middle of a word or a number."""
    wanted = _folded_claim(claim)
    if not wanted.signs:
        return
    typed = claim[wanted.places[0] : wanted.places[-1] + 1]
    source = folded_document(text)
    at = source.signs.find(wanted.signs)
    while at >= 0:
        end = at + len(wanted.signs)
        start, stop = source.places[at], source.places[end - 1] + 1
        if _same_words(wanted.before[1:], source.before[at + 1 : end]) and _whole(source, at, end, text):
            yield Place(start, stop, text[start:stop] == typed)
        at = source.signs.find(wanted.signs, at + 1)


@lru_cache(maxsize=16)
def _folded_claim(claim: str) -> Folded:
    return _without_surroundings(fold(claim))


def _without_surroundings(folded: Folded) -> Folded:
    start, end = 0, len(folded.signs)
    while start < end and folded.signs[start] in _AROUND:
        start += 1
    while end > start and folded.signs[end - 1] in _AROUND:
        end -= 1
    return Folded(folded.signs[start:end], folded.places[start:end], folded.before[start:end])


def _same_words(claimed: str, source: str) -> bool:
    """Whether words are parted in the same places; a hyphen may stand for a space and for nothing."""
    return claimed == source or all(a == b or _HYPHEN in (a, b) for a, b in zip(claimed, source, strict=True))


def _whole(source: Folded, at: int, end: int, text: str) -> bool:
    """Whether a stretch holds whole words and whole figures."""
    first, last = source.places[at], source.places[end - 1]
    if _within_word(source, at) or _within_word(source, end):
        return False
    line = slice(max(0, first - 20), last + 20)
    return not any(
        start < first < stop or start <= last < stop - 1
        for found in _FIGURE.finditer(text[line])
        for start, stop in [(found.start() + line.start, found.end() + line.start)]
    )


def _within_word(source: Folded, at: int) -> bool:
    """Whether the signs before and at a place belong to one word."""
    if not 0 < at < len(source.signs) or source.before[at] != _NOTHING:
        return False
    return source.signs[at - 1].isalnum() and source.signs[at].isalnum()


def in_compound(text: str, start: int, end: int) -> tuple[str, str]:
    """What a stretch cuts off a compound at its two ends: ``non-`` before "verbal", nothing as a rule."""
    before = re.search(r"[^\W\d_]+[-‐‑–]$", text[max(0, start - 30) : start])
    after = re.match(r"[-‐‑–][^\W\d_]+", text[end : end + 30])
    return (before[0] if before else ""), (after[0] if after else "")
