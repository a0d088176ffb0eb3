"""What a writer needs of a chat model, whoever serves it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: our instructions, and the question with its evidence as data.

    ``shape`` names the form of the reply (``schema.SHAPES``).
    """

    system: str
    user: str
    shape: str = "statements"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens sent and received, as the endpoint counts them, or as we do where it doesn't say."""

    sent: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a reply. The last says how it ended (``stop`` is the only good end) and what it cost."""

    text: str = ""
    finish: str | None = None
    usage: Usage | None = None


class Wire:
    """A request in the hands of whoever waits for it: it can be cut at any time, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: list[Callable[[], None]] = []
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        """Whether nobody waits any more."""
        return self._is_cut

    def carries(self, end: Callable[[], None]) -> None:
        """Say how the connection is ended, as soon as there is one."""
        with self._lock:
            self._ends.append(end)
        if self._is_cut:
            self.cut()

    def cut(self) -> None:
        """End the connection, so that the model stops; a second time does nothing."""
        with self._lock:
            self._is_cut, ends, self._ends = True, self._ends, []
        for end in ends:
            with suppress(OSError):  # it has ended by itself
                end()


WIRE: ContextVar[Wire | None] = ContextVar("the request of this thread", default=None)


class ChatModel(Protocol):
    """A model that writes piece by piece."""

    @property
    def name(self) -> str:
        """What the model is called, for the answer it helps to write and for its price."""

    def stream(self, prompt: Prompt, seconds: float) -> Iterator[Chunk]:
        """The reply as it comes, within some seconds. Raises ``WriterProblem`` and nothing else."""
