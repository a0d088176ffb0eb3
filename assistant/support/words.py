"""How the citation test reads a text: as units of meaning in their order, and as marks near some of them.

A unit is a word or a phrase with all it may mean (the groups of ``[same]`` in ``lists.toml``, or else itself). A
mark is a word that turns, limits or dates what is near it: a "not", a "should", a "more". Every text is read once and
remembered, since one source is held against many statements.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index.lexicon import terms

_LISTS = Path(__file__).with_name("lists.toml")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_TELLING = 2  # bearing units after its verb, from which it can be told whether a clause is used
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_REMEMBERED = 8192  # texts
# "and" parts clauses only where a verb follows soon: "is weak and starts late", not "speech and language"
_CLAUSE = re.compile(
    r"\s*(?:[;:]|[.!?](?=\s)|,(?=\s)|\s-\s|\b(?:but|while|whereas|although|though|however|despite|which|rather than)\b"
    r"|\band\b(?=(?:\s+[\w'-]+){0,4}?\s+(?:is|are|was|were|has|have|had|do|does|did|can|cannot|should|will|must)\b)"
    r"|\band\b(?=\s+\w+\s+(?:too|not|well|early|late)\b))\s*"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|can|cannot|should|will|would|must|may|does|do|did)\b")
_PREDICATE_FIRST = re.compile(rf"(?:(?:also|too|often|not)\s+)*{_FINITE.pattern}")

Meanings = frozenset[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or a phrase: its stemmed words, all it may mean, and where it stands in its text."""

    words: frozenset[str]
    meanings: Meanings
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in small letters, its units in order, those that carry its claim, and what all of it may mean."""

    text: str
    units: tuple[Unit, ...]
    bearing: tuple[Unit, ...]
    meanings: Meanings
    about: Meanings


@lru_cache(_REMEMBERED)
def read(text: str) -> Reading:
    """Read a text: the longest phrase that ``[same]`` knows is one unit, and else each word."""
    low = _THOUSANDS.sub("", text.lower().replace("’", "'"))
    words = [(stem, match.start(), match.end()) for match in _WORD.finditer(low) for stem in stems(match[0])]
    same, longest, units, at = _same(), _longest(), [], 0
    while at < len(words):
        sizes = range(longest.get(words[at][0], 1), 1, -1)
        size = next((n for n in sizes if tuple(word for word, _, _ in words[at : at + n]) in same), 1)
        run = words[at : at + size]
        key = tuple(word for word, _, _ in run)
        units.append(Unit(frozenset(key), same.get(key) or frozenset(key), run[0][1], run[-1][2]))
        at += size
    bearing = tuple(unit for unit in units if not unit.words <= frame())
    meanings = frozenset(word for word, _, _ in words).union(*(unit.meanings for unit in units))
    return Reading(low, tuple(units), bearing, meanings, frozenset().union(*(unit.meanings for unit in bearing)))


def holds(reading: Reading, unit: Unit) -> bool:
    """Whether a text has a unit: a meaning of it, or all its words."""
    return bool(unit.meanings & reading.meanings) or unit.words <= reading.meanings


def within(reading: Reading, start: int, end: int) -> Meanings:
    """What the bearing units between two places mean."""
    return frozenset().union(*(unit.meanings for unit in near(reading, start, end)))


def near(reading: Reading, start: int, end: int) -> tuple[Unit, ...]:
    """The bearing units between two places."""
    return tuple(unit for unit in reading.bearing if unit.start >= start and unit.end <= end)


def after(reading: Reading, place: int, words: int) -> tuple[int, int]:
    """The span of the next words of the same clause."""
    clause = _CLAUSE.search(reading.text, place)
    end = clause.start() if clause else len(reading.text)
    return place, _nth(reading.text, place, end, words)


def before(reading: Reading, place: int, words: int) -> tuple[int, int]:
    """The span of the last words of the same clause."""
    start = max((m.end() for m in _CLAUSE.finditer(reading.text, 0, place)), default=0)
    places = [m.start() for m in re.finditer(r"\S+", reading.text[start:place])][-words:]
    return (start + places[0] if places else place), place


def clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a text in small letters, as spans."""
    cuts = [(m.start(), m.end()) for m in _CLAUSE.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [(s, e) for s, e in zip(starts, ends, strict=True) if text[s:e].strip()]


@lru_cache(_REMEMBERED)
def taken(part: str, window: str) -> str:
    """A window without the clauses of which a statement says nothing after their verb.

    What such a clause denies or limits, the statement need not say again. A clause stays that has no verb of its own,
    next to nothing after it, or a subject that the next one goes on with.
    """
    low, about = read(window).text, read(part).about
    pieces = [low[start:end] for start, end in clauses(low)]
    kept = []
    for at, piece in enumerate(pieces):
        goes_on = at + 1 < len(pieces) and bool(_PREDICATE_FIRST.match(pieces[at + 1]))
        if goes_on or not _FINITE.search(piece):
            kept.append(piece)
            continue
        says = read(_FINITE.split(piece, maxsplit=1)[1]).bearing
        if len(says) < _TELLING or any(unit.meanings & about for unit in says):
            kept.append(piece)
    return ", ".join(kept) if len(kept) < len(pieces) else window


def _nth(text: str, start: int, end: int, words: int) -> int:
    last = start
    for count, match in enumerate(re.finditer(r"\S+", text[start:end]), 1):
        last = start + match.end()
        if count == words:
            break
    return last


# --- word lists


@cache
def lists() -> dict[str, Any]:
    """``lists.toml``."""
    return tomllib.loads(_LISTS.read_text(encoding="utf-8"))


@cache
def any_of(*names: str) -> re.Pattern[str]:
    """Any phrase of a list, given by its table and its name, as whole words."""
    phrases: Any = lists()
    for name in names:
        phrases = phrases[name]
    return re.compile(rf"(?:(?<!\w)(?=\w)|(?!\w))(?:{alternatives(phrases)})\b", re.I)


def alternatives(phrases: Iterable[str]) -> str:
    """Phrases as one pattern, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def stemmed(phrases: Iterable[str]) -> frozenset[str]:
    """Every word of some phrases, stemmed as the index does it."""
    return frozenset(term for phrase in phrases for term in terms(phrase))


@cache
def frame() -> frozenset[str]:
    """The words that frame a claim and carry none of it, and those that deny it, which are judged on their own."""
    words = [*lists()["words"]["frame"], *lists()["negation"]["turning"], "yet"]
    return stemmed(words)


@cache
def _same() -> dict[tuple[str, ...], Meanings]:
    """The groups that each phrase of ``[same]`` belongs to, by its stemmed words."""
    groups: dict[tuple[str, ...], Meanings] = {}
    for number, group in enumerate(lists()["same"]["groups"]):
        for phrase in group:
            key = tuple(terms(phrase))
            groups[key] = groups.get(key, frozenset()) | {f"={number}"}
    return groups


@cache
def _longest() -> dict[str, int]:
    """The length of the longest phrase of ``[same]`` by its first word."""
    longest: dict[str, int] = {}
    for key in _same():
        if key:
            longest[key[0]] = max(longest.get(key[0], 1), len(key))
    return longest


@lru_cache(_REMEMBERED)
def stems(word: str) -> Sequence[str]:
    """A word stemmed as the index does it; nothing for a little word."""
    return tuple(terms(word))
