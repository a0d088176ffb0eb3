"""A true quotation changed in one way. Each function gives the changed words, or nothing where there is nothing of its
kind to change; those that other tests need too stand in ``evals.mutations``.
"""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from evals import mutations
from evals.verdicts.types import ALTERED, TURNED, Source
from index.areas import gazetteer

Change = Callable[[Source, random.Random], Iterator[str]]
_WORDS_OF_HALF = 5
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,}) ([A-Z][a-z]{2,})(?! [A-Z])")
_CLAUSE = re.compile(r", [^,;:]{12,90},(?= )")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|can|do|does)\b(?= [a-z]+ [a-z]+)")
_PAIR = re.compile(r"\b([a-z]{4,}) (and|or) ([a-z]{4,})\b")
# From the right words on, what is left says something else; the first group is what is kept.
_TURNED = (
    re.compile(r"\b(?:not|never|no|cannot) (?:yet |always |been )?([a-z].+)"),
    re.compile(r"^(?:Many|Some|Most|Few|Too few|Too many|Several|Not all)(?: of the| of)? (.+)"),
    re.compile(r"\b(?:must|should|needs? to|plans? to|aims? to) ensure that (.+)"),
    re.compile(r"\b(?:not|no|unclear|little|limited)\b[^.,;]* (?:that|whether) (.+)"),
    re.compile(r"^(?:Until recently|At times|In some cases|Too often|Sometimes), (.+)"),
    re.compile(r"^(.+?) (?:in|for|by|to) (?:some|many|most|a few) \w+"),
    re.compile(r"^([^,]+?) (?:unless|except|until|only)\b"),
)


@cache
def words() -> Mapping[str, Any]:
    """The word lists of ``words.toml``."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _each(make: Callable[[str], Iterator[mutations.Mutation]]) -> Change:
    def changes(source: Source, draw: random.Random) -> Iterator[str]:
        made = [one.text for one in make(source.text)]
        yield from draw.sample(made, len(made))

    return changes


def _replaced(source: Source, draw: random.Random, table: Mapping[str, str]) -> Iterator[str]:
    """One of the table's words for another, with the capital of the one it replaces."""
    found = [m for word in table for m in re.finditer(rf"\b{word}\b", source.text, re.I)]
    for match in draw.sample(found, len(found)):
        other = table[match[0].lower()]
        other = other.capitalize() if match[0][0].isupper() else other
        yield source.text[: match.start()] + other + source.text[match.end() :]


def swapped_qualifier(source: Source, draw: random.Random) -> Iterator[str]:
    """Many for most, too few for many."""
    yield from _replaced(source, draw, words()["qualifiers"])


def synonym(source: Source, draw: random.Random) -> Iterator[str]:
    """A word that means nearly the same."""
    yield from _replaced(source, draw, words()["synonyms"])


def name(source: Source, draw: random.Random) -> Iterator[str]:
    """Another person's, body's or place's name in part."""
    areas = [(mention.start, mention.end) for mention in gazetteer().mentions(source.text)]
    for match in _NAME.finditer(source.text):
        if not any(start < match.end() and match.start() < end for start, end in areas):
            last = draw.choice(words()["names"]["last"])
            yield source.text[: match.start(2)] + last + source.text[match.end(2) :]


def inserted(source: Source, draw: random.Random) -> Iterator[str]:
    """A word more."""
    for match in _AUXILIARY.finditer(source.text):
        more = draw.choice(words()["insert"]["words"])
        yield f"{source.text[: match.end()]} {more}{source.text[match.end() :]}"


def dropped(source: Source, draw: random.Random) -> Iterator[str]:
    """A word less, from the middle."""
    said = source.text.split(" ")
    inner = [at for at in range(2, len(said) - 2) if said[at].isalpha() and len(said[at]) > 3]
    for at in draw.sample(inner, len(inner)):
        yield " ".join([*said[:at], *said[at + 1 :]])


def clause(source: Source, draw: random.Random) -> Iterator[str]:
    """A clause less, with both ends kept: between commas, or else some words in the middle."""
    for match in _CLAUSE.finditer(source.text):
        yield source.text[: match.start()] + source.text[match.end() :]
    said = source.text.split(" ")
    if len(said) >= 16:
        start = draw.randrange(5, len(said) - 10)
        yield " ".join([*said[:start], *said[start + 5 :]])


def order(source: Source, draw: random.Random) -> Iterator[str]:
    """Two words in each other's place."""
    pairs = list(_PAIR.finditer(source.text))
    for match in draw.sample(pairs, len(pairs)):
        if match[1] != match[3]:
            swapped = f"{match[3]} {match[2]} {match[1]}"
            yield source.text[: match.start()] + swapped + source.text[match.end() :]


def truncated(source: Source, draw: random.Random) -> Iterator[str]:
    """The end or the beginning alone, so that what turned or limited it is gone."""
    made = [match[1].rstrip(" .,;") for pattern in _TURNED for match in pattern.finditer(source.text)]
    made = [text for text in made if len(text.split()) >= _WORDS_OF_HALF]
    yield from draw.sample(made, len(made))


