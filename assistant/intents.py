"""The kinds of question, and which of them a question is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count

from assistant.topic import topic
from index.data_files import read_toml
from index.lexicon import terms

COMPARES = frozenset(("comparison", "comparison_overall"))  # kinds of question that hold years beside each other
_GAP = re.compile(r"\.\{0,\d+\}")  # in the pattern of a kind of question: any words between two of its own


@dataclass(frozen=True, slots=True)
class Intent:
    """A kind of question and where its answer stands; see ``data/intents.toml``."""

    name: str
    ask: re.Pattern[str]
    find: re.Pattern[str] | None
    fact: str | None
    required: bool
    whole_section: re.Pattern[str] | None
    alone: bool
    small_print: bool


@cache
def intents() -> tuple[Intent, ...]:
    """The kinds of question of ``data/intents.toml``, in their order."""

    def pattern(parts: Sequence[str]) -> re.Pattern[str] | None:
        number = count()
        whole = _GAP.sub(lambda gap: f"(?P<gap{next(number)}>{gap[0]})", "|".join(f"(?:{part})" for part in parts))
        return re.compile(whole, re.I | re.S) if parts else None

    found = []
    for entry in read_toml(files("assistant.data") / "intents.toml")["intent"]:
        ask = pattern(entry["ask"])
        assert ask is not None  # every intent has its questions
        found.append(
            Intent(
                entry["name"],
                ask,
                pattern(entry["find"]),
                entry.get("fact"),
                bool(entry.get("required", False)),
                pattern(entry.get("whole_section", [])),
                bool(entry.get("alone", False)),
                bool(entry.get("small_print", False)),
            )
        )
    return tuple(found)


@cache
def _asking_of_a_kind() -> frozenset[str]:
    """The stemmed words by which the kinds of question are known."""
    patterns = " ".join(intent.ask.pattern for intent in intents())
    return frozenset(terms(re.sub(r"\\[a-z]|\(\?P<\w+>", " ", patterns)))


def _meant(intent: Intent, bare: str) -> bool:
    """Whether a question, without its area names, is of a kind.

    One that stands alone must leave no topic over, nor have one within: "Has speech therapy got better?".
    """
    found = intent.ask.search(bare)
    if found is None or not intent.alone:
        return found is not None
    within = " ".join(gap for gap in found.groupdict().values() if gap)
    return not topic(intent.ask.sub(" ", bare)) and set(topic(within)) <= _asking_of_a_kind()


def kinds_of(bare: str) -> tuple[Intent, ...]:
    """The kinds that a question, without its area names, is of."""
    return tuple(intent for intent in intents() if _meant(intent, bare))
