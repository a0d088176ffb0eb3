"""Words that turn a claim: a denial or a want, a "should" or a "may", a "more" or a "less".

Each is a mark with a scope, the units of its clause that it bears on. A mark of the statement must have its like in the
source near the same words, and a mark of the source must be kept where the words it bears on are.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.support.words import (
    Meanings,
    Reading,
    Unit,
    after,
    alternatives,
    any_of,
    before,
    frame,
    holds,
    lists,
    near,
    read,
    taken,
    within,
)

_MADE_SO = re.compile(r"\b(?:is|are|was|were|has|have|had|should|must|will|would|can|cannot|may|does|do|did)\b", re.I)
_FEW = 5  # units: of a short statement each mark must be on its own words
_SCOPE = 6  # words that a mark reaches
_CONTRAST = re.compile(
    r"\b(?:but|while|whereas|although|though|however|despite|rather than|some|others|yet|where|which|who|when|even)\b",
    re.I,
)
_TO_COME = frozenset({"intended", "wish"})  # a source that says what should be, or goes on, may say so in many ways
_GOING_ON = re.compile(
    r"\b(?:is|are|am) (?:\w+ )?\w+ing\b|\b(?:before|by|from|next|in) (?:the )?(?:end of |next )?(?:new year|christmas|"
    r"easter|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\b",
    re.I,
)
_AS_GOOD_AS = {"necessity": "duty"}
_FROM_NOWHERE = frozenset({"down", "late"})  # worse news than the source's, whatever else it says
_MAY_BE_DENIED = frozenset({"soon", "late", "easy", "hard", "long", "short"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that turns what is near it, by its kind. Its core are the units nearest to it, and its own those in it."""

    kind: str
    scope: Meanings
    core: tuple[Unit, ...]
    own: tuple[Unit, ...]
    phrase: str


# --- denial and want


def denials(part: str, window: str) -> list[str]:
    """A statement must deny what its source denies, and only that."""
    ours, theirs = cues(part), cues(window)
    if _deny_the_same(part, window):
        return []
    about, around = read(part).about, read(window).about
    faults = []
    for cue in ours:
        named = " " not in cue.phrase or (cue.kind == "wanting" and not _denying_first().match(cue.phrase))
        if named and any(holds(read(window), unit) for unit in cue.own):  # "poor" is "in poverty"
            continue
        like = [one for one in theirs if one.scope & cue.scope] if cue.scope & around else theirs
        if not like and not any(one.phrase == cue.phrase != "not" for one in theirs):
            faults.append("negation: the statement denies or lowers what the source does not")
    wants = {
        cue.phrase for cue in theirs if cue.kind == "wanting"
    }  # they can't stand for a "not" of the source as well
    for cue in cues(taken(part, window)):
        kept = _kept(cue, about)
        wanting = cue.kind == "wanting"
        free = [one for one in ours if wanting or one.kind == cue.kind or one.phrase not in wants]
        if kept and not any(_touches(one, kept) or (wanting and one.scope & cue.scope) for one in free):
            faults.append("negation: the source denies or lowers what the statement does not")
    mine, other = Counter(c.kind for c in ours), Counter(c.kind for c in theirs)
    if mine["turning"] > other["turning"] and mine["wanting"] >= other["wanting"]:
        faults.append("negation: the statement denies once more than the source")
    return faults


def _deny_the_same(part: str, window: str) -> bool:
    """Whether each has one verb and one "not" and there is nothing else that it could deny."""
    return all(
        [cue.kind for cue in cues(text)] == ["turning"]
        and len(_MADE_SO.findall(text)) < 2
        and not _CONTRAST.search(text)
        for text in (part, window)
    )


@lru_cache(8192)
def cues(text: str) -> tuple[Mark, ...]:
    """The denials and wants of a text. A "not" before a word of want cancels it ("not insufficient")."""
    plain = read(re.sub(r"n['’]t\b", " not", text.lower())).text
    plain = _neutral().sub(lambda m: m[0] if m[0] == "not only" and " but " not in plain else " ", plain)
    plain = _cancelled().sub(lambda m: m[0] if m[0] in lists()["negation"]["wanting"] else " ", plain)
    reading, found = read(plain), []
    for match in _denying().finditer(plain):
        kind = "wanting" if match["want"] else "turning"
        found.append(_mark(reading, match, kind, both=kind == "wanting"))
    return tuple(found)


def _mark(reading: Reading, match: re.Match[str], kind: str, both: bool) -> Mark:
    """A mark with the nearest two units after it in its clause, or else before it.

    ``both``: it reaches both ways; so does one with nothing after it ("reviews are not").
    """
    start, end = before(reading, match.start(), _SCOPE)[0], after(reading, match.end(), _SCOPE)[1]
    behind, ahead = near(reading, match.end(), end)[:2], near(reading, start, match.start())[-2:]
    scope = within(reading, start if both or not behind else match.start(), end)
    return Mark(kind, scope, behind or ahead, _own(reading, match), match[0])


def _own(reading: Reading, match: re.Match[str]) -> tuple[Unit, ...]:
    """The units that a mark is, or is a word of: the "not" of "do not speak"."""
    return tuple(
        unit
        for unit in reading.units
        if (unit.start <= match.start() < unit.end or match.start() <= unit.start < match.end())
        and not unit.words <= frame()
    )


def _touches(mark: Mark, kept: Meanings) -> bool:
    """Whether a denial reaches some words, or a want stands right beside them."""
    if mark.kind == "turning":
        return bool(mark.scope & kept)
    return any(unit.meanings & kept for unit in (*mark.core, *mark.own))


