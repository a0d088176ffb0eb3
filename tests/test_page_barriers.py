"""Nobody is kept out: axe-core finds nothing on any page, in any state, light or dark, on a phone or a desk."""

from typing import Literal

from browsing import DESKTOP, PHONE, QUESTION, ask, at, barriers, drawn, go, open_source, opened, picture, wears
from playwright.sync_api import Page, expect

LIGHT: Literal["light"] = "light"
DARK: Literal["dark"] = "dark"
MODES = {
    f"{name}-{scheme}": (scheme, size)
    for scheme in (LIGHT, DARK)
    for name, size in (("phone", PHONE), ("desktop", DESKTOP))
}


def test_no_page_and_no_state_has_a_barrier(page: Page, editing_address: str) -> None:
    found: dict[str, str] = {}

    def look(state: str) -> None:
        for mode, (scheme, size) in MODES.items():
            wears(page, scheme, size)
            picture(page, f"{state}-{mode}")
            found[f"{state}-{mode}"] = barriers(page, colours=scheme == DARK)

    opened(page, editing_address)
    look("welcome")
    ask(page, QUESTION)
    look("answer")
    page.get_by_role("button", name="Change the question and ask again").click()
    expect(page.get_by_label("Understood as")).to_be_visible()
    look("change")
    page.keyboard.press("Escape")
    page.get_by_text("Officer", exact=True).click()
    expect(page.locator(".officer").first).to_be_visible()
    drawn(page)
    look("officer")
    page.get_by_text("Wrong source").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    look("opinion")
    drawer = open_source(page)
    look("drawer")
    drawer.get_by_role("link", name="Open as a page").click()
    expect(page.get_by_role("link", name="Back to the answer")).to_be_visible()
    drawn(page)
    look("source")
    at(page, f"{editing_address}/source?document=gone.pdf", "Source")
    look("source-gone")
    at(page, f"{editing_address}/answer?q=What+is+going+well+in+Southend%3F&store=old", "An answer to keep")
    look("shared")
    opened(page, editing_address)
    ask(page, "What is the waiting time in weeks for speech therapy in Hackney?")
    look("not-found")
    go(page, "Check", "Check a quotation")
    page.get_by_label("The words to check").fill("swift and positive action is taken to help them")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".verdict")).to_be_visible()
    drawn(page)
    look("check")
    go(page, "Compare", "Compare")
    look("compare")
    go(page, "Documents", "Documents")
    look("documents")
    page.get_by_text("Timeline", exact=True).click()
    expect(page.locator(".timeline").first).to_be_visible()
    look("timeline")
    go(page, "Evaluate", "Evaluate")
    look("evaluate")
    go(page, "About", "About")
    look("about")
    assert not any(found.values()), "\n".join(f"{state}: {report}" for state, report in found.items() if report)
