"""Statements in the source's own words must keep them in the source's order: who does what to whom is in the order.

Asked only where nearly every word of a statement, little ones included, is the source's. Who rewords a sentence may
turn it round with words of his own; who only shuffles what is there may not. Moved without a change of meaning may be:
what stands before the first comma; a place or a time ("in some areas"); an adverb; "waits for assessment" to
"assessment waits"; two of a list; a clause (``moves``); an active told as a passive (``voice``). What is left out
between two words must not hold another verb's subject (``splices``).
"""

import re
from collections import Counter
from collections.abc import Iterator

from assistant.support.alignment import aligned, in_its_words, line
from assistant.support.moves import may_move
from assistant.support.predicates import ADVERB, auxiliaries, word_list, words
from assistant.support.splices import spliced
from assistant.support.voice import changed_over, inverted

_LEAD = re.compile(r"[^,;:]{3,80}, ")
_THERE = re.compile(r"\bthere (?:is|are|was|were)\b", re.I)
_WHOSE = re.compile(r"\b(?:the|my|our|their|its|this|an?)\b")
_ADJUNCT = re.compile(
    r"\b(?:in|on|at|within|across|since|during|under|after|before|through|by|from)"
    r"(?: (?:the|an?|each|some|many|its|their|this|all|my|our))?(?: (?!and\b)[\w'’-]+){1,3}?"
    r"(?: of (?:the|my|our|this) \w+)?"
    r"(?=[,.;]| (?:and|the|an?|each|every|its|their|has|have|is|are|was|were|will)\b|$)",
    re.I,
)
_QUANTITY = re.compile(
    rf"{ADVERB.pattern}|overall|average|further|many|most|all|some|several|few|too|more|less|often|now|still|sometimes|"
    r"also|only|since|across|within|without"
)


def rearranged(sentence: str, window: str) -> Iterator[str]:
    """What a statement in the source's own words has moved, repeated or joined; each reason begins with its kind."""
    if not in_its_words(sentence, window):
        return
    ours, theirs = (Counter(word.stem for word in line(text).words) for text in (sentence, window))
    twice = [stem for stem in ours - theirs if theirs[stem] and stem not in word_list("anywhere")]
    if twice:
        yield f"order: '{twice[0]}' is said more often than in the source"
    if any(word.text in auxiliaries() for word in words(sentence)[:1]):
        yield "order: begins with its verb"
    moved, pair = _moved(sentence, window)
    if moved:
        yield f"order: '{' '.join(moved)}' stands elsewhere in the source"
    yield from spliced(*pair)


def _moved(sentence: str, window: str) -> tuple[list[str], tuple[str, str]]:
    """The words that stand elsewhere in the source, by the reading of both that leaves the fewest, and that reading."""
    if (
        inverted(sentence, window)
        or changed_over(sentence, window)
        or bool(_THERE.search(sentence)) != bool(_THERE.search(window))
    ):
        return [], (sentence, window)
    sentence, window = _without_shared_adjuncts(sentence, window)
    tried = [
        (_displaced(a, b, back), (a, b)) for a in _turns(sentence) for b in _turns(window) for back in (False, True)
    ]
    return min(tried, key=lambda one: len(one[0]))


def _without_shared_adjuncts(sentence: str, window: str) -> tuple[str, str]:
    """Both without the places and times that they share word for word: these may stand anywhere."""
    for match in list(_ADJUNCT.finditer(sentence)):
        anyone = _WHOSE.sub(r"(?:the|my|our|their|its|this|an?)", re.escape(match[0]))
        shared = re.compile(rf"\b{anyone}\b", re.I)
        dated = re.search(r"\d", match[0]) and len(re.findall(rf"\b{match[0].split()[0]} [\w ]*\d", window, re.I)) > 1
        if shared.search(window) and not dated:
            sentence, window = shared.sub(" ", sentence, count=1), shared.sub(" ", window, count=1)
    return sentence, window


def _turns(text: str) -> Iterator[str]:
    """A text, and the same with what stands before its first comma at its end."""
    yield text
    if lead := _LEAD.match(text):
        yield f"{text[lead.end() :].rstrip('. ')} {lead[0].rstrip(', ')}."


def _displaced(sentence: str, window: str, back: bool) -> list[str]:
    ours, theirs = line(sentence).words, line(window).words
    if back:
        flipped = aligned(ours[::-1], theirs[::-1])
        pairs = {len(ours) - 1 - i: len(theirs) - 1 - j for i, j in flipped}
    else:
        pairs = dict(aligned(ours, theirs))
    free = set(range(len(theirs))) - set(pairs.values())
    moved: dict[int, list[int]] = {}
    for i, word in enumerate(ours):
        there = [j for j in free if theirs[j].stem == word.stem]
        adverb = _QUANTITY.fullmatch(word.text) or any(ADVERB.fullmatch(theirs[j].text) for j in there)
        if i not in pairs and there and not adverb:
            moved[i] = there
    return [ours[i].text for i, there in moved.items() if not may_move(i, there, line(sentence), line(window))]
