"""Settings, read from the environment in one place. An unknown or half-given setting is refused, not ignored."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import SettingsProblem

PREFIX = "INSPECTION_"
DEFAULT_STORE = Path(".store")
DEFAULT_SOURCE = Path("seeds")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and which model makes the vectors. The key never shows in a ``repr``."""

    store: Path = DEFAULT_STORE
    embedding_url: str | None = None
    embedding_model: str | None = None
    embedding_key: str | None = field(default=None, repr=False)


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read ``INSPECTION_STORE`` and ``INSPECTION_EMBEDDING_URL``, ``_MODEL`` and ``_KEY``."""
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX) and value}
    known = {"STORE", "EMBEDDING_URL", "EMBEDDING_MODEL", "EMBEDDING_KEY"}
    unknown = sorted(name for name in given if name.removeprefix(PREFIX) not in known)
    if unknown:
        names = ", ".join(PREFIX + name for name in sorted(known))
        raise SettingsProblem(f"unknown setting {unknown[0]}; known are {names}")
    url, model = given.get(PREFIX + "EMBEDDING_URL"), given.get(PREFIX + "EMBEDDING_MODEL")
    if bool(url) != bool(model):
        raise SettingsProblem("set INSPECTION_EMBEDDING_URL and INSPECTION_EMBEDDING_MODEL together, or neither")
    if url and not url.startswith(("http://", "https://")):
        raise SettingsProblem("INSPECTION_EMBEDDING_URL must begin with http:// or https://")
    return Settings(
        store=Path(given.get(PREFIX + "STORE", DEFAULT_STORE)),
        embedding_url=url,
        embedding_model=model,
        embedding_key=given.get(PREFIX + "EMBEDDING_KEY"),
    )
