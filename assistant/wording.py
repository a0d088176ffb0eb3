"""The assistant's own words, kept in ``data/wording.toml``."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from index.data_files import read_toml
from index.types import Profile


@cache
def _words() -> dict[str, dict[str, str]]:
    return read_toml(files("assistant.data") / "wording.toml")


def say(group: str, name: str, **values: object) -> str:
    """A sentence of ours with its values filled in."""
    return _words()[group][name].format(**values)


def day(value: date) -> str:
    """A date in words: ``8 July 2024``."""
    return f"{value.day} {value:%B %Y}"


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence: ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def when(about: Profile) -> str:
    """When the findings of a document were made, in words."""
    if about.inspection:
        start, end = about.inspection.start, about.inspection.end
        same = (start.year, start.month) == (end.year, end.month)
        return say("lead", "inspected", start=start.day if same else day(start), end=day(end))
    return say("lead", "reported", year=about.period) if about.period else say("lead", "undated")
