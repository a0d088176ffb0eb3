"""What the browser tests share: how a person opens the page, asks, and looks into a source."""

import os
import shutil
from pathlib import Path
from typing import Literal

import axe_playwright_python  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
QUESTION = "What must get better in Barking and Dagenham?"
_TALL = 6000
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLES = 60  # milliseconds after a change of width, for what is laid out by script
# What is drawn anew is pale for a while, which would be judged as what it looks like.
STILL = """addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = '*, ::before, ::after { transition: none !important; animation: none !important; }'
        + '[data-stale=true] { opacity: 1 !important; }';
    document.head.append(style); });"""
WORN = "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme"
expect.set_options(timeout=20_000)  # a busy machine takes its time


def chromium() -> str | None:
    """The path of this machine's Chromium, or of the browser that ``CHROMIUM`` names."""
    names = (os.environ.get("CHROMIUM", ""), "chromium-headless-shell", "chromium", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def opened(page: Page, address: str, size: dict[str, int] = PHONE) -> Page:
    """The start page, ready for a question."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(address)
    expect(question_box(page)).to_be_visible()
    return page


def at(page: Page, address: str, heading: str, size: dict[str, int] = PHONE) -> Page:
    """Another page, by its address and its heading."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    drawn(page)
    return page


def go(page: Page, word: str, heading: str) -> Page:
    """Another page by the menu, as people go there: at a fifth of the work of opening it anew."""
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=word, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """Until nothing more is being drawn."""
    expect(page.locator(".small-print")).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def question_box(page: Page) -> Locator:
    """Where a question is typed."""
    return page.get_by_placeholder("Ask about an inspection")


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    question_box(page).fill(question)
    question_box(page).press("Enter")
    expect(page.get_by_role("heading", name=question).last).to_be_visible()
    expect(page.locator(".only-read").first).not_to_have_text("Looking through the documents.")
    drawn(page)


def open_source(page: Page) -> Locator:
    """Open the drawer of the newest answer's first citation."""
    page.get_by_role("button", name="See source 1", exact=True).last.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("mark").first).to_be_visible()
    return drawer


def wears(page: Page, scheme: Literal["light", "dark"], size: dict[str, int]) -> None:
    """Have the page in a size and in light or dark colours."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.wait_for_function(WORN, arg=scheme)
    page.wait_for_timeout(SETTLES)


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like, where ``SHOTS`` names a folder for it."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def barriers(page: Page, colours: bool = False) -> str:
    """What axe-core finds against WCAG 2.2 A and AA and its own best practice; empty where that is nothing.

    ``colours`` runs only its rules on colour: a page that was looked at in full has the same structure in the dark.
    """
    size = page.viewport_size
    assert size
    # Tall enough for all of it: a link half under the menu that stays in sight would count as too small to touch.
    page.set_viewport_size({"width": size["width"], "height": _TALL})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"type": "rule", "values": COLOUR_RULES} if colours else {"type": "tag", "values": STANDARDS}
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    page.set_viewport_size(size)
    return "\n".join(f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}" for one in found)
