"""Whether words that were said are the words that a question claims: of this area, this year, this speaker."""

import re
from collections.abc import Sequence

from assistant.evidence import Item
from assistant.quotation import QUOTED
from assistant.reading import Reading
from assistant.types import VerdictResult
from index.types import Document, Profile

_NAME = r"(?:(?:Mrs?|Ms|Dr|Cllr|Councillor) )?([A-Z][a-z]+ [A-Z][a-z'’-]+)"
_SAID = r"(?:say|said|says|write|wrote|claim|claimed|tell|told|state|stated)"
_SAID_BY = (
    re.compile(rf"\b(?:[Dd]id|[Dd]oes|[Hh]as) {_NAME} (?:really |actually |ever )?{_SAID}\b"),
    re.compile(rf"\b{_NAME} (?:really |actually )?{_SAID}\b"),
)
_DATED = re.compile(r"\bfrom (?:the )?(20\d\d)\b(?! (?:on|onwards?|to|until)\b)(?!-)", re.I)
_BODY = re.compile(
    r"\b(?:council|ofsted|inspect|forum|nhs|board|trust|report|letter|partnership|assembly|authority)", re.I
)


def people(question: str) -> tuple[str, ...]:
    """The people a question names as having said something: ``Did Frances Bolger say …``."""
    named = (found[1] for pattern in _SAID_BY for found in pattern.finditer(question))
    return tuple(dict.fromkeys(name for name in named if not _BODY.search(name)))


def wrong_scope(item: Item, reading: Reading) -> VerdictResult | None:
    """What of the question's claim about area, year or speaker is wrong of a sentence; ``None`` if nothing is."""
    sentence = item.sentence
    if (reading.areas or reading.unknown_areas) and not set(reading.areas) & set(sentence.areas):
        return VerdictResult.OTHER_AREA
    if _is_of_other_years(item.document.profile, reading):
        return VerdictResult.OTHER_DATE
    if reading.speakers and sentence.voice.speaker not in reading.speakers:
        return VerdictResult.OTHER_SPEAKER
    if any(name not in sentence.voice.detail for name in people(_beside(reading))):
        return VerdictResult.OTHER_SPEAKER
    return None


def wrong_of(items: Sequence[Item], reading: Reading) -> VerdictResult | None:
    """The same for sentences that are quoted together: what is wrong of the first of which anything is."""
    return next((wrong for item in items if (wrong := wrong_scope(item, reading))), None)


def may_fit(document: Document, reading: Reading) -> bool:
    """Whether a document speaks of an area that is asked about, and is of the years."""
    own = set(reading.areas) & set(document.profile.areas)
    return bool(own or not (reading.areas or reading.unknown_areas)) and not _is_of_other_years(
        document.profile, reading
    )


def _is_of_other_years(about: Profile, reading: Reading) -> bool:
    year = int(about.period) if about.period else None
    dated = _DATED.search(_beside(reading))  # a quotation "from 2017" is none from later years
    if dated and year != int(dated[1]):
        return True
    return bool(
        (reading.since and (year is None or year < reading.since))
        or (reading.until and (year is None or year > reading.until))
    )


def _beside(reading: Reading) -> str:
    """What a question says beside its quotations."""
    return QUOTED.sub(" ", reading.question).replace(reading.quoted or "\0", " ")