def _kept(mark: Mark, about: Meanings) -> Meanings:
    """What a statement keeps of what a mark bears on; nothing where it keeps less than half."""
    own = [unit.meanings for unit in mark.own if unit.meanings & about]
    kept = [unit.meanings for unit in mark.core if unit.meanings & about]
    return frozenset().union(*own, *kept) if own or 2 * len(kept) >= len(mark.core) else frozenset()


@cache
def _neutral() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lists()['negation']['neutral'])})\b")


@cache
def _cancelled() -> re.Pattern[str]:
    words = lists()["negation"]
    return re.compile(rf"\b(?:{alternatives(words['turning'])}) (?:{alternatives(words['wanting'])})\b")


@cache
def _denying_first() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(lists()['negation']['turning'])})\b")


@cache
def _denying() -> re.Pattern[str]:
    words = lists()["negation"]
    return re.compile(rf"\b(?P<want>{alternatives(words['wanting'])})\b|\b(?:{alternatives(words['turning'])})\b")


# --- duty, possibility, intention


def modalities(part: str, window: str) -> list[str]:
    """What should be, may be or is meant to be must not become what is, nor the other way about."""
    ours, theirs = _marks(part, "modality"), _marks(window, "modality")
    about, around = read(part).about, read(window).about
    faults = []
    hints = lists()["modality_hints"]
    if _bare(window):
        return [] if ours else ["modality: the source only lists what is to be done"]
    for mark in ours:
        if mark.kind not in hints or mark.kind == "underway":  # to say less than the source is no fault
            continue
        like = [one for one in theirs if one.kind == mark.kind]
        if mark.scope & around:
            like = [one for one in like if one.scope & mark.scope]
        soft = (mark.kind in _TO_COME and bool(theirs or _GOING_ON.search(window))) or (
            mark.kind == "duty" and _as_often("duty", ours, theirs) and len(read(part).bearing) > _FEW
        )
        if not like and not soft and not any_of("modality_hints", mark.kind).search(window):
            faults.append(f"modality: '{mark.kind}' is not in the source")
    said = Counter(_AS_GOOD_AS.get(mark.kind, mark.kind) for mark in ours)
    asked = _marks(taken(part, window), "modality")
    for kind, kept in Counter(mark.kind for mark in asked if mark.kind in hints and _kept(mark, about)).items():
        if said[kind] < kept and not any_of("modality_hints", kind).search(part):
            faults.append(f"modality: '{kind}' of the source is gone")
    return faults


def _as_often(kind: str, ours: Sequence[Mark], theirs: Sequence[Mark]) -> bool:
    """Whether a source marks as many things so as a statement, be they worded otherwise."""
    said, there = (sum(_AS_GOOD_AS.get(mark.kind, mark.kind) == kind for mark in marks) for marks in (ours, theirs))
    return 0 < said <= there


def _bare(text: str) -> bool:
    """Whether a text is an item of a list of things to do: "publish waiting times every quarter"."""
    return bool(any_of("bare", "verbs").match(text.lstrip("-•■ "))) and not _MADE_SO.search(text)


# --- more or less


def directions(part: str, window: str) -> list[str]:
    """A "more" must not become a "less", nor come from nowhere."""
    ours, theirs = _marks(part, "directions"), _marks(window, "directions")
    opposite = lists()["directions_opposite"]
    faults = []
    for mark in ours:
        beside = _beside(mark, theirs)
        if mark.kind in beside or any(_on_the_same(one, mark) for one in theirs):
            continue
        turned = beside & set(opposite[mark.kind])
        # "too late" is "not early enough"
        if turned and (mark.kind not in _MAY_BE_DENIED or _turns(part) == _turns(window)):
            faults.append(f"comparison: '{mark.kind}' is '{min(turned)}' in the source")
        elif mark.kind in _FROM_NOWHERE and not cues(window):
            faults.append(f"comparison: '{mark.kind}' is not in the source")
    return faults


def _on_the_same(one: Mark, other: Mark) -> bool:
    """Whether two marks are the same words on some of the same words."""
    own = frozenset().union(*(unit.meanings for unit in (*one.own, *other.own)))
    return one.phrase == other.phrase and bool((one.scope & other.scope) - own)


def _turns(text: str) -> int:
    return sum(cue.kind == "turning" for cue in cues(text))


def _beside(mark: Mark, theirs: Sequence[Mark]) -> set[str]:
    """The kinds of the marks on the same words; if there are none, those in the same clause, and at last all."""
    core = frozenset().union(*(unit.meanings for unit in mark.core))
    closest = {one.kind for one in theirs if any(unit.meanings & core for unit in one.core)}
    return closest or {one.kind for one in theirs if one.scope & mark.scope} or {one.kind for one in theirs}


@lru_cache(8192)
def _marks(text: str, table: str) -> tuple[Mark, ...]:
    reading, pattern, found = read(text), _marking(table), []
    for match in pattern.finditer(reading.text):
        kind = _kinds(table).get(match[0])
        if kind is None:
            continue
        found.append(_mark(reading, match, kind, both=True))
    return tuple(found)


@cache
def _kinds(table: str) -> dict[str, str]:
    return {phrase: kind for kind, phrases in lists()[table].items() if kind != "none" for phrase in phrases}


@cache
def _marking(table: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(phrase for phrases in lists()[table].values() for phrase in phrases)})\b")
