"""True quotations as people quote: a part, a line break, other marks. Nothing that is said changes."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from evals.verdicts.changes import words
from evals.verdicts.types import NORMALISED, SAME, TRUE, Source

Faithful = Callable[[Source, random.Random], Iterator[str]]
_LEAST = 5  # words of a part
_CLAUSE = re.compile(r", [^,;:]{12,90},(?= )")
_LONG_WORD = re.compile(r"(?<=[a-z]{4})(?=[a-z]{4})")


def whole(source: Source, _: random.Random) -> Iterator[str]:
    """The sentence itself."""
    yield source.text


def part(source: Source, draw: random.Random) -> Iterator[str]:
    """Some of its words in a row, where neither end cuts off what turns or limits them."""
    said = source.text.split(" ")
    for _ in range(12):
        start = draw.choice([0, draw.randrange(len(said))])
        end = draw.randrange(start, len(said) + 1) if start else draw.randrange(len(said) + 1)
        if end - start >= _LEAST and end - start < len(said) and harmless(said, start, end):
            yield " ".join(said[start:end]).strip(" ,;:.")


def harmless(said: Sequence[str], start: int, end: int) -> bool:
    """Whether none of the words just outside a part is one that could turn or limit it."""
    lists = words()["turning"]
    turning = {*lists["negation"], *lists["determiner"], *lists["softening"]}
    before = {word.strip(",;:.()‘’“”\"'").lower() for word in said[max(0, start - 3) : start]}
    after = said[end].lower().strip(",") if end < len(said) else ""
    denied = any(word.endswith(("n't", "n’t", "ly")) for word in before)
    return not denied and not before & turning and after not in lists["after"]


def two(source: Source, _: random.Random) -> Iterator[str]:
    """Two neighbouring sentences, both whole."""
    if len(source.following.split()) >= _LEAST:
        yield f"{source.text} {source.following}"


def broken_lines(source: Source, draw: random.Random) -> Iterator[str]:
    """Line breaks and wide gaps where there was a space."""
    yield re.sub(" ", lambda _: draw.choice([" ", " ", "\n", "  ", "\u00a0"]), source.text)


def broken_words(source: Source, draw: random.Random) -> Iterator[str]:
    """A long word divided at a line's end."""
    places = [match.start() for match in _LONG_WORD.finditer(source.text)]
    if places:
        at = draw.choice(places)
        yield f"{source.text[:at]}-\n{source.text[at:]}"


def marks(source: Source, _: random.Random) -> Iterator[str]:
    """Straight quotation marks for curly ones, or the other way about."""
    straight = source.text.translate(str.maketrans("‘’“”", "''\"\""))
    curly = re.sub(r"(?<=\w)'(?=\w|\s)", "’", source.text)
    yield from (text for text in (straight, curly) if text != source.text)


def dashes(source: Source, _: random.Random) -> Iterator[str]:
    """Another dash."""
    other = source.text.translate(str.maketrans("-–—", "–--"))
    if other != source.text:
        yield other


def hyphens(source: Source, _: random.Random) -> Iterator[str]:
    """A compound written as two words."""
    other = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", source.text, count=1)
    if other != source.text:
        yield other


def capitals(source: Source, draw: random.Random) -> Iterator[str]:
    """All capitals, or none."""
    yield draw.choice([source.text.upper(), source.text.lower()])


def small_start(source: Source, _: random.Random) -> Iterator[str]:
    """As it is quoted within another sentence: a small first letter, no full stop."""
    if source.text[1:2].islower():
        yield source.text[0].lower() + source.text[1:].rstrip(".")


def dots(source: Source, draw: random.Random) -> Iterator[str]:
    """A clause left out between two commas, or the end of a sentence before the next, and the place marked."""
    dotted = draw.choice([" … ", "... ", " ... ", " [...] "])
    for clause in _CLAUSE.finditer(source.text):
        if _light(clause[0]):
            yield source.text[: clause.start()] + dotted + source.text[clause.end() :].lstrip()
    head, comma, tail = source.text.rpartition(", ")
    if comma and source.following and len(head.split()) >= _LEAST and _light(tail):
        yield head + dotted + source.following


def _light(text: str) -> bool:
    """Whether words can be left out without turning or limiting the others."""
    lists = words()["turning"]
    heavy = {*lists["negation"], *lists["determiner"], *lists["softening"]} - {
        "to",
        "that",
        "of",
        "be",
        "been",
        "other",
    }
    said = {word.strip(",;:.()‘’“”\"'").lower() for word in text.split()}
    return not said & heavy and not any(character.isdigit() for character in text)


EACH: Sequence[tuple[str, Faithful, frozenset[str]]] = (
    ("whole sentence", whole, SAME),
    ("part of a sentence", part, TRUE),
    ("two neighbours", two, TRUE),
    ("line breaks", broken_lines, TRUE),
    ("divided word", broken_words, NORMALISED),
    ("quotation marks", marks, NORMALISED),
    ("dashes", dashes, NORMALISED),
    ("compound in two words", hyphens, NORMALISED),
    ("capitals", capitals, NORMALISED),
    ("small start, no stop", small_start, NORMALISED),
    ("fair dots", dots, NORMALISED),
)
