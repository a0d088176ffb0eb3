"""Signing in with a real OpenID Connect provider: what it opens, what closes again, and who stays out."""

import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, at, barriers, go, opened, picture
from conftest import ROOT, free_port, served
from flask import Response
from oidc_provider_mock import User, app
from playwright.sync_api import Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from werkzeug.serving import BaseWSGIServer, make_server

from page.sign_in import NEEDED, fault

OFFICER = "officer@example.org"
SECRET = "a text of forty characters for this test"  # noqa: S105 - signs the cookies of these tests only
COOKIE = "_streamlit_user"
GOOD = {
    "redirect_uri": "https://send.example.org/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "page",
    "client_secret": "known to both",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}


@dataclass
class Provider:
    """A provider on this machine that can be switched off and on."""

    port: int
    running: list[BaseWSGIServer] = field(default_factory=list)

    def start(self) -> None:
        serving = app(user_claims=[User(sub="officer", claims={"email": OFFICER})])
        serving.after_request(without_links)
        server = make_server("127.0.0.1", self.port, serving, threaded=True)
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        self.running.append(server)

    def stop(self) -> None:
        server = self.running.pop()
        server.shutdown()
        server.server_close()


def without_links(response: Response) -> Response:
    """The provider's own pages without the style sheet that they would load from another host."""
    if response.mimetype == "text/html":
        response.set_data(re.sub(r"<link[^>]*>", "", response.get_data(as_text=True)))
    return response


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider(free_port())
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def gated(store: Path, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with everything switched on for those who have signed in, and one opinion kept."""
    folder, port = tmp_path_factory.mktemp("gated"), free_port()
    (folder / "feedback.jsonl").write_text('{"reason": "right"}\n', encoding="utf-8")
    where = {
        "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback",
        "server_metadata_url": f"http://127.0.0.1:{provider.port}/.well-known/openid-configuration",
    }
    more = {"STREAMLIT_SECRETS_FILES": str(written(folder, **where))}
    with served(store, more=more, port=port, EDIT=1, EVALUATE=1, SIGN_IN=1, STATE=folder) as address:
        yield address


def written(folder: Path, **changed: str) -> Path:
    """A file of secrets."""
    lines = (f'{name} = "{value}"\n' for name, value in (GOOD | changed).items())
    file = folder / "secrets.toml"
    file.write_text(f"[auth]\n{''.join(lines)}", encoding="utf-8")
    return file


def is_closed(page: Page, address: str) -> None:
    go(page, "Evaluate", "Evaluate")
    expect(page.get_by_text("Please sign in to start an evaluation and to fetch opinions.")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_have_count(0)
    expect(page.get_by_role("button", name="Opinions as JSON lines")).to_have_count(0)
    documents_are_closed(page, address)


def documents_are_closed(page: Page, address: str) -> None:
    at(page, f"{address}/documents", "Documents", DESKTOP)
    expect(page.get_by_text("Please sign in to change the documents.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)


def is_open(page: Page) -> None:
    go(page, "Evaluate", "Evaluate")
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect(page.get_by_role("button", name="Opinions as JSON lines")).to_be_visible()
    go(page, "Documents", "Documents")
    expect(page.locator("input[type=file]")).to_have_count(1)
    expect(page.get_by_text(f"Signed in as {OFFICER}.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)


def test_signing_in_opens_what_is_closed_and_signing_out_closes_it(page: Page, gated: str) -> None:
    opened(page, gated, DESKTOP)
    is_closed(page, gated)
    picture(page, "signed-out-desktop")
    assert not barriers(page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="officer").click()
    expect(page.get_by_role("heading", level=1, name="Documents")).to_be_visible()
    expect(page).to_have_url(f"{gated}/documents")
    is_open(page)
    page.locator("input[type=file]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    expect(page.get_by_role("button", name="Remove a.txt")).to_be_visible()
    picture(page, "signed-in-desktop")
    assert not barriers(page)
    cookie = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_placeholder("Ask about an inspection")).to_be_visible()
    assert COOKIE not in {one["name"] for one in page.context.cookies()}
    is_closed(page, gated)


def test_who_breaks_the_sign_in_off_is_told_that_nothing_has_changed(page: Page, gated: str) -> None:
    at(page, f"{gated}/documents", "Documents", DESKTOP)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("alert")).to_contain_text("You are not signed in.")
    assert not barriers(page)
    opened(page, gated)
    expect(page.get_by_role("alert")).to_have_count(0)
    documents_are_closed(page, gated)


def test_a_provider_that_cannot_be_reached_is_told_in_a_sentence(page: Page, gated: str, provider: Provider) -> None:
    at(page, f"{gated}/documents", "Documents", DESKTOP)
    provider.stop()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("You are not signed in.")
    provider.start()
    documents_are_closed(page, gated)


@pytest.mark.parametrize(("secret", "let_in"), [(SECRET, True), (SECRET.replace("forty", "fifty"), False)])
def test_a_cookie_that_the_server_did_not_sign_lets_nobody_in(
    page: Page, gated: str, secret: str, let_in: bool
) -> None:
    claims = f'{{"email": "{OFFICER}", "origin": "{gated}", "is_logged_in": true, "provider": "default"}}'
    value = create_signed_value(secret, COOKIE, claims).decode()
    page.context.add_cookies([{"name": COOKIE, "value": value, "url": gated}])
    opened(page, gated, DESKTOP)
    if let_in:
        is_open(page)
    else:
        is_closed(page, gated)


@pytest.mark.parametrize("value", ["yes", '{"is_logged_in": true}', '"{\\"is_logged_in\\": true}"'])
def test_a_cookie_without_a_signature_lets_nobody_in(page: Page, gated: str, value: str) -> None:
    page.set_extra_http_headers({"Cookie": f"{COOKIE}={value}"})
    documents_are_closed(page, gated)


@pytest.mark.parametrize(("secret", "taken"), [(SECRET, True), (SECRET[::-1], False), ("", False)])
def test_the_server_takes_a_file_only_with_a_cookie_that_it_signed(gated: str, secret: str, taken: bool) -> None:
    cookie = f"a=b; {COOKIE}={create_signed_value(secret, COOKIE, 'x').decode()}" if secret else "a=b"
    place = f"{gated}/_stcore/upload_file/x/y"
    asked = urllib.request.Request(place, b"", {"Cookie": cookie}, method="PUT")  # noqa: S310 - our own loopback address
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(asked, timeout=10)  # noqa: S310 - our own loopback address
    refusal.value.close()
    assert (refusal.value.code != 404) is taken, "404: shut; anything else: Streamlit looked at it"


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, "", 5])
def test_each_missing_entry_is_named(name: str, value: Any) -> None:
    assert fault(GOOD) == "" and fault(None) == fault("x") == "the secrets have no table [auth]"
    assert fault(GOOD | {name: value}) == f"[auth] of the secrets lacks {name}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cookie_secret", "short"),
        ("redirect_uri", "https://send.example.org/"),
        ("redirect_uri", "http://send.example.org/oauth2callback"),
        ("server_metadata_url", "http://login.example.org/"),
        ("server_metadata_url", "login.example.org"),
    ],
)
def test_an_entry_that_is_wrong_is_named_without_its_value(name: str, value: str) -> None:
    told = fault(GOOD | {name: value})
    assert told.startswith(name) and value not in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "No secrets found"),
        ('[auth]\nclient_id = "x"\n', "lacks redirect_uri, cookie_secret, client_secret, server_metadata_url"),
    ],
)
def test_secrets_that_cannot_work_end_the_server_with_one_line(
    store: Path, tmp_path: Path, text: str | None, said: str
) -> None:
    file = tmp_path / "secrets.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    environment = os.environ | {
        "INSPECTION_STORE": str(store),
        "INSPECTION_PAGE_SIGN_IN": "1",
        "STREAMLIT_SECRETS_FILES": str(file),
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    told = [line for line in ended.stderr.splitlines() if "INSPECTION_PAGE_SIGN_IN=1 can’t work" in line]
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert len(told) == 1 and said in told[0]
