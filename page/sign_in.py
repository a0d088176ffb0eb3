"""What a sign-in rests on: Streamlit's secrets, looked at when the server starts, and the cookie it signs with them."""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from importlib.util import find_spec
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from index.errors import SettingsProblem

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
COOKIE = "_streamlit_user"
CALLBACK = "/oauth2callback"
SHORTEST = 32  # characters of the secret that cookies are signed with: a guessed one lets anybody in
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_BEGIN = "INSPECTION_PAGE_SIGN_IN=1 can’t work:"


def check() -> None:
    """Raise ``SettingsProblem`` where nobody could sign in."""
    if find_spec("authlib") is None:
        raise SettingsProblem(f"{_BEGIN} Authlib is not installed (pip install 'Authlib>=1.3.2')")
    try:
        held = dict(st.secrets)
    except StreamlitSecretNotFoundError as problem:
        raise SettingsProblem(f"{_BEGIN} {' '.join(str(problem).split())}") from None
    if wrong := fault(held.get("auth")):
        raise SettingsProblem(f"{_BEGIN} {wrong}")


def fault(auth: object) -> str:
    """What is wrong with the table ``[auth]`` of the secrets, its values left out; empty where nothing is."""
    if not isinstance(auth, Mapping):
        return "the secrets have no table [auth]"
    given = {name: value for name in NEEDED if isinstance(value := auth.get(name), str) and value.strip()}
    if missing := [name for name in NEEDED if name not in given]:
        return f"[auth] of the secrets lacks {', '.join(missing)}"
    if len(given["cookie_secret"]) < SHORTEST:
        return f"cookie_secret in [auth] must have {SHORTEST} characters or more, at random"
    if (
        not _safe(given["redirect_uri"])
        or urlsplit(given["redirect_uri"]).path.rstrip("/")[-len(CALLBACK) :] != CALLBACK
    ):
        return f"redirect_uri in [auth] must be this page’s https address and end with {CALLBACK}"
    if not _safe(given["server_metadata_url"]):
        return "server_metadata_url in [auth] must be an https address"
    return ""


def proven(cookies: str) -> bool:
    """Whether a request's cookies hold the one that this server signed when somebody signed in.

    Pages ask ``st.user``; this is for what a browser asks of the server beside them.
    """
    try:
        held = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return False
    return bool(held and decode_signed_value(get_cookie_secret(), COOKIE, held.value))


def _safe(url: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
