"""What we say about the model in the language of the question: ``data/writer.toml``."""

from functools import cache
from importlib.resources import files
from typing import Any

from assistant.languages import ENGLISH
from assistant.writers.problems import Reason
from index.data_files import read_toml


def say(language: str, name: str, **values: object) -> str:
    """A sentence of ours; in English where we have none in the language."""
    return str(_in(language)[name]).format(**values)


def because(language: str, name: str, reason: Reason) -> str:
    """A sentence with why the model has not written."""
    return say(language, name, reason=_in(language)["reason"][reason.value])


def _in(language: str) -> dict[str, Any]:
    found: dict[str, Any] = _texts().get(language) or _texts()[ENGLISH]
    return found


@cache
def _texts() -> dict[str, dict[str, Any]]:
    return read_toml(files("assistant.data") / "writer.toml")
