"""The settings of the language-model writer, read from the environment or from any mapping (a page's secrets).

An unknown or half-given setting is refused, not ignored. The key never shows in a ``repr`` or a message.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import SettingsProblem
from index.settings import PREFIX, WRITER_PREFIXES

SECONDS = 20.0
CONTEXT = 8192
REPLY = 700
WRITERS = ("extractive", "llm")
_LLM = f"{PREFIX}LLM_"
_WRITER = f"{PREFIX}WRITER"
_NUMBERS = ("SECONDS", "CONTEXT_TOKENS", "REPLY_TOKENS", "CONVERSATION_LIMIT", "DAY_LIMIT")


@dataclass(frozen=True, slots=True)
class Options:
    """Which endpoint writes, and what it may cost.

    ``seconds`` is for the whole of an answer, retries included. ``context`` and ``reply`` are in tokens: what the
    served model takes in and may send back. The limits are in the currency of the price table; ``None`` is no limit.
    ``rewrite``: follow-up questions are put to the model too.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = SECONDS
    context: int = CONTEXT
    reply: int = REPLY
    conversation_limit: float | None = None
    day_limit: float | None = None
    prices: Path | None = None
    ledger: Path | None = None
    rewrite: bool = False


def chosen(environment: Mapping[str, str] = os.environ) -> str:
    """Which writer the setting ``INSPECTION_WRITER`` names: ``extractive`` where it is not set."""
    writer = environment.get(_WRITER) or WRITERS[0]
    if writer not in WRITERS:
        raise SettingsProblem(f"{_WRITER} must be extractive or llm, not {writer!r}")
    return writer


def load(environment: Mapping[str, str] = os.environ) -> Options:
    """The options of the writer. Raises ``SettingsProblem`` where one is missing, unknown or has no possible value."""
    given = {name: value for name, value in environment.items() if name.startswith(WRITER_PREFIXES) and value}
    names = ("URL", "MODEL", "KEY", "REWRITE", *_NUMBERS, "PRICES", "LEDGER")
    unknown = sorted(set(given) - {_LLM + name for name in names} - {_WRITER})
    if unknown:
        raise SettingsProblem(f"unknown setting {unknown[0]}; known are {', '.join(_LLM + name for name in names)}")
    url, model = given.get(_LLM + "URL"), given.get(_LLM + "MODEL")
    if not url or not model:
        raise SettingsProblem(
            f"the language-model writer needs {_LLM}URL and {_LLM}MODEL, as in http://localhost:11434/v1 and llama3.2"
        )
    if not _is_address(url):
        raise SettingsProblem(f"{_LLM}URL must be an address that begins with http:// or https://")
    prices, ledger = given.get(_LLM + "PRICES"), given.get(_LLM + "LEDGER")
    numbers = {name: _number(_LLM + name, given[_LLM + name]) for name in _NUMBERS if _LLM + name in given}
    return Options(
        url=url,
        model=model,
        key=given.get(_LLM + "KEY"),
        seconds=numbers.get("SECONDS", SECONDS),
        context=int(numbers.get("CONTEXT_TOKENS", CONTEXT)),
        reply=int(numbers.get("REPLY_TOKENS", REPLY)),
        conversation_limit=numbers.get("CONVERSATION_LIMIT"),
        day_limit=numbers.get("DAY_LIMIT"),
        prices=Path(prices) if prices else None,
        ledger=Path(ledger) if ledger else _beside_the_store(environment),
        rewrite=_switch(_LLM + "REWRITE", given.get(_LLM + "REWRITE", "0")),
    )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _switch(name: str, written: str) -> bool:
    """A setting that is on or off."""
    if written not in ("0", "1"):
        raise SettingsProblem(f"{name} must be 0 or 1, not {written!r}")
    return written == "1"


def _beside_the_store(environment: Mapping[str, str]) -> Path:
    return Path(environment.get(PREFIX + "STORE") or ".store") / "spent.json"


def _number(name: str, written: str) -> float:
    """A setting as a number above nothing."""
    try:
        value = float(written)
    except ValueError:
        value = 0.0
    if not 0 < value < 10_000_000:
        raise SettingsProblem(f"{name} must be a number above 0, not {written!r}")
    return value
