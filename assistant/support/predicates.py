"""Which words of a text are verbs that have a subject, and the clauses they make. By rule and by list: no parser."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.support.words import stems
from index.data_files import read_toml

_VERBS = Path(__file__).with_name("verbs.toml")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_VOWELS = "aeiou"
ADVERB = re.compile(r"(?!early|timely|friendly|likely|costly|elderly|daily|weekly|monthly|yearly|family)\w+ly")

ENDS_PHRASE = frozenset({
    "of", "for", "to", "with", "from", "by", "about", "in", "on", "at", "between", "into", "through", "across",
    "within", "under", "over", "against", "among", "that", "which", "who", "whose", "when", "where", "if", "as", "than",
    "since", "after", "before", "during", "like", "aged", "they", "it", "we",
})  # fmt: skip
STRONG = re.compile(
    r"[;.]\s+(?=\S)|,? (?:but|while|whereas|although|yet) |, and |"
    r"(?<!children)(?<!children's)(?<!parents)(?<!parents') and "
    r"(?=(?:[\w'’-]+ ){1,6}?(?:is|are|was|were|has|have|had|do|does|did|can|cannot|will|should|must|may)\b)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its stem, which is empty for a little word, its place, and whether it is a verb with a subject."""

    text: str
    stem: str
    start: int
    end: int
    verb: bool


@lru_cache(8192)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in small letters."""
    found = list(_WORD.finditer(text.lower().replace("’", "'")))
    plain = [match[0] for match in found]
    return tuple(
        Word(match[0], "".join(stems(match[0])), match.start(), match.end(), _is_verb(plain, at))
        for at, match in enumerate(found)
    )


@cache
def auxiliaries() -> frozenset[str]:
    """The verbs that only carry another one, "be" and "have" among them."""
    return _list("auxiliary")


def content(text: str) -> list[Word]:
    """The words that carry something."""
    return [word for word in words(text) if word.stem]


def statements(text: str) -> Iterator[str]:
    """The parts of a text that a "but" or an "and" joins, each with a verb: "health and council leaders say" is one."""
    text, start = text.replace("’", "'"), 0
    for cut in STRONG.finditer(text):
        if any(word.verb for word in words(text[start : cut.start()])):
            yield text[start : cut.start()]
            start = cut.end()
    yield text[start:]


def _is_verb(plain: Sequence[str], at: int) -> bool:
    word, before = plain[at], plain[at - 1] if at else ""
    if word in _list("auxiliary"):
        return True
    if not at or before in _list("before_nouns"):
        return False
    if before in _list("auxiliary") or before in ("not", "been", "being", "be"):
        return word in _forms("plain") or word in _forms("nouns_too")
    following = plain[at + 1] if at + 1 < len(plain) else ""
    if word in _forms("plain"):
        return True
    many = before.endswith("s") or before in _list("plural")
    agrees = word.endswith("ed") or word.endswith("s") is not many
    return word in _forms("nouns_too") and following in _list("after_verbs") and agrees


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, Any]:
    return read_toml(_VERBS)


@cache
def _forms(name: str) -> frozenset[str]:
    """The forms of the verbs of a list that can stand with a subject; the irregular ones with the first list."""
    made = {form for verb in _lists()[name] for form in _inflected(verb)}
    return frozenset(made | set(_lists()["irregular"] if name == "plain" else ()))


def _inflected(verb: str) -> tuple[str, ...]:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"
    past = f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    return verb, third, past, f"{verb}{verb[-1]}ed"
