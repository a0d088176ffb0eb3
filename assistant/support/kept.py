"""What a model's statement must keep of its source: whom it limits, how often it denies, what a figure counts.

What the source says of some ("children who are new to the area"), a statement must not say of all.
"""

import re
from collections.abc import Iterator
from functools import cache

from assistant.support.alignment import in_its_words
from assistant.support.source import Source
from assistant.support.turns import Mark, cues
from assistant.support.words import Unit, alternatives, any_of, holds, lists, read, stemmed, taken

_DENIED = re.compile(r"\b(?:not|no|yet to|nobody|none|never)\b|n't\b", re.I)
_THOSE = re.compile(r"\bthose\b", re.I)
_TOLD = re.compile(r"\b(?:told|informed|advised|assured|reminded|warned) (?:the )?$")
_FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d[\d,.]*\b")
_PAST = re.compile(r"\b(?:was|were|had|did)\b", re.I)
_PRESENT = re.compile(r"\b(?:is|are|has|have|do|does|will|can|cannot)\b", re.I)
_REPORTED = re.compile(
    r"\b(?:said|found|noted|concluded|recognised|reported|added|warned|heard|explained|told \w+|agreed|"
    r"replied|responded|advised|stated|informed \w+|answered|admitted|acknowledged|accepted|felt|"
    r"stressed)\b(?: that\b)?",
    re.I,
)
_BYGONE = re.compile(
    r"\b(?:initial|first|previous|former|formerly|earlier|last|then|at the time|used to|ago|until|(?:19|20)\d\d)"
    r"\b",
    re.I,
)
_AUXILIARY = r"\b(?:is|are|was|were|has|have|had|can|cannot|do|does|did|will|should|must|may|needs? to)\b"
_ITEM = re.compile(rf"[a-z](?!.*{_AUXILIARY})")  # of a list: "the time families wait for therapy;"
_EITHER = re.compile(r"\b(?!needs\b)(?P<one>\w+) and/or (?P<other>\w+)", re.I)
_CLAIMS = re.compile(_AUXILIARY)
_REACHED = 8  # words of a limit
_VERB = re.compile(r"is|are|was|were|has|have|had|do|does|did|can|cannot|will|should|must|may|gets?")
_OF_ALL = re.compile(
    r"^(?:send|sen|special (?:educational )?needs)(?: (?:and|or|and/or) (?:disabilit(?:y|ies)))?(?: \(send\))?\s*"
)
_LIMITED = r"(?:who|whose|that|with|aged|under|over|at risk of|subject to|experiencing|awaiting|waiting for|without)"


def lost(source: Source, sentence: str) -> Iterator[str]:
    """What a sentence has lost of its source; each reason begins with its kind."""
    yield from _figures_astray(source, sentence)
    yield from _denials(sentence, " ".join(source.sentences))
    nearest = max(source.sentences, key=lambda one: sum(holds(read(one), unit) for unit in read(sentence).bearing))
    yield from _unlimited(sentence, nearest)
    for match in _EITHER.finditer(" ".join(source.sentences)):
        if re.search(rf"\b{match['one']} and {match['other']}\b", sentence, re.I):
            yield f"qualifier: '{match[0]}' of the source is not both"
    if _ITEM.match(nearest) and not _CLAIMS.search(sentence):
        yield "modality: the source only lists it"
    if (
        (in_its_words(sentence, nearest) or _BYGONE.search(nearest))
        and _told_as_past(nearest)
        and not _PAST.search(sentence)
        and _PRESENT.search(sentence)
    ):
        yield "date: the source tells of the past, the statement of now"


def _told_as_past(text: str) -> bool:
    """Whether a text tells of the past only. In "they found that plans were late" the plans may be late now."""
    reported = _REPORTED.search(text)
    if reported and not _BYGONE.search(text):
        text = text[: reported.start()]
    return bool(_PAST.search(text)) and not _PRESENT.search(text)


def widened(source: Source, statement: str) -> Iterator[str]:
    """Groups that the source limits ("families who are poor") and the statement names without the limit."""
    parts = [part for part in re.split(r"[,;:]\s", statement) if part]
    places = stemmed(source.areas)
    for sentence in source.sentences:
        for actor in lists()["actors"]:
            for limit in _limits(actor, sentence, places):
                naming = [
                    ", ".join(parts[at : at + 2])  # the limit may come after a comma
                    for at, part in enumerate(parts)
                    if any_of("actors", actor).search(_THOSE.sub("", part))
                ]
                said = any(holds(read(part), unit) for part in naming for unit in limit)
                if naming and not said and not any(_limits_too(actor, part) for part in naming):
                    yield f"widened: the source limits '{actor}', the statement does not"


