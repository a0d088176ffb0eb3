"""A chat endpoint on this machine that plays a script: real HTTP, real faults, no patches.

Each request takes the next scene; the last one is played again and again. What was asked is kept for the tests.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Scene = Callable[["Line"], None]


@dataclass
class Line:
    """One request and the wire its reply goes over."""

    handler: BaseHTTPRequestHandler
    asked: dict[str, Any]
    over: threading.Event

    def opens(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """The head of the reply. Its end is the end of the connection."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def sends(self, data: bytes) -> None:
        """A piece of the body, at once."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def event(self, value: object) -> None:
        """One event of a stream."""
        self.sends(f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode())

    def waits(self, seconds: float) -> None:
        """Silence, until the test is over at the latest."""
        self.over.wait(seconds)


def delta(text: str | None, finish: str | None = None, **more: object) -> dict[str, Any]:
    """A piece of a reply as the protocol has it."""
    choice = {"index": 0, "delta": {"role": "assistant", "content": text, **more}, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}


def text_of(*statements: tuple[str, list[int]]) -> str:
    """A reply in the shape that was asked for."""
    rows = [{"text": text, "citations": citations} for text, citations in statements]
    return json.dumps({"statements": rows}, ensure_ascii=False)


def streams(text: str | None, finish: str | None = "stop", size: int = 7, pause: float = 0.0) -> Scene:
    """A reply in small pieces."""

    def play(line: Line) -> None:
        line.opens()
        for at in range(0, len(text or ""), size):
            line.event(delta((text or "")[at : at + size]))
            if pause:
                line.waits(pause)
        if finish:
            line.event(delta(None, finish))
            line.sends(b"data: [DONE]\n\n")

    return play


def says(*statements: tuple[str, list[int]]) -> Scene:
    """A good reply."""
    return streams(text_of(*statements))


def refuses(status: int, message: str = "no", **headers: str) -> Scene:
    """An error with its status."""

    def play(line: Line) -> None:
        line.opens(status, "application/json", **headers)
        line.sends(json.dumps({"error": {"message": message, "type": "x", "code": "x"}}).encode())

    return play


@dataclass
class Script:
    """The running endpoint: its address and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


@contextmanager
def scripted(*scenes: Scene) -> Iterator[Script]:
    """Serve a script on a free port of this machine."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            scene = scenes[min(len(script.asked), len(scenes) - 1)]
            script.asked.append(body)
            script.times.append(time.monotonic())
            script.keys.append(self.headers["Authorization"])
            with suppress(OSError):  # the other side may hang up
                scene(Line(self, body, over))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script = Script(f"http://127.0.0.1:{server.server_port}/v1")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield script
    finally:
        over.set()
        server.shutdown()
        server.server_close()
