"""What documents can't answer, and whom to turn to instead; and messages that call for safety contacts first."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.languages import languages
from assistant.phrases import words
from index.data_files import read_toml


@dataclass(frozen=True, slots=True)
class Rule:
    """A sort of message that is not for documents. ``safety`` rules speak first and let the question go on.

    ``whole`` says that phrases of other languages must be all there is: "thank you" opens many a question.
    """

    name: str
    ask: re.Pattern[str]
    safety: bool
    whole: bool


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            entry["name"],
            re.compile("|".join(f"(?:{pattern})" for pattern in entry["ask"]), re.I | re.S),
            bool(entry.get("safety", False)),
            bool(entry.get("whole", False)),
        )
        for entry in read_toml(files("assistant.data") / "scope.toml")["rule"]
    )


def outside(question: str, language: str) -> Rule | None:
    """The rule a message falls under, ``None`` for one that documents may answer."""
    names = _named(question, language)
    return next((rule for rule in _rules() if rule.name in names or rule.ask.search(question)), None)


def _named(question: str, language: str) -> frozenset[str]:
    """The rules whose phrases in the question's own language it holds."""
    if language not in languages():
        return frozenset()
    said = words(question)
    found = languages()[language].scope.find(said)
    whole = {rule.name for rule in _rules() if rule.whole}
    everything = sum(phrase.last - phrase.first for phrase in found) == len(said)
    return frozenset(phrase.meaning for phrase in found if everything or phrase.meaning not in whole)
