"""A language model on the page: the quotations come at once, its statements one by one, and no click ends it."""

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote_plus

import pytest
from browsing import DESKTOP, PHONE, ask, at, barriers, drawn, open_source, opened, picture, question_box, wears
from conftest import served
from playwright.sync_api import Browser, Locator, Page, expect
from scripted_endpoint import Line, Scene, Script, delta, scripted

KEY = "sk-very-secret"
SECONDS = 6  # the deadline of an answer on this page
STARTS = 90_000  # milliseconds
QUESTION = "How many children have an EHC plan in Barking and Dagenham?"
FIRST, SECOND = "2,914 children and young people have an EHC plan.", "About 8,500 children and young people have SEND."
UNTRUE = "3,000 children have an EHC plan."
WRITING = "A language model is writing a summary."
LIGHT: Literal["light"] = "light"
DARK: Literal["dark"] = "dark"
LEFT_OUT = "Left out: 1 of the language model's sentences"


@dataclass
class Stage:
    """The page with a model behind it that plays a test's scene."""

    address: str
    script: Script
    log: Path
    scene: Scene
    go: threading.Event  # lets a scene that waits go on


@pytest.fixture(scope="module")
def server(browser: Browser, store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One page for all of these tests. Its model is named in Streamlit's secrets."""
    folder = tmp_path_factory.mktemp("writer")
    own, secrets = Path(shutil.copytree(store, folder / "store")), folder / "secrets.toml"
    with scripted(lambda line: made.scene(line)) as script:
        settings = {"WRITER": "llm", "LLM_URL": script.url, "LLM_MODEL": "scripted", "LLM_KEY": KEY}
        given = "".join(f'INSPECTION_{name} = "{value}"\n' for name, value in settings.items())
        secrets.write_text(f"{given}INSPECTION_LLM_SECONDS = {SECONDS}\n", encoding="utf-8")
        with served(own, more={"STREAMLIT_SECRETS_FILES": str(secrets)}) as address:
            first = browser.new_context().new_page()
            first.goto(address)
            expect(question_box(first)).to_be_visible(timeout=STARTS)  # the model's libraries are loaded
            first.context.close()
            made = Stage(address, script, folder / "page.log", lambda _: None, threading.Event())
            yield made


@pytest.fixture
def stage(server: Stage) -> Iterator[Stage]:
    """A model that makes one true statement, waits, and makes an untrue and another true one."""

    def play(line: Line) -> None:
        line.opens()
        line.event(delta(f'{{"statements": [{{"text": "{FIRST}", "citations": [1]}},'))
        server.go.wait(SECONDS)
        for text, end in ((UNTRUE, ","), (SECOND, "]}")):
            line.event(delta(f'{{"text": "{text}", "citations": [1]}}{end}'))
        line.event(delta(None, "stop"))

    server.scene = play
    server.go.clear()
    yield server
    server.go.set()


def said(page: Page) -> Locator:
    return page.locator(".summary li")


def begin(page: Page, stage: Stage, size: dict[str, int] = PHONE) -> None:
    """Ask, and see the first statement while the model is at the next."""
    question_box(opened(page, stage.address, size)).fill(QUESTION)
    question_box(page).press("Enter")
    expect(said(page)).to_have_text([f"{FIRST} [1]"])
    expect(page.get_by_text(WRITING)).to_be_visible()


def finish(page: Page, stage: Stage) -> None:
    """Let the model go on, and see all that has passed."""
    stage.go.set()
    expect(said(page)).to_have_text([f"{FIRST} [1]", f"{SECOND} [1]"])
    expect(page.get_by_text(LEFT_OUT)).to_be_visible()
    expect(page.get_by_text(WRITING)).to_have_count(0)
    expect(page.get_by_role("heading", name=QUESTION)).to_have_count(1)
    expect(page.locator("blockquote")).to_have_count(1)


def test_quotations_come_first_and_each_statement_when_it_has_passed(page: Page, stage: Stage) -> None:
    held, then = threading.Event(), stage.scene

    def later(line: Line) -> None:
        held.wait(SECONDS)
        then(line)

    stage.scene = later
    question_box(opened(page, stage.address)).fill(QUESTION)
    question_box(page).press("Enter")
    expect(page.locator("blockquote")).to_contain_text("2,914 have an education")
    expect(page.get_by_text(WRITING)).to_be_visible()
    expect(said(page)).to_have_count(0)
    held.set()
    expect(said(page)).to_have_count(1)
    finish(page, stage)
    assert UNTRUE not in page.content()
    link = said(page).first.get_by_role("link")
    expect(link).to_have_attribute("href", f"#{page.locator('blockquote').get_attribute('id')}")
    expect(copy_of_answer(page)).to_have_attribute("data-copy", re.compile(f"{FIRST}.*{SECOND}", re.DOTALL))


def copy_of_answer(page: Page) -> Locator:
    return page.get_by_role("button", name="Copy", exact=True)


def test_a_reload_in_mid_stream_ends_nothing_and_asks_no_second_time(page: Page, stage: Stage) -> None:
    before = len(stage.script.asked)
    begin(page, stage)
    page.reload()
    expect(said(page)).to_have_text([f"{FIRST} [1]"])
    finish(page, stage)
    page.reload()
    expect(said(page)).to_have_count(2)
    assert len(stage.script.asked) == before + 1


def test_a_click_in_mid_stream_ends_nothing_and_is_heard(page: Page, stage: Stage) -> None:
    begin(page, stage, DESKTOP)
    page.get_by_text("Officer", exact=True).click()
    expect(page.locator(".officer")).to_be_visible()
    question_box(page).fill("half a quest")
    drawer = open_source(page)
    stage.go.set()
    expect(page.get_by_text(LEFT_OUT)).to_have_count(1)
    expect(drawer.locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    finish(page, stage)
    expect(copy_of_answer(page)).to_have_attribute("data-copy", re.compile(SECOND))
    expect(question_box(page)).to_have_value("half a quest")


def test_another_question_in_mid_stream_is_answered_and_both_are_finished(page: Page, stage: Stage) -> None:
    begin(page, stage)
    ask(page, "What is going well in Southend-on-Sea?")
    expect(page.locator(".asked")).to_have_count(2)
    stage.go.set()
    expect(page.get_by_text(WRITING)).to_have_count(0)
    expect(said(page)).to_have_text([f"{FIRST} [1]", f"{SECOND} [1]"])


def test_a_summary_can_be_stopped(page: Page, stage: Stage) -> None:
    begin(page, stage)
    page.get_by_role("button", name="Stop the summary").click()
    expect(page.get_by_text(WRITING)).to_have_count(0)
    stage.go.set()
    drawn(page)
    expect(said(page)).to_have_text([f"{FIRST} [1]"])
    expect(page.locator("blockquote")).to_have_count(1)


def test_an_endpoint_that_stalls_leaves_the_quotations_and_one_line(page: Page, stage: Stage) -> None:
    stage.scene = lambda line: line.waits(SECONDS * 3)
    ask(opened(page, stage.address), QUESTION)
    expect(page.get_by_text(WRITING)).to_be_visible()
    expect(page.locator("blockquote")).to_be_visible()
    expect(page.get_by_text("The language model did not write: it took too long.")).to_be_visible()
    expect(page.get_by_text(WRITING)).to_have_count(0)
    expect(page.locator("blockquote")).to_contain_text("2,914 have an education")


def test_a_shared_address_asks_no_model(page: Page, stage: Stage) -> None:
    before = len(stage.script.asked)
    at(page, f"{stage.address}/answer?q={quote_plus(QUESTION)}", "An answer to keep")
    expect(page.locator("blockquote")).to_contain_text("2,914 have an education")
    page.get_by_role("button", name="Ask more about this").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    drawn(page)
    assert len(stage.script.asked) == before


def test_it_is_said_where_questions_go_and_the_key_is_nowhere(page: Page, stage: Stage) -> None:
    where = f"sent to {stage.script.url.removesuffix('/v1')} (scripted)"
    stage.go.set()
    ask(opened(page, stage.address), QUESTION)
    expect(page.get_by_text(where)).to_be_in_viewport()
    finish(page, stage)
    expect(page.get_by_text(where)).to_be_in_viewport()
    seen = page.content()
    at(page, f"{stage.address}/about", "About")
    expect(page.get_by_text(where)).to_be_visible()
    assert stage.script.keys[-1] == f"Bearer {KEY}"
    assert KEY not in seen + page.content() + stage.log.read_text(encoding="utf-8")


def test_a_summary_bars_nobody(page: Page, stage: Stage) -> None:
    begin(page, stage)
    found = {}
    for state in ("writing", "written"):
        for scheme, size in ((LIGHT, PHONE), (DARK, DESKTOP)):
            wears(page, scheme, size)
            picture(page, f"{state}-{scheme}")
            found[state, scheme] = barriers(page, colours=scheme == DARK)
        stage.go.set()
        expect(page.get_by_text(WRITING)).to_have_count(0)
    assert not any(found.values()), found
