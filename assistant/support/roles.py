"""Who does what, for whom, and what is said of which thing: as the source has it, also in other words around it.

Asked of the words a statement shares with its source: a group that is before a verb in the one and after it in the
other; another group after the same "support for"; a word that describes another thing; and a clause made of two.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest

from assistant.support.alignment import in_its_words
from assistant.support.predicates import ADVERB, Word, content, statements, word_list, words
from assistant.support.voice import voices_differ
from assistant.support.words import any_of, frame, lists

_VAGUE = frozenset({"health", "assembly", "partnership"})  # of the actors: more often a topic than somebody
_PAPERS = frozenset({"inspection", "letter", "report"})  # do nothing that a person could do
_HELPING = frozenset({
    "is", "are", "was", "were", "do", "does", "did", "can", "cannot", "could", "will", "would", "should", "must", "may",
    "might",
})  # fmt: skip
_HAVE = frozenset({"has", "have", "had"})
_PARTICIPLE = re.compile(r"\w+(?:ed|en|wn|ught|lt|ade|ut)|not|been|also|had|led|met|come|become")
_WHOM = frozenset({"of", "for", "to", "with", "from", "by", "about"})
_NO_MODIFIER = re.compile(
    rf"{ADVERB.pattern}|\d+|many|most|all|both|near|almost|even|some|several|few|too|more|less|now|still|one|once|not|no|"
    r"always|often|well|better|best|again|yet|only|just"
)
_HOW = frozenset({"long", "hard", "difficult", "easy", "even"})
_NEAR = 3  # words in which a modifier and its thing stand together
_LEANS = frozenset({"they", "it", "this", "these", "those", "them", "their", "others", "some", "many"})
_OWN_SHARE = 0.75  # of the words of a clause


def mistaken(sentence: str, window: str, others: Sequence[str]) -> Iterator[str]:
    """Roles of the statement that are otherwise in the source; each reason begins with its kind.

    ``others`` are the sentences of the same quotation outside the window.
    """
    if not voices_differ(sentence, window):
        yield from _turned(sentence, window)
    yield from _for_another(sentence, window)
    yield from _misattached(sentence, window)
    if in_its_words(sentence, " ".join((window, *others))):
        yield from _of_two_clauses(sentence, window)
        yield from _of_two_sentences(sentence, window, others)


def _turned(sentence: str, window: str) -> Iterator[str]:
    """A group that does in the statement what is done to it in the source."""
    theirs = list(_about_verbs(window))
    for verb, before, after in _about_verbs(sentence):
        same = [(b, a) for other, b, a in theirs if other == verb]
        if not same:
            continue
        doing = [one for one in before - after if all(one in a and one not in b for b, a in same)]
        done_to = [one for one in after - before if all(one in b and one not in a for b, a in same)]
        if doing and (done_to or not any(not b or b & before for b, _ in same)):
            yield f"role: in the source '{doing[0]}' is not who does it"


def _about_verbs(text: str) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    low, found = text.lower(), words(text)
    for word, following in zip_longest(found, found[1:]):
        helping = word.text in _HELPING or (word.text in _HAVE and following and _PARTICIPLE.fullmatch(following.text))
        if word.verb and not helping:
            key = "have" if word.text in _HAVE else word.stem or word.text
            yield key, _actors(low[: word.start]), _actors(low[word.end :])


@lru_cache(8192)
def _actors(text: str) -> frozenset[str]:
    return frozenset(
        actor
        for actor in lists()["actors"]
        if actor not in _VAGUE
        and any(match[0].lower() not in _PAPERS for match in any_of("actors", actor).finditer(text))
    )


def _for_another(sentence: str, window: str) -> Iterator[str]:
    """Another group after the same word and its "for" or "of"."""
    theirs = list(_complements(window))
    for head, link, phrase in _complements(sentence):
        same = [other for before, preposition, other in theirs if (before, preposition) == (head, link)]
        everywhere = sum(word.stem == head for word in content(window)) == len(same)
        named = _actors(phrase)
        again = re.search(rf"\band {link}\b", window, re.I)  # "by parents and by nurses": two of them
        if (
            named
            and same
            and everywhere
            and not again
            and all(_actors(one) and not _actors(one) & named for one in same)
        ):
            yield f"role: '{link}{phrase}' is '{link}{same[0]}' in the source"


def _complements(text: str) -> Iterator[tuple[str, str, str]]:
    """Each word before an "of" or a "for", with what stands after that."""
    found, low = words(text), text.lower()
    for at, word in enumerate(found):
        if at and word.text in _WHOM and found[at - 1].stem and found[at - 1].text not in _HOW:
            ends = (
                other.start
                for last, other in zip(found[at:], found[at + 1 :], strict=False)
                if other.verb
                or other.text in word_list("ends_phrase")
                or re.search(r"[;:.]", low[last.end : other.start])
            )
            yield found[at - 1].stem, word.text, low[word.end : next(ends, len(low))]


def _misattached(sentence: str, window: str) -> Iterator[str]:
    """A modifier before a thing that it doesn't describe in the source, where it describes another."""
    theirs = words(window)
    for modifier, thing in _adjacent(sentence):
        if any(_NO_MODIFIER.fullmatch(word.text) for word in (modifier, thing)):
            continue
        ours = [at for at, word in enumerate(theirs) if word.stem == modifier.stem]
        things = [at for at, word in enumerate(theirs) if word.stem == thing.stem]
        used = sum(first.stem == modifier.stem for first, _ in _adjacent(window))
        apart = all(abs(i - j) > _NEAR and not _one_phrase(window, i, j) for i in ours for j in things)
        if things and ours and apart and used >= len(ours):
            yield f"role: '{modifier.text}' is not said of '{thing.text}' in the source"


