"""Conversations, kept in the server's memory under an unguessable name, and nowhere else.

A reload brings a conversation back; an end of the server, or some hours without a word, takes it away. Nothing is
written to disk, so no question is.
"""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from assistant.types import Answer

MOST = 2000  # conversations; the one untouched longest makes room
MOST_TURNS = 100  # in one conversation
MOST_LEADING = 12  # turns that a question is read in the light of; as many as an address of it can hold


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked. ``alone`` leaves the conversation before it out of account."""

    text: str
    area: str | None = None
    alone: bool = False


@dataclass(slots=True, eq=False)
class Writing:
    """A language model adding to an answer, on a thread of its own that pages watch.

    ``answer`` is the answer as far as it has grown; it is replaced whole and never changed.
    """

    answer: Answer
    running: bool = True
    stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Add no more to the answer, and let the model stop."""
        self.running = False
        self.stopped.set()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer of quotations, and what a language model adds to it, if one does."""

    question: Question
    answer: Answer
    writing: Writing | None = None

    @property
    def whole(self) -> Answer:
        """The answer with what a model has added so far."""
        return self.writing.answer if self.writing else self.answer

    @property
    def stands_alone(self) -> bool:
        """Whether nothing before this turn has changed how it was read, so that nothing before it need be read again.

        A question that took anything over reads otherwise than it was typed, or is about an area it doesn't name.
        """
        read = self.answer.resolved_question == self.answer.question and not self.answer.understood.unknown_areas
        return self.question.alone or read


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A question that is being answered by a thread of its own, whatever becomes of the page that asked it."""

    question: Question
    answer: "Future[Answer]"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one visitor asked and was told, oldest first, and the questions that still wait for an answer.

    ``name`` is under what a model's cost is counted. It stays when the conversation is cleared, and so does the limit.
    ``signing_in`` names the page that a sign-in was begun on, until the visitor is back.
    """

    turns: list[Turn] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    name: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    signing_in: list[str] = field(default_factory=list)

    @property
    def answers(self) -> list[Answer]:
        """The answers, oldest first."""
        return [turn.whole for turn in self.turns]

    def leading_to(self, question: Question) -> list[Turn]:
        """The turns in whose light a question that comes next is read."""
        return [] if question.alone else self._leading(len(self.turns))

    def run_of(self, number: int) -> list[Turn]:
        """The turns that a given turn rests on, and itself as the last."""
        turn = self.turns[number]
        return [*([] if turn.stands_alone else self._leading(number)), turn]

    def _leading(self, end: int) -> list[Turn]:
        start = max(0, end - MOST_LEADING)
        begun = [number for number in range(start, end) if self.turns[number].stands_alone]
        return self.turns[begun[-1] if begun else start : end]

    def settle(self, waiting: Waiting, writing: Writing | None = None) -> bool:
        """Keep an answer that has come, with what a model is to add to it.

        False where its question was dropped, or settled in another window.
        """
        try:
            self.waiting.remove(waiting)  # in one step: two windows may settle it at the same moment
        except ValueError:
            return False
        if not waiting.answer.exception():
            self.turns.append(Turn(waiting.question, waiting.answer.result(), writing))
            del self.turns[:-MOST_TURNS]
        return True

    def drop(self, waiting: Waiting) -> None:
        """Wait no longer for an answer."""
        if waiting in self.waiting:
            self.waiting.remove(waiting)

    def clear(self) -> None:
        """Forget everything, and ask no model for more."""
        for turn in self.turns:
            if turn.writing:
                turn.writing.stop()
        self.turns.clear()
        self.waiting.clear()


class Conversations:
    """All conversations of a server. Safe to use from several threads."""

    def __init__(self, hours: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = hours * 3600
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, Conversation]] = OrderedDict()

    def of(self, visit: str) -> Conversation:
        """The conversation of a visitor, new where there is none. Only a hash of the visitor's name is kept."""
        name = hashlib.sha256(visit.encode()).hexdigest()
        with self._lock:
            self._forget()
            _, conversation = self._kept.pop(name, (0.0, Conversation()))
            self._kept[name] = (self._clock(), conversation)
            return conversation

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        while self._kept and (len(self._kept) >= MOST or next(iter(self._kept.values()))[0] < oldest):
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)
