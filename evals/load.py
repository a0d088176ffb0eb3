"""Many visitors at once: ``python -m evals.load ADDRESS`` asks like people with browsers and tells how long they wait.

Each session is a web socket of its own that speaks the page's protocol, with its own cookie and so its own
conversation. No question is asked twice as long as there are others, so that nothing is quick only because somebody
asked it before: first each one of the files, then the same ones about every other loaded area. The latter are quicker,
because within one area its name is not searched for and the vectors of the other words are known; how many wordings
were new is printed. What is measured is the time from a question typed until its answer has been drawn. The page must
be running; its memory is read from ``/proc`` where its process id is given.
"""

import argparse
import asyncio
import os
import random
import secrets
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from assistant.wording import wording, written
from evals.cases import read_cases
from index.areas import gazetteer
from index.manifest import current_folder
from index.settings import load
from index.store import DOCUMENTS, read_documents

QUESTIONS = tuple(
    Path(__file__).with_name("questions") / f"{name}.jsonl" for name in ("seeds", "reports", "wordings", "unseen")
)
_LIVE = 'class="only-read"'  # the region of a page that tells a screen reader what happens
_COOKIE = "inspection_visit"
_WAIT = 30  # seconds for one answer
_MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Heard:
    """What all sessions measured: seconds from question to drawn answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    busy: int = 0


def _says(name: str, told: str) -> bool:
    """Whether a part of the page says a sentence of ours, in any of its languages."""
    return any(wording(language).say("page", name) in told for language in written())


class Session:
    """One visitor."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._box = ""
        self.busy = False  # whether the last question was sent back, the server having too many to answer

    async def run(self, question: str | None = None) -> None:
        """Have the page drawn, with a question in its box if one is given, and wait until it is done."""
        from streamlit.proto.BackMsg_pb2 import BackMsg

        message = BackMsg()
        message.rerun_script.query_string = ""
        if question is not None:
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id = self._box
            widget.chat_input_value.data = question
        await self._socket.send(message.SerializeToString())
        await asyncio.wait_for(self._drawn(question), _WAIT)

    async def _drawn(self, question: str | None) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        shown, self.busy = question is None, False
        while True:
            message = ForwardMsg.FromString(await self._socket.recv())
            kind = message.WhichOneof("type")
            if kind == "delta":
                element = message.delta.new_element
                told = element.html.body
                self._box = element.chat_input.id or self._box
                shown = shown or (_LIVE in told and not _says("looking", told)) or "notice" in told
                self.busy = self.busy or _says("busy_title", told)
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if not shown:
                    raise RuntimeError("the page was drawn without an answer")
                return


async def _visitor(address: str, questions: Iterator[str], every: float, seconds: float, heard: Heard) -> None:
    from websockets.asyncio.client import connect
    from websockets.typing import Subprotocol

    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    headers = {"Cookie": f"{_COOKIE}={secrets.token_urlsafe(32)}", "Origin": address}
    try:
        async with connect(
            url, additional_headers=headers, subprotocols=[Subprotocol("streamlit")], max_size=None
        ) as socket:
            session = Session(socket)
            await session.run()
            until = time.monotonic() + seconds
            await asyncio.sleep(random.uniform(0, every))  # noqa: S311 - people don't all begin at once
            while time.monotonic() < until:
                started = time.monotonic()
                await session.run(next(questions))
                heard.seconds.append(time.monotonic() - started)
                heard.busy += session.busy
                await asyncio.sleep(max(0.0, every - (time.monotonic() - started)))
    except Exception as problem:  # noqa: BLE001 - whatever goes wrong is what is being counted
        heard.errors.append(f"{type(problem).__name__}: {problem}")


async def _all(options: argparse.Namespace, questions: Iterator[str], heard: Heard) -> list[float]:
    visit = (options.address, questions, options.every, options.seconds, heard)
    visitors = [_visitor(*visit) for _ in range(options.sessions)]
    running = asyncio.gather(*visitors)
    memory = []
    while not running.done():
        memory.append(_memory(options.pid))
        await asyncio.wait([running], timeout=10)
    await running
    return [value for value in memory if value]


