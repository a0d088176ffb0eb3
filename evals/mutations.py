"""True statements made false in one way each, to measure whether the citation test notices.

Every function returns the changed statements with what was changed, or nothing where the statement has nothing of its
kind. The changes are the ones that real quotations suffer: a digit, a unit, a month, a neighbouring area, another
speaker, a dropped "not" or "many", a duty told as a fact, "more" for "less", two sentences run together, a cause that
nobody named.
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
    "press": "The newspaper", "minutes": "The Assembly", "other": "The ombudsman",
}  # fmt: skip
_OTHER_SPEAKER = {
    "inspectors": "council", "council": "inspectors", "nhs": "parents_forum", "parents_forum": "nhs",
    "press": "council", "minutes": "inspectors", "other": "council",
}  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|can|should|will|must|does|do|did)\b(?! not|n't)", re.IGNORECASE
)
_NEGATED = re.compile(r"\b(is|are|was|were|has|have|had|can|should|will|does|do|did)(?: not|n't|not) ", re.IGNORECASE)
_NOT_ENOUGH = re.compile(r"\b(?:too few|not enough|an insufficient number of|insufficient numbers of)\b", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"(?<!how )(?<!not )(?<!as )"
    r"\b(?:many of the|most of the|some of the|too many|a number of|vast majority of|many|most|some|several|often|"
    r"sometimes|usually|typically|mostly|routinely|consistently|regularly|"
    r"(?:approximately|about|around|roughly)(?= \d))\s(?!enough)",
    re.IGNORECASE,
)
_EMPTY_SUBJECT = re.compile(r"(?:there|it|this|they|at times)\b", re.IGNORECASE)
_LINKED = re.compile(r"\b(?:because|so|owing to|as a result)\b", re.IGNORECASE)
_UNIT = re.compile(
    r"(?P<count>\d|\b(?:two|three|four|five|six|nine|twelve|half))(?P<gap>[ -])"
    r"(?P<unit>days?|weeks?|months?|years?|per cent)\b(?! July| March)"
)
_OTHER_UNITS = {
    "day": ("week", "hour"), "days": ("weeks", "hours"), "week": ("month", "day"), "weeks": ("months", "days"),
    "month": ("week", "year"), "months": ("weeks", "years"), "year": ("month", "week"), "years": ("months", "weeks"),
    "per cent": ("pupils",),
}  # fmt: skip
_DUTY = re.compile(
    r"\b(?P<duty>should|must|may|might|could|(?<!clear )will|"
    r"(?<!they )(?<!that )(?<!educational )needs? to|plans? to|aims? to|intends? to)\b"
    r"(?: (?P<verb>be|have)\b)?"
)
_FACT = {"be": " are", "have": " have", None: ""}
_CLAIM = re.compile(r"\b(?P<verb>is|are|was|were|has|have|had)\b(?! not|n't| to\b)")
_DUTIES = ("should", "may")
_OPPOSITE = {
    "more and more": "less and less", "more": "less", "less": "more", "fewer": "more", "better": "worse",
    "worse": "better", "faster": "more slowly", "sooner": "later", "earlier": "later", "later": "earlier",
    "higher": "lower", "lower": "higher", "above": "below", "below": "above", "longer": "shorter",
    "shorter": "longer", "harder": "easier", "easier": "harder", "increase": "decrease", "increased": "decreased",
    "increasing": "decreasing", "increasingly": "less and less", "reduction": "rise", "reduced": "increased",
    "reduces": "increases", "reduce": "increase", "improved": "worsened", "improving": "worsening",
    "improvement": "decline", "improvements": "declines", "improve": "worsen", "improves": "worsens",
    "before": "after", "over": "under", "risen": "fallen", "grown": "shrunk", "growing": "shrinking",
    "stronger": "weaker", "strengthened": "weakened", "strengthening": "weakening", "strengthen": "weaken",
    "up": "down", "cut": "raised", "quickly": "slowly", "swiftly": "slowly",
}  # fmt: skip
_COMPARED = re.compile(
    r"\b(?:(?<=gone )up|over(?= (?:\d|two|three|four))|(?<!no )longer|above(?! all)|"
    + "|".join(word for word in _OPPOSITE if word not in ("up", "over", "longer", "above"))
    + r")\b"
)
_BECAUSE = re.compile(r"(?P<effect>[^.;]+?),? because (?!of\b)(?P<cause>[^.;]+)(?P<end>\.?)")
_SO = re.compile(r"(?P<cause>[^.;]+?),? so (?!that\b)(?P<effect>[^.;]+)(?P<end>\.?)")
_MAIN_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|should|will|must|may|does|do|did|get|gets|lack|lacks|waits?|uses?|"
    r"receives?|knows?|understand|helps?|ensures?|make|makes|starts?|feel|feels|work|benefit|said|told|visited|"
    r"recognised|started|welcomed|led|brought|access|agree|supports?)\b",
    re.IGNORECASE,
)
_HANGING = re.compile(r"\b(?:who|that|which|what|how|of|to|and|or|not|the|with|for|as|they|it)$", re.IGNORECASE)
_ONE_SUBJECT = {
    "child": "children", "young": "children", "people": "children", "person": "children", "pupils": "children",
    "parents": "families", "carers": "families", "professionals": "staff", "practitioners": "staff",
}  # fmt: skip
_ANYONE = frozenset({"children", "area", "things", "inspectors", "places"})  # may be meant by the other one as well
_LITTLE = frozenset({
    "a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "for", "from", "by", "with", "their", "its", "this",
    "that", "these", "those", "some", "many", "most", "all", "as", "who", "has", "send", "special", "needs", "ehc",
    "more", "only", "not",
})  # fmt: skip


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


def unit(text: str) -> Iterator[Mutation]:
    """The same figure of something else: weeks for months."""
    for match in _UNIT.finditer(text):
        if not _near_month(text, match):
            for other in _OTHER_UNITS[match["unit"]]:
                yield Mutation("unit", f"{text[: match.start('unit')]}{other}{text[match.end() :]}")


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
        yield Mutation("negation", capital(_NOT_ENOUGH.sub("enough", text, count=1)))
        return
    added = _AUXILIARY.sub(lambda match: f"{match[1]} not", text, count=1)
    if added != text:
        yield Mutation("negation", added)


def qualifier(text: str) -> Iterator[Mutation]:
    """A qualifier dropped, so that some become all."""
    dropped = _QUALIFIER.sub("", text, count=1)
    if dropped != text:
        yield Mutation("qualifier", capital(dropped))


def modality(text: str) -> Iterator[Mutation]:
    """What should be or may be, told as what is; or the other way about."""
    match = _DUTY.search(text)
    if match:
        yield Mutation(
            "modality", " ".join(f"{text[: match.start()].rstrip()}{_FACT[match['verb']]}{text[match.end() :]}".split())
        )
        return
    claim = _CLAIM.search(text)
    if claim:
        verb = "have" if claim["verb"].startswith("ha") else "be"
        for duty in _DUTIES:
            yield Mutation("modality", f"{text[: claim.start()]}{duty} {verb}{text[claim.end() :]}")


def comparison(text: str) -> Iterator[Mutation]:
    """A comparison or a change turned round."""
    for match in _COMPARED.finditer(text):
        yield Mutation("comparison", f"{text[: match.start()]}{_OPPOSITE[match[0]]}{text[match.end() :]}")


def reversed_cause(text: str) -> Iterator[Mutation]:
    """Cause and effect in each other's place."""
    for pattern, link in ((_BECAUSE, " because "), (_SO, ", so ")):
        match = pattern.fullmatch(text)
        if match:
            first, second = ("cause", "effect") if link == " because " else ("effect", "cause")
            yield Mutation("false cause", f"{capital(match[first])}{link}{lowered(match[second])}{match['end']}")


