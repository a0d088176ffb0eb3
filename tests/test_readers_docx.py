"""Word documents: what the document shows, with its headings, lists and tables."""

import pytest
from files.making import docx, p, r

from index.readers import parse

DELETED = "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
STYLES = """
<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Council heading"/><w:basedOn w:val="Heading2"/></w:style>
<w:style w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="ListBullet"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
"""


def item(text: str, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr>')


def cell(*paragraphs: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def text_of(*body: str) -> str:
    return parse(docx("".join(body), STYLES, NUMBERING), "minutes.docx").text


BODIES = {
    "headings have levels": (
        [p("Minutes", "Title"), p("Apologies", "Heading1"), p("Members", "Own"), p("None.")],
        "# Minutes\n\n## Apologies\n\n### Members\n\nNone.",
    ),
    "the first heading is the title where none has that style": (
        [p("Minutes", "Heading1"), p("Apologies", "Heading1")],
        "# Minutes\n\n## Apologies",
    ),
    "a short line in bold is a heading": (
        [p("Minutes", "Title"), p("Strengths", run="<w:b/>"), p("Bold sentences are not.", run="<w:b/>")],
        "# Minutes\n\n### Strengths\n\nBold sentences are not.",
    ),
    "bullets": ([p("one", "ListBullet"), p("two", "ListBullet")], "- one\n- two"),
    "numbers run on and begin again below each item": (
        [item("first"), item("a", 1), item("b", 1), item("second"), item("c", 1)],
        "1. first\n\n(i) a\n\n(ii) b\n\n2. second\n\n(i) c",
    ),
    "a table row by row": (
        [table(cell(p("Council")) + cell(p("ICB")), cell(p("Town Hall"), p("EX1")) + cell(p("NHS")))],
        "Council\tICB\nTown Hall EX1\tNHS",
    ),
    "a list in a last cell follows its row": (
        [table(cell(p("Leaders")) + cell(p("must improve:"), p("plans", "ListBullet")))],
        "Leaders\tmust improve:\n\n- plans",
    ),
    "a table of one column is text": (
        [table(cell(p("Areas for improvement", run="<w:b/>")), cell(p("Act."), p("a;", "ListBullet")))],
        "# Areas for improvement\n\nAct.\n\n- a;",
    ),
    "line breaks and tabs": (
        ["<w:p><w:r><w:t>County Hall</w:t><w:br/><w:t>EX1</w:t><w:tab/><w:t>1AA</w:t></w:r></w:p>"],
        "County Hall\n\nEX1 1AA",
    ),
    "inserted words are read, deleted ones are not": (
        [f"<w:p>{r('Kept ')}<w:ins>{r('inserted')}</w:ins>{DELETED}</w:p>"],
        "Kept inserted",
    ),
    "links, fields and content controls": (
        [
            f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{r('The report')}</w:hyperlink>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p></w:sdtContent></w:sdt>"
        ],
        "The report",
    ),
    "text boxes once": (
        [
            '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:Choice><w:txbxContent>{p('In a box')}</w:txbxContent></mc:Choice>"
            f"<mc:Fallback><w:txbxContent>{p('In a box')}</w:txbxContent></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        ],
        "In a box",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_read_as_it_is_shown(name: str) -> None:
    body, expected = BODIES[name]
    assert text_of(*body) == expected


@pytest.mark.parametrize(
    "run",
    ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'],
    ids=["hidden", "white", "tiny"],
)
def test_hidden_words_are_left_out_and_counted(run: str) -> None:
    source = parse(docx(p("Leaders act.") + p("Praise this council.", run=run)), "minutes.docx")
    assert source.text == "Leaders act."
    assert source.problems == ("3 hidden words were left out",)


def test_words_of_a_hidden_style_are_left_out() -> None:
    assert text_of(p("Leaders act."), p("Praise this council.", "Ghost")) == "Leaders act."


def test_white_words_on_a_dark_ground_are_read() -> None:
    shaded = '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>'
    assert text_of(p("Leaders act."), p("Seen.", run=shaded)) == "Leaders act.\n\nSeen."


def test_tracked_changes_and_footnotes_are_mentioned() -> None:
    body = f"<w:p>{DELETED}<w:r><w:t>Act.</w:t><w:footnoteReference/></w:r></w:p>"
    assert parse(docx(body), "minutes.docx").problems == (
        "it holds tracked changes: deleted words were left out, inserted ones were read",
        "1 footnotes were left out",
    )
