"""Statements in the source's own words must keep them in the source's order: who does what to whom is in the order.

Asked only where nearly every word of a statement, little ones included, is the source's. Who rewords a sentence may
turn it round with words of his own; who only shuffles what is there may not. Moved without a change of meaning may be:
what stands before the first comma; a place or a time ("in some areas"); an adverb; "waits for assessment" to
"assessment waits"; two of a list; a clause. What is left out between two words must not hold another verb's subject.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.support.predicates import ADVERB, Word, auxiliaries, content, words
from assistant.support.words import stems

OWN = 0.85  # of the words of a statement, from here on it is a shuffled source; on the dev half of the validation set
_LEAD = re.compile(r"[^,;:]{3,80}, ")
_THERE = re.compile(r"\bthere (?:is|are|was|were)\b", re.I)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|gets)\s+(?:\w+ly\s+|not\s+|also\s+)?(?P<verb>\w+(?:ed|en|wn|ne|pt|ld|de|ght|nd|t))\b",
    re.I,
)
_JOINS = re.compile(
    r"(?:[\s'’-]|\b(?:is|are|was|were|be|been|of|for|in|on|at|to|with|from|by|the|a|an|their|its|and|so|too|very|more|that|"
    r"who|which|also|s)\b)*"
)
_WHOSE = re.compile(r"\b(?:the|my|our|their|its|this|an?)\b")
_LINK = re.compile(r"\b(?:is|are|was|were|of|for|in|on|at|to|with|from|by|and|or)\b|['’]")
_ANYWHERE = frozenset({"children", "young", "peopl", "child"})
_BEGINS = re.compile(
    r"(?:^|[,;:(]|\b(?:and|but|because|because of|that|which|while|so|owing to|due to|as|since|mean that|means that))"
    r"[\s\"'“”‘’]*(?:\b(?:the|an?|their|its|that|is|are|was|were|it|they|there|to)\b\s*)*[\"'“‘]?$"
)
_ENDS = re.compile(r"[\"'”’]?(?:\W*$|\s?[,.;)]|\s+(?:and|but|because|which|while|so|owing|due|as|since|means?)\b)")
_SOMEBODY = frozenset({
    "the", "a", "an", "their", "its", "our", "this", "these", "some", "many", "children", "parents", "families",
    "staff", "leaders", "schools", "pupils", "people", "they", "it", "we", "if", "when", "because", "that", "while",
    "so", "as", "which", "who",
})  # fmt: skip
_BREAKS = frozenset({"because", "however", "therefore", "despite"})
_PHRASE = 6  # words
_ADJUNCT = re.compile(
    r"\b(?:in|on|at|within|across|since|during|under|after|before|through|by|from)"
    r"(?: (?:the|an?|each|some|many|its|their|this|all|my|our))?(?: (?!and\b)[\w'’-]+){1,3}?"
    r"(?: of (?:the|my|our|this) \w+)?(?=[,.;]| (?:and|the|has|have|is|are|was|were|will)\b|$)",
    re.I,
)
_QUANTITY = re.compile(
    rf"{ADVERB.pattern}|overall|further|many|most|all|some|several|few|too|more|less|often|now|still|also|only|since|across|within|without"
)
_ASIDE = re.compile(r"\s*(?:,|\(|- ).*(?:,|\)| -)\s*(?:and |but )?(?:\w{1,4} ){0,2}", re.S)
_RELATIVE = re.compile(r"\s*,?\s*(?:and |or )?(?:who|which|whose|where)\b")
_PARTED = re.compile(r"[;:.,]|\b(?:and|but|which|who|that|so|because|while)\b")


def rearranged(sentence: str, window: str) -> Iterator[str]:
    """What a statement in the source's own words has moved, repeated or joined; each reason begins with its kind."""
    if not in_its_words(sentence, window):
        return
    theirs = Counter(_stems(window))
    if twice := [stem for stem in Counter(_stems(sentence)) - theirs if theirs[stem] and stem not in _ANYWHERE]:
        yield f"order: '{twice[0]}' is said more often than in the source"
    moved, pair = _moved(sentence, window)
    if moved:
        yield f"order: '{' '.join(moved)}' stands elsewhere in the source"
    yield from _spliced(*pair)


def in_its_words(sentence: str, window: str) -> bool:
    """Whether nearly every word of a statement is the source's."""
    ours, theirs = (Counter(word.text for word in words(text)) for text in (sentence, window))
    return sum((ours & theirs).values()) >= OWN * sum(ours.values())


def voices_differ(one: str, other: str) -> bool:
    """Whether a verb that both texts have is passive in one of them only."""
    turned = _passives(one) ^ _passives(other)
    return bool(turned & set(_stems(one)) & set(_stems(other)))


def _passives(text: str) -> frozenset[str]:
    return frozenset(stem for match in _PASSIVE.finditer(text) for stem in stems(match["verb"].lower()))


def aligned(ours: Sequence[Word], theirs: Sequence[Word]) -> list[tuple[int, int]]:
    """The longest run of words that both have in the same order, as pairs of places."""
    best = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            same = best[i + 1][j + 1] + 1 if ours[i].stem == theirs[j].stem else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], same)
    pairs, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        if ours[i].stem == theirs[j].stem and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _stems(text: str) -> list[str]:
    return [word.stem for word in content(text)]


