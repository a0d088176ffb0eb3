"""What the tests share: a real store, the running page, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import pytest
from browsing import STILL, chromium
from filelock import FileLock
from playwright.sync_api import BrowserContext, Request

from assistant.assistant import Assistant
from index.build import build
from index.embedders import embedder
from index.manifest import CURRENT
from index.settings import Settings

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
STARTS_WITHIN = 60  # seconds; the page itself needs about 5

# Found in a document or a question, none of this may format, run or load anything. In a document, scripts and the
# usual tags are taken out when it is read; these stay in and must be shown as the characters they are.
HOSTILE = (
    '<svg onload="document.title=\'owned\'"></svg><iframe src="http://192.0.2.1/"></iframe> $x^2$ __bold__ _slant_ '
    ":material/home: :red[hot] :smile: ![pixel](http://192.0.2.1/pixel.png) <mark>tag</mark> -> end"
)


def built(sources: Path, store: Path) -> Path:
    """A store made from a folder with the real embedder."""
    build([sources], store, embedder(Settings(store=store)))
    return store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five documents, indexed once for the whole run. Tests read it and never write to it.

    Where several processes run the tests, the first that needs it builds it for all of them.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "seeds"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "store" / CURRENT).exists():
            built(SEEDS, folder / "store")
    return folder / "store"


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document whose title and findings are full of code, as the reader lets it through, and a very long one."""
    folder = tmp_path_factory.mktemp("hostile")
    sources = folder / "sources"
    sources.mkdir()
    code = escape(HOSTILE, quote=False)
    (sources / "hostile.txt").write_text(
        f"# Area SEND inspection of Derby {code} Local Area Partnership\n\n"
        "Inspection dates: 3 to 7 June 2024\n\n"
        "## What is the area partnership doing that is effective?\n\n"
        f"- Speech therapists in Derby help children early {code}.\n",
        encoding="utf-8",
    )
    bullets = "".join(f"- Leaders in Bolton should improve service number {n} for children.\n" for n in range(80))
    (sources / "long.txt").write_text(
        "# Area SEND inspection of Bolton Local Area Partnership\n\nInspection dates: 4 to 8 March 2024\n\n"
        f"## Areas for improvement\n\n{bullets}",
        encoding="utf-8",
    )
    return built(sources, folder / "store")


@pytest.fixture(scope="session")
def assistant(store: Path) -> Assistant:
    """The assistant over the five documents."""
    return Assistant.open(store)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(
    store: Path,
    embedding: str | None = None,
    more: Mapping[str, str] | None = None,
    port: int | None = None,
    **settings: object,
) -> Iterator[str]:
    """The address of the page, served by a process of its own over a store. What it logs is in ``page.log`` beside it.

    ``embedding`` is the address of an embedding endpoint, ``settings`` are those of the page, ``more`` is all the rest
    of the environment.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    state = store.parent / f"state-{port}"
    given = {"STATE": state, "RUNS": state / "runs", **settings}
    chosen = {f"INSPECTION_PAGE_{name}": str(value) for name, value in given.items()}
    environment = {**os.environ, "INSPECTION_STORE": str(store), **chosen, **(more or {})}
    if embedding:
        environment |= {"INSPECTION_EMBEDDING_URL": embedding, "INSPECTION_EMBEDDING_MODEL": "words"}
    with (store.parent / "page.log").open("ab") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"{address}/_stcore/health", server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers; fails where it ends or takes too long."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own loopback address
                return
        except OSError:  # refused, or slow: a busy machine takes its time
            time.sleep(0.1)
    pytest.fail(f"the page did not start at {address}")


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """The page over the five documents."""
    with served(store) as page:
        yield page


@pytest.fixture(scope="session")
def hostile_address(hostile_store: Path) -> Iterator[str]:
    """The page over the hostile document."""
    with served(hostile_store) as page:
        yield page


@pytest.fixture(scope="session")
def editing_address(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over a store of its own that visitors may change and evaluate."""
    folder = tmp_path_factory.mktemp("editing")
    own = Path(shutil.copytree(store, folder / "store"))
    questions = folder / "questions"
    questions.mkdir()
    lines = (ROOT / "evals" / "questions" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    (questions / "few.jsonl").write_text("".join(f"{line}\n" for line in lines[:12]), encoding="utf-8")
    with served(own, EDIT=1, EVALUATE=1, QUESTIONS=questions) as page:
        yield page


@pytest.fixture(scope="session")
def gated_address(store: Path) -> Iterator[str]:
    """The page for two visitors at a time."""
    with served(store, SESSIONS=2) as page:
        yield page


@pytest.fixture(autouse=True)
def nothing_leaves_the_machine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test with a browser fails if a page asks another host for anything. Nothing on it fades or moves."""
    if "context" not in request.fixturenames:
        yield
        return
    context: BrowserContext = request.getfixturevalue("context")
    elsewhere: list[str] = []

    def note(asked: Request) -> None:
        if not asked.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            elsewhere.append(asked.url)

    context.on("request", note)
    context.add_init_script(STILL)
    yield
    assert elsewhere == []


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium of this machine. Without one, browser tests are skipped, or fail under REQUIRE_BROWSER=1."""
    path = chromium()
    if path is None:
        reason = (
            "no Chromium on this machine: install chromium-headless-shell (Debian: apt-get install "
            "--no-install-recommends chromium-headless-shell), or set CHROMIUM to a browser's path"
        )
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return {**browser_type_launch_args, "executable_path": path}
