"""Facts that must be the source's one by one: figures and what they count, dates, places, speakers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.support.source import Source
from assistant.support.words import alternatives, any_of, lists
from index.areas import gazetteer

WRITTEN = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "sixteen": "16", "eighteen": "18", "twenty": "20",
    "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "half": "½", "third": "⅓", "quarter": "¼",
    "twice": "2", "fourth": "4th", "fifth": "5th", "tenth": "10th",
}  # fmt: skip
_CLAUSE_OF_THEIRS = re.compile(
    r"\b(?:what|how (?:little|much|often)) (?:the )?$", re.I
)  # names what they said and quotes none of it
_WHERE = re.compile(r"\s?\b(?:in|across|within|around|throughout)\s(?:the )?$", re.I)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_FIGURE = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{'|'.join(WRITTEN)}|one|an?)"
_MEASURED = re.compile(
    rf"(?P<figures>\b{_FIGURE}(?:(?: to | and | or |-)(?:a )?{_FIGURE}\b)?)[ -]*(?:full |more |further )?"
    r"(?P<unit>days?|weeks?|months?|years?|hours?|per cent|%|terms?|miles?|pounds?|million|thousand)(?!\w)",
    re.I,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:(?P<days>\d{{1,2}}(?:st|nd|rd|th)?(?: (?:to|and|-) \d{{1,2}})?) )?"
    rf"(?P<month>{_MONTHS})\b(?: (?P<year>(?:19|20)\d\d)\b)?"
    r"|\b(?P<alone>(?:19|20)\d\d)\b"
)


def numbers(statement: str, source: str) -> list[str]:
    """Figures that the source does not have, or has of something else."""
    have = figures(source) + Counter(["1"] * len(re.findall(r"\bone\b", source, re.I)))
    missing = figures(_DATE.sub(" ", statement)) - have  # as often as the statement has them: "18 to 18" is two
    faults = [f"number: {one} is not in the source" for one in sorted(missing)]
    theirs = _measures(source)
    for figure, unit in sorted(_measures(statement) - theirs):
        others = {name for number, name in theirs if number == figure}
        # an age may go without its unit: "aged 18 to 25"
        if others or (unit != "year" and unit not in source.lower()):
            faults.append(f"unit: {figure} {unit} is not in the source")
    return faults


@lru_cache(4096)
def figures(text: str) -> Counter[str]:
    """The figures of a text with how often each stands there. "one" is none: it seldom counts."""
    digits = [match[0].replace(",", "") for match in _NUMBER.finditer(text)]
    return Counter([*digits, *(WRITTEN[word] for word in re.findall(r"[a-z]+", text.lower()) if word in WRITTEN)])


@lru_cache(4096)
def _measures(text: str) -> frozenset[tuple[str, str]]:
    """Figures with a unit of time or a share: "nine to 12 months" is two of them."""
    found = set()
    for match in _MEASURED.finditer(text):
        unit = "%" if match["unit"].lower() in ("%", "per cent") else match["unit"].lower().rstrip("s")
        for figure in figures(match["figures"]):
            found.add((figure, unit))
    return frozenset(found)


def dates(statement: str, source: str, known: Source) -> list[str]:
    """Dates of a statement that neither the source nor what is known of it bears out.

    A date is borne out by one that agrees with it in all it names. Where the source's own words hold a year, a year
    alone is held against them, unless it stands in brackets or says when something was said: the year of the
    inspection must not cover for another.
    """
    own = _dated(source)
    have = [*own, *_dated(known.dates)]
    faults = []
    for match in _DATE.finditer(statement):
        date = _date(match)
        strictly = date.month is None and any(one.year for one in own) and not _of_the_report(statement, match)
        if not any(_agrees(date, one) for one in (own if strictly else have)):
            faults.append(f"date: {match[0].strip()} is not in the source")
    return faults


@dataclass(frozen=True, slots=True)
class _Date:
    days: frozenset[str]
    month: str | None
    year: str | None


@lru_cache(4096)
def _dated(text: str) -> tuple[_Date, ...]:
    """The dates of a text. The first half of a range has the year of the second: "8 July to 2 August 2024"."""
    matches = list(_DATE.finditer(text))
    found = [_date(match) for match in matches]
    for at in range(len(found) - 2, -1, -1):
        between = text[matches[at].end() : matches[at + 1].start()]
        if found[at].year is None and re.fullmatch(r"\s*(?:to|and|-)\s*", between):
            found[at] = replace(found[at], year=found[at + 1].year)
    return tuple(found)


def _date(match: re.Match[str]) -> _Date:
    return _Date(frozenset(re.findall(r"\d+", match["days"] or "")), match["month"], match["year"] or match["alone"])


def _agrees(date: _Date, other: _Date) -> bool:
    return (
        date.days <= other.days
        and date.month in (None, other.month)
        and (date.year in (None, other.year) or (other.year is None and date.month == other.month is not None))
    )


def _of_the_report(statement: str, match: re.Match[str]) -> bool:
    opened = statement.rfind("(", 0, match.start())
    bracketed = opened >= 0 and ")" not in statement[opened : match.start()]
    return bracketed or bool(re.match(rf",? (?:the )?(?:{speaking()})\b", statement[match.end() :], re.I))


@cache
def speaking() -> str:
    """The names of everybody who may be said to say something, as a pattern."""
    return alternatives(name for names in lists()["speakers"].values() for name in names)


def places(statement: str, source: str, known: Source) -> list[str]:
    """Areas that a statement names and the source does not."""
    missing = _areas(statement) - set(known.areas)
    if missing:
        missing -= _areas(source)
    return [f"place: {area} is not in the source" for area in sorted(missing)]


@lru_cache(8192)
def unplaced(text: str) -> str:
    """A text without its areas, each with the "in" before it: which they are is judged on its own."""
    for mention in sorted(gazetteer().mentions(text), key=lambda one: one.start, reverse=True):
        text = f"{_WHERE.sub('', text[: mention.start])}{text[mention.end :]}"
    return " ".join(text.split())


@lru_cache(4096)
def _areas(text: str) -> frozenset[str]:
    return frozenset(mention.area for mention in gazetteer().mentions(text))


def speakers(statement: str, source: str, known: Source) -> list[str]:
    """Who is said to have said it, and has not."""
    missing = _attributed(statement, voiced=False) - known.speakers
    if missing:
        have = known.speakers | _attributed(source, voiced=True)
        told = any_of("words", "said").search(source) or any_of("words", "voiced").search(source)
        spoken_for = "parents_forum" in have or (told and any_of("actors", "parents").search(source))
        missing -= have | ({"parents"} if spoken_for else set())
    return [f"speaker: this is not said by {one}" for one in sorted(missing)]


@lru_cache(4096)
def _attributed(text: str, *, voiced: bool) -> frozenset[str]:
    """Who is said to say something, in the names of answer format 1, and ``parents``; ``voiced``: or to think it."""
    return frozenset(
        speaker
        for speaker, pattern in _saying(voiced=voiced)
        if any(not _CLAUSE_OF_THEIRS.search(text[: match.start()]) for match in pattern.finditer(text))
    )


@cache
def _saying(*, voiced: bool) -> Sequence[tuple[str, re.Pattern[str]]]:
    words, patterns = lists()["words"], []
    for speaker, names in lists()["speakers"].items():
        verbs = [*words["said"], *(words["voiced"] if voiced else ())]
        if speaker in ("parents", "parents_forum") and not voiced:  # "parents found it hard" tells of no words
            verbs = [verb for verb in verbs if verb not in words["found"]]
        name, far = alternatives(names), 6 if voiced else 2
        verb = alternatives(verbs)
        between = r"(?:\s+(?!(?:is|are|was|were|be|been)\b)\w+)"  # "the report was welcomed" tells of no words of it
        pattern = rf"\b(?:{name})\b{between}{{0,{far}}}?\s+(?:{verb})\b|\baccording to (?:{name})\b"
        if voiced:  # "the views of parents", "reported by families"
            pattern += (
                rf"|\b(?:views|feedback|voices?|concerns|complaints|reported|told|said) (?:by|from|of) (?:{name})\b"
            )
        patterns.append((speaker, re.compile(pattern, re.I)))
    return patterns


@cache
def telling() -> re.Pattern[str]:
    """A speaker and what makes him one, at the beginning of a sentence: "Inspectors said that"."""
    return re.compile(
        rf"(?:(?:in|on|after) [^,]{{1,40}}, )?(?:(?:the|an?|council'?s?|local)\s+)*"
        rf"(?:{speaking()})(?:'s)?(?:\s+(?:also|spokesman|spokesperson|letter))?\s+"
        rf"(?:{alternatives(lists()['words']['telling'])})\b(?:\s+that\b)?[:,]?\s+",
        re.I,
    )