def _adjacent(text: str) -> list[tuple[Word, Word]]:
    found, low = words(text), text.lower()
    return [
        (one, next_)
        for one, next_ in pairwise(found)
        if one.stem and next_.stem and not one.verb and not next_.verb and low[one.end : next_.start] in (" ", "-")
    ]


def _one_phrase(text: str, one: int, other: int) -> bool:
    """Whether no verb, preposition or mark stands between two words."""
    left, right = sorted((one, other))
    found, low = words(text), text.lower()
    between = found[left + 1 : right]
    return not any(word.verb or word.text in word_list("ends_phrase") for word in between) and not re.search(
        r"[,;:.]", low[found[left].end : found[right].start]
    )


def _of_two_clauses(sentence: str, window: str) -> Iterator[str]:
    """A clause in the source's words that stands in no one clause of it."""
    theirs = _clauses(window)
    every = frozenset().union(*theirs)
    for clause in _clauses(sentence) if len(theirs) > 1 else ():
        if len(clause & every) >= _OWN_SHARE * len(clause):
            missing = min(((clause & every) - one for one in theirs), key=len)
            if _tells(missing, window):
                yield f"fused: '{' '.join(sorted(missing))}' stands in another clause of the source"


def _of_two_sentences(sentence: str, window: str, others: Sequence[str]) -> Iterator[str]:
    here = {word.stem for word in content(window)}
    there = {word.stem for other in others for word in content(other)}
    strays = frozenset(word.stem for word in content(sentence)) & frozenset(there - here)
    if _tells(strays, " ".join(others)):
        yield f"fused: '{' '.join(sorted(strays))}' stands in another sentence of the source"


def _tells(stems: frozenset[str], text: str) -> bool:
    """Whether some words are more than one, or somebody."""
    named = " ".join(word.text for word in words(text) if word.stem in stems)
    return len(stems - frame()) > 1 or bool(stems and _actors(named))


def _clauses(text: str) -> list[frozenset[str]]:
    """The words of each clause that has a subject of its own; what leans on the clause before belongs to it."""
    found: list[frozenset[str]] = []
    for clause in statements(text):
        piece = words(clause)
        stems = frozenset(word.stem for word in piece if word.stem)
        verb = next((at for at, word in enumerate(piece) if word.verb), 0)
        subject = any(word.stem and not ADVERB.fullmatch(word.text) for word in piece[:verb])
        if found and (not subject or any(word.text in _LEANS for word in piece[:verb])):
            found[-1] |= stems
        else:
            found.append(stems)
    return found
