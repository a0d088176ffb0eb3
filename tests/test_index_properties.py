"""Whatever a file holds: passages and sentences are exact slices in order, and nothing visible is lost."""

import os
import re
import time
from pathlib import Path

import pytest
from conftest import SEEDS
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from index.chunker import MAX_TOKENS
from index.errors import SourceProblem
from index.normalise import canonical
from index.reader import read_file, understand
from index.readers.text import decode
from index.structure import BlockKind, blocks
from index.tokens import count_tokens
from index.types import Document

WORDS = st.sampled_from(
    [
        "Inspectors",
        "said",
        "that",
        "families",
        "in",
        "Kirklees",
        "wait",
        "too",
        "long",
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        "…",
        "“",
        "”",
        '"',
        "'",
        "’",
        "(",
        ")",
        "[",
        "]",
        "e.g.",
        "Dr.",
        "No.",
        "2,914",
        "5%",
        "£15",
        "Reading",
        "reading",
        "Bury",
        "Suffolk",
        "Dorset",
        "Council",
        "NHS",
        "EHC",
        "-",
        "–",
        "&",
        "<",
        ">",
        "<p>",
        "</p>",
        "<li>",
        "<br>",
        "<b>",
        "&amp;",
        "&nbsp;",
        "**",
        "#",
        "•",
        "■",
        "1.",
        "(i)",
        "\t",
        "\xa0",
        "\u200b",
        "中文",
        "🙂",
        "é",
        "said:",
        "Cllr",
        "Smith",
        "forum",
        "letter",
        "states",
    ]
)
LINES = st.builds(
    lambda start, words, gap: start + " ".join(words) + gap,
    st.sampled_from(
        ["", "# ", "## ", "- ", "• ", "■\t", "1. ", "(ii) ", "\t", "   ", "“", '"', "<li>", "***", "-", "#"]
    ),
    st.lists(WORDS, max_size=40),
    st.sampled_from(["\n", "\n\n", "\r\n", " \n \n", "\f", ""]),
)
TEXTS = st.one_of(
    st.lists(LINES, max_size=14).map("".join), st.text(st.characters(codec="utf-8"), max_size=300), st.text(max_size=80)
)
PROFILE = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def understood(raw: str) -> Document:
    """The document of a text that holds something; a reader refuses any other before this."""
    text = canonical(raw)
    assume(text.strip())
    return understand(text, "a.txt", "0")


def seeds() -> list[Document]:
    return [read_file(path, path.name) for path in sorted(SEEDS.glob("*.txt"))]


def every_document() -> list[Path]:
    """The seeds, the hand-made documents of all formats, and the published reports where they are at hand."""
    made = (path for path in (Path(__file__).parent / "gold" / "documents").iterdir() if path.suffix != ".json")
    reports = Path(__file__).parents[2] / "shared" / "corpora" / "area_send"
    published = () if os.environ.get("CI") == "true" else reports.glob("*.pdf")
    return sorted([*SEEDS.glob("*.txt"), *made, *published])


def check_slices(document: Document) -> None:
    text, end = document.text, 0
    for passage in document.passages:
        assert end <= passage.start < passage.end <= len(text), "passages overlap, are empty or out of order"
        assert not text[end : passage.start].strip(), "visible words between two passages"
        end = passage.end
        inside = passage.start
        for sentence in passage.sentences:
            assert inside <= sentence.start < sentence.end <= passage.end, "a sentence outside its passage or its turn"
            words = text[sentence.start : sentence.end]
            assert words == words.strip(), "white space at the ends of a sentence"
            inside = sentence.end
    assert not text[end:].strip(), "visible words after the last passage"


@pytest.mark.parametrize("path", every_document(), ids=lambda path: path.name[:40])
def test_every_document_is_exact_slices_and_every_sentence_has_its_page(path: Path) -> None:
    document = read_file(path, path.name)
    check_slices(document)
    assert canonical(document.text) == document.text
    for fact in document.profile.facts:
        assert document.text[fact.start : fact.end] == fact.words
    pages = [document.page(sentence.start) for passage in document.passages for sentence in passage.sentences]
    if path.suffix == ".pdf":
        assert pages == sorted(pages, key=lambda page: page or 0) and set(pages) <= set(
            range(1, len(document.pages) + 1)
        )
    else:
        assert set(pages) == {None}


@given(TEXTS)
@example("#")
@example("# ")
@example("-")
@example("- \n-\n- a")
@example("1. ")
@example("a" * 5000)
@example("A.\n\n" * 30)
@PROFILE
def test_passages_and_sentences_are_exact_slices_in_order_and_hold_every_visible_character(raw: str) -> None:
    check_slices(understood(raw))


