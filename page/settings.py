"""Settings of the page, read from the environment in one place. An unknown one is refused, not ignored."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingsProblem

PREFIX = "INSPECTION_PAGE_"
_SWITCHES = ("EDIT", "EVALUATE", "FEEDBACK", "SIGN_IN")
_NUMBERS = ("SESSIONS", "WAITING", "HOURS")
_FOLDERS = ("STATE", "RUNS", "QUESTIONS")


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What visitors may do, how many there may be, and where the page keeps what it keeps.

    ``edit`` lets them add and remove documents, ``evaluate`` start evaluations: both are off unless switched on.
    ``sign_in`` asks for a sign-in (OpenID Connect) before these two and before feedback is handed out. ``sessions``
    counts visitors at one time and ``waiting`` their questions that are not answered yet; ``hours`` is how long an
    untouched conversation is kept in memory.
    """

    edit: bool = False
    evaluate: bool = False
    feedback: bool = True
    sign_in: bool = False
    sessions: int = 200
    waiting: int = 40
    hours: int = 8
    state: Path = Path(".page")
    runs: Path = Path("runs")
    questions: Path = Path(__file__).resolve().parent.parent / "evals" / "questions"


def load(environment: Mapping[str, str] = os.environ) -> PageSettings:
    """Read the settings that begin with ``INSPECTION_PAGE_``."""
    given = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    known = (*_SWITCHES, *_NUMBERS, *_FOLDERS)
    unknown = sorted(set(given) - set(known))
    if unknown:
        names = ", ".join(PREFIX + name for name in known)
        raise SettingsProblem(f"unknown setting {PREFIX}{unknown[0]}; known are {names}")
    values: dict[str, bool | int | Path] = {}
    for name, value in given.items():
        if value and name in _SWITCHES:
            values[name.lower()] = _switch(name, value)
        elif value and name in _NUMBERS:
            values[name.lower()] = _number(name, value)
        elif value:
            values[name.lower()] = Path(value)
    return PageSettings(**values)  # type: ignore[arg-type]


def _switch(name: str, value: str) -> bool:
    if value not in ("0", "1"):
        raise SettingsProblem(f"{PREFIX}{name} must be 0 or 1, not {value!r}")
    return value == "1"


def _number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise SettingsProblem(f"{PREFIX}{name} must be a whole number above 0, not {value!r}")
    return int(value)
