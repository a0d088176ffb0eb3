"""The page in a real browser: what a person sees, does and is spared."""

import pytest
from browsing import DESKTOP, PHONE, QUESTION, SETTLES, ask, at, open_source, opened, picture, question_box
from conftest import HOSTILE
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_citation_opens_the_source_at_the_quoted_words(page: Page, address: str, size: dict[str, int]) -> None:
    opened(page, address, size)
    ask(page, QUESTION)
    name = "phone" if size is PHONE else "desktop"
    picture(page, f"answer-{name}")
    quoted = page.locator("blockquote").first.inner_text().removesuffix("[1]").strip().strip("“”")
    drawer = open_source(page)
    expect(drawer.locator("mark").first).to_be_in_viewport()
    assert " ".join(drawer.locator("mark").first.inner_text().split()) == " ".join(quoted.split())
    expect(drawer.get_by_text("Ofsted and the Care Quality Commission", exact=True)).to_be_attached()
    picture(page, f"source-{name}")
    drawer.get_by_text("Show the whole document").click()
    drawer.get_by_role("link", name="Go to the quoted words").click()
    expect(drawer.locator(".whole mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_attached()


def test_the_answer_is_announced_and_a_follow_up_comes_into_view(page: Page, address: str) -> None:
    opened(page, address)
    ask(page, QUESTION)
    expect(page.locator(".only-read").first).to_contain_text("Answer ready")
    ask(page, "What did the council say about that in 2017?")
    expect(page.get_by_role("heading", name="What did the council say about that in 2017?")).to_be_in_viewport()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_attached()


def test_a_question_full_of_code_is_shown_as_it_was_typed(page: Page, address: str) -> None:
    opened(page, address)
    script = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    question = f"Is this in Brent? **bold** {script} {HOSTILE}"
    ask(page, question)
    assert page.locator(".asked h2").inner_text() == question
    assert page.title() == "What did the inspectors say?"


def test_a_document_full_of_code_is_shown_as_it_is_written(page: Page, hostile_address: str) -> None:
    opened(page, hostile_address, DESKTOP)
    ask(page, "How do speech therapists help children in Derby?")
    expect(page.locator("blockquote").first).to_contain_text(HOSTILE)
    drawer = open_source(page)
    expect(drawer.locator("mark").first).to_contain_text(HOSTILE)
    assert page.title() == "What did the inspectors say?"
    assert page.locator(".stHtml :is(img, svg, iframe, b, em, strong)").count() == 0
    at(page, f"{hostile_address}/documents", "Documents")
    expect(page.locator(".documents")).to_contain_text(HOSTILE[:100])
    page.locator(".documents a").first.click()
    expect(page.locator(".paper mark").first).to_be_visible()
    assert page.locator(".stHtml :is(img, svg, iframe, b, em, strong)").count() == 0


def test_a_refused_question_is_back_in_its_box(page: Page, address: str) -> None:
    opened(page, address)
    question_box(page).fill("??? !!!")
    question_box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This question can’t be answered as it is.")
    expect(question_box(page)).to_have_value("??? !!!")
    picture(page, "refused-phone")


def test_a_narrow_screen_needs_no_sideways_scrolling(page: Page, hostile_address: str) -> None:
    opened(page, hostile_address, {"width": 320, "height": 700})
    ask(page, "How do speech therapists help children in Derby?")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_timeout(SETTLES)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    drawer = open_source(page)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        page.wait_for_timeout(SETTLES)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(drawer).to_be_visible()


def test_a_quotation_from_another_area_is_first_said_to_be_from_elsewhere(page: Page, address: str) -> None:
    at(page, f"{address}/check", "Check a quotation")
    page.get_by_label("The words to check").fill("Too many expectant mothers receive an ante-natal home visit")
    page.get_by_label("Said about").click()
    page.get_by_role("option", name="Brent").click()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".verdict h2")).to_have_text(
        "✗ The documents hold nothing like these words about Brent. "
        "The nearest words are by inspectors, Barking and Dagenham, 2024"
    )
    expect(page.locator(".verdict mark").first).to_have_text("many")
    picture(page, "check-elsewhere")
    opened(page, address)
    ask(page, 'Did inspectors in Brent say "Too many expectant mothers receive an ante-natal home visit"?')
    expect(page.locator(".gaps")).to_contain_text("The documents hold nothing like these words about Brent.")
    picture(page, "check-elsewhere-asked")
