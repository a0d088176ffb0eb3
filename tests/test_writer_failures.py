"""Whatever the endpoint does, the extractive answer stands, within the deadline, with one line that says why."""

import gzip
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scripted_endpoint import Line, Scene, delta, refuses, says, scripted, streams, text_of

from assistant.assistant import Assistant
from assistant.types import Answer, Statement, StatementKind
from assistant.writers.breaker import FAILURES, PAUSE, Breaker
from assistant.writers.chat import Prompt
from assistant.writers.endpoint import Endpoint
from assistant.writers.llm import ModelWriter, Written
from assistant.writers.options import Options
from assistant.writers.problems import Reason, WriterProblem

SECONDS = 2.0  # the deadline in these tests
SLACK = 1.0
QUESTION = "How many children have an EHC plan in Barking and Dagenham?"
TRUE = "2,914 children and young people have an EHC plan."
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def before(assistant: Assistant) -> Answer:
    return assistant.ask(QUESTION)


def hangs(line: Line) -> None:
    line.waits(60)


def stalls(line: Line) -> None:
    line.opens()
    line.event(delta('{"statements": ['))
    line.waits(60)


def drips(line: Line) -> None:
    line.opens()
    while not line.over.is_set():
        line.sends(b": still here\n\n")
        line.waits(0.05)


def speaks_slowly(line: Line) -> None:
    line.opens()
    while not line.over.is_set():
        line.event(delta(" "))
        line.waits(0.05)


def cut(line: Line) -> None:
    line.opens()
    line.event(delta('{"statements": [{"text": "Two thou'))


def reset(line: Line) -> None:
    line.opens()
    line.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    line.handler.connection.close()


def sends(data: bytes, kind: str = "text/event-stream", **headers: str) -> Scene:
    def play(line: Line) -> None:
        line.opens(200, kind, **headers)
        line.sends(data)

    return play


def event(value: object) -> Scene:
    return sends(f"data: {json.dumps(value)}\n\ndata: [DONE]\n\n".encode())


def ten_megabytes(line: Line) -> None:
    line.opens()
    for _ in range(1000):
        line.event(delta("a" * 10_000))


def many_statements(line: Line) -> None:
    line.opens()
    line.event(delta('{"statements": ['))
    for number in range(100_000):
        line.event(delta(f'{{"text": "The moon has {number} cheeses.", "citations": [1]}},'))


