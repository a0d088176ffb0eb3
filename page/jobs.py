"""Work that goes on behind the pages: started by one visitor, seen by all, and untouched by a reload."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

log = logging.getLogger(__name__)
Tell = Callable[[str, int, int], None]


@dataclass(slots=True)
class Job:
    """One piece of work: how far it is, and what came of it. ``lines`` are told to whoever looks."""

    name: str
    stage: str = "Starting"
    done: int = 0
    of: int = 0
    running: bool = True
    problem: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How much of the present stage is done, from 0 to 1."""
        return min(1.0, self.done / self.of) if self.of else 0.0

    def tell(self, stage: str, done: int, of: int) -> None:
        """Note how far the work is."""
        self.stage, self.done, self.of = stage, done, of


class Jobs:
    """The work of a server: of each sort one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def of(self, sort: str) -> Job | None:
        """The work of a sort that is going on, or that was done last."""
        return self._jobs.get(sort)

    def start(self, sort: str, name: str, work: Callable[[Job], None], expected: type[Exception]) -> bool:
        """Begin some work, unless some of the same sort is going on. ``expected`` problems are told in their words."""
        with self._lock:
            before = self._jobs.get(sort)
            if before and before.running:
                return False
            job = self._jobs[sort] = Job(name)
        threading.Thread(target=_run, args=(job, work, expected), name=sort, daemon=True).start()
        return True

    def forget(self, sort: str) -> None:
        """Forget work that is done."""
        with self._lock:
            job = self._jobs.get(sort)
            if job and not job.running:
                del self._jobs[sort]


def _run(job: Job, work: Callable[[Job], None], expected: type[Exception]) -> None:
    try:
        work(job)
    except expected as problem:
        job.problem = str(problem)
    except Exception:
        log.exception("Work behind the page failed.")
        job.problem = "Something went wrong; the server's log says what. Nothing that was there before is lost."
    finally:
        job.running = False


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """The work of this server."""
    return Jobs()
