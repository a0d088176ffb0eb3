"""The door to a chat endpoint: any server that speaks OpenAI's protocol, through LlamaIndex's OpenAI-like class.

LlamaIndex and ``openai`` are imported at the first question, never before the first answer is on the screen. The
client's own retries are off: they know no deadline. Replies are counted as they come in, because a stream may be
endless, or drip for ever.
"""

import json
import socket
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

import httpx

from assistant.writers.chat import WIRE, Chunk, Prompt, Usage
from assistant.writers.options import Options
from assistant.writers.problems import Reason, WriterProblem
from assistant.writers.schema import SHAPES

_MOST_BYTES = 512 * 1024  # of a reply with its envelope; 700 tokens of stream are about 150 kB
_CONNECT_SECONDS = 5.0
_SILENT_SECONDS = 10.0  # a silence that is borne, or half of the deadline where that is longer
_TOO_LARGE = (400, 413, 422)
_ABOUT_LENGTH = ("context", "too long", "too large", "maximum", "max_tokens", "exceed")


class _Limited(httpx.SyncByteStream):
    """A reply that ends with an error once it is too long, or goes on for too long."""

    def __init__(self, stream: httpx.SyncByteStream, seconds: float) -> None:
        self._stream, self._until = stream, time.monotonic() + seconds

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            size += len(part)
            if size > _MOST_BYTES:
                raise WriterProblem(Reason.TOO_LONG)
            if time.monotonic() > self._until:
                raise WriterProblem(Reason.SLOW)
            yield part

    def close(self) -> None:
        self._stream.close()


class _Bounded(httpx.HTTPTransport):
    """A transport that follows nowhere, unpacks nothing (a small reply may unpack to gigabytes) and counts.

    Each request has a connection of its own, so that it can be cut without hurting another.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0))
        self._seconds = seconds

    def _note(self, event: str, told: dict[str, Any]) -> None:
        """Hand the connection to whoever may cut it, as soon as it stands."""
        wire = WIRE.get()
        if wire and event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            connected = told["return_value"].get_extra_info("socket")
            wire.carries(lambda: connected.shutdown(socket.SHUT_RDWR))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["accept-encoding"] = "identity"
        request.extensions = {**request.extensions, "trace": self._note}
        reply = super().handle_request(request)
        if reply.headers.get("content-encoding", "identity") != "identity":
            reply.close()
            raise WriterProblem(Reason.BROKEN)
        assert isinstance(reply.stream, httpx.SyncByteStream)
        limited = _Limited(reply.stream, self._seconds)
        return httpx.Response(reply.status_code, headers=reply.headers, stream=limited, extensions=reply.extensions)


class Endpoint:
    """One model behind one address. Safe to share between threads."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._plain = False  # whether the endpoint refused a schema for the reply

    @property
    def name(self) -> str:
        """The model's name as the endpoint knows it."""
        return self._options.model

    @cached_property
    def _model(self) -> Any:
        from llama_index.llms.openai_like import OpenAILike

        given = self._options
        return OpenAILike(
            model=given.model,
            api_base=given.url,
            api_key=given.key or "none",
            context_window=given.context,
            max_tokens=given.reply,
            temperature=0.0,
            is_chat_model=True,
            max_retries=0,
            http_client=httpx.Client(transport=_Bounded(given.seconds), follow_redirects=False),
        )

    def warm(self) -> None:
        """Import what the first request would wait for. Nothing is sent."""
        import openai  # noqa: F401 - imported to be in memory

        _ = self._model

    def stream(self, prompt: Prompt, seconds: float) -> Iterator[Chunk]:
        """See ``ChatModel``. An endpoint that knows no schema for replies is asked again without one."""
        try:
            yield from self._asked(prompt, seconds)
        except _NoSchema:
            self._plain = True
            yield from self._asked(prompt, seconds)

    def _asked(self, prompt: Prompt, seconds: float) -> Iterator[Chunk]:
        import openai

        try:
            for reply in self._model.stream_chat(_messages(prompt), **self._asking(prompt, seconds)):
                yield from _chunk(reply.raw)
        except openai.APIStatusError as problem:
            raise self._refused(problem.status_code, problem.response.headers, str(problem.body)) from None
        except (openai.APITimeoutError, httpx.TimeoutException):
            raise WriterProblem(Reason.SLOW, again=True) from None
        except openai.APIConnectionError as problem:
            raise _ours(problem) or WriterProblem(Reason.UNREACHABLE, again=True) from None
        except httpx.HTTPError:
            raise WriterProblem(Reason.CUT, again=True) from None
        except (openai.OpenAIError, json.JSONDecodeError, ValueError, TypeError, AttributeError, LookupError):
            # What is no JSON, or JSON of another shape, surfaces as one of these.
            raise WriterProblem(Reason.BROKEN) from None

    def _asking(self, prompt: Prompt, seconds: float) -> dict[str, Any]:
        limits = httpx.Timeout(max(seconds / 2, min(seconds, _SILENT_SECONDS)), connect=min(seconds, _CONNECT_SECONDS))
        asking: dict[str, Any] = {"timeout": limits}
        if not self._plain:
            asking |= {"response_format": SHAPES[prompt.shape], "stream_options": {"include_usage": True}}
        return asking

    def _refused(self, status: int, headers: httpx.Headers, body: str) -> Exception:
        if status in (401, 403):
            return WriterProblem(Reason.KEY)
        if status == 404:
            return WriterProblem(Reason.NOT_FOUND)
        if status == 429:
            return WriterProblem(Reason.BUSY, again=True, wait=_seconds(headers.get("retry-after")))
        if status in _TOO_LARGE and any(word in body.lower() for word in _ABOUT_LENGTH):
            return WriterProblem(Reason.TOO_LONG, again=True)
        if status in _TOO_LARGE and not self._plain:
            return _NoSchema()
        return WriterProblem(Reason.FAILED, again=status >= 500)


class _NoSchema(Exception):
    """The endpoint refused the call, perhaps for its schema."""


def _messages(prompt: Prompt) -> list[Any]:
    from llama_index.core.llms import ChatMessage, MessageRole

    return [
        ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
        ChatMessage(role=MessageRole.USER, content=prompt.user),
    ]


def _chunk(raw: Any) -> Iterator[Chunk]:
    """What one event of a stream says. A refusal or a call for tools, of which there are none, is no text."""
    if raw.usage is not None:
        yield Chunk(usage=Usage(int(raw.usage.prompt_tokens), int(raw.usage.completion_tokens)))
    for choice in raw.choices[:1]:
        if choice.delta.refusal or choice.finish_reason == "content_filter":
            raise WriterProblem(Reason.DECLINED)
        if choice.delta.tool_calls:
            raise WriterProblem(Reason.BROKEN)
        if choice.delta.content or choice.finish_reason:
            yield Chunk(choice.delta.content or "", choice.finish_reason)


def _ours(problem: BaseException) -> WriterProblem | None:
    """Our own limit, which the client wraps as a fault of the connection."""
    cause = problem.__cause__
    return cause if isinstance(cause, WriterProblem) else None


def _seconds(written: str | None) -> float | None:
    """A ``Retry-After`` in seconds: it may be a number or a date."""
    if not written:
        return None
    try:
        return max(0.0, float(written))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(written).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
