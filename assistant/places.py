"""Areas named in another language: with its endings ("w Brencie", "Barkinge"), or in its own letters ("ব্রেন্ট").

A name in other letters is found by its consonants, since vowels are written differently everywhere or not at all. A
name of few consonants could be an ordinary word, so its vowels must be much alike too.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from assistant.languages import Language, script_of
from assistant.phrases import Word, fold, words
from index.areas import Gazetteer, Mention
from index.data_files import read_table, read_toml

_TELLING = 4  # consonants from which a name is like no ordinary word
_FEWEST = 3
_ALIKE = 0.6  # of all sounds, vowels too, of two names with the same consonants
_ALIKE_AT_HOME = 0.5  # the same for an area that is loaded
_ALIKE_IF_FEW = 0.8  # "lutan" is 0.80 like Luton; the Arabic "kant", which means "was", is 0.75 like Kent
_LONGEST = 2  # words of a name written apart: "ساؤتھ اینڈ"
_SHORTEST = 4  # letters of a name that takes endings
_SOUNDS = (
    ("dge", "j"), ("tch", "c"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("sh", "s"), ("ch", "c"), ("kh", "k"),
    ("gh", "g"), ("dh", "d"), ("bh", "b"), ("jh", "j"), ("rh", "r"), ("wr", "r"), ("qu", "k"), ("q", "k"), ("x", "ks"),
    ("z", "j"), ("v", "b"), ("ng", "n"), ("ey", "i"), ("ee", "i"), ("oo", "u"), ("ai", "e"), ("y", "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Name:
    area: str
    sounds: str


def named(text: str, language: Language | None, names: Gazetteer, loaded: Sequence[str]) -> tuple[Mention, ...]:
    """Every area that a text of another language names, in order of place. ``None``: of a language without a file."""
    if language is not None and language.script == "latin":
        usual = [found for found in names.mentions(text) if text[found.start].isupper()]
    else:
        usual = list(names.mentions(text))
    found = [word for word in _unknown(text, language) if not any(m.start <= word.start < m.end for m in usual)]
    if language is not None and language.script == "latin":
        usual += _inflected(found, language, names)
    else:
        usual += _spoken([word for word in found if script_of(word.written[0]) != "latin"], language, loaded)
    return tuple(sorted(usual, key=lambda mention: mention.start))


def _unknown(text: str, language: Language | None) -> list[Word]:
    """The words that the table of the language doesn't know."""
    found = words(text)
    if language is None:
        return list(found)
    taken = {at for phrase in language.gloss.find(found) for at in range(phrase.first, phrase.last)}
    return [word for at, word in enumerate(found) if at not in taken and word.folded not in language.words]


def without(text: str, mentions: Sequence[Mention]) -> str:
    """A text without the areas it names."""
    for mention in reversed(mentions):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return " ".join(text.split())


def _inflected(found: Sequence[Word], language: Language, names: Gazetteer) -> Iterator[Mention]:
    """Names with an ending of the language. Only what is written with a capital is a name."""
    for word in found:
        if not word.written[0].isupper():
            continue
        for ending, english in language.endings:
            stem = word.written.removesuffix(ending)
            area = names.canonical(stem + english) if stem != word.written and len(stem) >= _SHORTEST else None
            if area:
                yield Mention(area, word.start, word.end)
                break


def _spoken(found: Sequence[Word], language: Language | None, loaded: Sequence[str]) -> Iterator[Mention]:
    """Names in other letters, the longest first where two begin with the same word."""
    at = 0
    while at < len(found):
        for size in range(_LONGEST, 0, -1):
            group = found[at : at + size]
            area = _heard([word.written for word in group], language, loaded) if len(group) == size else None
            if area:
                yield Mention(area, group[0].start, group[-1].end)
                at += size - 1
                break
        at += 1


def _heard(written: Sequence[str], language: Language | None, loaded: Sequence[str]) -> str | None:
    """The area whose name sounds most like some words, with or without what the language puts before and after it."""
    best: tuple[float, str] = (0.0, "")
    for form in _bare(written, language):
        sounds = _sounds(_romanised(form))
        consonants = _consonants(sounds)
        for name in _names(tuple(loaded)).get(consonants, ()):
            alike = SequenceMatcher(None, sounds, name.sounds).ratio()
            enough = _ALIKE_IF_FEW if len(consonants) < _TELLING else _ALIKE_AT_HOME if name.area in loaded else _ALIKE
            if alike >= enough:
                best = max(best, (alike, name.area))
    return best[1] or None


def _bare(written: Sequence[str], language: Language | None) -> Iterator[str]:
    joined = "".join(written)
    endings = [ending for ending, _ in language.endings] if language else []
    for prefix in ("", *(language.prefixes if language else ())):
        for ending in ("", *endings):
            if joined.startswith(prefix) and joined.endswith(ending):
                yield joined[len(prefix) : len(joined) - len(ending)]


@cache
def _names(loaded: tuple[str, ...]) -> dict[str, tuple[_Name, ...]]:
    """The names of all authorities, and of the loaded areas, by their consonants."""
    rows = read_table(files("index.data") / "areas.csv")
    known = [(alias, row["name"]) for row in rows for alias in (row["name"], *filter(None, row["aliases"].split("|")))]
    named: dict[str, list[_Name]] = {}
    for alias, area in (*known, *((area, area) for area in loaded)):
        sounds = _sounds(re.sub(r"[^a-z]", "", fold(alias)))
        consonants = _consonants(sounds)
        if len(consonants) >= _FEWEST and not alias.isupper():
            named.setdefault(consonants, []).append(_Name(area, sounds))
    return {consonants: tuple(found) for consonants, found in named.items()}


def _sounds(latin: str) -> str:
    """Latin letters as they sound, roughly, each once."""
    text = re.sub(r"c(?=[ei])", "s", latin)
    for letters, sound in _SOUNDS:
        text = text.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", text.replace("c", "k"))


def _consonants(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouw]|(?<!^)h", "", sounds))


@cache
def _letters() -> dict[str, str]:
    table: dict[str, str] = {}
    for script in read_toml(files("assistant.data") / "letters.toml").values():
        table |= script
    return table


def _romanised(text: str) -> str:
    """A text of another script in Latin letters. Indian letters are named after their sound, so they need no table."""
    table = _letters()
    latin = ""
    for letter in unicodedata.normalize("NFC", text.lower()):
        if letter in table:
            latin += table[letter]
            continue
        kind, _, sound = unicodedata.name(letter, "").partition(" ")[2].rpartition(" ")
        if kind == "SIGN" and sound in ("ANUSVARA", "TIPPI", "BINDI"):
            latin += "n"
        elif sound == "VIRAMA" or kind == "VOWEL SIGN":
            latin = latin.removesuffix("a") + ("" if sound == "VIRAMA" else sound.lower())
        elif kind == "LETTER":
            latin += sound.lower()
    return re.sub(r"(?<=[^a])a$", "", latin)  # an Indian letter's own vowel is not spoken at the end
