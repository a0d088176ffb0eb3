"""Reading the word lists and tables that stand beside the code as data."""

import csv
import tomllib
from importlib.resources.abc import Traversable
from typing import Any


def _content(file: Traversable) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]


def read_lines(file: Traversable) -> list[str]:
    """One entry a line; blank lines and lines that start with ``#`` are left out."""
    return [line.strip() for line in _content(file)]


def read_table(file: Traversable) -> list[dict[str, str]]:
    """A CSV file with a heading row, as one mapping a row; comment lines start with ``#``."""
    return list(csv.DictReader(_content(file)))


def read_toml(file: Traversable) -> dict[str, Any]:
    """A TOML file as plain values."""
    return tomllib.loads(file.read_text(encoding="utf-8"))
