"""The assistant's own words in the language of the question, kept in ``data/wording``, one file a language.

Every file has the keys and placeholders of ``en.toml``; where there is none for a language, we speak English.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.languages import ENGLISH, languages
from index.data_files import read_toml
from index.types import DateRange, Profile

_MOST_NAMED = 8  # areas in a sentence; more can't be taken in


@dataclass(frozen=True, slots=True)
class Wording:
    """Our own words in one language."""

    language: str
    _texts: dict[str, dict[str, Any]]

    @property
    def translated(self) -> bool:
        """Whether these words are a translation."""
        return self.language != ENGLISH

    @property
    def direction(self) -> str:
        """Which way the language is written, as HTML calls it."""
        known = languages().get(self.language)
        return "rtl" if known and known.right_to_left else "ltr"

    def say(self, group: str, name: str, **values: object) -> str:
        """A sentence of ours with its values filled in."""
        return str(self._texts[group][name]).format(**values)

    @property
    def months(self) -> tuple[str, ...]:
        """The months as they stand in a date, January first."""
        return tuple(self._texts["date"]["months"])

    def listed(self, names: Sequence[str]) -> str:
        """Names as in a sentence: ``a, b and c``."""
        if len(names) < 2:
            return "".join(names)
        return f"{self.say('list', 'comma').join(names[:-1])}{self.say('list', 'last')}{names[-1]}"

    def some(self, areas: Sequence[str]) -> str:
        """Areas as in a sentence; of many the first ones, and how many more there are."""
        if len(areas) <= _MOST_NAMED:
            return self.listed(areas)
        named = areas[: _MOST_NAMED - 2]
        return self.say("list", "some", names=self.say("list", "comma").join(named), count=len(areas) - len(named))

    def day(self, value: date) -> str:
        """A date in words: ``8 July 2024``."""
        return self.say("date", "day", day=value.day, month=self._month(value), year=value.year)

    def day_of_year(self, value: date) -> str:
        """The same without its year."""
        return self.say("date", "day_of_year", day=value.day, month=self._month(value))

    def days(self, period: DateRange) -> str:
        """The days of an inspection: ``8 to 12 July 2024``."""
        start, end = period.start, period.end
        if (start.year, start.month) != (end.year, end.month):
            return self.span(self.day(start), self.day(end))
        return self.say("date", "days", first=start.day, last=end.day, month=self._month(end), year=end.year)

    def span(self, start: str, end: str) -> str:
        """From one day to another, both in words."""
        return self.say("date", "span", start=start, end=end)

    def when(self, about: Profile) -> str:
        """When the findings of a document were made, in words."""
        if about.inspection:
            return self.say("lead", "inspected", dates=self.days(about.inspection))
        return self.say("lead", "reported", year=about.period) if about.period else self.say("lead", "undated")

    def _month(self, value: date) -> str:
        return self.months[value.month - 1]


@cache
def written() -> frozenset[str]:
    """The languages that we have words of our own in."""
    names = (file.name for file in (files("assistant.data") / "wording").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def wording(language: str = ENGLISH) -> Wording:
    """Our words in a language, in English where we have none in it."""
    known = language if language in written() else ENGLISH
    return Wording(known, read_toml(files("assistant.data") / "wording" / f"{known}.toml"))


def listed(names: Sequence[str]) -> str:
    """Names as in an English sentence, for what programs read."""
    return wording().listed(names)
