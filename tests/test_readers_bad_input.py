"""Files that can't be read cost one clear line each, and nothing hangs."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from files.making import STRIPES, W, docx, locked_pdf, p, pdf, words, zipped

from index.errors import SourceProblem
from index.normalise import NORMALISATIONS
from index.readers import SUFFIXES, Limits, parse, read

MEGABYTE = 1024 * 1024


def word_xml(body: bytes, before: bytes = b"") -> bytes:
    return zipped({"word/document.xml": before + b'<w:document xmlns:w="%s">%s</w:document>' % (W.encode(), body)})


NOISE = random.Random(1).randbytes(3000)  # noqa: S311 - the same rubbish in every run
WHOLE = pdf(*[words(50, 50, "Leaders have improved the timeliness of plans.")] * 3)
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "truncated.pdf": (lambda: WHOLE[: len(WHOLE) // 2], "is not a whole PDF"),
    "only-a-head.pdf": (lambda: b"%PDF-1.7\n", "is not a whole PDF"),
    "pictures.pdf": (lambda: pdf(STRIPES, STRIPES), "no text found; run text recognition first"),
    "blank.pdf": (lambda: pdf(""), "no text found; run text recognition first"),
    "all-hidden.pdf": (lambda: pdf(words(50, 50, "unseen", extra="3 Tr")), "no text that can be seen"),
    "encrypted.pdf": (locked_pdf, "is locked with a password; save a copy without one"),
    "empty.pdf": (lambda: b"", "is empty"),
    "empty.txt": (lambda: b"", "is empty"),
    "blank.txt": (lambda: b" \n\t\r\n ", "is empty"),
    "nothing-but-a-comment.md": (lambda: b"<!-- nothing -->", "holds no text"),
    "bomb.docx": (lambda: word_xml(b" " * (101 * MEGABYTE)), "unpacks to more than 100 MB (a zip bomb)"),
    "laughs.docx": (lambda: word_xml(b"<w:body>&a;</w:body>", b'<!DOCTYPE x [<!ENTITY a "ha">]>'), "damaged"),
    "truncated.docx": (lambda: docx(p("Minutes"))[:150], "is not a whole Word document"),
    "a-zip.docx": (lambda: zipped({"notes.txt": b"x"}), "no Word document"),
    "old-word.docx": (lambda: b"\xd0\xcf\x11\xe0" + bytes(512), "is locked with a password or is an old .doc"),
    "deep.docx": (lambda: word_xml(b"<w:body>" + b"<w:sdt>" * 20000 + b"</w:sdt>" * 20000 + b"</w:body>"), "confuse"),
    "picture.txt": (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF" + NOISE, "is not a text file (it holds zero bytes)"),
    "rubbish.txt": (lambda: NOISE.replace(b"\0", b"\1"), "is neither UTF-8 nor Windows-1252 text"),
    "report-pdf.txt": (lambda: WHOLE, "is a PDF, not a text file; rename it to end in .pdf"),
    "minutes-docx.txt": (lambda: docx(p("x")), "rename it to end in .docx"),
    "cut-utf16.txt": (lambda: "Leaders’ plans".encode("utf-16")[:-1], "begins like UTF-16 text but is damaged"),
    "binary.html": (lambda: bytes(10) + NOISE, "is not a web page"),
    "only-a-menu.html": (lambda: b"<nav>Menu</nav><script>x</script>", "holds no text but menus"),
    "entities.html": (lambda: b"<p>Leaders &" + b"amp;" * 5000 + b"lt;b&gt; act</p>", "confuse its reader"),
    "long.txt": (lambda: b"word " * 1_000_001, "holds more than 5,000,000 characters"),
    "report.xls": (lambda: b"x", "files of this sort are not read; known are .txt"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_one_line_that_names_the_file(name: str) -> None:
    make, reason = BAD[name]
    with pytest.raises(SourceProblem) as refusal:
        parse(make(), name)
    message = str(refusal.value)
    assert message.startswith(f"{name}: ")
    assert reason in message
    assert "\n" not in message and len(message) < 200


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as out:
        out.truncate(200 * MEGABYTE)
    with pytest.raises(SourceProblem, match=r"^a/large\.pdf: is larger than 50 MB; split it or leave it out$"):
        read(large, "a/large.pdf")


def test_a_file_that_vanished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match=r"^gone\.txt: can't be read \(No such file or directory\)$"):
        read(tmp_path / "gone.txt", "gone.txt")


def test_a_folder_named_like_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(SourceProblem, match=r"^folder\.pdf: can't be read \(Is a directory\)$"):
        read(tmp_path / "folder.pdf", "folder.pdf")


def test_a_reader_that_takes_too_long_is_ended() -> None:
    crowd = "\n".join(words(50 + n % 50 * 7, 50 + n % 700, "x", 4 + n % 7) for n in range(60_000))
    with pytest.raises(SourceProblem, match=r"^slow\.pdf: could not be read within 1 seconds"):
        parse(pdf(crowd), "slow.pdf", Limits(seconds=1))


def test_a_reader_that_needs_too_much_memory_is_ended() -> None:
    with pytest.raises(SourceProblem, match=r"^greedy\.docx: made its reader crash or need more than 90 MB"):
        parse(word_xml(b"<w:body>" + b"<w:p/>" * 8_000_000 + b"</w:body>"), "greedy.docx", Limits(memory=90 * MEGABYTE))


@pytest.mark.parametrize("depth", [5_000, 20_000])
def test_deeply_nested_html_is_read(depth: int) -> None:
    page = "<div>" * depth + "<p>Leaders have improved.</p>" + "</div>" * depth
    assert parse(page.encode(), "deep.html").text == "Leaders have improved."


def test_one_bad_byte_is_shown_and_reported() -> None:
    source = parse("Leaders’ plans \ufffe are “good”.".encode().replace(b"\xef\xbf\xbe", b"\xff"), "bad.txt")
    assert source.text == "Leaders’ plans \ufffd are “good”."
    assert source.problems == ("1 bytes are not UTF-8 and are shown as \ufffd",)


@pytest.mark.parametrize("name", ["with space.txt", "émigré.txt", "😀.md", "..dots.html", "UPPER.TXT", "a\nb.txt"])
def test_odd_names_are_no_obstacle(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("Leaders have improved.\n", encoding="utf-8")
    assert read(tmp_path / name, name).text.strip() == "Leaders have improved."


def test_the_parser_of_a_strangers_file_sees_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    from index.readers.child import environment

    monkeypatch.setenv("INSPECTION_EMBEDDING_KEY", "secret")
    assert "secret" not in environment().values()


def test_every_suffix_has_a_reader() -> None:
    samples = {".pdf": WHOLE, ".docx": docx(p("Leaders have improved the timeliness of plans."))}
    for suffix in SUFFIXES:
        raw = samples.get(suffix, b"<p>Leaders have improved the timeliness of plans.</p>")
        assert "Leaders have improved the timeliness of plans." in parse(raw, f"any{suffix}").text


def test_everything_that_is_said_of_a_bad_file_is_in_the_table_of_the_documentation() -> None:
    table = (Path(__file__).parents[1] / "index" / "README.md").read_text(encoding="utf-8")
    said = [line.split(" | ")[1].strip(" |") for line in table.splitlines() if line.count(" | ") == 1]
    for name, (_, reason) in BAD.items():
        assert any(words in reason or reason in words for words in said), name


def test_the_documentation_lists_the_normalisations_in_their_order() -> None:
    table = (Path(__file__).parents[1] / "index" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [step.__name__ for step in NORMALISATIONS]
