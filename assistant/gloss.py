"""A question of another language in English words, as far as the table of its language knows them.

It is no translation: only what the rules for English questions need, with the asking words first, as English has them.
What is searched for is the question itself too, which the embedding model reads in its own language.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.languages import Language, script_of
from assistant.phrases import Found, Word, digits, words

_OPENING = "'\"‘’“”„«‚"
_CLOSING = "'\"’‘”“»"
_YEAR_OF = re.compile(r"\b(since|until), (?=\d)")
_ENDS = (".", "?", "!", "…", ":", "¿", "¡")  # of a sentence: the capital after it is no name's


@dataclass(frozen=True, slots=True)
class Gloss:
    """The English words, and how many words of the question were looked up and how many of these not known.

    Little words, those that every question may hold, names and figures are not counted.
    """

    english: str
    looked_up: int
    unknown: int


def together(earlier: Gloss | None, later: Gloss | None) -> Gloss | None:
    """The gloss of a question that leans on an earlier one: both, or the later one alone where one has none."""
    if earlier is None or later is None:
        return later
    english = ", ".join(filter(None, [earlier.english, later.english]))
    return Gloss(english, earlier.looked_up + later.looked_up, earlier.unknown + later.unknown)


def gloss(text: str, language: Language) -> Gloss:
    """The English words for what a text says. ``text`` is without area names."""
    found = words(text)
    phrases = language.gloss.find(found)
    taken = {at for phrase in phrases for at in range(phrase.first, phrase.last)}
    kept = list(_kept(text, found, taken, language))
    named = {at for phrase in kept for at in range(phrase.first, phrase.last)}
    common = {phrase.first for phrase in language.common.find(found)}
    unknown = sum(
        at not in taken | named | common and word.folded not in language.words for at, word in enumerate(found)
    )
    asking = [phrase.meaning for phrase in phrases if phrase.meaning in language.asking]
    rest = sorted([*(p for p in phrases if p.meaning not in language.asking), *kept], key=lambda phrase: phrase.first)
    # Commas, so that words of two phrases never make a term between them: "school, support" is no "school support".
    english = filter(None, [" ".join(dict.fromkeys(asking)), ", ".join(dict.fromkeys(p.meaning for p in rest))])
    return Gloss(_YEAR_OF.sub(r"\1 ", " ".join(english)), len(rest) - len(kept) + unknown, unknown)


def _kept(text: str, found: Sequence[Word], taken: set[int], language: Language) -> Iterator[Found]:
    """Names and figures, which are the same in English: neighbouring ones together, in quotation marks if they were."""
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and end not in taken and _same(found[end], text[: found[end].start], language):
            end += 1
        if end == at:
            at += 1
            continue
        first, last = found[at].start, found[end - 1].end
        written = digits(text[first:last])
        quoted = first and text[first - 1] in _OPENING and last < len(text) and text[last] in _CLOSING
        yield Found(f"'{written}'" if quoted else written, at, end)
        at = end


def _same(word: Word, before: str, language: Language) -> bool:
    """Whether a word is a name or a figure: one in European letters, or with a capital in a language that has these."""
    first = word.written[0]
    if first.isdecimal():
        return True
    if language.script != "latin":
        return script_of(first) == "latin"
    opens = not before.strip(_OPENING + " ") or before.rstrip().endswith(_ENDS)
    abbreviation = len(word.written) > 1 and word.written.isupper()
    return first.isupper() and word.folded not in language.words and (abbreviation or not opens)
