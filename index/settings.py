"""Settings, read from the environment in one place. An unknown or half-given setting is refused, not ignored."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.errors import SettingsProblem
from index.readers.source import MEGABYTE, Limits

PREFIX = "INSPECTION_"
WRITER_PREFIXES = (f"{PREFIX}LLM_", f"{PREFIX}WRITER")  # read, and refused if unknown, in assistant/writers/options.py
PAGE = "INSPECTION_PAGE_"  # the page's own settings, which it reads and checks itself
DEFAULT_STORE = Path(".store")
DEFAULT_SOURCE = Path("seeds")
_LIMITS = {
    "LIMIT_SECONDS": "seconds",
    "LIMIT_MEMORY_MB": "memory",
    "LIMIT_FILE_MB": "file",
    "LIMIT_CHARACTERS": "characters",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is, which model makes the vectors, and what reading one file may cost.

    The key never shows in a ``repr``.
    """

    store: Path = DEFAULT_STORE
    embedding_url: str | None = None
    embedding_model: str | None = None
    embedding_key: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read ``INSPECTION_STORE``, ``INSPECTION_EMBEDDING_URL``, ``_MODEL`` and ``_KEY``, and ``INSPECTION_LIMIT_…``."""
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX) and value}
    given = {name: value for name, value in given.items() if not name.startswith(PAGE)}
    known = {"STORE", "EMBEDDING_URL", "EMBEDDING_MODEL", "EMBEDDING_KEY", *_LIMITS}
    unknown = sorted(
        name for name in given if name.removeprefix(PREFIX) not in known and not name.startswith(WRITER_PREFIXES)
    )
    if unknown:
        names = ", ".join(PREFIX + name for name in sorted(known))
        raise SettingsProblem(f"unknown setting {unknown[0]}; known are {names}")
    url, model = given.get(PREFIX + "EMBEDDING_URL"), given.get(PREFIX + "EMBEDDING_MODEL")
    if bool(url) != bool(model):
        raise SettingsProblem("set INSPECTION_EMBEDDING_URL and INSPECTION_EMBEDDING_MODEL together, or neither")
    if url and not url.startswith(("http://", "https://")):
        raise SettingsProblem("INSPECTION_EMBEDDING_URL must begin with http:// or https://")
    given_limits = {limit: _amount(given, name) for name, limit in _LIMITS.items() if PREFIX + name in given}
    return Settings(
        store=Path(given.get(PREFIX + "STORE", DEFAULT_STORE)),
        embedding_url=url,
        embedding_model=model,
        embedding_key=given.get(PREFIX + "EMBEDDING_KEY"),
        limits=replace(Limits(), **given_limits),
    )


def _amount(given: Mapping[str, str], name: str) -> int:
    """A limit as a whole number above nothing; those of memory and files are given in megabytes."""
    written = given[PREFIX + name]
    if not (written.isascii() and written.isdigit() and int(written) > 0):
        raise SettingsProblem(f"{PREFIX}{name} must be a whole number above 0, not {written!r}")
    return int(written) * (MEGABYTE if name.endswith("_MB") else 1)