@given(TEXTS)
@PROFILE
def test_every_visible_character_but_headings_and_list_marks_is_in_a_sentence(raw: str) -> None:
    document = understood(raw)
    said = [False] * len(document.text)
    for passage in document.passages:
        for sentence in passage.sentences:
            said[sentence.start : sentence.end] = [True] * (sentence.end - sentence.start)
    for block in blocks(document.text):
        if block.kind is not BlockKind.HEADING:
            lost = [c for at, c in enumerate(document.text[block.body : block.end], block.body) if not said[at]]
            assert not "".join(lost).strip()


@pytest.mark.parametrize("document", seeds(), ids=lambda document: document.name)
def test_the_seeds_are_cut_into_exact_slices(document: Document) -> None:
    check_slices(document)


@given(TEXTS)
@PROFILE
def test_reading_the_same_text_twice_gives_the_same_document(raw: str) -> None:
    assert understood(raw) == understood(raw)


LONG = {
    "sentences": "Families wait too long for speech and language therapy in Suffolk. " * 200,
    "a paragraph without a full stop": "word and another word, " * 1500,
    "figures": "1 2 3 4 5 6 7 8 9 " * 200,
    "emoji": "🙂" * 2000,
    "another script": "特殊教育需要与残疾" * 300,
    "no spaces": "abcdefgh" * 1000,
    "a table": "Kirklees\t12\t13.5%\tyes\n" * 300,
    "a list": "Priorities:\n" + "- speech and language therapy in schools\n" * 100,
    "a marked heading as long as a page": "# " + "Children wait too long " * 300 + "\n\nMore words stand here.",
    "a hundred headings in a row": "".join(f"# Heading number {n} of many\n\n" for n in range(100)) + "Words.",
}


@pytest.mark.parametrize("name", LONG)
def test_no_passage_is_over_the_token_limit(name: str) -> None:
    document = understood(LONG[name])
    longest = max(count_tokens(document.text[p.start : p.end]) for p in document.passages)
    # The line breaks and list marks between the pieces of a passage are counted with neither: a tenth more is allowed.
    assert longest <= MAX_TOKENS * 1.1


@given(st.binary(max_size=600))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xff\xfeabc")
@example(b"\xef\xbb\xbf")
@example(b"\x81\x8d" * 50)
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_anything_but_a_source_problem(raw: bytes) -> None:
    try:
        text, _ = decode(raw, "file.txt")
    except SourceProblem as problem:
        assert "file.txt" in str(problem)
        assert "\n" not in str(problem)
    else:
        check_slices(understood(text))


@pytest.mark.parametrize(
    ("what", "raw"),
    [
        ("empty", b""),
        ("white space", b" \r\n\t \n"),
        ("a byte-order mark alone", b"\xef\xbb\xbf"),
        ("zero bytes", b"Suffolk\0Suffolk"),
        ("UTF-16 without a mark", "Suffolk".encode("utf-16-le")),
        ("a broken UTF-16 file", b"\xff\xfe\x00\xd8A"),
        ("the start of a JPEG", bytes.fromhex("ffd8ffe000104a46494600010101006000600000ffdb0043") * 9),
        ("the start of a ZIP", b"PK\x03\x04\x14\x00\x06\x00\x08\x00" * 20),
        ("control characters in valid UTF-8", bytes(range(1, 32)) * 40 + b"abc"),
        ("seven-bit noise", bytes((n * 37 + 11) % 127 + 1 for n in range(3000))),
        ("nothing but comments", b"<!-- nothing -->"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_name_in_one_line(what: str, raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(raw)
    with pytest.raises(SourceProblem) as problem:
        read_file(file, "file.txt")
    assert re.fullmatch(r"file\.txt: [^\n]+", str(problem.value)), what


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Southend’s plan – “good”"),
        ("utf-8-sig", "Southend’s plan"),
        ("utf-16", "Southend’s plan"),
        ("cp1252", "Southend’s plan – “good” £15"),
    ],
)
def test_texts_of_the_usual_encodings_are_read_as_they_were_written(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt")[0] == text


@pytest.mark.parametrize("size", [51 * 1024 * 1024])
def test_a_file_over_the_limit_is_refused(size: int, tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"word " * (size // 5))
    with pytest.raises(SourceProblem, match=r"large\.txt: is larger than"):
        read_file(file, file.name)


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ("one line that names areas again and again", "Kirklees and Leeds said so. " * 2500),
        ("abbreviations without end", "Mr. Dr. " * 1500),
        ("leaders in a table of contents", "Outcome " + "." * 30_000 + " 4\nMore."),
        ("one word", "x" * 100_000),
        ("quotation marks", '" ' * 15_000),
        ("many short lines", "Brent said\n" * 10_000),
    ],
)
def test_a_long_text_of_any_shape_is_understood_in_seconds(shape: str, text: str) -> None:
    understood("A warm start.")
    started = time.monotonic()
    understood(text)
    assert time.monotonic() - started < 3, shape
