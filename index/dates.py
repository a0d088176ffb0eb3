"""Dates and date ranges as inspection documents, minutes and newspapers print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.types import DateRange

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBERS = {month[:3]: number for number, month in enumerate(MONTHS, 1)}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = "(?:" + "|".join(f"{month[:3]}(?:{month[3:]}|t)?" for month in MONTHS) + r")\b\.?"
_DAY = r"(?:[0-3] )?\d{1,2}(?:st|nd|rd|th)?"  # some PDFs come apart into "1 9 June" and "20 24"
_YEAR = r"(?:19|20) ?\d ?\d\b"
_ANY_WEEKDAY = rf"(?:(?:{'|'.join(_WEEKDAYS)}),? )?"
_RANGE = re.compile(
    rf"\b(?P<d1>{_DAY})(?: (?P<m1>{_MONTH}))?(?:,? (?P<y1>{_YEAR}))? ?(?:to|and|until|[-–—]) ?"
    rf"{_ANY_WEEKDAY}(?P<d2>{_DAY}) (?P<m2>{_MONTH}),? (?P<y2>{_YEAR})",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:(?P<d1>{_DAY}) (?P<m1>{_MONTH})|(?P<m2>{_MONTH}) (?P<d2>{_DAY})),? (?P<y>{_YEAR})", re.IGNORECASE
)
_WEEKDAY_DATE = re.compile(
    rf"\b(?P<w>{'|'.join(_WEEKDAYS)}),? (?P<d>{_DAY}) (?P<m>{_MONTH})\b(?!,? {_YEAR})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundRange:
    """A date range and the span it was read from."""

    value: DateRange
    start: int
    end: int


def _day(number: str, month: str, year: str | int) -> date | None:
    """The date, or ``None`` where the calendar has no such day."""
    apart = re.sub(r"[^\d ]", "", number).split()
    together = int("".join(apart))
    try:
        day = together if together <= 31 else int(apart[-1])  # "Table 3 9 June" is the ninth
        return date(int(str(year).replace(" ", "")), _NUMBERS[month[:3].lower()], day)
    except ValueError:
        return None


def date_ranges(text: str) -> Iterator[FoundRange]:
    """Ranges such as ``8 to 12 July 2024``, ``28 February to 4 March 2022`` or ``27 March and 31 March 2017``."""
    for found in _RANGE.finditer(text):
        end = _day(found["d2"], found["m2"], found["y2"])
        start = _day(found["d1"], found["m1"] or found["m2"], found["y1"] or found["y2"])
        if start and end and start <= end:
            yield FoundRange(DateRange(start, end), found.start(), found.end())


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day and the span it was read from."""

    value: date
    start: int
    end: int


def dates(text: str) -> Iterator[FoundDate]:
    """Single full dates: ``3 July 2017``, ``July 3, 2017``."""
    for found in _DATE.finditer(text):
        day = _day(found["d1"] or found["d2"], found["m1"] or found["m2"], found["y"])
        if day:
            yield FoundDate(day, found.start(), found.end())


def weekday_date(text: str, years: range) -> FoundDate | None:
    """A date printed without its year beside its weekday (``Friday 9 June``): the one year that fits both.

    ``None`` where no year of ``years``, or more than one, gives that weekday.
    """
    found = _WEEKDAY_DATE.search(text)
    if found is None:
        return None
    days = [_day(found["d"], found["m"], year) for year in years]
    fitting = [day for day in days if day and _WEEKDAYS[day.weekday()] == found["w"].lower()]
    return FoundDate(fitting[0], found.start(), found.end()) if len(fitting) == 1 else None
