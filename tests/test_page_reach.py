"""The page within everybody's reach: by keyboard alone, on narrow and enlarged screens."""

from pathlib import Path

import pytest
from browsing import DESKTOP, QUESTION, SETTLES, ask, at, drawn, go, opened, question_box
from playwright.sync_api import Page, expect

PAGES = {
    "": "What did the inspectors say?",
    "check": "Check a quotation",
    "compare": "Compare",
    "documents": "Documents",
    "evaluate": "Evaluate",
    "about": "About",
}
FOCUSED = "() => { const e = document.activeElement; return (e.getAttribute('aria-label') || e.placeholder || e.innerText || '').trim(); }"  # noqa: E501 - one line of script
MENU = ["Ask", "Check", "Compare", "Documents", "About"]
MOST_TABS = 60
NARROW = {"width": 320, "height": 640}
ENLARGED = {"width": 640, "height": 430}  # a desktop screen of 1280 by 860 at 200%


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus, and see that this shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).lower().startswith(name.lower()):
            assert focus_shows(page), f"nothing shows that {name!r} has the focus"
            return
    pytest.fail(f"{name!r} can't be reached by Tab")


def focus_shows(page: Page) -> bool:
    """Whether the page looks different where the focus is from how it looks when the focus has moved on."""
    page.evaluate("() => { window.held = document.activeElement; }")
    held = around_held(page)
    page.keyboard.press("Tab")
    without = around_held(page)
    page.keyboard.press("Shift+Tab")
    return held != without


def around_held(page: Page) -> bytes:
    """A picture of the element that was held, and of what is round it."""
    box = page.evaluate(
        "() => { window.held.scrollIntoView({block: 'nearest'}); const r = window.held.getBoundingClientRect();"
        "return {x: Math.max(0, r.x - 24), y: Math.max(0, r.y - 24), width: r.width + 48, height: r.height + 48}; }"
    )
    page.wait_for_timeout(SETTLES)
    return page.screenshot(clip=box, caret="hide")


def test_the_keyboard_alone_does_everything(page: Page, editing_address: str, tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_text(" ", encoding="utf-8")
    # Playwright takes over the browser's window for files once somebody listens, but doesn't wait until it has. With
    # the first listener set up beside the key, the window opened unseen one time in three. So listen from the start.
    page.on("filechooser", lambda _: None)
    opened(page, editing_address, DESKTOP)
    tab_to(page, "Ask about an inspection")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(page.locator(".only-read").first).to_contain_text("Answer ready")
    drawn(page)
    tab_to(page, "See source 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="See source 1", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    tab_to(page, "Open as a page")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Back to the answer")).to_be_visible()
    tab_to(page, "Back to the answer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Check a quotation")).to_be_visible()
    drawn(page)
    tab_to(page, "The words to check")
    page.keyboard.type("swift and positive action is taken to support them")
    page.keyboard.press("Tab")
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("Yes")
    at(page, f"{editing_address}/documents", "Documents", DESKTOP)
    expect(page.get_by_role("button", name="Read all documents again")).to_be_visible()
    drawn(page)
    tab_to(page, "Upload")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page.get_by_role("button", name="Remove empty.txt")).to_be_visible()
    drawn(page)
    tab_to(page, "Add these files")
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_contain_text("empty.txt: is empty")


def test_no_page_needs_sideways_scrolling(page: Page, address: str) -> None:
    opened(page, address, NARROW)
    for path, heading in PAGES.items():
        word = heading.split()[0]
        if word in MENU:
            go(page, word, heading)
        elif path:
            at(page, f"{address}/{path}", heading, NARROW)
        for size in (NARROW, ENLARGED):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            page.wait_for_timeout(SETTLES)
            assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size["width"], path
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
            menu = page.get_by_role("navigation", name="Pages").get_by_role("link")
            expect(menu).to_have_text(MENU)
            assert len({link.evaluate("e => e.getBoundingClientRect().top") for link in menu.all()}) == 1, "one line"
            expect(menu.last).to_be_in_viewport(ratio=1)


def test_a_very_long_answer_is_whole(page: Page, hostile_address: str) -> None:
    opened(page, hostile_address)
    ask(page, "What are all the areas for improvement in Bolton?")
    expect(page.locator("blockquote").filter(has_text="service number 79")).to_have_count(1)
    expect(question_box(page)).to_be_in_viewport()
