"""Everyday words and the official words for the same thing, from ``data/everyday.toml`` and ``data/glossary.toml``.

A question is widened with the official words before it is searched for. Nothing here touches a quotation.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.data_files import read_toml

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


@cache
def _entries() -> tuple[tuple[str, re.Pattern[str], Official], ...]:
    """Every phrase, longest first, behind its first word: a plain search for that word spares most patterns."""
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
    return tuple((flat(say).split()[0].rstrip("*").lower(), pattern, official) for say, pattern, official in entries)


def officials(question: str) -> tuple[Official, ...]:
    """The official words for the everyday phrases of a question, in the order in which they were said.

    The longest phrase is tried first and a word belongs to one phrase only.
    """
    text = flat(question)
    lowered = text.lower()
    found: list[tuple[int, Official]] = []
    for first_word, pattern, official in _entries():
        match = pattern.search(text) if first_word in lowered else None
        if match and "\0" not in match[0]:
            found.append((match.start(), Official(match[0], *_fields(official))))
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
        terms.append(Term(entry["term"], entry["plain"], bool(entry.get("common", False)), pattern))
    return tuple(terms)


def explained(text: str) -> tuple[Term, ...]:
    """The terms of the glossary that a text uses, in the order of the glossary."""
    return tuple(term for term in _terms() if term.pattern.search(text))
