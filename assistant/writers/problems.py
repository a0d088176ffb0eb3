"""Why a language model has not written, as a name that ``data/writer.toml`` has words for."""

from enum import StrEnum


class Reason(StrEnum):
    """What went wrong. Replies and messages of the endpoint are never shown: they are a stranger's words."""

    UNREACHABLE = "unreachable"
    KEY = "key"
    NOT_FOUND = "not_found"
    BUSY = "busy"
    FAILED = "failed"
    SLOW = "slow"
    CUT = "cut"
    BROKEN = "broken"
    EMPTY = "empty"
    DECLINED = "declined"
    TOO_LONG = "too_long"
    SPENT = "spent"
    PAUSED = "paused"


class WriterProblem(Exception):
    """The model did not write. ``again``: a second try may help, after ``wait`` seconds where the endpoint said so."""

    def __init__(self, reason: Reason, *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(reason.value)
        self.reason, self.again, self.wait = reason, again, wait
