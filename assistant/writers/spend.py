"""What the model has cost, and the limits on it: for one conversation, and for all of one day.

The day's sum is kept in a small file that processes share under a lock. It holds a date and a number, no questions.
"""

import json
import threading
from collections import OrderedDict
from contextlib import suppress
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.writers.chat import Usage
from assistant.writers.options import Options
from assistant.writers.problems import Reason, WriterProblem
from index.data_files import read_toml
from index.errors import SettingsProblem

_MILLION = 1_000_000
_CONVERSATIONS = 10_000  # remembered; the oldest go first
_LOCK_SECONDS = 2.0


def prices(table: Path | None = None) -> dict[str, tuple[float, float]]:
    """The price of a million tokens sent and of a million received, by model. Raises ``SettingsProblem``."""
    try:
        models = read_toml(table or files("assistant.data") / "prices.toml")["models"]
        return {name: (float(one["sent"]), float(one["received"])) for name, one in models.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise SettingsProblem(f"{table} is no price table; write it like assistant/data/prices.toml") from None


class Spending:
    """Counts what one model costs. Safe to share between threads; the day's sum is shared between processes."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._price = prices(options.prices).get(options.model)
        self._lock = threading.Lock()
        self._conversations: OrderedDict[str, float] = OrderedDict()
        self._today: tuple[date, float] = (date.min, 0.0)
        self._owed = 0.0  # spent while the file could not be written
        if self._price is None and (options.conversation_limit or options.day_limit):
            raise SettingsProblem(
                f"no price is known for the model {options.model!r}, so no limit in money can be kept; "
                "name a table with INSPECTION_LLM_PRICES, or leave the limits out"
            )

    def cost(self, usage: Usage) -> float | None:
        """What some tokens cost; ``None`` for a model without a known price."""
        if self._price is None:
            return None
        sent, received = self._price
        return (usage.sent * sent + usage.received * received) / _MILLION

    def check(self, conversation: str, worst: Usage) -> None:
        """Before a request. Raises ``WriterProblem`` where it could cost more than a limit leaves."""
        cost = self.cost(worst)
        if cost is None:
            return
        limit = self._options.conversation_limit
        with self._lock:
            spent = self._conversations.get(conversation, 0.0)
        if limit is not None and spent + cost > limit:
            raise WriterProblem(Reason.SPENT)
        if self._options.day_limit is not None and self._day(0.0) + cost > self._options.day_limit:
            raise WriterProblem(Reason.SPENT)

    def add(self, conversation: str, usage: Usage) -> float | None:
        """After a request, whether it went well or not. The cost of it.

        What the file can't take is counted with the next request: the money is gone and the answer stands.
        """
        cost = self.cost(usage)
        if cost is None:
            return None
        with self._lock:
            self._conversations[conversation] = self._conversations.pop(conversation, 0.0) + cost
            while len(self._conversations) > _CONVERSATIONS:
                self._conversations.popitem(last=False)
        if self._options.day_limit is not None:
            with suppress(WriterProblem):
                self._day(cost)
        return cost

    def _day(self, more: float) -> float:
        """The day's sum with ``more`` added. Where the file can't be used, the limit is taken to be reached."""
        from filelock import FileLock, Timeout

        file = self._options.ledger
        if file is None:
            return self._in_memory(more)
        with self._lock:
            more, self._owed = more + self._owed, 0.0
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{file}.lock", timeout=_LOCK_SECONDS):
                total = _read(file) + more
                if more:
                    file.write_text(json.dumps({"day": _today().isoformat(), "spent": total}), encoding="utf-8")
                return total
        except (OSError, Timeout):
            with self._lock:
                self._owed += more
            raise WriterProblem(Reason.SPENT) from None

    def _in_memory(self, more: float) -> float:
        with self._lock:
            day, total = self._today
            self._today = (_today(), more + (total if day == _today() else 0.0))
            return self._today[1]


def _today() -> date:
    return datetime.now(UTC).date()


def _read(file: Path) -> float:
    """The sum in the file, if it is today's; nothing where it is another day's. A damaged one counts as an error."""
    if not file.exists():
        return 0.0
    try:
        kept: Any = json.loads(file.read_text(encoding="utf-8"))
        return float(kept["spent"]) if kept["day"] == _today().isoformat() else 0.0
    except (ValueError, KeyError, TypeError):
        raise OSError(f"{file} is damaged; remove it to begin the day again") from None
