"""Asking a model within a deadline: each request in a thread of its own, retried with back-off while time is left.

No time limit of a client covers the look-up of a name, a proxy, or a server that drips. So the deadline is kept by the
one who waits, and a request that overruns it is left behind.
"""

import random
import threading
import time
from collections.abc import Generator
from queue import Empty, SimpleQueue

from assistant.writers.breaker import Breaker
from assistant.writers.chat import ChatModel, Chunk, Prompt
from assistant.writers.problems import Reason, WriterProblem

_RETRIES = 2
_BACK_OFF = 0.5  # seconds before the first retry; doubled before the next
_FOR_GOOD = (Reason.KEY, Reason.NOT_FOUND)
_AT_ONCE = threading.BoundedSemaphore(16)  # requests of this process, those left behind included


def reply(model: ChatModel, prompt: Prompt, until: float, breaker: Breaker) -> Generator[Chunk]:
    """The reply as it comes. Raises ``WriterProblem``, at the latest at ``until`` on the monotonic clock.

    Only a request that has brought nothing yet is tried again: what was shown is not taken back.
    """
    for attempt in range(_RETRIES + 1):
        breaker.enter()
        begun = False
        try:
            for chunk in _received(model, prompt, until):
                begun = True
                yield chunk
        except WriterProblem as problem:
            breaker.failed(for_good=problem.reason in _FOR_GOOD)
            wait = _wait(problem, attempt)
            last = attempt == _RETRIES or begun or not problem.again or problem.reason is Reason.TOO_LONG
            if last or time.monotonic() + wait >= until:
                raise
            time.sleep(wait)
        else:
            breaker.went_well()
            return


def _wait(problem: WriterProblem, attempt: int) -> float:
    if problem.wait is not None:
        return problem.wait
    return float(_BACK_OFF * 2**attempt * random.uniform(0.8, 1.2))  # noqa: S311 - spreads retries, guards nothing


def _received(model: ChatModel, prompt: Prompt, until: float) -> Generator[Chunk]:
    """What one request brings, until it ends or time is up."""
    if not _AT_ONCE.acquire(blocking=False):
        raise WriterProblem(Reason.BUSY)
    came: SimpleQueue[Chunk | WriterProblem | None] = SimpleQueue()
    left = threading.Event()

    def work() -> None:
        try:
            for chunk in model.stream(prompt, max(0.1, until - time.monotonic())):
                came.put(chunk)
                if left.is_set():
                    return
            came.put(None)
        except WriterProblem as problem:
            came.put(problem)
        finally:
            came.put(WriterProblem(Reason.BROKEN))  # read only where something else ended the thread
            _AT_ONCE.release()

    threading.Thread(target=work, daemon=True, name="model writer").start()
    try:
        while (one := _next(came, until)) is not None:
            if isinstance(one, WriterProblem):
                raise one
            yield one
    finally:
        left.set()


def _next(came: "SimpleQueue[Chunk | WriterProblem | None]", until: float) -> Chunk | WriterProblem | None:
    try:
        return came.get(timeout=max(0.0, until - time.monotonic()))
    except Empty:
        raise WriterProblem(Reason.SLOW) from None
