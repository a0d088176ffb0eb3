"""Whoever wants no more gets no more: the request is cut off, so that the model stops and nothing further is paid."""

import threading
import time
from contextlib import closing

import pytest
from scripted_endpoint import Line, Scene, delta, scripted, text_of

from assistant.assistant import Assistant
from assistant.types import Answer
from assistant.writers.llm import ModelWriter
from assistant.writers.options import Options
from page.conversations import Writing
from page.writing import write

TRUE = "2,914 children and young people have an EHC plan."
AT_ONCE = 1.0  # seconds


@pytest.fixture(scope="module")
def before(assistant: Assistant) -> Answer:
    return assistant.ask("How many children have an EHC plan in Barking and Dagenham?")


class Listening:
    """Scenes of an endpoint that notices when the other side hangs up."""

    def __init__(self) -> None:
        self.begun, self.hung_up = threading.Event(), threading.Event()

    def goes_on_and_on(self, line: Line) -> None:
        line.opens()
        line.event(delta(text_of((TRUE, [1])).removesuffix("]}")))
        self.begun.set()
        try:
            while not line.over.wait(0.02):
                line.event(delta(" "))
        except OSError:
            self.hung_up.set()

    def falls_silent(self, line: Line) -> None:
        line.opens()
        line.event(delta('{"statements": ['))
        self._waits(line)

    def says_nothing(self, line: Line) -> None:
        self._waits(line)

    def _waits(self, line: Line) -> None:
        self.begun.set()
        if not line.handler.connection.recv(1):
            self.hung_up.set()


def writer(url: str, seconds: float = 30) -> ModelWriter:
    return ModelWriter(Options(url=url, model="scripted", seconds=seconds))


def test_closing_a_growing_answer_hangs_up(before: Answer, assistant: Assistant) -> None:
    endpoint = Listening()
    with (
        scripted(endpoint.goes_on_and_on) as script,
        closing(writer(script.url).grow(before, assistant.documents)) as grown,
    ):
        assert next(grown).answer.writer == "llm"
        assert not endpoint.hung_up.is_set()
        grown.close()
        assert endpoint.hung_up.wait(AT_ONCE)


@pytest.mark.parametrize("scene", ["goes_on_and_on", "falls_silent", "says_nothing"])
def test_a_stop_ends_the_answer_and_the_request_at_once(scene: str, before: Answer, assistant: Assistant) -> None:
    endpoint, stopped = Listening(), threading.Event()
    plays: Scene = getattr(endpoint, scene)
    with scripted(plays) as script:
        model = writer(script.url)
        grown = model.grow(before, assistant.documents, stopped=stopped)
        ended = threading.Thread(target=lambda: list(grown))
        ended.start()
        assert endpoint.begun.wait(10)
        stopped.set()
        ended.join(AT_ONCE)
        assert not ended.is_alive()
        assert endpoint.hung_up.wait(AT_ONCE)
        assert len(script.asked) == 1


def test_time_that_is_up_hangs_up(before: Answer, assistant: Assistant) -> None:
    endpoint = Listening()
    with scripted(endpoint.says_nothing) as script:
        model = writer(script.url, seconds=1)
        list(model.grow(before, assistant.documents))
        assert endpoint.hung_up.wait(AT_ONCE)


def test_a_visitors_stop_ends_the_thread_that_writes(before: Answer, assistant: Assistant) -> None:
    endpoint, writing = Listening(), Writing(before)
    with scripted(endpoint.falls_silent) as script:
        work = (writer(script.url), writing, assistant.store, "somebody")
        thread = threading.Thread(target=write, args=work)
        thread.start()
        assert endpoint.begun.wait(10)
        began = time.monotonic()
        writing.stop()
        thread.join(AT_ONCE)
        assert not thread.is_alive()
        assert time.monotonic() - began < AT_ONCE
        assert endpoint.hung_up.wait(AT_ONCE)
        assert writing.answer == before
