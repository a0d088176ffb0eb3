"""How far a claim reaches: some, many, all, about, over. It must reach as far as its source, no further and no less."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from assistant.support.facts import WRITTEN
from assistant.support.turns import cues
from assistant.support.words import Meanings, alternatives, lists, read, taken
from index.lexicon import terms

_LIMITING = re.compile(r"\b(?:who|whose|where)\b")  # "children who wait" are some children
_HEAD = 2  # units after a qualifier that it may limit: "too many education assessments"
OWN_WORDS = 0.75  # of all words of both: from here on, a statement is the source's wording and not a new one


def reach(part: str, window: str) -> list[str]:
    """Qualifiers of the statement must be the source's; those of the source must be kept with the words they limit."""
    ours, theirs, meant = qualified(part), qualified(window), read(part).meanings
    alike = lists()["qualifiers_alike"]
    free = {*alike["may_come"], *(("some",) if _LIMITING.search(window) and "all" not in theirs else ())}
    come = [kind for kind in ours if kind not in free and not _standing_for(kind, theirs)]
    faults = [f"qualifier: '{kind}' is not in the source" for kind in come]
    for kind, heads in qualified(taken(part, window)).items():
        kept = [head for head in heads if head & meant and kind not in alike["may_go"]]
        if len(_standing_for(kind, ours, kept)) < len(kept):
            faults.append(f"qualifier: '{kind}' of the source is gone")
    return faults


def altered(part: str, window: str) -> list[str]:
    """Where the words are nearly the source's own, a small word more or less is an alteration, not another wording."""
    window = taken(part, window)
    ours, theirs = set(terms(part)), set(terms(window))
    if len(ours & theirs) < OWN_WORDS * len(ours | theirs):
        return []
    faults = []
    if len(cues(part)) != len(cues(window)):
        faults.append("negation: nearly the source's words, but not its denials")
    if _limits(part) < _limits(window):
        faults.append("qualifier: nearly the source's words, but not its qualifiers")
    return faults


def _limits(text: str) -> int:
    """How many qualifiers a text has that must be kept."""
    may_go = lists()["qualifiers_alike"]["may_go"]
    return sum(len(heads) for kind, heads in qualified(text).items() if kind not in may_go)


def _standing_for(kind: str, others: Mapping[str, Sequence[Meanings]], of: Sequence[Meanings] = ()) -> list[Meanings]:
    """The qualifiers that may stand for one of a class: those of another class only on the same words, if given."""
    found = list(others.get(kind, ()))
    for other in lists()["qualifiers_alike"].get(kind, ()):
        found += [
            head
            for head in others.get(other, ())
            if "few" not in (kind, other) or not of or any(head & one for one in of)
        ]
    return found


@lru_cache(8192)
def qualified(text: str) -> dict[str, list[Meanings]]:
    """The qualifiers in a text by their class, each with what the words right after it may mean."""
    found: dict[str, list[Meanings]] = {}
    pattern, kinds = _reaching()
    reading = read(text)
    for match in pattern.finditer(reading.text):
        limited = [unit.meanings for unit in reading.units if unit.start >= match.end()]
        head = frozenset().union(*limited[:_HEAD])
        if match[0].endswith("ly") or match[0] in ("often", "sometimes", "always", "at times"):
            last = [unit.meanings for unit in reading.bearing if unit.end <= match.start()][-1:]
            head = head.union(*last)
        for kind in kinds.get(match[0], ()):
            counts = kind in lists()["qualifiers_of_numbers"] and limited  # "about 8,500 children": the figure alone
            found.setdefault(kind, []).append(limited[0] if counts else head)
    return found


@cache
def _reaching() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern for every qualifier, and the classes each belongs to; those that are none have no class."""
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, phrases in {**lists()["qualifiers"], **lists()["qualifiers_of_numbers"]}.items():
        for phrase in phrases:
            kinds[phrase] = (*kinds.get(phrase, ()), kind)
    counting = alternatives(phrase for phrases in lists()["qualifiers_of_numbers"].values() for phrase in phrases)
    others = [phrase for phrases in lists()["qualifiers"].values() for phrase in phrases]
    neutral = lists()["words"]["no_qualifier"]
    numbers = "|".join(WRITTEN)
    return re.compile(rf"\b(?:(?:{counting})(?= (?:\d|{numbers}))|(?:{alternatives([*others, *neutral])}))\b"), kinds
