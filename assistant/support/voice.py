"""Who does and who is done to, told the other way round without a change: "staff write plans", "plans are written"."""

import re
from collections.abc import Set

from assistant.support.alignment import Line, line
from assistant.support.predicates import COPULAS, Word, content, words
from assistant.support.words import stems

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|gets)\s+(?:(?:\w+ly|not|also|well|often)\s+){0,2}"
    r"(?P<verb>\w+(?:ed|en|wn|ne|pt|ld|de|ght|nd|t))\b",
    re.I,
)
_CONTRASTED = re.compile(r"[;.]|\b(?:but|while|which|who)\b")
_HALF = 0.5  # of the words of the smaller side
_MOSTLY = 0.7


def voices_differ(one: str, other: str) -> bool:
    """Whether a verb that both texts have is passive in one of them only."""
    turned = _passives(one) ^ _passives(other)
    return bool(turned & _stems(one) & _stems(other))


def inverted(one: str, other: str) -> bool:
    """Whether what is done in the one, "access is limited", stands after the verb in the other, "limited access"."""
    return any(
        _mirrors(passive, match, line(active), at)
        for passive, active in ((one, other), (other, one))
        for match in _PASSIVE.finditer(passive)
        for at, verb in enumerate(line(active).words)
        if verb.stem in stems(match["verb"].lower()) and not _in_passive(active, verb)
    )


def _mirrors(passive: str, match: re.Match[str], active: Line, verb: int) -> bool:
    """Whether a passive and a verb tell of one thing: what it is done to, who does it, or what is so described."""
    done_to = {word.stem for word in content(_CONTRASTED.split(passive[: match.start()])[-1]) if word.text.isalpha()}
    object_ = _stems(_rest_of_clause(active.after(verb)))
    _, by, agent = passive[match.end() :].rpartition(" by ")
    doing = _stems(agent) if by else frozenset()
    described = verb + 1 < len(active.words) and not active.between(verb, verb + 1).strip()
    return (
        _mostly(done_to, object_, _HALF)
        or _mostly(doing, frozenset(active.stems(0, verb)), _HALF)
        or (described and active.words[verb + 1].stem in done_to)
    )


def changed_over(one: str, other: str) -> bool:
    """Whether what is what is only said the other way round: "the strength is the team", "the team is the strength"."""
    (before, after), (begun, ended) = ([_stems(side) for side in _halves(text)] for text in (one, other))
    return _mostly(before, ended, _MOSTLY) and _mostly(after, begun, _MOSTLY)


def _halves(text: str) -> tuple[str, str]:
    verb = next((word for word in words(text) if word.verb), None)
    return (text[: verb.start], text[verb.end :]) if verb and verb.text in COPULAS else ("", "")


def _mostly(some: Set[str], others: Set[str], share: float) -> bool:
    return bool(some) and len(some & others) >= share * len(some)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in content(text))


def _rest_of_clause(text: str) -> str:
    """What stands before the next clause; a comma begins one where a verb comes after it."""
    text = _CONTRASTED.split(text, maxsplit=1)[0]
    before, _, after = text.partition(", ")
    return before if any(word.verb for word in words(after)) else text


def _in_passive(text: str, verb: Word) -> bool:
    return any(match.start("verb") == verb.start for match in _PASSIVE.finditer(text))


def _passives(text: str) -> frozenset[str]:
    return frozenset(stem for match in _PASSIVE.finditer(text) for stem in stems(match["verb"].lower()))
