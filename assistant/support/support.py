"""Where in its source a statement stands, and how much of it stands there.

A sentence stands on one sentence of the source, or on one and the next that leans on it ("This means ..."). The share
of its weight found there is its support. Four things unmake it: too little support; a part (what is said of whom,
either side of a "because") with next to nothing there; strays, which are words missing there that another sentence of
the source has; and a subject that the source does not name. Two true statements run together hold well as a whole and
fail in these.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.support.attributions import without_attribution
from assistant.support.source import Source
from assistant.support.words import Reading, Unit, any_of, holds, lists, read

LEAST_SUPPORT = 0.45  # of a statement's weight; chosen, as the next three, on the dev half of the validation set
LEAST_OF_PART = 0.12
MOST_STRAY = 0.12  # of the whole
MOST_STRAY_OF_PART = 0.4
_FEW = 3  # units
_UNKNOWN = 3.0  # the weight of a word whose rarity is not known: one in twenty sentences has it
_LINKED = re.compile(
    r"^(?:this|these|that|those|it|they|here|such|as a result|consequently|therefore|of these|their|similarly)\b"
    r"|^(?:too many|many|some|several|too few|few|most|others|all|both|none|each)(?: of (?:them|these|those))? "
    r"(?:is|are|was|were|has|have|had|do|does|did|can|cannot|go|contain|get|feel|say|describe|need|wait|receive)\b"
    r"|\b(?:as a result|because of this|why|them|the other)(?=[.,;]|$| (?:each|every))",
    re.I,
)
_PRONOUN = re.compile(
    r"(?:^|[.;,:] |\b(?:and|that|said|also|but|of|for) )\W*"
    r"(?:they|we|this|these|it|some|others|here|there|them|those)\b",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|should|will|must|does|do|did|"
    r"gets?|receives?|received|lacks?|waits?|knows?|understands?|feels?|felt|ensures?|makes?|made|takes?|took|gives?|gave|"
    r"goes|went|comes?|came|becomes?|became|starts?|started|leads?|led|finds|found|begins?|began|helps|helped|helping|"
    r"uses|used|supports|brings?|brought|sets out|says?|said|told)\b",
    re.I,
)
_JUDGED = re.compile(r"\b(?:was|were|been) (?:told|found|judged|asked|inspected|praised|seen|visited)\b")
_HALVES = re.compile(r",\s+(?:and|but|while|whereas|although)\s+|\s+but\s+|[;:]\s+")


@dataclass(frozen=True, slots=True)
class Standing:
    """A part of a statement, the place of the source it stands on, its support there, and what speaks against it."""

    part: str
    window: str
    support: float
    faults: tuple[str, ...]


def standings(source: Source, sentence: str, weights: Mapping[str, float]) -> list[Standing]:
    """What a sentence stands on: as a whole, or if it does not, each of the statements a comma or a "but" joins."""
    whole = _standing(source, sentence, weights)
    parts = halves(sentence)
    if not whole.faults or len(parts) < 2:
        return [whole]
    return [_standing(source, part, weights) for part in parts]


@lru_cache(4096)
def halves(sentence: str) -> tuple[str, ...]:
    """The statements that a comma or a "but" joins; a sentence that a "because" holds together is one."""
    if any_of("words", "cause").search(sentence):
        return ()
    return tuple(part for part in _HALVES.split(sentence) if len(read(part).about) > 1)


def _standing(source: Source, part: str, weights: Mapping[str, float]) -> Standing:
    said = without_attribution(part)
    places = [(held(said, window, weights), window, others) for window, others in windows(source)]
    support, window, others = max(places, key=lambda place: place[0], default=(0.0, "", []))
    faults = []
    if support < LEAST_SUPPORT:
        faults.append(f"support: only {support:.2f} of '{part[:60]}' stands in one place of the source")
    elif _astray(part, window, others, weights):
        faults.append(
            f"fused: '{part[:60]}' stands in one place of the source with one part and in another with the rest"
        )
    elif not _same_subject(part, window):
        faults.append(f"fused: the source has another subject than '{part[:60]}'")
    return Standing(part, window, support, tuple(faults))


def _same_subject(part: str, window: str) -> bool:
    """Whether some actor that a statement begins with is one of the source's, or may be its "they"."""
    verb = _VERB.search(part)
    ours = _actors(part[: verb.start()] if verb else " ".join(part.split()[:4]))
    judged = ours == {"inspectors"} and _JUDGED.search(window)  # "Derby was told": by them
    return not ours or bool(ours & _actors(window)) or bool(judged or _PRONOUN.search(window))


@lru_cache(8192)
def _actors(text: str) -> frozenset[str]:
    return frozenset(actor for actor in lists()["actors"] if any_of("actors", actor).search(text))


def windows(source: Source) -> Iterable[tuple[str, Sequence[str]]]:
    """Each place of the source, and the sentences outside it."""
    sentences = source.sentences
    for at, sentence in enumerate(sentences):
        yield sentence, [*sentences[:at], *sentences[at + 1 :]]
        following = at + 1 < len(sentences) and at + 1 not in source.starts
        if following and _LINKED.search(sentences[at + 1].strip("\"'“”")):
            yield f"{sentence} {sentences[at + 1]}", [*sentences[:at], *sentences[at + 2 :]]


def held(part: str, window: str, weights: Mapping[str, float]) -> float:
    """The support of a statement in one place; none where a part of it has next to nothing there."""
    there = read(window)
    if any(_share(read(piece).bearing, there, weights) < LEAST_OF_PART for piece in _pieces(part)):
        return 0.0
    return _share(read(part).bearing, there, weights)


@lru_cache(4096)
def _pieces(part: str) -> tuple[str, ...]:
    """What is said of whom, on each side of a "because"."""
    sides = any_of("words", "cause").split(part)
    pieces = [piece for side in sides for piece in _VERB.split(side, maxsplit=1) if read(piece).about]
    return (*sides, *(piece for at, piece in enumerate(pieces) if at == 0 or len(read(piece).bearing) > 1))


def _share(units: Sequence[Unit], there: Reading, weights: Mapping[str, float]) -> float:
    """The share of the weight of some units that stands in a place; 1 where there is none."""
    total = found = 0.0
    for unit in units:
        value = weight(unit, weights)
        total += value
        found += value * holds(there, unit)
    return found / total if total else 1.0


def _astray(part: str, window: str, others: Sequence[str], weights: Mapping[str, float]) -> bool:
    """Whether too much of a statement, or of a part of it, is missing in its place and stands in another sentence."""
    there, elsewhere = read(window), [read(other) for other in others]
    return bool(elsewhere) and (
        _stray(part, there, elsewhere, weights) >= MOST_STRAY
        or any(_stray(piece, there, elsewhere, weights) >= MOST_STRAY_OF_PART for piece in _pieces(part))
    )


def _stray(part: str, there: Reading, elsewhere: Sequence[Reading], weights: Mapping[str, float]) -> float:
    """The share that strays, of the weight or of the units, whichever is larger for a part of few words."""
    units = read(part).bearing
    strays = [unit for unit in units if not holds(there, unit) and any(holds(other, unit) for other in elsewhere)]
    total = sum(weight(unit, weights) for unit in units)
    share = sum(weight(unit, weights) for unit in strays) / total if total else 0.0
    return max(share, len(strays) / len(units)) if 0 < len(units) <= _FEW else share


def weight(unit: Unit, weights: Mapping[str, float]) -> float:
    """The weight of a unit: that of its rarest word."""
    return max(weights.get(word, _UNKNOWN) for word in unit.words)
