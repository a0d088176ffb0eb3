"""Everyday words and the official words for the same thing, from ``data/everyday.toml`` and ``data/glossary.toml``.

A question is widened with the official words before it is searched for. Nothing here touches a quotation.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.data_files import read_toml

_WORD = re.compile(r"\w+")
_GAP = r"(?:\W+\w+){0,5}?\W+"  # what two dots stand for: up to five other words


@dataclass(frozen=True, slots=True)
class Official:
    """An everyday phrase found in a question and the official words for it.

    ``replaces`` says that the official words stand for a slip or an abbreviation and add nothing else. ``seldom`` marks
    a topic that inspection reports hardly ever speak of; ``named`` one that an answer must name.
    """

    said: str
    topic: str
    words: tuple[str, ...]
    replaces: bool
    seldom: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary and its explanation in plain words. A ``common`` one stands in every report."""

    term: str
    plain: str
    common: bool
    pattern: re.Pattern[str]
    names: tuple[str, ...]  # as ``folded`` writes them


_ODD_LETTERS = str.maketrans({"’": "'", "-": " ", "ı": "i", "\u0307": None})


def folded(text: str) -> str:
    """A text in which a plain search finds whatever a pattern of ours could: a quick look before a slow one.

    Small letters, one apostrophe, a space for each hyphen, and the two Turkish letters that count as an "i".
    """
    return text.casefold().translate(_ODD_LETTERS)


def flat(text: str) -> str:
    """Apostrophes and hyphens don't count: ``can't`` is ``cant``, ``non-verbal`` is ``non verbal``."""
    return text.replace("’", "").replace("'", "").replace("-", " ").replace("‑", " ")


def _pattern(say: str) -> str:
    parts = [
        r"\W+".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in part.split())
        for part in flat(say).split("..")
    ]
    joined = _GAP.join(part for part in parts if part)
    pattern = rf"(?<!\w){joined}(?!\w)"
    return pattern if say.isupper() and len(say) > 1 else f"(?i:{pattern})"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase. ``first`` is the word that it begins with wherever it is said, or that word's beginning if ``open``."""

    first: str
    open: bool
    pattern: re.Pattern[str]
    official: Official


@cache
def _entries() -> tuple[_Entry, ...]:
    """Every phrase, longest first."""
    entries = []
    for entry in read_toml(files("assistant.data") / "everyday.toml")["entry"]:
        official = Official(
            "",
            entry["topic"],
            tuple(entry["official"]),
            entry.get("kind") == "rewrite",
            bool(entry.get("seldom", False)),
            bool(entry.get("named", False)),
        )
        entries += [(say, re.compile(_pattern(say)), official) for say in entry["say"]]
    entries.sort(key=lambda entry: len(entry[0]), reverse=True)
    return tuple(_entry(flat(say).split()[0].lower(), pattern, official) for say, pattern, official in entries)


def _entry(first: str, pattern: re.Pattern[str], official: Official) -> _Entry:
    word = _WORD.match(first)
    assert word  # a phrase begins with a word
    return _Entry(word[0], first == f"{word[0]}*", pattern, official)


@cache
def _by_first() -> Mapping[tuple[str, bool], tuple[int, ...]]:
    """The places of the entries by their first words."""
    places: dict[tuple[str, bool], list[int]] = {}
    for place, entry in enumerate(_entries()):
        places.setdefault((entry.first, entry.open), []).append(place)
    return {first: tuple(found) for first, found in places.items()}


def _possible(text: str) -> list[_Entry]:
    """The entries whose first word a text holds, in their order: most patterns need not be tried."""
    words = set(_WORD.findall(text.lower()))
    firsts = {(word, False) for word in words}
    firsts |= {(word[:size], True) for word in words for size in range(1, len(word) + 1)}
    places = _by_first()
    return [_entries()[place] for place in sorted(place for first in firsts for place in places.get(first, ()))]


def officials(question: str) -> tuple[Official, ...]:
    """The official words for the everyday phrases of a question, in the order in which they were said.

    The longest phrase is tried first and a word belongs to one phrase only.
    """
    text = flat(question)
    found: list[tuple[int, Official]] = []
    for entry in _possible(text):
        match = entry.pattern.search(text)
        if match and "\0" not in match[0]:
            found.append((match.start(), Official(match[0], *_fields(entry.official))))
            text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return tuple(official for _, official in sorted(found, key=lambda item: item[0]))


def _fields(official: Official) -> tuple[str, tuple[str, ...], bool, bool, bool]:
    return official.topic, official.words, official.replaces, official.seldom, official.named


def _either(name: str) -> str:
    """A pattern for a name with either sort of apostrophe, and a hyphen or a space where it has one of them."""
    return re.escape(name).replace("'", "['’]").replace(r"\-", "[- ]").replace(r"\ ", "[- ]")


@cache
def _terms() -> tuple[Term, ...]:
    terms = []
    for entry in read_toml(files("assistant.data") / "glossary.toml")["term"]:
        names = sorted(entry["variants"], key=len, reverse=True)
        patterns = [_either(name) if name.isupper() else f"(?i:{_either(name)})" for name in names]
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")
        plain = tuple(dict.fromkeys(map(folded, names)))
        terms.append(Term(entry["term"], entry["plain"], bool(entry.get("common", False)), pattern, plain))
    return tuple(terms)


@cache
def _terms_by_first() -> Mapping[str, tuple[int, ...]]:
    """The places of the terms by the first words of their names."""
    places: dict[str, list[int]] = {}
    for place, term in enumerate(_terms()):
        for first in {_WORD.findall(name)[0] for name in term.names}:
            places.setdefault(first, []).append(place)
    return {first: tuple(found) for first, found in places.items()}


def explained(text: str) -> tuple[Term, ...]:
    """The terms of the glossary that a text uses, in the order of the glossary."""
    places = _terms_by_first()
    words = set(_WORD.findall(folded(text)))
    possible = sorted({place for word in words for place in places.get(word, ())})
    return tuple(_terms()[place] for place in possible if _terms()[place].pattern.search(text))
