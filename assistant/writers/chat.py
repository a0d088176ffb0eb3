"""What a writer needs of a chat model, whoever serves it."""

from collections.abc import Iterator
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


class ChatModel(Protocol):
    """A model that writes piece by piece."""

    @property
    def name(self) -> str: ...

    def stream(self, prompt: Prompt, seconds: float) -> Iterator[Chunk]:
        """The reply as it comes, within some seconds. Raises ``WriterProblem`` and nothing else."""
