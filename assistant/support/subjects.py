"""What a statement is about must be in its source: the noun that each clause turns on, and not only words beside it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from assistant.support.facts import speaking
from assistant.support.predicates import ADVERB, Word, statements, word_list, words
from assistant.support.source import Source
from assistant.support.words import alternatives, holds, lists, read, stemmed
from index.lexicon import terms

_IS_A = re.compile(
    r"\b(?:is|are|was|were|remains?|became|becomes?) (?:also |now |still |not )?(?:an?|the|one of the|part of the) ",
    re.I,
)
_IT = re.compile(r"\W*(?:it|this|also)\b", re.I)
_PAPERS = ("report", "letter", "plan", "statement", "visit", "inspection")
_JOINS = frozenset({"and", "or", "not", "no", "never"})
_REPEATED = 3  # words
_OURSELVES = re.compile(r"\b(?:we|our|us|they|them|borough|county|city)\b", re.I)


def unfounded(source: Source, sentence: str) -> Iterator[str]:
    """Subjects that the source does not have; each reason begins with its kind."""
    texts = [untold(one) for one in source.sentences]
    whole = read(" ".join((*texts, *source.areas)))
    known = set(terms(f"{' '.join(source.areas)} {source.dates}")) | _transparent() | _implied(texts)
    known |= speaking_for(source)
    for clause in statements(sentence):
        for head in heads(clause):
            units = [unit for unit in read(clause).units if unit.start <= head.start < unit.end]
            short = clause[head.start : head.end][1:2].isupper()  # judged as a name
            if not short and head.stem not in known and not any(holds(whole, unit) for unit in units):
                yield f"new: '{head.text}' is not what the source is about"
    for called in _called(sentence):
        units = [unit for unit in read(sentence).units if unit.start <= called.start < unit.end]
        if called.stem not in _called_anything() and not any(holds(whole, unit) for unit in units):
            yield f"new: the source calls nothing a '{called.text}'"
    if twice := _said_twice(sentence, " ".join(texts)):
        yield f"order: '{twice}' is said more often than in the source"


@lru_cache(4096)
def speaking_for(source: Source) -> frozenset[str]:
    """The words for whoever says "we" in a source, and for the paper that "it" is."""
    whole = " ".join(source.sentences)
    names = [name for one in source.speakers for name in lists()["speakers_called"].get(one, ())]
    named = names if _OURSELVES.search(whole) else []
    return stemmed((*named, *(_PAPERS if _IT.match(whole) else ())))


def untold(sentence: str) -> str:
    """A sentence of a source without its "the letter states" at the end: nothing else is told of the letter."""
    return _told().sub("", sentence)


@cache
def _told() -> re.Pattern[str]:
    said = alternatives(lists()["words"]["said"])
    return re.compile(
        rf"[,.]?[\"'”’]?,?\s+(?:the|an?|council'?s?)\s(?:\w+ )?(?:{speaking()}|letter\b[\w ]*|report\b[\w ]*)"
        rf"\s+(?:{said})\W*$",
        re.I,
    )


def is_transparent(head: Word) -> bool:
    """Whether what follows shows through a word: "a range of clubs"."""
    return head.stem in _transparent()


@cache
def _transparent() -> frozenset[str]:
    """Words through which what follows shows: "a range of clubs"."""
    return stemmed(lists()["about_nothing"]["heads"])


@cache
def _called_anything() -> frozenset[str]:
    """What one may call anything: "is the same", "is one of three"."""
    return stemmed(lists()["about_nothing"]["called"])


def _implied(texts: Sequence[str]) -> set[str]:
    """Whoever may be meant without being named: children, inspectors, and a speaker that calls itself "we"."""
    found = set(terms("children child people inspectors inspector Ofsted CQC"))
    if any(_OURSELVES.search(text) for text in texts):
        found |= set(terms("council staff parents forum leaders"))
    return found


def heads(clause: str) -> Iterator[Word]:
    """The last word of each noun phrase before the verb, up to its first "of" or "who"."""
    found, low = words(clause), clause.lower()
    verb = next((at for at, word in enumerate(found) if word.verb), 0)
    begins = clause.lstrip("\"'“‘ ")[:1].isupper() or (found and found[0].text in word_list("opens"))
    if not (found and begins):  # else it begins with the name of an area, which is judged on its own
        return
    start = 0
    if verb and (found[0].text in word_list("ends_phrase") or found[0].text in word_list("leading")):
        comma = low.find(", ", 0, found[verb].start)
        start = next((at for at, word in enumerate(found) if word.start > comma >= 0), verb)
    phrase: list[Word] = []
    for at in range(start, verb):
        word = found[at]
        if word.text in word_list("ends_phrase") or (phrase and word.text.endswith("ing")):
            break
        parted = at > start and re.search(r"[,;:(]", low[found[at - 1].end : word.start])
        if phrase and (parted or word.text in ("and", "or")):
            yield phrase[-1]
            phrase = []
        if word.stem and word.text not in _JOINS and not ADVERB.fullmatch(word.text):
            phrase.append(word)
    if phrase:
        yield phrase[-1]


def _called(sentence: str) -> Iterator[Word]:
    """What a sentence says that something is: the last word of "is a vital part of"."""
    found = words(sentence)
    for match in _IS_A.finditer(sentence):
        last = None
        for word in found:
            if word.start < match.end():
                continue
            parted = re.search(r"[,;:.(]", sentence[match.end() : word.start])
            if word.verb or word.text in word_list("ends_phrase") or parted:
                break
            last = word if word.stem else last
        if last:
            yield last


def _said_twice(sentence: str, source: str) -> str:
    """Words in a row that a sentence has twice and its source has not."""
    ours, theirs = ([word.stem for word in words(text) if word.stem] for text in (sentence, source))
    rows = [tuple(ours[at : at + _REPEATED]) for at in range(len(ours) - _REPEATED + 1)]
    there = [tuple(theirs[at : at + _REPEATED]) for at in range(len(theirs) - _REPEATED + 1)]
    return next((" ".join(row) for row in rows if rows.count(row) > max(1, there.count(row))), "")