NESTED = '{"statements": [{"text": ' + "[" * 3000
FAILURES_OF_ENDPOINTS: list[tuple[str, Scene, Reason | None]] = [
    ("401", refuses(401), Reason.KEY),
    ("403", refuses(403), Reason.KEY),
    ("404", refuses(404), Reason.NOT_FOUND),
    ("429", refuses(429), Reason.BUSY),
    ("429 with a long wait", refuses(429, Retry_After="60"), Reason.BUSY),
    ("429 with a date", refuses(429, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT"), Reason.BUSY),
    ("429 with nonsense", refuses(429, Retry_After="soon"), Reason.BUSY),
    ("500", refuses(500), Reason.FAILED),
    ("503", refuses(503), Reason.FAILED),
    ("418", refuses(418), Reason.FAILED),
    ("redirect", refuses(302, Location="http://127.0.0.1:9/"), Reason.FAILED),
    ("slow first token", hangs, Reason.SLOW),
    ("stall in mid-stream", stalls, Reason.SLOW),
    ("comments for ever", drips, Reason.SLOW),
    ("spaces for ever", speaks_slowly, Reason.SLOW),
    ("cut stream", cut, Reason.CUT),
    ("connection reset", reset, Reason.CUT),
    ("no finish", streams('{"statements": []}', finish=None), Reason.CUT),
    ("cut for its length", streams('{"statements": [{"text": "Some', finish="length"), Reason.TOO_LONG),
    ("not JSON at all", sends(b"<html>Welcome</html>", "text/html"), Reason.CUT),
    ("broken event", sends(b"data: {not json\n\n"), Reason.BROKEN),
    ("event of another shape", event({"hello": "world"}), Reason.BROKEN),
    ("choices are null", event({**delta("x"), "choices": None}), Reason.BROKEN),
    ("no choices", event({**delta("x"), "choices": []}), Reason.CUT),
    ("plain words", streams("There are 2,914 children."), Reason.BROKEN),
    ("JSON of another shape", streams('{"answer": "2,914"}'), Reason.BROKEN),
    ("a list", streams('["2,914"]'), Reason.BROKEN),
    ("nested for ever", streams(NESTED, size=500), Reason.BROKEN),
    ("nested and long", streams(NESTED + "[" * 3000, size=500), Reason.BROKEN),
    ("empty content", streams(""), Reason.EMPTY),
    ("null content", event(delta(None, "stop")), Reason.EMPTY),
    ("refusal", event(delta(None, "stop", refusal="I can't help.")), Reason.DECLINED),
    ("content filter", event(delta(None, "content_filter")), Reason.DECLINED),
    (
        "tool call",
        event(delta(None, None, tool_calls=[{"index": 0, "id": "1", "function": {"name": "x", "arguments": "{}"}}])),
        Reason.BROKEN,
    ),
    ("context too long", refuses(400, "maximum context length is 512 tokens"), Reason.TOO_LONG),
    ("413", refuses(413, "request too large"), Reason.TOO_LONG),
    ("error in mid-stream", event({"error": {"message": "overloaded", "code": 500}}), Reason.BROKEN),
    ("10 MB", ten_megabytes, Reason.BROKEN),
    ("10 MB of one event", sends(b"data: " + b"a" * 10_000_000), Reason.TOO_LONG),
    ("unpacks to gigabytes", sends(gzip.compress(b"a" * 10_000_000), Content_Encoding="gzip"), Reason.BROKEN),
    ("statements for ever", many_statements, None),
    ("wrong language", says(("2,914 dzieci ma plan EHC w tej okolicy.", [1])), None),
    ("citations that don't exist", says((TRUE, [99])), None),
    ("no citations", says((TRUE, [])), None),
    ("nothing to say", says(), None),
]


def run(before: Answer, assistant: Assistant, url: str, seconds: float = SECONDS) -> tuple[list[Written], float]:
    writer = ModelWriter(Options(url=url, model="scripted", key="sk-very-secret", seconds=seconds))
    started = time.monotonic()
    return list(writer.grow(before, assistant.documents)), time.monotonic() - started


def notices(before: Answer, after: Answer) -> list[Statement]:
    assert after.statements[: len(before.statements)] == before.statements
    return list(after.statements[len(before.statements) :])


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """The libraries loaded: the first question of a process pays for that, and none of these is to."""
    with scripted(says()) as endpoint:
        list(Endpoint(Options(url=endpoint.url, model="scripted")).stream(Prompt("", ""), 60))


@pytest.mark.parametrize(
    ("name", "scene", "reason"), FAILURES_OF_ENDPOINTS, ids=[failure[0] for failure in FAILURES_OF_ENDPOINTS]
)
def test_every_failure_leaves_the_extractive_answer_and_one_line(
    before: Answer, assistant: Assistant, name: str, scene: Scene, reason: Reason | None
) -> None:
    with scripted(scene) as endpoint:
        written, took = run(before, assistant, endpoint.url)
    after = written[-1].answer
    said = notices(before, after)
    assert written[-1].problem == reason, name
    assert len(said) == 1
    assert said[0].kind is StatementKind.NOTE
    assert "\n" not in said[0].text
    assert (after.writer, after.model) == ("extractive", None)
    assert after.citations == before.citations
    assert took < SECONDS + SLACK
    assert len(endpoint.asked) <= FAILURES
    assert "secret" not in repr(written)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/v1", "http://nobody.invalid/v1", "http://127.0.0.1:1/", "https://127.0.0.1:9/v1"],
    ids=["refused", "unknown name", "refused without path", "refused with TLS"],
)
def test_an_endpoint_that_is_not_there_leaves_the_extractive_answer(
    before: Answer, assistant: Assistant, url: str
) -> None:
    written, took = run(before, assistant, url)
    assert written[-1].problem in (Reason.UNREACHABLE, Reason.SLOW)
    assert len(notices(before, written[-1].answer)) == 1
    assert took < SECONDS + SLACK


def test_statements_that_passed_before_a_stream_broke_stay(before: Answer, assistant: Assistant) -> None:
    whole = text_of((TRUE, [1]), ("The rest is", [1]))
    with scripted(streams(whole[: len(whole) - 20], finish=None)) as endpoint:
        written, _ = run(before, assistant, endpoint.url)
    after = written[-1].answer
    assert [s.text for s in after.statements if s.kind is StatementKind.SUMMARY] == [TRUE]
    assert after.writer == "llm"
    assert after.statements[-1].text == "The language model did not finish: its reply broke off."


def test_a_short_wait_that_the_endpoint_asks_for_is_kept(before: Answer, assistant: Assistant) -> None:
    with scripted(refuses(429, Retry_After="0.4"), says((TRUE, [1]))) as endpoint:
        written, _ = run(before, assistant, endpoint.url)
    assert written[-1].answer.writer == "llm"
    assert endpoint.times[1] - endpoint.times[0] >= 0.4


def test_retries_back_off_and_end(before: Answer, assistant: Assistant) -> None:
    with scripted(refuses(500)) as endpoint:
        run(before, assistant, endpoint.url, seconds=10)
    first, second = endpoint.times[1] - endpoint.times[0], endpoint.times[2] - endpoint.times[1]
    assert len(endpoint.times) == 3
    assert second > first > 0.3


def test_after_failures_in_a_row_nobody_asks_for_a_while(before: Answer, assistant: Assistant) -> None:
    with scripted(refuses(500)) as endpoint:
        writer = ModelWriter(Options(url=endpoint.url, model="scripted", seconds=10))
        for _ in range(20):
            last = list(writer.grow(before, assistant.documents))[-1]
    assert len(endpoint.asked) == FAILURES
    assert last.problem is Reason.PAUSED


def test_a_wrong_key_is_tried_once(before: Answer, assistant: Assistant) -> None:
    with scripted(refuses(401)) as endpoint:
        writer = ModelWriter(Options(url=endpoint.url, model="scripted", key="wrong"))
        for _ in range(5):
            list(writer.grow(before, assistant.documents))
    assert len(endpoint.asked) == 1


def test_after_the_pause_one_may_try_and_success_opens_the_way() -> None:
    clock = [0.0]
    breaker = Breaker(lambda: clock[0])
    for _ in range(FAILURES):
        breaker.enter()
        breaker.failed()
    with pytest.raises(WriterProblem):
        breaker.enter()
    clock[0] = PAUSE + 1
    breaker.enter()
    with pytest.raises(WriterProblem):
        breaker.enter()  # while the one that may try is out
    breaker.went_well()
    breaker.enter()


def test_an_endpoint_that_knows_no_schema_is_asked_without_one(before: Answer, assistant: Assistant) -> None:
    with scripted(refuses(400, "response_format is not supported"), says((TRUE, [1]))) as endpoint:
        written, _ = run(before, assistant, endpoint.url)
    assert written[-1].answer.writer == "llm"
    assert ["response_format" in one for one in endpoint.asked] == [True, False]


def test_a_question_too_long_for_the_model_is_cut_to_its_first_quotations(assistant: Assistant) -> None:
    before = assistant.ask("What is going well in Barking and Dagenham?")
    with scripted(says()) as endpoint:
        writer = ModelWriter(Options(url=endpoint.url, model="scripted", context=1500, reply=400))
        list(writer.grow(before, assistant.documents))
        small = ModelWriter(Options(url=endpoint.url, model="scripted", context=500, reply=400))
        none = list(small.grow(before, assistant.documents))[-1]
    assert len(endpoint.asked) == 1
    assert none.problem is Reason.TOO_LONG
    assert endpoint.asked[0]["max_tokens"] == 400


def test_the_command_ends_well_and_says_why(store: Path) -> None:
    with scripted(refuses(500, "sk-very-secret")) as endpoint:
        environment = {
            **os.environ,
            "INSPECTION_LLM_URL": endpoint.url,
            "INSPECTION_LLM_MODEL": "scripted",
            "INSPECTION_LLM_KEY": "sk-very-secret",
            "INSPECTION_LLM_SECONDS": "60",
        }
        command = [sys.executable, "-m", "assistant", "ask", QUESTION, "--writer", "llm", "--store", str(store)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0
    assert "2,914" in done.stdout
    assert "The language model did not write: it failed." in done.stdout
    assert f"sent to {endpoint.url.removesuffix('/v1')} (scripted)" in done.stderr
    assert "secret" not in done.stdout + done.stderr
