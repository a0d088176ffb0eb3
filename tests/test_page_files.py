"""The pages that change something: documents are added and removed, and questions asked in bulk."""

import shutil
from pathlib import Path

from browsing import DESKTOP, at, drawn
from conftest import SEEDS
from playwright.sync_api import Page, expect

REPORT = (
    "# Area SEND inspection of Derby Local Area Partnership\n\nInspection dates: 3 to 7 June 2024\n\n"
    "## What is the area partnership doing that is effective?\n\n- Speech therapists in Derby help children early.\n"
)
WITHIN = 90_000  # milliseconds for a store to be built


def add(page: Page, *paths: Path) -> None:
    page.locator("input[type=file]").set_input_files(list(paths))
    page.get_by_role("button", name="Add these files").click()


def test_files_are_added_and_removed_and_each_has_its_own_result(
    page: Page, editing_address: str, tmp_path: Path
) -> None:
    good, broken, odd = tmp_path / "derby.txt", tmp_path / "broken.pdf", tmp_path / "picture.exe"
    good.write_text(REPORT, encoding="utf-8")
    broken.write_bytes(b"%PDF-1.4 not really")
    odd.write_bytes(b"MZ")
    again, twin = Path(shutil.copy(next(SEEDS.glob("*.txt")), tmp_path)), Path(shutil.copy(good, tmp_path / "twin.txt"))
    at(page, f"{editing_address}/documents", "Documents", DESKTOP)
    add(page, good, broken, odd, again, twin)
    results = page.locator(".results")
    expect(results).to_contain_text("derby.txt: added", timeout=WITHIN)
    expect(results).to_contain_text("twin.txt: not added")
    expect(results).to_contain_text("broken.pdf: is not a whole PDF")
    expect(results).to_contain_text("picture.exe: files of this sort are not read")
    expect(results).to_contain_text(f"{again.name}: not added, it is loaded already")
    expect(page.locator(".documents")).to_contain_text("Derby")
    page.reload()
    expect(page.locator(".documents")).to_contain_text("Derby")
    page.get_by_role("button", name="Remove documents").click()
    page.get_by_label("Which ones?").fill("derby")
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator(".results")).to_contain_text("derby.txt: removed", timeout=WITHIN)
    expect(page.locator(".documents")).not_to_contain_text("Derby")


def test_a_file_that_is_far_too_large_is_refused_kindly(page: Page, editing_address: str, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as opened:
        opened.truncate(300 * 1024 * 1024)
    at(page, f"{editing_address}/documents", "Documents", DESKTOP)
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text("File must be 50.0MB or smaller")).to_be_visible()


def test_visitors_can_change_nothing_where_it_is_not_switched_on(page: Page, address: str) -> None:
    at(page, f"{address}/documents", "Documents", DESKTOP)
    assert page.locator("input[type=file]").count() == 0
    at(page, f"{address}/evaluate", "Evaluate", DESKTOP)
    expect(page.get_by_text("switched off here")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_have_count(0)


def test_the_list_of_documents_is_filtered(page: Page, address: str) -> None:
    at(page, f"{address}/documents", "Documents", DESKTOP)
    expect(page.locator(".documents > li")).to_have_count(5)
    page.get_by_label("Area").click()
    page.get_by_role("option", name="Southend-on-Sea").click()
    expect(page.locator(".documents > li")).to_have_count(1)


def test_an_evaluation_runs_on_behind_the_page_and_gives_its_reports(page: Page, editing_address: str) -> None:
    at(page, f"{editing_address}/evaluate", "Evaluate", DESKTOP)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.reload()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("heading", name="Finished evaluations")).to_be_visible(timeout=WITHIN)
    drawn(page)
    expect(page.get_by_role("table")).to_contain_text("Quotations exactly as in their source")
    expect(page.get_by_text("so it isn’t compared")).to_be_visible()
    for name, ending in (("Report", "report.html"), ("JUnit", "junit.xml"), ("CSV", ".csv")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename.endswith(ending)
        assert Path(download.value.path()).stat().st_size > 100
