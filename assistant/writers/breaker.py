"""A circuit breaker: after failures in a row nobody asks for a while, then one may try."""

import threading
import time
from collections.abc import Callable

from assistant.writers.problems import Reason, WriterProblem

FAILURES = 3
PAUSE = 30.0  # seconds


class Breaker:
    """Shared by all who ask one endpoint. ``now`` is a clock in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_from = 0.0

    def enter(self) -> None:
        """Before a request. Raises ``WriterProblem`` while nobody may ask; after the pause one may, the rest wait."""
        with self._lock:
            if self._failures < FAILURES:
                return
            if self._now() < self._closed_from:
                raise WriterProblem(Reason.PAUSED)
            self._closed_from = self._now() + PAUSE

    def went_well(self) -> None:
        """After a request that was answered."""
        with self._lock:
            self._failures = 0

    def failed(self, *, for_good: bool = False) -> None:
        """After a request that was not. ``for_good``: trying again can't help (a wrong key)."""
        with self._lock:
            self._failures = FAILURES if for_good else self._failures + 1
            self._closed_from = self._now() + PAUSE
