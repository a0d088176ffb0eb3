"""What stands round an answer: in its language, in an order that helps, and told where something did not work."""

import re
from pathlib import Path

import pytest
from browsing import PHONE, QUESTION, ask, at, barriers, drawn, open_source, opened, picture, question_box
from playwright.sync_api import Page, expect
from test_page_reach import PAGES

from assistant.assistant import Assistant
from assistant.wording import wording
from page import feedback, words

POLISH = "Co działa dobrze w Barking and Dagenham?"
URDU = "ساؤتھ اینڈ میں کیا بہتر ہونا چاہیے؟"
LANGUAGES = "list => list.map(e => [e.innerText.trim(), e.closest('[lang]').lang, getComputedStyle(e).direction])"
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"
# The style sheet comes as a part of the page. Until it is there, Streamlit's own space stands at the top.
LATE_STYLE = """document.addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = '[data-testid=stMainBlockContainer] { padding-top: 14rem !important; min-height: 3000px; }';
    document.head.append(style); });"""


@pytest.mark.parametrize(("question", "language", "direction"), [(POLISH, "pl", "ltr"), (URDU, "ur", "rtl")])
def test_every_button_round_an_answer_speaks_its_language(
    page: Page, address: str, question: str, language: str, direction: str
) -> None:
    opened(page, address)
    ask(page, question)
    question_box(page).fill(question)
    assert question_box(page).evaluate("e => getComputedStyle(e).direction") == direction
    page.get_by_role("button", name=wording(language).say("page", "start_new")).scroll_into_view_if_needed()
    buttons = page.locator("[data-testid=stMainBlockContainer] button:visible")
    found = buttons.evaluate_all(LANGUAGES)
    assert len(found) > 8
    assert {(spoken, way) for _, spoken, way in found} == {(language, direction)}, found
    assert page.locator("blockquote").first.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["en", "ltr"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= PHONE["width"]
    picture(page, f"answer-{language}-phone")
    assert not barriers(page)


def test_a_source_speaks_the_language_of_the_answer_it_belongs_to(page: Page, address: str) -> None:
    ours = wording("pl")
    opened(page, address)
    ask(page, POLISH)
    page.get_by_role("button", name=ours.say("page", "source", number=1), exact=True).click()
    page.get_by_role("dialog").get_by_role("link", name=ours.say("page", "own_page")).click()
    back = page.get_by_role("link", name=ours.say("page", "back"))
    expect(back).to_be_visible()
    drawn(page)
    expect(page.locator("dl.facts")).to_contain_text(ours.say("page", "licence"))
    assert back.evaluate("e => e.closest('[lang]').lang") == "pl"
    back.click()
    ask(page, QUESTION)
    open_source(page).get_by_role("link", name="Open as a page").click()
    back = page.get_by_role("link", name="Back to the answer")
    expect(back).to_be_visible()
    drawn(page)
    assert back.evaluate("e => e.closest('[lang]').lang") == "en", "nothing is left of the language before"


def test_names_keep_to_themselves_in_a_line_from_right_to_left() -> None:
    text = "Southend-on-Sea، 2023: کونسل <b>"
    assert words.ours_html(text, wording("ur")) == ("<bdi>Southend-on-Sea</bdi>، 2023: کونسل &lt;<bdi>b</bdi>&gt;")
    assert words.ours_html("A & B, 2023", wording("pl")) == "A &amp; B, 2023"


def test_the_next_step_comes_before_our_question_and_each_way_of_reading_is_said(page: Page, address: str) -> None:
    opened(page, address)
    told = page.locator(".views")
    expect(told).to_have_text(re.compile("Plain: .+ Officer: .+"))
    ask(page, QUESTION)
    parts = (page.get_by_text("You could ask next"), page.get_by_text("Was this right?"))
    following, opinion = (part.evaluate("e => e.getBoundingClientRect().top") for part in parts)
    assert following < opinion
    expect(told).to_have_text(re.compile("^Plain: [^:]+$"))
    page.get_by_text("Officer", exact=True).click()
    expect(told).to_have_text(re.compile("^Officer: [^:]+$"))


def test_the_menu_leads_back_to_the_conversation_in_the_same_tab_and_by_its_address(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, QUESTION)
    link = page.get_by_role("navigation", name="Pages").get_by_role("link", name="Ask", exact=True)
    for path in ("check", "documents"):
        at(page, f"{address}/{path}", PAGES[path])
        assert link.evaluate("e => e.href") == f"{address}/", f"opened in a new tab from {path!r}"
        link.click()
        expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
        assert len(page.context.pages) == 1


def test_a_page_opens_at_its_top_however_late_its_style_comes(page: Page, address: str) -> None:
    page.add_init_script(LATE_STYLE)
    at(page, f"{address}/compare", "Compare")
    assert page.evaluate(TOP) == 0
    page.evaluate(f"{TOP} = 600")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Documents").click()
    expect(page.get_by_role("heading", level=1, name="Documents")).to_be_in_viewport()


def test_an_opinion_that_cannot_be_kept_is_not_thanked_for(assistant: Assistant, tmp_path: Path) -> None:
    answer = assistant.ask("What is going well in Southend-on-Sea?")
    assert feedback.keep(tmp_path / "folder", answer, "right", "g1")
    no_folder = tmp_path / "file"
    no_folder.write_text("", encoding="utf-8")
    assert not feedback.keep(no_folder, answer, "right", "g1")
    with (tmp_path / "folder" / feedback.FILE).open("ab") as full:
        full.truncate(feedback.LONGEST)
    assert not feedback.keep(tmp_path / "folder", answer, "right", "g1")