def crossed(one: str, other: str) -> Iterator[Mutation]:
    """Two true statements run together: what one is about, with what the other says.

    Left out where both are about the same or one about nobody in particular, since the outcome may then be true.
    """
    head, tail = _cut(one), _cut(other)
    if not head or not tail or _EMPTY_SUBJECT.match(head[0]) or _HANGING.search(head[0]):
        return
    about = content(gazetteer().without(head[0]))
    other_subject, says = content(tail[0]), content(tail[1])
    if about - _ANYONE and not about & other_subject and not about <= says and len(says) > 2:
        yield Mutation("fused", f"{head[0]} {tail[1]}")


def linked(one: str, other: str, link: str = "because") -> Iterator[Mutation]:
    """Two true statements joined by a cause that nobody named."""
    if not _LINKED.search(f"{one} {other}"):
        yield Mutation("false cause", f"{one.rstrip('. ')} {link} {lowered(other)}")


EACH: tuple[Callable[[str], Iterator[Mutation]], ...] = (
    number, unit, date, area, negation, qualifier, modality, comparison, reversed_cause,
)  # fmt: skip


def _near_month(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 12) : match.end() + 14]
    return any(month in around for month in _MONTHS)


def _cut(text: str) -> tuple[str, str] | None:
    """A sentence cut before its first verb: what it is about, and what it says."""
    match = _MAIN_VERB.search(text)
    if match is None or match.start() < 4:
        return None
    return text[: match.start()].strip(), text[match.start() :].strip()


def content(text: str) -> set[str]:
    """The words that tell one subject from another."""
    return {_ONE_SUBJECT.get(word, word) for word in re.findall(r"[a-z]+", text.lower())} - _LITTLE


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """With a small first letter, unless the first word is a name in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