def joined(source: Source, draw: random.Random) -> Iterator[str]:
    """Two sentences made one, whole or half of each."""
    first, then = source.text.rstrip(" ."), source.following.rstrip(" .")
    if len(then.split()) < _WORDS_OF_HALF:
        return
    small = then if then[1:2].isupper() else then[0].lower() + then[1:]
    left, right = first.split(" "), small.split(" ")
    halves = " ".join([*left[: -(len(left) // 3)], *right[len(right) // 3 :]])
    both = [f"{first}{link}{small}" for link in (" and ", ", ", " because ")]
    yield from draw.sample([*both, halves], 4)


def from_apart(source: Source, _: random.Random) -> Iterator[str]:
    """The first half of this sentence and the second of another in the same document."""
    left, right = source.text.rstrip(" .").split(" "), source.elsewhere.rstrip(" .").split(" ")
    if len(right) >= 2 * _WORDS_OF_HALF:
        yield " ".join([*left[: max(_WORDS_OF_HALF, len(left) // 2)], *right[-max(_WORDS_OF_HALF, len(right) // 2) :]])


def paragraph(source: Source, draw: random.Random) -> Iterator[str]:
    """Two neighbours, both whole, with one word of one of them changed."""
    if source.following:
        both = replace(source, text=f"{source.text} {source.following}")
        yield from swapped_qualifier(both, draw)
        yield from inserted(both, draw)


def dotted(source: Source, draw: random.Random) -> Iterator[str]:
    """Dots that hide a negation or a qualifier, or that join two parts the wrong way round."""
    hidden = "|".join([*words()["turning"]["negation"][:4], "many", "some", "most", "too few", "not always"])
    made = [
        f"{source.text[: m.start()].rstrip()} … {source.text[m.end() :].lstrip()}"
        for m in re.finditer(rf"\b(?:{hidden})\b", source.text)
        if len(source.text[: m.start()].split()) > 2 and len(source.text[m.end() :].split()) > 2
    ]
    if source.following:
        made.append(f"{source.following.rstrip('.')} ... {source.text}")
    yield from draw.sample(made, len(made))


def typed_badly(source: Source, draw: random.Random) -> Iterator[str]:
    """Two letters of a long word in each other's place."""
    for match in re.finditer(r"\b[a-z]{7,}\b", source.text):
        at = draw.randrange(match.start() + 2, match.end() - 2)
        if source.text[at] != source.text[at + 1]:
            yield source.text[:at] + source.text[at + 1] + source.text[at] + source.text[at + 2 :]


def in_a_part(source: Source, draw: random.Random) -> Iterator[str]:
    """A few words of the sentence with one of them changed."""
    said = source.text.split(" ")
    for _ in range(8):
        length = draw.randrange(6, 13)
        start = draw.randrange(max(1, len(said) - length))
        few = replace(source, text=" ".join(said[start : start + length]).strip(" ,;:."))
        for change in draw.sample(_SMALL, len(_SMALL)):
            yield from change(few, draw)


def twice(source: Source, draw: random.Random) -> Iterator[str]:
    """Two changes in one sentence."""
    for first in synonym(source, draw):
        yield from swapped_qualifier(replace(source, text=first), draw)
        yield from inserted(replace(source, text=first), draw)


_SMALL: Sequence[Change] = (
    swapped_qualifier, synonym, dropped, inserted, _each(mutations.number), _each(mutations.negation),
)  # fmt: skip
EACH: Sequence[tuple[str, Change, frozenset[str], bool]] = (
    # kind, how, the right verdicts, whether it is one change that a reader would mark in one way
    ("number", _each(mutations.number), ALTERED, True),
    ("date", _each(mutations.date), ALTERED, True),
    ("unit", _each(mutations.unit), ALTERED, True),
    ("area name", _each(mutations.area), ALTERED, True),
    ("name", name, ALTERED, True),
    ("negation", _each(mutations.negation), TURNED, True),
    ("qualifier dropped", _each(mutations.qualifier), TURNED, True),
    ("qualifier swapped", swapped_qualifier, TURNED, True),
    ("modality", _each(mutations.modality), ALTERED, True),
    ("comparative turned", _each(mutations.comparison), TURNED, True),
    ("synonym", synonym, ALTERED, True),
    ("word inserted", inserted, TURNED, True),
    ("word dropped", dropped, TURNED, True),
    ("clause dropped", clause, TURNED, True),
    ("slip of spelling", typed_badly, ALTERED, True),
    ("a few words, one changed", in_a_part, TURNED, False),
    ("two changes", twice, TURNED, False),
    ("words swapped", order, ALTERED, False),
    ("two fused", joined, ALTERED, False),
    ("two fused from apart", from_apart, ALTERED, False),
    ("two neighbours, one changed", paragraph, TURNED, False),
    ("cut so that it turns", truncated, TURNED, False),
    ("dots that hide", dotted, TURNED, False),
)
