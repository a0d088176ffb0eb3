"""Asking a model within a deadline: each request in a thread of its own, retried with back-off while time is left.

No time limit of a client covers the look-up of a name, a proxy, or a server that drips. So the deadline is kept by the
one who waits, and a request that overruns it, or that nobody wants any more, is cut off: the model stops, and
no more is paid.
"""

import random
import threading
import time
from collections.abc import Generator
from queue import Empty, SimpleQueue

from assistant.writers.breaker import Breaker
from assistant.writers.chat import WIRE, ChatModel, Chunk, Prompt, Wire
from assistant.writers.problems import Reason, WriterProblem

_RETRIES = 2
_BACK_OFF = 0.5  # seconds before the first retry; doubled before the next
_FOR_GOOD = (Reason.KEY, Reason.NOT_FOUND)
_LOOK = 0.05  # seconds between two looks at whether anybody still waits
_AT_ONCE = threading.BoundedSemaphore(16)  # requests of this process, those left behind included


def reply(
    model: ChatModel, prompt: Prompt, until: float, breaker: Breaker, stopped: threading.Event | None = None
) -> Generator[Chunk]:
    """The reply as it comes. Raises ``WriterProblem``, at the latest at ``until`` on the monotonic clock.

    ``stopped`` ends it at once, in the middle. Only a request that has brought nothing yet is tried again: what was
    shown is not taken back.
    """
    for attempt in range(_RETRIES + 1):
        breaker.enter()
        begun = False
        try:
            for chunk in _received(model, prompt, until, stopped):
                begun = True
                yield chunk
            if stopped and stopped.is_set():
                return
        except WriterProblem as problem:
            breaker.failed(for_good=problem.reason in _FOR_GOOD)
            wait = _wait(problem, attempt)
            last = attempt == _RETRIES or begun or not problem.again or problem.reason is Reason.TOO_LONG
            if last or time.monotonic() + wait >= until:
                raise
            if stopped and stopped.wait(wait):
                return
            if not stopped:
                time.sleep(wait)
        else:
            breaker.went_well()
            return


def _wait(problem: WriterProblem, attempt: int) -> float:
    if problem.wait is not None:
        return problem.wait
    return float(_BACK_OFF * 2**attempt * random.uniform(0.8, 1.2))  # noqa: S311 - spreads retries, guards nothing


def _received(model: ChatModel, prompt: Prompt, until: float, stopped: threading.Event | None) -> Generator[Chunk]:
    """What one request brings, until it ends, is stopped or time is up."""
    if not _AT_ONCE.acquire(blocking=False):
        raise WriterProblem(Reason.BUSY)
    came: SimpleQueue[Chunk | WriterProblem | None] = SimpleQueue()
    wire = Wire()

    def work() -> None:
        WIRE.set(wire)
        try:
            for chunk in model.stream(prompt, max(0.1, until - time.monotonic())):
                came.put(chunk)
                if wire.is_cut:
                    return
            came.put(None)
        except WriterProblem as problem:
            came.put(problem)
        finally:
            came.put(WriterProblem(Reason.BROKEN))  # read only where something else ended the thread
            _AT_ONCE.release()

    threading.Thread(target=work, daemon=True, name="model writer").start()
    try:
        while (one := _next(came, until, stopped)) is not None:
            if isinstance(one, WriterProblem):
                raise one
            yield one
    finally:
        wire.cut()


def _next(
    came: "SimpleQueue[Chunk | WriterProblem | None]", until: float, stopped: threading.Event | None
) -> Chunk | WriterProblem | None:
    """What comes next; nothing at its end or once it is stopped."""
    while not (stopped and stopped.is_set()):
        left = max(0.0, until - time.monotonic())
        try:
            return came.get(timeout=min(left, _LOOK) if stopped else left)
        except Empty:
            if left <= _LOOK or not stopped:
                raise WriterProblem(Reason.SLOW) from None
    return None
