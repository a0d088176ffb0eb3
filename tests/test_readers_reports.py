"""Forty published inspection reports, read whole. They lie beside the repository, not in it, and never on CI."""

import csv
import os
import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from index.dates import date_ranges
from index.normalise import canonical
from index.readers import Source, read
from index.readers.furniture import without_furniture
from index.readers.page import Sheet
from index.readers.pdf.file import sheets
from index.structure import BlockKind, blocks

REPORTS = Path(__file__).parent.parent.parent / "shared" / "corpora" / "area_send"
FILES = sorted(REPORTS.glob("*.pdf"))
pytestmark = [
    pytest.mark.skipif(os.environ.get("CI") == "true", reason="measured by hand: the reports are not on CI"),
    pytest.mark.skipif(not FILES, reason=f"no reports in {REPORTS}"),
]

# As they are printed: two reports word the third heading in their own way.
HEADINGS = (
    r"Area SEND inspection of .+ Local Area Partnership",
    r"Inspection outcome",
    r"Information about the local area partnership",
    r"What is it like to be a child or young person (with )?(SEND|special educational needs and/or disabilities)"
    r"( \(SEND\))? in this area\?",
    r"What is the area partnership doing that is effective\?",
    r"What does the area partnership need to do better\?",
    r"Areas for improvement",
    r"Local area partnership details",
    r"Information about this inspection",
    r"Inspection team",
)  # fmt: skip
OUTCOMES = {
    "positive experiences": r"arrangements typically lead to positive experiences and outcomes",
    "inconsistent experiences": r"lead to inconsistent experiences? and outcomes",
    "widespread and/or systemic failings": r"widespread and/?or systemic failings",
}
FURNITURE = re.compile(r"^(?:Local area partnership report|(?:Area SEND )?inspection report: .*|\d{1,2})$", re.I | re.M)


@cache
def source(path: Path) -> Source:
    return read(path, path.name)


@cache
def sheets_of(path: Path) -> tuple[Sheet, ...]:
    return sheets(path.read_bytes(), path.name)


def headings(text: str) -> list[str]:
    return [text[block.body : block.end] for block in blocks(text) if block.kind is BlockKind.HEADING]


def manifest() -> dict[str, dict[str, str]]:
    with (REPORTS / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        return {row["file"]: row for row in csv.DictReader(rows)}


@pytest.fixture(params=FILES, ids=lambda path: path.name.split(".")[0])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_the_text_is_canonical_and_nothing_was_wrong(path: Path) -> None:
    assert canonical(source(path).text) == source(path).text
    assert source(path).problems == ()


def test_every_standard_heading_is_one_in_the_order_of_the_reports(path: Path) -> None:
    found = headings(source(path).text)
    places = [next((n for n, h in enumerate(found) if re.fullmatch(p, h, re.IGNORECASE)), None) for p in HEADINGS]
    assert None not in places, [p for p, place in zip(HEADINGS, places, strict=True) if place is None]
    assert places == sorted(place for place in places if place is not None)


def test_priority_actions_have_a_heading_in_the_reports_of_failings_and_in_no_other(path: Path) -> None:
    failings = manifest()[path.name]["outcome"] == "widespread and/or systemic failings"
    assert ("Areas for priority action" in headings(source(path).text)) == failings


def test_the_head_of_the_report_is_readable(path: Path) -> None:
    row = manifest()[path.name]
    text = source(path).text
    dates = re.search(r"^Inspection dates?: (.+)$", text, re.MULTILINE)
    assert dates is not None
    printed = next(date_ranges(dates[1])).value
    if row["inspection_start"]:  # two rows of the manifest have no dates; the reports do
        assert (str(printed.start), str(printed.end)) == (row["inspection_start"], row["inspection_end"])
    assert re.search(r"^Dates? of (?:the )?previous inspections?: .*(?:20\d\d|Not previously)", text, re.MULTILINE)
    outcome = text[text.index("## Inspection outcome") :].split("\n\n")[1]
    assert re.search(OUTCOMES[row["outcome"]], outcome)
    assert outcome.endswith(".")


def test_no_header_footer_or_page_number_is_left(path: Path) -> None:
    assert not FURNITURE.findall(source(path).text)


def test_every_word_of_the_pages_is_kept_but_headers_and_footers(path: Path) -> None:
    pages = sheets_of(path)
    printed = Counter(letters("".join(word.text for page in pages for word in page.words)))
    kept = Counter(letters(source(path).text))
    assert not kept - printed
    assert sum((printed - kept).values()) < 125 * len(pages)  # a footer and a number a page, a header on the first


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_no_word_is_broken_and_no_sentence_begins_in_small_letters(path: Path) -> None:
    text = source(path).text
    assert not re.findall(r"\w- \w+(?! \w+-)", re.sub(r"\b\w+- (?:and|or|to)\b", "", text))
    for block in blocks(text):
        words = text[block.body : block.end]
        if block.kind is BlockKind.PARAGRAPH and words[0].islower():
            assert re.match(r"(?:www|https?|[\w.]+@)", words), words


def test_pages_begin_where_their_first_words_stand(path: Path) -> None:
    found = source(path)
    assert list(found.pages) == sorted(found.pages)
    wrong = 0
    for start, words in zip(found.pages, without_furniture(sheets_of(path)), strict=True):
        printed = letters("".join(word.text for word in words if not word.symbol))[:12]
        wrong += letters(found.text[start : start + 60])[:12] != printed
    assert wrong <= 1  # a table row cut by the page's end goes on in its last cell


def test_the_details_are_a_table_of_two_columns(path: Path) -> None:
    text = source(path).text
    start = text.index("Local area partnership details")
    section = text[start : text.index("Information about this inspection")]
    rows = [line.split("\t") for line in section.split("\n")[1:] if "\t" in line]
    assert rows[0][0].lower() == "local authority"
    assert "care board" in rows[0][1].lower()
    assert len(rows) >= 4
    assert all(len(row) == 2 and all(row) for row in rows)


def test_the_report_among_the_seeds_reads_as_its_transcript() -> None:
    transcript = (Path(__file__).parent.parent / "seeds" / "003_47304b061fc43f47.txt").read_text(encoding="utf-8")
    report = source(REPORTS / "barking-and-dagenham.06-september-2024.pdf").text
    expected = letters(re.sub(r"\]\([^)]*\)|<[^>]*>|&\w+;", "", transcript[: transcript.index("### Ofsted")]))
    assert letters(report)[: len(expected)].lower() == expected.lower()


def test_every_offset_has_its_page(path: Path) -> None:
    found = source(path)
    marked = found.text.index("Local area partnership details")
    assert len(found.pages) - 3 <= bisect_right(found.pages, marked) <= len(found.pages)
