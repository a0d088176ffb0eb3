"""Which language a question is in: told from its script and from its little words, without a model.

What is known of each language stands in ``data/languages``. A question that could as well be English is English.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.phrases import Phrases, Word, fold, words
from index.data_files import read_lines, read_toml
from index.lexicon import stop_words

ENGLISH = "en"
OTHER = "und"  # what the standard for language tags calls a language that isn't known
_LATIN = "latin"
_SURE = 2.0  # words of a language from which it is believed
_LETTER = 0.5  # what a letter that English doesn't have adds to its word
_HALF = 0.5
_RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True)
class Language:
    """A language other than English, with its own name for itself.

    ``gloss`` maps its words to English ones; ``asking`` are the English asking words. ``words`` are its little words,
    ``common`` those that say nothing of the topic of a question, ``letters`` those that tell it from others of its
    script. ``endings`` are what it puts on the names of places, each with what stands there in English, and
    ``prefixes`` what it writes before them.
    """

    code: str
    name: str
    script: str
    right_to_left: bool
    words: frozenset[str]
    letters: frozenset[str]
    endings: tuple[tuple[str, str], ...]
    prefixes: tuple[str, ...]
    gloss: Phrases
    common: Phrases
    asking: frozenset[str]
    scope: Phrases


@cache
def languages() -> Mapping[str, Language]:
    """The languages there is a file for, by their codes."""
    found = sorted(file.name for file in (files("assistant.data") / "languages").iterdir())
    return {name[:-5]: _language(name[:-5]) for name in found if name.endswith(".toml")}


def _language(code: str) -> Language:
    data = read_toml(files("assistant.data") / "languages" / f"{code}.toml")
    meanings = {**data["asking"], **data["gloss"]}
    return Language(
        code=code,
        name=data["name"],
        script=data["script"],
        right_to_left=data.get("direction") == _RIGHT_TO_LEFT,
        words=frozenset(fold(word) for word in data["words"]),
        letters=frozenset(data.get("letters", "")),
        endings=tuple((written, english) for written, english in data.get("endings", [])),
        prefixes=tuple(data.get("prefixes", [])),
        gloss=Phrases((english, phrase) for english, phrases in meanings.items() for phrase in phrases),
        common=Phrases(("", phrase) for phrase in data["common"]),
        asking=frozenset(data["asking"]),
        scope=Phrases((rule, phrase) for rule, phrases in data.get("scope", {}).items() for phrase in phrases),
    )


@cache
def _plain_english() -> frozenset[str]:
    """The little and asking words of English."""
    asking = {word.folded for line in read_lines(files("assistant.data") / "asking_words.txt") for word in words(line)}
    return frozenset(asking | stop_words() | {"how", "what", "who", "when", "where", "why", "which"})


@cache
def _english() -> frozenset[str]:
    """Words that are English, whatever else they are: those, and the words of our English lists."""
    data = files("assistant.data")
    entries = read_toml(data / "everyday.toml")["entry"]
    terms = read_toml(data / "glossary.toml")["term"]
    lists = [text for entry in entries for text in (*entry["say"], *entry["official"])]
    lists += [text for term in terms for text in (term["plain"], *term["variants"])]
    return _plain_english() | {word.folded for text in lists for word in words(text)}


@cache
def _beginnings() -> frozenset[str]:
    """Everything that an English word begins with."""
    return frozenset(word[:size] for word in _english() for size in range(1, len(word) + 1))


@cache
def _telling(code: str) -> frozenset[tuple[str, bool]]:
    """The words of a language's tables that no English word is like: those that tell it from English."""
    language = languages()[code]
    return frozenset(
        (start, open_ended)
        for start, open_ended in (*language.gloss.starts(), *language.scope.starts())
        if len(start) > 2 and start not in (_beginnings() if open_ended else _english())
    )


@cache
def script_of(character: str) -> str:
    """The script of a letter, by the first word of its name in Unicode; empty for what is no letter."""
    return unicodedata.name(character, "").partition(" ")[0].lower() if character.isalpha() else ""


def _script(word: str) -> str:
    found = Counter(filter(None, map(script_of, word)))
    return found.most_common(1)[0][0] if found else ""


def detect(text: str, before: str | None = None) -> str | None:
    """The code of the language a text is in, ``None`` where it can't be told. ``text`` is best without area names.

    ``before`` is the language of a conversation, which goes on in it where that is as likely as English.
    """
    found = [word for word in words(text) if not word.written.isnumeric()]
    scripts = Counter(filter(None, (_script(word.written) for word in found)))
    other = next((script for script, _ in scripts.most_common() if script != _LATIN), None)
    # Our lists hold abbreviations too ("LA"), which are little words elsewhere, so a word of theirs counts half.
    english = sum(_HALF * (word.folded in _english()) + _HALF * (word.folded in _plain_english()) for word in found)
    if other and scripts[other] >= max(1, english):
        return _of_script(other, text)
    if before and before in languages() and _score(languages()[before], found) >= max(english, 1):
        return before
    return _latin(found, english)


def _of_script(script: str, text: str) -> str:
    candidates = [language for language in languages().values() if language.script == script]
    if len(candidates) < 2:
        # A script of several languages of which we know one is that one only with a letter of its own.
        known = [one for one in candidates if not one.letters or not one.letters.isdisjoint(text.lower())]
        return known[0].code if known else OTHER
    best = max(candidates, key=lambda language: _own(language, text))
    return best.code if _own(best, text) else OTHER


def _own(language: Language, text: str) -> int:
    return sum(c in language.letters for c in text) + sum(word.folded in language.words for word in words(text))


def _latin(found: Sequence[Word], english: float) -> str | None:
    scores = {one.code: _score(one, found) for one in languages().values() if one.script == _LATIN}
    best = max(scores, key=lambda code: scores[code])
    score = scores[best]
    if score > english and (score >= _SURE or (not english and score >= 1 and score * 2 >= len(found))):
        # Of one word that several languages have it can't be told which is meant.
        return best if list(scores.values()).count(score) == 1 else OTHER
    return ENGLISH if english else None


def _score(language: Language, found: Sequence[Word]) -> float:
    """How many words are this language's. A name says little: only its first word may be one."""
    total = 0.0
    for at, word in enumerate(found):
        if at and word.written[0].isupper():
            continue
        lettered = not language.letters.isdisjoint(word.written.lower())
        total += _LETTER * lettered + (word.folded in language.words or _tells(language, word.folded))
    return total


def _tells(language: Language, word: str) -> bool:
    telling = _telling(language.code)
    return (word, False) in telling or any((word[:size], True) in telling for size in range(3, len(word) + 1))
