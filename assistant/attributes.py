"""What a question asks to be told of a thing, such as its name or its address, and whether a sentence tells it.

The documents may speak of the thing and never say that: a sentence about it is then no answer. Kept in
``data/attributes.toml``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.areas import gazetteer
from index.data_files import read_toml


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that can be told of a thing. Where it isn't, it is called by ``name`` in ``data/wording``."""

    name: str
    ask: re.Pattern[str]
    tells: re.Pattern[str]
    apart_from_areas: bool

    def told_by(self, sentence: str) -> bool:
        """Whether a sentence tells it."""
        return bool(self.tells.search(gazetteer().without(sentence) if self.apart_from_areas else sentence))


def asked(question: str) -> tuple[Attribute, ...]:
    """What a question asks to be told."""
    return tuple(attribute for attribute in _attributes() if attribute.ask.search(question))


@cache
def _attributes() -> tuple[Attribute, ...]:
    entries = read_toml(files("assistant.data") / "attributes.toml")["attribute"]
    return tuple(
        Attribute(e["name"], _any(e["ask"]), _any(e["tells"]), bool(e.get("apart_from_areas"))) for e in entries
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)
