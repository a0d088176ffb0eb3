"""Which words of a source may stand elsewhere in a statement, so that each is to the others what it was."""

import re
from collections.abc import Sequence

from assistant.support.alignment import Line
from assistant.support.predicates import COPULAS, Word, word_list

_JOINS = re.compile(
    r"(?:[\s'’-]|\b(?:is|are|was|were|be|been|of|for|in|on|at|to|with|from|by|the|a|an|their|its|and|so|too|very|more|that|"
    r"who|which|also|s)\b)*"
)
_IS = re.compile(r"\b(?:is|are|was|were) $")
_IS_A = re.compile(r"\b(?:is|are|was|were) (?:the|an?) $")
_IS_THAT = re.compile(r"\b(?:is|are|was|were) that\b")
_LINK = re.compile(r"\b(?:is|are|was|were|of|for|in|on|at|to|with|from|by|and|or)\b")
_PAIR = frozenset({"and", "or"})
_LISTED = re.compile(r"\s*(?:,|,? ?(?:and|or)\b)\s*(?:(?:the|a|an|their)\s+)?")
_BEGINS = re.compile(
    r"(?:^|[,;:(]|\b(?:and|but|because|because of|that|which|while|so|owing to|due to|as|since|mean that|means that))"
    r"[\s\"'“”‘’]*(?:\b(?:the|an?|their|its|that|is|are|was|were|it|they|there|to)\b\s*)*[\"'“‘]?$"
)
_ENDS = re.compile(r"[\"'”’]?(?:\W*$|\s?[,.;)]|\s+(?:and|but|because|which|while|so|owing|due|as|since|means?)\b)")
_PHRASE = 6  # words


def may_move(i: int, there: Sequence[int], ours: Line, theirs: Line) -> bool:
    """Whether two parts of one phrase have only changed places: "waits for assessment" and "assessment waits".

    So may whole clauses, and parts that commas set off.
    """
    for j in there:
        if _set_off(ours, i, theirs, j) or _listed(ours, i) & _listed(theirs, j):
            return True
        if any(_turned_at(ours, i, theirs, j, size) for size in range(2, _PHRASE + 1)):
            return True
    return False


def _turned_at(ours: Line, i: int, theirs: Line, j: int, size: int) -> bool:
    """Whether two words are in phrases of some size of which two parts have changed places."""
    for start in range(max(0, i - size + 1), min(i, len(ours.words) - size) + 1):
        phrase = ours.stems(start, start + size)
        for at in range(max(0, j - size + 1), min(j, len(theirs.words) - size) + 1):
            other = theirs.stems(at, at + size)
            for cut in range(1, size):
                if phrase[cut:] + phrase[:cut] == other and _turned(ours, start, theirs, at, size, cut):
                    return True
    return False


def _listed(text: Line, at: int) -> frozenset[str]:
    """The words that stand in one list with a word, one word each: "safe and included"."""
    first = last = at
    while first and _LISTED.fullmatch(text.between(first - 1, first)):
        first -= 1
    while last + 1 < len(text.words) and _LISTED.fullmatch(text.between(last, last + 1)):
        last += 1
    return frozenset(word.stem for word in text.words[first : last + 1]) - {text.words[at].stem}


def _set_off(ours: Line, i: int, theirs: Line, j: int) -> bool:
    """Whether a word is in a run of words that both texts have, and set off in both."""
    first, last = 0, 0
    while i - first and j - first and ours.words[i - first - 1].stem == theirs.words[j - first - 1].stem:
        first += 1
    while (
        max(i - len(ours.words), j - len(theirs.words)) + last < -1
        and ours.words[i + last + 1].stem == theirs.words[j + last + 1].stem
    ):
        last += 1
    return all(
        (_BEGINS.search(one.before(at - first)) or _is_said(one.before(at - first), one.words[at - first]))
        and _ENDS.match(one.after(at + last))
        for one, at in ((ours, i), (theirs, j))
    )


def _is_said(before: str, word: Word) -> bool:
    """Whether a word is what an "is" says of something: "feels included", "is a trusted partner", not "is trusted"."""
    participle = word.verb or word.text.endswith(("ed", "en"))
    return bool(_IS_A.search(before)) or (not participle and bool(_IS.search(before)))


def _turned(ours: Line, start: int, theirs: Line, at: int, size: int, cut: int) -> bool:
    """Whether two parts of a phrase stand in each other's place and are still to each other what they were.

    Joined by a word such as "of" in one of both and by nothing in the other, by "and" in both, each with its own "in"
    or "from" in both, or a single word that "is" says of the rest. "Leaders are good at links with schools" and
    "schools are good at links with leaders" are none of these.
    """
    here, there = start + cut, at + size - cut  # where the second part begins
    joints = ours.between(here - 1, here), theirs.between(there - 1, there)
    links = [frozenset(_LINK.findall(joint)) for joint in joints]
    one_word = cut if links[1] & COPULAS else size - cut
    described = any(link & COPULAS for link in links)
    ours_led, theirs_led = _own_links(ours, start, here), _own_links(theirs, there, at)
    return (
        bool(links[0]) != bool(links[1])
        or (links[0] == links[1] and links[0] <= _PAIR)
        or (all(ours_led) and ours_led == theirs_led)
        or (one_word == 1 and described)
    ) and all(_one_phrase(one, first, size, described) for one, first in ((ours, start), (theirs, at)))


def _own_links(text: Line, *places: int) -> list[str]:
    """The words that lead into each of some places, such as "in" or "from"; the empty string where there is none."""
    return [" ".join(_LINK.findall(text.between(at - 1, at) if at else text.before(0))) for at in places]


def _one_phrase(text: Line, start: int, size: int, described: bool) -> bool:
    """Whether some words in a row are no verbs, and only little words without one stand between them.

    ``described``: there may be a "limited", which the other text has after its "is".
    """
    inside = range(start, start + size)
    told = [text.words[at] for at in inside if not (described and text.words[at].text.endswith("ed"))]
    stiff = any(word.verb or word.text in word_list("breaks") or word.text.endswith("ed") for word in told)
    joints = [text.between(at, at + 1) for at in inside[:-1]]
    return not stiff and all(_JOINS.fullmatch(joint) and not _IS_THAT.search(joint) for joint in joints)
