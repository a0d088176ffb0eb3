"""What a heading says about the words under it, and which lines are headings however a text marks them."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from index.data_files import read_toml
from index.types import Polarity

_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|\([a-z\d]{1,3}\)|[-•■])\s+")


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern, without regard to capitals, that finds whatever one of several finds."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def section_data() -> dict[str, Any]:
    """The tables of ``data/sections.toml``."""
    return read_toml(files("index.data") / "sections.toml")


@cache
def _polarities() -> tuple[tuple[Polarity, re.Pattern[str]], ...]:
    return tuple((Polarity(entry["polarity"]), any_of(entry["patterns"])) for entry in section_data()["section"])


@cache
def _lead_ins() -> tuple[tuple[Polarity, re.Pattern[str]], ...]:
    return tuple((Polarity(name), any_of(patterns)) for name, patterns in section_data()["lead_in"].items())


@cache
def _standard() -> re.Pattern[str]:
    return any_of(section_data()["standard"]["headings"])


def without_number(words: str) -> str:
    """A heading without the number before it and the colon after it."""
    return _NUMBER.sub("", words).rstrip(": ")


def heading_polarity(heading: str) -> Polarity | None:
    """What stands under a heading, ``None`` for a heading that doesn't say."""
    words = without_number(heading)
    return next((polarity for polarity, pattern in _polarities() if pattern.search(words)), None)


def lead_in_polarity(words: str) -> Polarity | None:
    """What the items of a list are, by the last sentence before them, ``None`` where it doesn't say."""
    last = re.split(r"(?<=[.!?]) ", words)[-1]
    return next((polarity for polarity, pattern in _lead_ins() if pattern.search(last)), None)


def is_standard_heading(line: str) -> bool:
    """Whether a line is one of the headings that inspection documents have in common."""
    return bool(_standard().fullmatch(without_number(" ".join(line.split()))))