def _moved(sentence: str, window: str) -> tuple[list[str], tuple[str, str]]:
    """The words that stand elsewhere in the source, by the reading of both that leaves the fewest, and that reading."""
    if voices_differ(sentence, window) or bool(_THERE.search(sentence)) != bool(_THERE.search(window)):
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
        if shared.search(window):
            sentence, window = shared.sub(" ", sentence, count=1), shared.sub(" ", window, count=1)
    return sentence, window


def _turns(text: str) -> Iterator[str]:
    """A text, and the same with what stands before its first comma at its end."""
    yield text
    if lead := _LEAD.match(text):
        yield f"{text[lead.end() :].rstrip('. ')} {lead[0].rstrip(', ')}."


def _displaced(sentence: str, window: str, back: bool) -> list[str]:
    ours, theirs = content(sentence), content(window)
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
    return [ours[i].text for i, there in moved.items() if not _may_move(i, there, (sentence, ours), (window, theirs))]


def _may_move(
    i: int, there: Sequence[int], ours: tuple[str, Sequence[Word]], theirs: tuple[str, Sequence[Word]]
) -> bool:
    """Whether two parts of one phrase have only changed places: "waits for assessment" and "assessment waits".

    So may whole clauses, and parts that commas set off.
    """
    for j in there:
        if _set_off(ours, i, theirs, j):
            return True
        for size in range(2, _PHRASE + 1):
            for start in range(max(0, i - size + 1), min(i, len(ours[1]) - size) + 1):
                phrase = [word.stem for word in ours[1][start : start + size]]
                for at in range(max(0, j - size + 1), min(j, len(theirs[1]) - size) + 1):
                    other = [word.stem for word in theirs[1][at : at + size]]
                    for cut in range(1, size):
                        if phrase[cut:] + phrase[:cut] == other and _turned(ours, start, theirs, at, size, cut):
                            return True
    return False


def _set_off(ours: tuple[str, Sequence[Word]], i: int, theirs: tuple[str, Sequence[Word]], j: int) -> bool:
    """Whether a word is in a run of words that both texts have, and set off in both."""
    first, last = 0, 0
    while i - first and j - first and ours[1][i - first - 1].stem == theirs[1][j - first - 1].stem:
        first += 1
    while (
        max(i - len(ours[1]), j - len(theirs[1])) + last < -1
        and ours[1][i + last + 1].stem == theirs[1][j + last + 1].stem
    ):
        last += 1
    return all(
        _BEGINS.search(text.lower()[: found[at - first].start]) and _ENDS.match(text.lower()[found[at + last].end :])
        for (text, found), at in ((ours, i), (theirs, j))
    )


def _turned(
    ours: tuple[str, Sequence[Word]], start: int, theirs: tuple[str, Sequence[Word]], at: int, size: int, cut: int
) -> bool:
    """Whether two parts of a phrase stand in each other's place, joined in one of both by a word such as "of"."""
    joints = (_between(ours, start + cut - 1, start + cut), _between(theirs, at + size - cut - 1, at + size - cut))
    return (
        any(_LINK.search(joint) for joint in joints)
        and _one_phrase(ours, start, size)
        and _one_phrase(theirs, at, size)
    )


def _one_phrase(text: tuple[str, Sequence[Word]], start: int, size: int) -> bool:
    """Whether some words in a row are no verbs, and only little words without one stand between them."""
    inside = range(start, start + size)
    stiff = any(text[1][at].verb or text[1][at].text in _BREAKS or text[1][at].text.endswith("ed") for at in inside)
    return not stiff and all(_JOINS.fullmatch(_between(text, at, at + 1)) for at in inside[:-1])


def _between(text: tuple[str, Sequence[Word]], one: int, other: int) -> str:
    left, right = sorted((one, other))
    return text[0].lower()[text[1][left].end : text[1][right].start]


def _spliced(sentence: str, window: str) -> Iterator[str]:
    """Places where the source goes on with another verb and its subject, and the statement leaves both out."""
    ours, theirs = content(sentence), content(window)
    pairs = aligned(ours, theirs)
    for (i, p), (k, q) in pairwise(pairs):
        gap = window.lower()[theirs[p].end : theirs[q].start]
        parted = _PARTED.search(sentence.lower()[ours[i].end : ours[k].start]) or any(
            word.verb and word.text not in auxiliaries()
            for word in words(sentence)
            if ours[i].end <= word.start < ours[k].start
        )
        if q > p + 1 and not (parted or _ASIDE.fullmatch(gap) or _RELATIVE.match(gap)):
            inside = [word for word in words(window) if theirs[p].end <= word.start < theirs[q].end]
            if _new_subject(inside):
                yield f"order: joined over '{gap.strip()}' of the source"


def _new_subject(inside: Sequence[Word]) -> bool:
    """Whether something stands between two verbs, after the last "and" or "to"."""
    verbs = [at for at, word in enumerate(inside) if word.verb]
    if len(verbs) < 2:
        return False
    middle = inside[verbs[0] + 1 : verbs[-1]]
    if inside[verbs[0]].text in auxiliaries() and not any(word.text in _SOMEBODY for word in middle):
        return False  # "has today promised" is one verb
    joint = max((at for at, word in enumerate(middle) if word.text in ("and", "but", "or", "to")), default=-1)
    return any(word.stem and not word.verb and not ADVERB.fullmatch(word.text) for word in middle[joint + 1 :])
