"""What a question asks: about which areas and years, in whose words, for what kind of answer.

Everything here is read by rule from the words of the question and of the turns before it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from assistant import own_names, places, voices
from assistant.errors import QuestionProblem
from assistant.gloss import Gloss, gloss
from assistant.intents import COMPARES, kinds_of
from assistant.languages import ENGLISH, detect, languages
from assistant.periods import newest, years
from assistant.phrases import digits, words
from assistant.quotation import quotation
from assistant.reading import Reading
from assistant.spelling import Speller
from assistant.topic import topic
from assistant.vocabulary import officials
from index.areas import Gazetteer

MAX_WORDS = 600  # a long story with a question at its end has some 300; a pasted report has thousands
_UNKNOWN = 1  # words of another language that may be left over where a question is said to name no topic


def clean(question: str) -> str:
    """The question without control characters and needless white space. Raises ``QuestionProblem`` if it is none."""
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") else c for c in question)
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text:
        raise QuestionProblem("The question is empty. Type what you would like to know.")
    if not any(c.isalnum() for c in text):
        raise QuestionProblem("There are no words in the question. Ask in words, in any language.")
    words = len(text.split())
    if words > MAX_WORDS or len(text) > MAX_WORDS * 12:
        raise QuestionProblem(f"The question is too long ({words} words). Ask in at most {MAX_WORDS} words.")
    return text


def read(
    question: str,
    names: Gazetteer,
    loaded: Sequence[str],
    language: str | None = None,
    speller: Speller | None = None,
) -> Reading:
    """Read a cleaned question. ``loaded`` are the areas that the documents speak of.

    ``language`` is that of the turns before it, which a question takes over that doesn't tell its own. With a
    ``speller`` slips in an English question are mended, but never in what it quotes.
    """
    quoted = quotation(question)
    outside = question.replace(quoted[0], " ") if quoted else question
    spoken = detect(names.without(outside), language) or language or ENGLISH
    if spoken != ENGLISH:
        return _foreign(question, outside, quoted, spoken, names, loaded)
    if speller:
        outside = speller.mended(outside)
        question = question if quoted else outside
    mentions = names.mentions(outside)
    slip = None if mentions else names.misspelt(outside)
    named = dict.fromkeys([*(m.area for m in mentions), *([slip] if slip else [])])
    bare = names.without(outside)
    return _reading(question, outside, bare, bare, tuple(named), quoted, loaded)


def _foreign(
    question: str, outside: str, quoted: re.Match[str] | None, spoken: str, names: Gazetteer, loaded: Sequence[str]
) -> Reading:
    """A question in another language: its areas and years are its own, all else is read from its English words."""
    language = languages().get(spoken)
    mentions = places.named(outside, language, names, loaded)
    bare = places.without(outside, mentions)
    known = gloss(bare, language) if language else Gloss("", 0, len(words(bare)))
    named = dict.fromkeys(mention.area for mention in mentions)
    reading = _reading(question, known.english, bare, known.english, tuple(named), quoted, loaded)
    meant = reading.intents if known.unknown <= _UNKNOWN else tuple(i for i in reading.intents if not i.alone)
    since, until = (reading.since, reading.until) if language else years(digits(outside))
    return replace(reading, since=since, until=until, intents=meant, language=spoken, gloss=known)


def _reading(
    question: str,
    english: str,
    bare: str,
    bare_english: str,
    named: Sequence[str],
    quoted: re.Match[str] | None,
    loaded: Sequence[str],
) -> Reading:
    """What the English words of a question say. Of an English question they are its own."""
    since, until = years(english)
    meant = kinds_of(bare_english)
    if since == until and any(intent.name in COMPARES for intent in meant):
        until = None  # "better than in 2017?": that year beside what came after it
    return Reading(
        question=question,
        bare=bare,
        areas=tuple(area for area in named if area in loaded),
        unknown_areas=tuple(area for area in named if area not in loaded),
        since=since,
        until=until,
        newest=newest(english),
        speakers=voices.speakers(bare_english),
        intents=meant,
        officials=officials(bare_english),
        terms=topic(bare_english),
        named=own_names.named(bare_english),
        quoted=(quoted[1] or quoted[2]) if quoted else None,
        others=voices.others(bare_english),
    )
