"""Private details in a message: replaced before anything reads, shows or keeps them. Kept in ``data/private.toml``."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.topic import asking_words
from assistant.vocabulary import explained, officials
from index.areas import Gazetteer
from index.data_files import read_toml
from index.dates import MONTHS
from index.lexicon import terms

_NAME = "name"


@dataclass(frozen=True, slots=True)
class _Rule:
    label: str
    pattern: re.Pattern[str]


@cache
def _rules(table: str) -> tuple[_Rule, ...]:
    flags = re.NOFLAG if table == _NAME else re.I
    entries = read_toml(files("assistant.data") / "private.toml")[table]
    return tuple(_Rule(entry["label"], re.compile(ask, flags)) for entry in entries for ask in entry["ask"])


def without_private(text: str, names: Gazetteer) -> str:
    """A message with its private details replaced by what they are: ``my son [name], [date of birth], …``."""
    for rule in _rules("detail"):
        text = rule.pattern.sub(rule.label, text)
    people: set[str] = set()
    for rule in _rules(_NAME):
        people |= {found[_NAME] for found in rule.pattern.finditer(text) if _is_person(found[_NAME], names)}
    for name in sorted(people, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[name]", text)
    return text


def _is_person(name: str, names: Gazetteer) -> bool:
    """Whether capitalised words are somebody's name, and no place, month or word of the subject."""
    known = names.mentions(name) or names.misspelt(name) or explained(name) or officials(name)
    said = terms(name)
    common = not said or any(term in asking_words() for term in said)
    return not known and not common and not any(word in MONTHS for word in name.split())
