"""Turns of phrase brought to one form: "no child waits more than 18 weeks" and "children wait at most 18 weeks"."""

import re
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from assistant.support.facts import WRITTEN
from assistant.support.source import Source
from index.data_files import read_toml

_RULES = Path(__file__).with_name("equivalents.toml")
_UNIT = r"(?:days?|weeks?|months?|years?|terms?)"
_NUMBER = rf"(?:\d[\d,.]*|\b(?:{'|'.join(WRITTEN)})\b|\ban?\b(?= {_UNIT}))"


@lru_cache(8192)
def one_form(text: str) -> str:
    """A text with every turn of phrase that the rules know in the form they bring it to."""
    for pattern, form in _rules():
        text = pattern.sub(form, text)
    return " ".join(text.split())


def source_in_one_form(source: Source) -> Source:
    """A source whose sentences are brought to one form."""
    return replace(source, sentences=tuple(one_form(sentence) for sentence in source.sentences))


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = read_toml(_RULES)["rules"]
    return tuple(
        (re.compile(pattern.replace("NUMBER", _NUMBER).replace("UNIT", _UNIT), re.I), form) for pattern, form in rules
    )
