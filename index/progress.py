"""How the index says how far it has come."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]  # stage, done, of how many


def no_progress(stage: str, done: int, total: int) -> None:
    """Says nothing."""