def _limits_too(actor: str, part: str) -> bool:
    """Whether a part of a statement limits a group in words of its own: "who take up an internship"."""
    return any(
        re.match(r"\s+(?:who|whose|on|at|aged) (?!(?:have|has) )\w", part[match.end() :], re.I)
        for match in any_of("actors", actor).finditer(part)
    )


def _figures_astray(source: Source, sentence: str) -> Iterator[str]:
    """Words beside a figure that stand in the source, but not in the sentence that has the figure."""
    for clause in re.split(r"[,;:]\s", sentence):
        figures = set(_FIGURE.findall(clause))
        at_home = [one for one in source.sentences if figures & set(_FIGURE.findall(one))]
        away = [read(one) for one in source.sentences if one not in at_home]
        home = read(" ".join(at_home))
        astray = [u for u in read(clause).bearing if not holds(home, u) and any(holds(one, u) for one in away)]
        if figures and at_home and astray:
            yield f"number: '{clause[astray[0].start : astray[0].end]}' is not counted by the source's figure"


def _denials(sentence: str, whole: str) -> Iterator[str]:
    """One "not" can't stand for two of the source: "is not timely and children receive support" drops the second."""
    ours, about = cues(sentence), read(sentence).about
    kept = sum(cue.kind == "turning" and bool(_core(cue) & about) for cue in cues(whole))
    if ours and kept > len(ours):
        yield "negation: the source denies more often than the statement"
    if any(cue.kind == "turning" for cue in ours) and not cues(whole):
        yield "negation: the source denies nothing"
    if re.search(r"\byet\b", sentence) and not _DENIED.search(sentence):
        yield "negation: a 'yet' without its 'not'"
    wants = lists()["negation"]["wanting"]
    for match in re.finditer(rf"\bnot (?P<want>{alternatives(wants)})\b", read(sentence).text):
        if match[0] not in wants and re.search(rf"(?<!not )\b{re.escape(match['want'])}\b", read(whole).text):
            yield f"negation: '{match[0]}' is '{match['want']}' in the source"


def _core(cue: Mark) -> frozenset[str]:
    return frozenset().union(*(unit.meanings for unit in (*cue.core, *cue.own)))


def _unlimited(sentence: str, window: str) -> Iterator[str]:
    """A statement without any "some" or "many" on what its source says of some or many."""
    limits = lists()["qualifiers_of_groups"]["opening"]
    opening = re.compile(rf"(?:^|\b(?:that|and|but|with|as|while|so|for)\s|[,;:]\s)(?:{alternatives(limits)})\b", re.I)
    low, said = read(taken(sentence, window)).text, read(sentence)
    for match in opening.finditer(low):
        group = read(" ".join(low[match.end() :].split()[:3])).units
        if any(holds(said, unit) for unit in group) and not _limited(said.text, group):
            yield f"qualifier: '{match[0].strip()}' of the source is gone"


def _limited(said: str, group: tuple[Unit, ...]) -> bool:
    """Whether a text limits a group: right before it, or all that it says ("in some cases")."""
    floating = lists()["qualifiers_of_groups"]["floating"]
    for match in any_of("qualifiers_of_groups", "words").finditer(said):
        following = read(" ".join(said[match.end() :].split()[:5]))
        if match[0] in floating or any(holds(following, unit) for unit in group):
            return True
    return False


def _limits(actor: str, sentence: str, places: frozenset[str]) -> Iterator[tuple[Unit, ...]]:
    """What limits a group in a sentence, as units; that they have special needs or live there limits nobody here."""
    low = read(sentence).text
    for match in any_of("actors", actor).finditer(low):
        if _TOLD.search(low[: match.start()]):
            continue
        tail = re.match(rf"\s+{_LIMITED}\s+(?P<limit>[^,;:.]+)", low[match.end() :])
        if tail and match[0] not in ("those", "school", "education"):
            limit = _OF_ALL.sub("", tail["limit"])
            if limit != tail["limit"] and not re.match(_LIMITED, limit):
                continue  # "with SEND speak": what follows is said of them
            words = limit.split()[:_REACHED]
            ends = next((at for at, word in enumerate(words) if at and _VERB.fullmatch(word)), len(words))
            if about := tuple(
                unit for unit in read(" ".join(words[:ends])).bearing if not unit.words & (_of_all() | places)
            ):
                yield about


@cache
def _of_all() -> frozenset[str]:
    return stemmed(("special", "educational", "needs", "disabilities", "send"))
