"""Figures: whether a question asks for one, and whether a sentence gives one. Years and dates are none."""

import re

from index.dates import MONTHS

# A figure that counts something: a year, a day of a month or a "Year 9" does not.
_NO_FIGURE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})\b(?: \d{{1,2}}(?!\d),?)?(?: \d{{4}})?|"
    r"\b(?:19|20)\d\d(?:[/–-]\d\d)?\b|\byears? \d+(?: (?:and|to|or) \d+)?|\bpost-\d+|\bkey stages? \d|"
    r"\b\d{1,2}(?:st|nd|rd|th)\b|\bno one\b|\bthird[ -]part\w+|\bone (?:another|by one)\b",
    re.I,
)
_FIGURE = re.compile(
    r"\d|\bone (?!of)|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|dozen|hundreds?|thousands?|half|third|quarter|per cent)\b",
    re.I,
)
_DURATION = re.compile(
    r"\b(?<!first )(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|several|many)"
    r"[ -](?:\w+ )?(?:days?|weeks?|months?|years?|terms?)\b(?!['’ -]old| of (?:age|life))|\bfortnight\b",
    re.I,
)
_COUNT = re.compile(r"\bhow many\b|\bnumber of\b|\bwhat (?:number|percentage|proportion|share)\b", re.I)
_HOW_LONG = re.compile(r"\bhow long\b|\bhow many (?:days|weeks|months|years)\b", re.I)
_HOW_MUCH = re.compile(rf"{_COUNT.pattern}|{_HOW_LONG.pattern}|\bhow (?:much|often|far|old|big)\b|\bcosts?\b", re.I)


def asks_count(question: str) -> bool:
    """Whether a question asks how many."""
    return bool(_COUNT.search(question))


def asks_duration(question: str) -> bool:
    """Whether a question asks how long."""
    return bool(_HOW_LONG.search(question))


def asks_figure(question: str) -> bool:
    """Whether a question asks for a figure of any sort."""
    return bool(_HOW_MUCH.search(question))


def gives_figure(sentence: str) -> bool:
    """Whether a sentence counts something."""
    return bool(_FIGURE.search(_NO_FIGURE.sub(" ", sentence)))


def gives_duration(sentence: str) -> bool:
    """Whether a sentence says how long something takes."""
    return bool(_DURATION.search(_NO_FIGURE.sub(" ", sentence)))
