"""True statements made false in one way each, to measure whether the citation test notices.

Every function returns the changed statements with what was changed, or nothing where the statement has nothing of its
kind. The changes are the ones that real quotations suffer: a digit, a month, a neighbouring area, another speaker, a
dropped "not" or "many", two sentences run together.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.areas import gazetteer

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBER = re.compile(r"\b\d[\d,]*\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORDED = {
    "two": "three",
    "three": "five",
    "four": "two",
    "five": "six",
    "half": "third",
    "nine": "six",
    "fourth": "fifth",
}
_OTHER_AREA = {
    "Barking and Dagenham": "Southend-on-Sea", "Southend-on-Sea": "Brent", "Brent": "Telford and Wrekin",
    "Telford and Wrekin": "Barking and Dagenham",
}  # fmt: skip
_ELSEWHERE = "Leeds"
SPEAKER_NAMES = {
    "inspectors": "Inspectors", "council": "The council", "nhs": "The NHS", "parents_forum": "The parent carer forum",
    "press": "The newspaper", "minutes": "The Assembly",
}  # fmt: skip
_OTHER_SPEAKER = {
    "inspectors": "council", "council": "inspectors", "nhs": "parents_forum", "parents_forum": "nhs",
    "press": "council", "minutes": "inspectors",
}  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|can|should|will|must|does|do|did)\b(?! not|n't)", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(is|are|was|were|has|have|had|can|should|will|does|do|did)(?: not|n't|not) ", re.IGNORECASE)
_NOT_ENOUGH = re.compile(r"\b(?:too few|not enough|an insufficient number of|insufficient numbers of)\b", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"\b(?:many of the|most of the|some of the|too many|a number of|vast majority of|many|most|some|several|often|"
    r"sometimes|usually|typically|mostly|routinely|consistently|regularly|"
    r"(?:approximately|about|around|roughly)(?= \d))\s",
    re.IGNORECASE,
)
_EMPTY_SUBJECT = re.compile(r"(?:there|it|this|they|at times)\b", re.IGNORECASE)
_LINKED = re.compile(r"\b(?:because|so|owing to|as a result)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A statement that is no longer true: its kind and its words."""

    kind: str
    text: str


def number(text: str) -> Iterator[Mutation]:
    """Another figure: a digit changed, two digits swapped, a written number replaced. Years are left to ``date``."""
    for match in _NUMBER.finditer(text):
        if _YEAR.fullmatch(match[0]) or _near_month(text, match):
            continue
        first = str((int(match[0][0]) % 9) + 1)
        yield Mutation("number", text[: match.start()] + first + text[match.start() + 1 :])
        last = str((int(match[0][-1]) + 3) % 10)
        yield Mutation("number", text[: match.end() - 1] + last + text[match.end() :])
    for word, other in _WORDED.items():
        if re.search(rf"\b{word}\b", text):
            yield Mutation("number", re.sub(rf"\b{word}\b", other, text, count=1))


def date(text: str) -> Iterator[Mutation]:
    """Another year, another month, another day."""
    for match in _YEAR.finditer(text):
        yield Mutation("date", text[: match.start()] + str(int(match[0]) + 1) + text[match.end() :])
    for at, month in enumerate(_MONTHS):
        if re.search(rf"\b{month}\b", text):
            yield Mutation("date", re.sub(rf"\b{month}\b", _MONTHS[(at + 5) % 12], text, count=1))


def area(text: str) -> Iterator[Mutation]:
    """Another area in the place of each that is named."""
    for mention in gazetteer().mentions(text):
        other = _OTHER_AREA.get(mention.area, _ELSEWHERE)
        other = _ELSEWHERE if other in text else other
        yield Mutation("area", text[: mention.start] + other + text[mention.end :])


def speaker(text: str, speakers: Sequence[str]) -> Iterator[Mutation]:
    """The same words in another mouth."""
    for one in speakers:
        yield Mutation("speaker", f"{SPEAKER_NAMES[_OTHER_SPEAKER[one]]} said: {text}")


def negation(text: str) -> Iterator[Mutation]:
    """A "not" more, or a "not" less."""
    dropped = _NEGATED.sub(lambda match: f"{match[1]} ", text, count=1)
    if dropped != text:
        yield Mutation("negation", dropped)
        return
    if _NOT_ENOUGH.search(text):
        yield Mutation("negation", _capital(_NOT_ENOUGH.sub("enough", text, count=1)))
        return
    added = _AUXILIARY.sub(lambda match: f"{match[1]} not", text, count=1)
    if added != text:
        yield Mutation("negation", added)


def qualifier(text: str) -> Iterator[Mutation]:
    """A qualifier dropped, so that some become all."""
    dropped = _QUALIFIER.sub("", text, count=1)
    if dropped != text:
        yield Mutation("qualifier", _capital(dropped))


def crossed(one: str, other: str) -> Iterator[Mutation]:
    """Two true statements run together: what one is about, with what the other says."""
    head, tail = _cut(one), _cut(other)
    if head and tail and len(head[0].split()) > 1 and not _EMPTY_SUBJECT.match(head[0]):
        yield Mutation("fused", f"{head[0]} {tail[1]}")


def linked(one: str, other: str, link: str = "because") -> Iterator[Mutation]:
    """Two true statements joined by a cause that nobody named."""
    if not _LINKED.search(f"{one} {other}"):
        yield Mutation("false cause", f"{one.rstrip('. ')} {link} {other[:1].lower()}{other[1:]}")


EACH: tuple[Callable[[str], Iterator[Mutation]], ...] = (number, date, area, negation, qualifier)


def _near_month(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 12) : match.end() + 14]
    return any(month in around for month in _MONTHS)


def _cut(text: str) -> tuple[str, str] | None:
    """A sentence cut before its first auxiliary: what it is about, and what it says."""
    match = _AUXILIARY.search(text)
    if match is None or match.start() < 4:
        return None
    return text[: match.start()].strip(), text[match.start() :].strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
