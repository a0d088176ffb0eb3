"""The door of the server: foreign hosts and too many visitors are turned away, and a browser is told what it may load.

Streamlit checks the host of its web socket only and sends no security headers, so this stands before all of it.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from page.scripts import SCRIPTS

COOKIE: Final = "inspection_visit"
_UPLOAD = "/_stcore/upload_file"
_SHUT = ("/_stcore/metrics", "/_stcore/agent")  # figures about the server, and a way in for programs: not for visitors
_SIGN_IN = "/auth/login"
_STREAMLIT_INLINE = "\n      window.prerenderReady = false\n    "  # the one script written into Streamlit's own page
_TITLE = "What did the inspectors say?"
_BUSY = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    f"<title>Busy – {_TITLE}</title></head><body style='font:1.1rem/1.5 sans-serif;max-width:34rem;margin:3rem auto;"
    "padding:0 1rem'><main><h1>Too many people are here just now</h1><p>Please try again in a minute. Nothing you "
    "typed before is lost.</p><p><a href=''>Try again</a></p></main></body></html>"
)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


# Styles are written into the page by Streamlit as it goes, so only they may stand in line.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {' '.join(_hash(script) for script in (*SCRIPTS, _STREAMLIT_INLINE))}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware. ``sessions`` is how many web sockets may be open, one for each visitor's page.

    ``uploads`` says by a request's cookies whether a file is taken: Streamlit takes them from any visitor.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], sessions: int, uploads: Callable[[str], bool]) -> None:
        self._app = app
        self._hosts = hosts
        self._sessions = sessions
        self._uploads = uploads
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._open >= self._sessions:
            await send({"type": "websocket.close", "code": 1013})
            return
        self._open += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open -= 1

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        path = scope["path"]
        guarded = _guarded(send, scope, headers)
        if self._hosts and not is_host_allowed(headers.get("host")):
            refusal = "This host is not served here. Name it in server.allowedHosts.\n"
            await PlainTextResponse(refusal, 403)(scope, receive, guarded)
        elif self._is_shut(path, headers):
            await PlainTextResponse("Not here.\n", 404)(scope, receive, guarded)
        elif _is_page(path, headers) and self._open >= self._sessions:
            await HTMLResponse(_BUSY, 503, {"Retry-After": "60"})(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _is_shut(self, path: str, headers: Headers) -> bool:
        unasked = _UPLOAD in path and not self._uploads(headers.get("cookie", ""))
        return unasked or any(shut in path for shut in _SHUT)


def _is_page(path: str, headers: Headers) -> bool:
    """Whether a person is opening a page, and not one of its parts."""
    return "text/html" in headers.get("accept", "") and "/_stcore/" not in path and "/media/" not in path


def _guarded(send: Send, scope: Scope, asked: Headers) -> Send:
    """``send`` with our headers, and with a new visitor's cookie where there is none yet."""
    new = _new_visit(scope, asked) if _is_page(scope["path"], asked) else ""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if scope["path"].endswith(_SIGN_IN) and message["status"] == 400:  # a provider that can't be reached
                message["status"] = 303
                headers["Location"] = "../"  # the start page says that nobody is signed in; Streamlit's has two words
            if new:
                headers.append("Set-Cookie", new)
        await send(message)

    return sending


def _new_visit(scope: Scope, asked: Headers) -> str:
    """The cookie that names a visitor's conversation: 256 random bits, no script can read it, gone with the browser."""
    try:
        if COOKIE in SimpleCookie(asked.get("cookie", "")):
            return ""
    except CookieError:
        return ""
    safe = scope.get("scheme") == "https" or asked.get("x-forwarded-proto") == "https"
    return f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if safe else ''}"
