"""Follow-ups: what a question takes over from the turns before it, and how it reads on its own.

A question takes over the area that is being talked about. One that can't stand alone ("And in 2017?", "Is it working
yet?") also takes over topic, years and kind of answer, as far as it names none itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.gloss import together
from assistant.intents import Intent
from assistant.question import clean, read
from assistant.reading import Reading
from assistant.spelling import Speller
from assistant.topic import asking_words
from assistant.types import Turn
from assistant.wording import wording
from index.areas import Gazetteer
from index.lexicon import terms
from index.types import Speaker

_OPENS_ELLIPTICAL = re.compile(
    r"^(?:and|but|or|so|what about|how about|what of|also|no,? i mean[t]?|i mean[t]?|sorry|actually|why|really|"
    r"since when|are you sure|is that|was that|were they|who said (?:that|it|this))\b",
    re.I,
)
_DOUBTS = re.compile(
    r"^\W*(?:(?:but|and|so|hmm+)\W+)*(?:are you (?:really |very )?sure|really\?|is that (?:right|true|correct|so))\b",
    re.I,
)
_COMMENT = (Speaker.COUNCIL, Speaker.NHS, Speaker.PARENTS_FORUM, Speaker.MINUTES)  # on what inspectors found
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": 0}
_NTH = re.compile(
    rf"\b(?:the |number |point |no\.? ?)(?P<nth>{'|'.join(_ORDINALS)}|[1-9])(?:st|nd|rd|th)?"
    r"(?: (?:one|point|area|item|finding|quote|quotation))?\b",
    re.I,
)
_THE_TOPIC = re.compile(r"\b(?:it|they|them|that|those|this)\b", re.I)
_POINTS_BACK = re.compile(r"\b(?:it|they|them|that|those|these|there|this|its|their)\b", re.I)
_FEW_TERMS = 2
_JOINING = {"and", "upon", "of", "the", "on", "with"}
_CORRECTION = re.compile(
    r"^(?:(?:no|sorry|actually)?,? ?i mean[t]?\b,?|(?:and|but|so|what about|how about|what of)\b,?)", re.I
)


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question made independent of its conversation, with further wordings to search with."""

    reading: Reading
    wording: str
    context: tuple[str, ...]


def _elliptical(reading: Reading) -> bool:
    """Whether a question leans on the one before it: it opens like one, or points back and names little itself."""
    if _OPENS_ELLIPTICAL.search(reading.english):
        return True
    own = len(reading.terms) + len(reading.officials)
    return own == 0 or (own <= _FEW_TERMS and bool(_POINTS_BACK.search(reading.english)))


def _merge(reading: Reading, before: StandAlone, names: Gazetteer) -> StandAlone:
    earlier = before.reading
    named = bool(reading.areas or reading.unknown_areas) or reading.everywhere
    areas = reading.areas if named else earlier.areas
    unknown = reading.unknown_areas if named else earlier.unknown_areas
    if not _elliptical(reading):
        wording = reading.question if named or not areas else f"{reading.question} ({' and '.join(areas)})"
        return StandAlone(replace(reading, areas=areas, unknown_areas=unknown), wording, ())
    if _DOUBTS.search(reading.english):
        return before  # asked once more: the answer is in the documents' words, not in ours
    dated = reading.since is not None or reading.until is not None or reading.newest
    merged = replace(
        reading,
        areas=areas,
        unknown_areas=unknown,
        since=reading.since if dated else earlier.since,
        until=reading.until if dated else earlier.until,
        speakers=_heard(reading, earlier),
        intents=_kinds(reading, earlier),
        officials=reading.officials or earlier.officials,
        terms=tuple(dict.fromkeys([*reading.terms, *(() if reading.officials else earlier.terms)])),
        gloss=together(earlier.gloss, reading.gloss),
    )
    wording = _wording(reading, before, merged, names)
    context = (f"{before.wording} {reading.question}", wording)
    return StandAlone(merged, wording, tuple(names.without(text) if areas else text for text in context))


