"""What documents can't answer, and whom to turn to instead; and messages that call for safety contacts first."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.data_files import read_toml


@dataclass(frozen=True, slots=True)
class Rule:
    """A sort of message that is not for documents. ``safety`` rules speak first and let the question go on."""

    name: str
    ask: re.Pattern[str]
    pointer: str
    safety: bool


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            entry["name"],
            re.compile("|".join(f"(?:{pattern})" for pattern in entry["ask"]), re.I | re.S),
            entry["pointer"],
            bool(entry.get("safety", False)),
        )
        for entry in read_toml(files("assistant.data") / "scope.toml")["rule"]
    )


def outside(question: str) -> Rule | None:
    """The rule a message falls under, ``None`` for one that documents may answer."""
    return next((rule for rule in _rules() if rule.ask.search(question)), None)
