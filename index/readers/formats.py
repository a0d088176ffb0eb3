"""Which reader reads which sort of file."""

from index.errors import SourceProblem
from index.readers.compose import Unsettled, settled
from index.readers.source import Limits, Source
from index.readers.text import decode

PLAIN = (".txt",)
MARKDOWN = (".md", ".markdown")
HTML = (".html", ".htm", ".xhtml")
PDF = (".pdf",)
DOCX = (".docx",)
SUFFIXES = (*PLAIN, *MARKDOWN, *HTML, *PDF, *DOCX)


def parsed(raw: bytes, name: str, suffix: str, limits: Limits) -> Source:
    """The canonical text of a file's bytes, read in this very process.

    Raises ``SourceProblem`` for what can't be read. The parsers are imported only where they are needed.
    """
    source = _read(raw, name, suffix, limits)
    if not source.text.strip():
        raise SourceProblem(f"{name}: holds no text")
    if len(source.text) > limits.characters:
        raise SourceProblem(f"{name}: holds more than {limits.characters:,} characters; split it or leave it out")
    return source


def _read(raw: bytes, name: str, suffix: str, limits: Limits) -> Source:
    if suffix in PDF:
        from index.readers.pages import read_sheets
        from index.readers.pdf.file import sheets

        return read_sheets(sheets(raw, name), name)
    if suffix in DOCX:
        from index.readers.docx import read_docx

        return read_docx(raw, name)
    if suffix in HTML:
        from index.readers.html.text import read_html

        return read_html(raw, name)
    text, problems = decode(raw, name)
    if len(text) > limits.characters:
        raise SourceProblem(f"{name}: holds more than {limits.characters:,} characters; split it or leave it out")
    if suffix in MARKDOWN:
        from index.readers.markdown import plain

        text = plain(text)
    try:
        return Source(settled(text), (), problems)
    except Unsettled:
        raise SourceProblem(f"{name}: is built to confuse its reader; leave it out") from None
