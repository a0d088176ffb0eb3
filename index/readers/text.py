"""Plain text: which characters a file's bytes stand for."""

import re

from index.errors import SourceProblem

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OTHERS = {
    b"%PDF-": ("a PDF", ".pdf"),
    b"PK\x03\x04": ("a zip file, perhaps a Word document", ".docx"),
    b"{\\rtf": ("a rich text file", None),
}
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")  # how UTF-8 writes what ASCII doesn't have


def decode(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The characters of a text file, and remarks on bytes that stood for none.

    UTF-8 and UTF-16 with or without a mark, or else Windows-1252, which older council systems still write.
    Raises ``SourceProblem`` for what is no text, whatever its name says.
    """
    for start, (sort, suffix) in _OTHERS.items():
        if raw.startswith(start):
            advice = f"rename it to end in {suffix}" if suffix else "save it as plain text"
            raise SourceProblem(f"{name}: is {sort}, not a text file; {advice}")
    if raw.startswith(_UTF16):
        return _utf16(raw, name), ()
    if b"\0" in raw:
        raise SourceProblem(f"{name}: is not a text file (it holds zero bytes); leave it out or convert it")
    try:
        return _checked(raw.decode("utf-8-sig"), name), ()
    except UnicodeDecodeError:
        pass
    damaged = raw.decode("utf-8-sig", errors="replace")
    lost = damaged.count("\ufffd") - raw.count("\ufffd".encode())
    if len(_MULTIBYTE.findall(raw)) > lost:
        return _checked(damaged, name), (f"{lost} bytes are not UTF-8 and are shown as \ufffd",)
    text = raw.decode("cp1252", errors="replace")
    if text.count("\ufffd") > len(text) / 100:
        raise SourceProblem(f"{name}: is neither UTF-8 nor Windows-1252 text; save it as UTF-8")
    return _checked(text, name), ()


def _utf16(raw: bytes, name: str) -> str:
    try:
        return _checked(raw.decode("utf-16"), name)
    except UnicodeDecodeError:
        raise SourceProblem(f"{name}: begins like UTF-16 text but is damaged; save it as UTF-8") from None


def _checked(text: str, name: str) -> str:
    """The text, unless control characters show that the bytes were never meant as one."""
    if sum(c < " " and c not in "\t\r\n\f" for c in text) > len(text) / 100:
        raise SourceProblem(f"{name}: is not a text file (it is full of control characters); leave it out")
    return text
