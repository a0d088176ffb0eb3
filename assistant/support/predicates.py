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
_ADJECTIVE = re.compile(r"\w{3,}(?:al|ic|ive|ful|ous|able|ible|ary|ing|ed|ent|ant)")
_MAY = "May"  # a little word in small letters
_PLURAL = 4  # letters: "this" and "its" are none
COPULAS = frozenset({"is", "are", "was", "were"})
_VOWELS = "aeiou"
ADVERB = re.compile(r"(?!early|timely|friendly|likely|costly|elderly|daily|weekly|monthly|yearly|family)\w+ly")

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
    return tuple(_word(text, plain, at, match.start()) for at, match in enumerate(found))


def _word(text: str, plain: Sequence[str], at: int, start: int) -> Word:
    end = start + len(plain[at])
    month = start > 0 and text[start:end] == _MAY
    noun = month or text[start:end].isupper()  # "SEND" is no verb
    return Word(plain[at], "".join(stems(plain[at])) or _MAY * month, start, end, not noun and _is_verb(plain, at))


@cache
def auxiliaries() -> frozenset[str]:
    """The verbs that only carry another one, "be" and "have" among them."""
    return word_list("auxiliary")


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
    if word in word_list("auxiliary"):
        return True
    if not at or before in word_list("before_nouns") or (word in _forms("nouns_too") and _ADJECTIVE.fullmatch(before)):
        return False
    if before in word_list("auxiliary") or before in ("not", "been", "being", "be"):
        return word in _forms("plain") or word in _forms("nouns_too")
    following = plain[at + 1] if at + 1 < len(plain) else ""
    if word in _forms("plain"):
        return True
    many = before.endswith("s") or before in word_list("plural")
    agrees = word.endswith("ed") or word.endswith("s") is not many
    object_ = following in word_list("after_verbs") or (following.endswith("s") and len(following) > _PLURAL)
    return word in _forms("nouns_too") and object_ and agrees


@cache
def word_list(name: str) -> frozenset[str]:
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
