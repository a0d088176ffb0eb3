"""What a Word file's XML says of styles and numbering, read with the standard library.

A Word file is a zip of XML. Reading it directly sees what libraries for writing such files pass over: tracked
insertions and deletions, hidden text, text boxes, and the numbers of numbered items.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from index.errors import SourceProblem
from index.readers.source import MEGABYTE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LARGEST_PART = 100 * MEGABYTE  # unpacked; the XML of a thousand pages is about 20 MB
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_OFF = ("0", "false", "off")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class _Doctype(ValueError):
    """An XML part declares entities; no word processor writes such."""


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Refuse a document type: it can define entities that unfold without end."""
        raise _Doctype(name, public, system)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: a heading's level (0 for the title), its list, and its type."""

    heading: int | None = None
    list_id: str | None = None
    list_level: int = 0
    bold: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How the items of one level of a list are marked."""

    numbering: str
    pattern: str
    start: int


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file that its text is read from."""

    document: ElementTree.Element
    styles: dict[str, Style]
    default_style: Style
    lists: dict[tuple[str, int], ListLevel]


def value(element: ElementTree.Element | None, name: str = "val") -> str | None:
    """An attribute of a Word element."""
    return None if element is None else element.get(f"{W}{name}")


def is_on(parent: ElementTree.Element | None, name: str) -> bool | None:
    """Whether a switch such as ``w:b`` is set: ``None`` where it is not mentioned."""
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else (value(found) or "1").lower() not in _OFF


def opened(raw: bytes, name: str) -> WordFile:
    """The parts of a Word file.

    Raises ``SourceProblem`` for what is no such file, is locked, or unpacks to an absurd size.
    """
    if raw.startswith(_OLD_WORD):
        raise SourceProblem(f"{name}: is locked with a password or is an old .doc; save it as an unlocked .docx")
    broken = SourceProblem(f"{name}: is not a whole Word document (cut short or damaged); fetch it again")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            document = _part(archive, "word/document.xml", name)
            if document is None:
                raise SourceProblem(f"{name}: is a zip file, but no Word document; leave it out or convert it")
            styles, numbering = (_part(archive, f"word/{part}.xml", name) for part in ("styles", "numbering"))
    except RuntimeError:
        raise SourceProblem(f"{name}: is locked with a password; save a copy without one") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ElementTree.ParseError, _Doctype, OSError):
        raise broken from None
    known = _styles(styles) if styles is not None else {}
    default = next((style for key, style in known.items() if key.lower() == "normal"), Style())
    return WordFile(document, known, default, _lists(numbering) if numbering is not None else {})


def _part(archive: zipfile.ZipFile, part: str, name: str) -> ElementTree.Element | None:
    """A part's XML, unpacked no further than the limit whatever size its header states."""
    try:
        info = archive.getinfo(part)
    except KeyError:
        return None
    with archive.open(info) as packed:
        xml = packed.read(_LARGEST_PART + 1)
    if len(xml) > _LARGEST_PART:
        raise SourceProblem(f"{name}: unpacks to more than {_LARGEST_PART // MEGABYTE} MB (a zip bomb); leave it out")
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314 - document types are refused, in a limited process
    parser.feed(xml.replace(_STRICT.encode()[1:-1], W.encode()[1:-1]))
    root: ElementTree.Element = parser.close()
    return root


def _styles(root: ElementTree.Element) -> dict[str, Style]:
    """The paragraph styles by their ids, each with what it inherits."""
    raw = {value(style, "styleId") or "": style for style in root.iter(f"{W}style")}

    def chain(key: str | None) -> Iterator[ElementTree.Element]:
        seen: set[str] = set()
        while key and key in raw and key not in seen:
            seen.add(key)
            yield raw[key]
            key = value(raw[key].find(f"{W}basedOn"))

    return {key: _style(list(chain(key))) for key in raw}


def _style(chain: list[ElementTree.Element]) -> Style:
    """A style from its own definition and those it is based on, nearest first."""
    heading: int | None = None
    list_id: str | None = None
    level = 0
    for style in chain:
        called = (value(style.find(f"{W}name")) or "").lower()
        found = _HEADING.match(called)
        outline = value(style.find(f"{W}pPr/{W}outlineLvl"))
        if heading is None:
            if found or called in ("title", "subtitle"):
                heading = int(found[1]) if found else ("title", "subtitle").index(called)
            elif outline and outline.isdigit() and int(outline) < 9:
                heading = int(outline) + 1
        if list_id is None:
            list_id = value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            level = number(value(style.find(f"{W}pPr/{W}numPr/{W}ilvl")))
    bold, hidden = (
        next((on for style in chain if (on := is_on(style.find(f"{W}rPr"), switch)) is not None), False)
        for switch in ("b", "vanish")
    )
    return Style(heading, list_id, level, bold, hidden)


def number(text: str | None, otherwise: int = 0) -> int:
    """A small number from an attribute."""
    return int(text) if text and text.isdigit() and len(text) < 6 else otherwise


def _lists(root: ElementTree.Element) -> dict[tuple[str, int], ListLevel]:
    """How lists are marked, by list and level."""
    abstract = {value(kind, "abstractNumId"): kind for kind in root.findall(f"{W}abstractNum")}
    found: dict[tuple[str, int], ListLevel] = {}
    for one in root.findall(f"{W}num"):
        key = value(one, "numId") or ""
        kind = abstract.get(value(one.find(f"{W}abstractNumId")))
        overrides = [level for override in one.findall(f"{W}lvlOverride") for level in override.findall(f"{W}lvl")]
        for level in [*(kind.findall(f"{W}lvl") if kind is not None else []), *overrides]:
            found[key, number(value(level, "ilvl"))] = ListLevel(
                value(level.find(f"{W}numFmt")) or "decimal",
                value(level.find(f"{W}lvlText")) or "",
                number(value(level.find(f"{W}start")), 1),
            )
    return found


def shown(count: int, numbering: str) -> str:
    """A number in the way its list writes it."""
    if numbering in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if numbering == "upperLetter" else letter
    if numbering in ("lowerRoman", "upperRoman"):
        roman, left = "", count
        for worth, sign in _ROMAN:
            while left >= worth and len(roman) < 20:
                roman, left = roman + sign, left - worth
        return roman.upper() if numbering == "upperRoman" else roman
    return str(count)
