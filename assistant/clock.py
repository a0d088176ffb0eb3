"""How long each stage of an answer took."""

import time


class Clock:
    """Started when it is made."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._stages: list[tuple[str, float]] = []

    def stage(self, name: str) -> None:
        """End a stage: the time since the one before it."""
        now = time.perf_counter()
        self._stages.append((name, round((now - self._last) * 1000, 2)))
        self._last = now

    def timings(self) -> tuple[tuple[str, float], ...]:
        """Milliseconds in all, then of each stage in order."""
        total = round((time.perf_counter() - self._started) * 1000, 2)
        return (("total", total), *self._stages)