def _memory(pid: int | None) -> float:
    """Megabytes of a process; 0 where that can't be known."""
    status = Path(f"/proc/{pid}/statm")
    return int(status.read_text().split()[1]) * 4096 / _MEGABYTE if pid and status.is_file() else 0.0


def _processor(pid: int | None) -> float:
    """Seconds of processor time a process has used; 0 where that can't be known."""
    stat = Path(f"/proc/{pid}/stat")
    if not pid or not stat.is_file():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def distinct(questions: Sequence[str], areas: Sequence[str], seed: int) -> list[str]:
    """Every question and then the same about each of some areas, each once, in an order that ``seed`` settles."""
    names = gazetteer().including(areas)
    asked, again = dict.fromkeys(questions), dict[str, None]()
    for question in questions:
        mentions = names.mentions(question)
        if len(mentions) == 1:
            before, after = question[: mentions[0].start], question[mentions[0].end :]
            again |= dict.fromkeys(f"{before}{area}{after}" for area in areas)
    order = random.Random(seed)  # noqa: S311 - an order to ask in, the same in every run
    parts = list(asked), [question for question in again if question not in asked]
    for part in parts:
        order.shuffle(part)
    return [question for part in parts for question in part]


def wordings(questions: Sequence[str]) -> int:
    """How many questions differ in more than the area they are about."""
    return len({gazetteer().without(question) for question in questions})


def loaded_areas(store: Path) -> tuple[str, ...]:
    """The areas that the documents of a store speak of."""
    documents = read_documents(current_folder(store) / DOCUMENTS)
    return tuple(sorted({area for document in documents for area in document.profile.areas}))


def questions_of(file: Path) -> list[str]:
    """The single questions of a question file."""
    single = (case.turns[0] for case in read_cases(file) if len(case.turns) == 1)
    return [question for question in single if any(character.isalnum() for character in question)]


def _told(heard: Heard, asked: Sequence[str], sessions: int) -> Iterator[str]:
    """What was measured, as lines for people."""
    found = sorted(heard.seconds)
    yield f"{len(found)} questions of {sessions} visitors, {len(asked)} of them distinct, {wordings(asked)} wordings"
    if found:
        median, p95 = statistics.median(found), found[min(len(found) - 1, int(len(found) * 0.95))]
        yield f"median {median * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, slowest {found[-1] * 1000:.0f} ms"
    yield f"sent back as busy: {heard.busy}"
    yield "\n  ".join([f"errors: {len(heard.errors)}", *sorted(set(heard.errors))[:5]])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the test and print what was measured; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m evals.load", description=__doc__.splitlines()[0])
    parser.add_argument("address", help="the page, as http://127.0.0.1:8501")
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between a visitor's questions")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--questions", type=Path, action="append", metavar="FILE", help="may be given several times")
    parser.add_argument("--store", type=Path, default=load().store, help="the store that the page serves")
    parser.add_argument("--seed", type=int, default=1, help="settles the order of the questions")
    parser.add_argument("--pid", type=int, help="the server's process, to watch its memory")
    options = parser.parse_args(arguments)
    single = [question for file in options.questions or QUESTIONS for question in questions_of(file)]
    questions = distinct(single, loaded_areas(options.store), options.seed)
    heard = Heard()
    used, started = _processor(options.pid), time.process_time()
    memory = asyncio.run(_all(options, cycle(questions), heard))
    print("\n".join(_told(heard, questions[: len(heard.seconds)], options.sessions)))
    if used and heard.seconds:
        spent = (_processor(options.pid) - used, time.process_time() - started)
        server, own = (seconds * 1000 / len(heard.seconds) for seconds in spent)
        print(f"processor time: {server:.0f} ms a question, and {own:.1f} ms of this program")
    if memory:
        print("memory in MB, every 10 s:", *(f"{value:.0f}" for value in memory))
    return 1 if heard.errors or not heard.seconds else 0


if __name__ == "__main__":
    sys.exit(main())