def _heard(reading: Reading, earlier: Reading) -> tuple[Speaker, ...]:
    """Whose words a follow-up asks for: those it names, those who haven't been heard, or the same as before."""
    if reading.others:
        return tuple(speaker for speaker in _COMMENT if speaker not in earlier.speakers)
    return reading.speakers or reading.only_speakers or earlier.speakers


def _kinds(reading: Reading, earlier: Reading) -> tuple[Intent, ...]:
    """What kind of answer a follow-up asks for. "What was it like?" asks about the topic before, not the inspection."""
    if reading.others:
        return ()
    topical = bool(earlier.terms or earlier.officials) and bool(_THE_TOPIC.search(reading.english))
    own = tuple(intent for intent in reading.intents if not (topical and intent.alone))
    return own or (() if topical else earlier.intents)


def pointed_at(question: str) -> int | None:
    """Which finding of the answer before a question points at, counted from 1: "Tell me more about the third one".

    0 stands for the last. ``None`` where it points at none, or names a topic of its own.
    """
    found = _NTH.search(question)
    rest = _NTH.sub(" ", question) if found else question
    if not found or any(term not in asking_words() for term in terms(rest)):
        return None
    return _ORDINALS.get(found["nth"].lower()) if found["nth"].isalpha() else int(found["nth"])


def _wording(reading: Reading, before: StandAlone, merged: Reading, names: Gazetteer) -> str:
    """The earlier question with its area or year replaced, where that is all the new one brings; else both together."""
    rest = _CORRECTION.sub("", reading.question).strip(" ,?!.")
    brings_topic = bool(reading.officials) or bool(reading.terms)
    mentions = names.mentions(before.wording)
    if not brings_topic and (reading.areas or reading.unknown_areas) and mentions:
        new = " and ".join([*reading.areas, *reading.unknown_areas])
        return before.wording[: mentions[0].start] + new + before.wording[mentions[-1].end :]
    if not brings_topic and reading.since and re.search(r"\b20\d\d\b", before.wording):
        return re.sub(r"\b20\d\d\b", str(reading.since), before.wording)
    earlier = before.wording.split(" (", 1)[0]
    after = wording(reading.language).say("text", "after", question=earlier)
    about = "; ".join(filter(None, [" and ".join(merged.areas), _years(merged), after]))
    return f"{rest[:1].upper()}{rest[1:]}? ({about})"


def _years(reading: Reading) -> str:
    if reading.since is None and reading.until is None:
        return ""
    if reading.since == reading.until:
        return str(reading.since)
    return f"{reading.since or ''}–{reading.until or ''}"


def _neighbour(reading: Reading, before: StandAlone, loaded: Sequence[str]) -> str | None:
    """The area that a word alone means after one of its namesakes: "and West?", after North Northamptonshire."""
    said = set(re.findall(r"\w+", reading.question.lower()))
    found = []
    for area in loaded:
        words = set(area.lower().split())
        for earlier in before.reading.areas:
            shared = words & set(earlier.lower().split()) - _JOINING
            if area != earlier and shared and (own := words - shared - _JOINING) and own <= said:
                found.append(area)
    return found[0] if len(set(found)) == 1 else None


def stand_alone(
    question: str, turns: Sequence[Turn], names: Gazetteer, loaded: Sequence[str], speller: Speller | None = None
) -> StandAlone:
    """The question on its own. Turns are read from the first on, so that each takes over from the one before it."""
    current: StandAlone | None = None
    for text in (*(turn.question for turn in turns), question):
        reading = read(clean(text), names, loaded, current.reading.language if current else None, speller)
        named = bool(reading.areas or reading.unknown_areas)
        neighbour = _neighbour(reading, current, loaded) if current and not named and _elliptical(reading) else None
        if neighbour:
            reading = replace(reading, areas=(neighbour,), terms=())
        current = _merge(reading, current, names) if current else StandAlone(reading, reading.question, ())
    assert current is not None  # the question itself is always read
    return current
