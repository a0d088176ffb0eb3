"""The server of the page: ``make app``, or ``streamlit run app.py``.

The pages themselves are in ``page/``; ``page/site.py`` is drawn for every visitor. Here only the door is kept: which
hosts are answered, how many visitors fit in, and what a browser may load.
"""

import os
import sys
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from assistant.writers import options
from assistant.writers.llm import ModelWriter
from index.errors import SettingsProblem
from page import sign_in
from page.guard import Guard
from page.settings import PageSettings, load

# Each answer keeps to one core: with teams of threads that wait for each other a question costs half as much again.
# NumPy and the model read this when they are loaded, with the first visitor.
os.environ.setdefault("OMP_NUM_THREADS", "1")

SITE = Path(__file__).parent / "page" / "site.py"

st.secrets.load_if_toml_exists()  # what stands at its top, a model's key for one, joins the environment


def checked() -> PageSettings:
    """The settings of the page. One that is wrong ends the server now, with one line: no visitor is to find it."""
    try:
        found = load()
        if found.sign_in:
            sign_in.check()
        if options.chosen() == "llm":
            options.load()
    except SettingsProblem as problem:
        sys.exit(f"The page can’t start: {problem}")
    return found


settings = checked()
if options.chosen() == "llm":
    Thread(target=ModelWriter.open, kwargs={"warm": True}, daemon=True).start()  # its libraries take some seconds


def uploads(cookies: str) -> bool:
    """Whether a file is taken from somebody with these cookies."""
    return settings.edit and (sign_in.proven(cookies) or not settings.sign_in)


hosts = tuple(config.get_option("server.allowedHosts"))
app = st.App(SITE, middleware=[Middleware(Guard, hosts=hosts, sessions=settings.sessions, uploads=uploads)])
