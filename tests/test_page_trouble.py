"""When something goes wrong behind the page, or changes there: a clear sentence, and nothing is lost."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import DESKTOP, QUESTION, ask, at, open_source, opened, picture, question_box
from conftest import SEEDS, built, served
from files.making import paragraph, pdf
from playwright.sync_api import Page, expect

from index.manifest import CURRENT, GENERATIONS, MANIFEST

LINES = [
    "Area SEND inspection of Derby Local Area Partnership",
    "Inspection dates: 3 to 7 June 2024",
    "What does the area partnership need to do better?",
    "Families in Derby wait too long for an autism assessment.",
]
ABOUT_DERBY = "How long do families in Derby wait for an autism assessment?"


@dataclass(frozen=True)
class Place:
    """A page over a store of its own that the tests may rebuild and break, and the files it is built from."""

    address: str
    store: Path
    sources: Path


@pytest.fixture(scope="module")
def place(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("trouble")
    own, sources = Path(shutil.copytree(store, folder / "store")), Path(shutil.copytree(SEEDS, folder / "sources"))
    (sources / "derby.pdf").write_bytes(pdf(paragraph(72, 100, LINES, leading=40)))
    with served(own) as address:
        yield Place(address, own, sources)


def test_a_store_that_is_rebuilt_while_somebody_reads_loses_nothing(page: Page, place: Place) -> None:
    opened(page, place.address, DESKTOP)
    ask(page, QUESTION)
    link = page.locator("button[data-address]").get_attribute("data-copy")
    open_source(page)
    rebuilding = threading.Thread(target=built, args=(place.sources, place.store))
    rebuilding.start()
    asked = 1
    while rebuilding.is_alive():
        page.keyboard.press("Escape")
        ask(page, f"What is said about annual reviews in Barking and Dagenham in {2016 + asked}?")
        asked += 1
    ask(page, ABOUT_DERBY)
    expect(page.locator("blockquote").last).to_contain_text("Families in Derby wait too long")
    if asked > 2:
        page.get_by_role("button", name="earlier question").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_have_count(1)
    expect(page.locator(".asked")).to_have_count(asked + 1)
    expect(page.get_by_role("alert")).to_have_count(0)
    at(page, f"{place.address}/{link}", "An answer to keep")
    expect(page.get_by_text("The documents have changed since this address was made.")).to_be_visible()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()


def test_a_pdf_shows_its_printed_page_or_why_it_cannot(page: Page, place: Place) -> None:
    opened(page, place.address, DESKTOP)
    ask(page, ABOUT_DERBY)
    open_source(page).get_by_role("link", name="Open as a page").click()
    expect(page.get_by_role("link", name="Back to the answer")).to_be_visible()
    original = place.sources / "derby.pdf"
    original.rename(original.with_suffix(".away"))
    page.get_by_text("Printed page", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("derby.pdf is no longer where it was read from")
    original.with_suffix(".away").rename(original)
    page.reload()
    page.get_by_text("Printed page", exact=True).click()
    expect(page.get_by_alt_text("Page 1 of the printed document")).to_be_visible()
    picture(page, "printed-desktop")


def test_an_address_of_a_document_that_is_gone_says_so(page: Page, place: Place) -> None:
    at(page, f"{place.address}/source?document=gone.pdf&start=3&end=9", "Source")
    expect(page.get_by_role("alert")).to_contain_text("There is no document called gone.pdf here.")
    at(page, f"{place.address}/source?document=derby.pdf&start=900000&end=900009", "Derby")
    expect(page.get_by_role("alert")).to_contain_text("The words of this address aren’t in this document.")


def damage(store: Path) -> str:
    """Have a store serve a generation whose files are empty. What it served before is returned."""
    pointer = store / CURRENT
    serving = pointer.read_text(encoding="utf-8")
    name, _, digest = serving.strip().partition(" ")
    broken = Path(shutil.copytree(store / GENERATIONS / name, store / GENERATIONS / "broken"))
    for file in broken.rglob("*"):
        if file.is_file() and file.name != MANIFEST:
            file.write_bytes(b"")
    pointer.write_text(f"broken {digest}\n", encoding="utf-8")
    return serving


def test_a_store_that_dies_is_named_and_nothing_is_lost(page: Page, place: Place) -> None:
    question, pointer = "Is there a parents' forum in Barking and Dagenham?", place.store / CURRENT
    opened(page, place.address, DESKTOP)
    ask(page, QUESTION)
    serving = damage(place.store)
    question_box(page).fill(question)
    question_box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The documents can’t be opened yet.")
    expect(page.get_by_role("alert")).to_contain_text("python -m index build")
    pointer.write_text(serving, encoding="utf-8")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(question_box(page)).to_have_value(question)
    pointer.unlink()  # nothing newer can be served, so what is open goes on
    ask(page, question)
    expect(page.locator(".asked")).to_have_count(2)
    pointer.write_text(serving, encoding="utf-8")
