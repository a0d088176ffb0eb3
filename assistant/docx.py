"""A Word file with headings, paragraphs, quotations and lists, and nothing else: no macros, links or pictures."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_NAMES = {"title": "Title", "heading": "Heading1", "lead": "Heading2", "quote": "Quote", "item": "ListBullet"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML can't hold
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_OF_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``style`` is ``title``, ``heading``, ``lead``, ``quote``, ``item`` or ``plain``."""

    text: str
    style: str = "plain"


def docx(title: str, paragraphs: Sequence[Paragraph]) -> bytes:
    """The bytes of a Word file; the same paragraphs give the same bytes."""
    body = "".join(_paragraph(paragraph) for paragraph in paragraphs)
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_WORD}"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{_safe(title)}</dc:title>'
        "<dc:language>en-GB</dc:language></cp:coreProperties>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _OF_DOCUMENT,
        "word/styles.xml": _styles(),
        "docProps/core.xml": core,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(zipfile.ZipInfo(name), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _safe(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _paragraph(paragraph: Paragraph) -> str:
    name = _NAMES.get(paragraph.style)
    style = f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>' if name else ""
    bullet = "• " if paragraph.style == "item" else ""
    lines = f"{bullet}{paragraph.text}".split("\n")
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{_safe(line)}</w:t>' for line in lines)
    return f"<w:p>{style}<w:r>{runs}</w:r></w:p>"


def _styles() -> str:
    """Names of Word's own styles, so that its headings, its outline and screen readers know them."""
    looks = (
        ("Title", "Title", 'w:before="0" w:after="240"', "", 44),
        ("Heading1", "heading 1", 'w:before="360" w:after="120"', '<w:outlineLvl w:val="0"/>', 32),
        ("Heading2", "heading 2", 'w:before="240" w:after="80"', '<w:outlineLvl w:val="1"/>', 26),
        ("Quote", "Quote", 'w:before="80" w:after="120"', '<w:ind w:left="567" w:right="567"/>', 24),
        ("ListBullet", "List Bullet", 'w:before="40" w:after="40"', '<w:ind w:left="284" w:hanging="284"/>', 20),
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:spacing {spacing}/>{more}</w:pPr><w:rPr><w:sz w:val="{size}"/></w:rPr></w:style>'
        for name, shown, spacing, more, size in looks
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{_WORD}">'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr>'
        f"</w:style>{styles}</w:styles>"
    )
