"""Text and Markdown: the right characters, our conventions, and a canonical text that stays as it is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.normalise import canonical
from index.readers import parse
from index.readers.compose import Piece, composed
from index.readers.markdown import plain
from index.structure import BlockKind

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
LINE = "Leaders’ plans are “good” – said Cllr Müller.\r\nThey cost £5."
READ = "Leaders’ plans are “good” – said Cllr Müller.\nThey cost £5."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_of_a_text_reads_the_same(encoding: str) -> None:
    source = parse(LINE.encode(encoding), "note.txt")
    assert source.text == READ
    assert (source.pages, source.problems) == ((), ())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_text_of_the_seeds_is_what_normalisation_makes_of_them(path: Path) -> None:
    source = parse(path.read_bytes(), path.name)
    assert source.text == canonical(canonical(path.read_text(encoding="utf-8-sig")))


MARKDOWN = {
    "# Title #\n\nWords.": "# Title\n\nWords.",
    "Minutes\n=======\nOne\nline\n\nActions\n---\nTwo": "# Minutes\n\nOne line\n\n## Actions\n\nTwo",
    "* one\n+ two\n  goes on\n- [x] three": "- one\n- two goes on\n- three",
    "1) first\n2. second\n   line": "1. first\n2. second line",
    "| A | B |\n|---|:-:|\n| x | **y** |": "A\tB\nx\ty",
    "See [the *report*](http://example.org/a) and ![chart](a.png) `code`.": "See the report and code.",
    "**Strengths:** a_b_c is 3 * 4 and __bold__ and *slanted*": "Strengths: a_b_c is 3 * 4 and bold and slanted",
    "> “Quoted”\n> on two lines": "“Quoted” on two lines",
    "---\ntitle: hidden\n---\nBody": "Body",
    "before <!-- hidden\nwords --> after": "before after",
    "```\n# not a heading\n```": "# not a heading",
    "<https://example.org> \\*not slanted\\*": "https://example.org *not slanted*",
    "[1]: http://example.org\nLine one  \nLine two": "Line one\nLine two",
}


@pytest.mark.parametrize("source", MARKDOWN)
def test_markdown_keeps_what_it_marks(source: str) -> None:
    blank_lines_apart = [line for line in plain(source).split("\n") if line]
    assert blank_lines_apart == [line for line in MARKDOWN[source].split("\n") if line]


PIECES = st.builds(
    Piece,
    kind=st.sampled_from(list(BlockKind)),
    text=st.text(st.sampled_from("ab ,.A1-*•&<p>/!\t\u200b\u00a0"), max_size=12).map(str.strip),
    page=st.just(0),
    level=st.integers(1, 3),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(PIECES, max_size=4), min_size=1, max_size=4))
def test_composed_text_is_canonical_and_its_pages_never_fall(pages: list[list[Piece]]) -> None:
    pieces = [Piece(p.kind, p.text, number, (), p.level) for number, page in enumerate(pages) for p in page]
    text, starts = composed(pieces, len(pages))
    assert canonical(text) == text
    assert len(starts) == len(pages)
    assert starts[0] == 0
    assert list(starts) == sorted(starts)
    assert starts[-1] <= len(text)
