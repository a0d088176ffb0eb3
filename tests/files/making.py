"""Small PDF and Word files, written by hand for the tests: the small ones of the reader tests are made here."""

import io
import zipfile
import zlib

A4 = (595, 842)
STRIPES = "q 595 0 0 842 0 0 cm BI /W 64 /H 1 /BPC 8 /CS /G /F /AHx ID " + "00FF" * 32 + "> EI Q"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def words(x: float, y: float, text: str, size: float = 12, bold: bool = False, extra: str = "") -> str:
    """Page operators that print a line of text, ``y`` measured down from the top of an A4 page."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q BT {extra} /{'B' if bold else 'F'} {size} Tf {x} {A4[1] - y} Td ({escaped}) Tj ET Q"


def paragraph(x: float, y: float, lines: list[str], size: float = 12, leading: float = 14.4) -> str:
    """Lines below each other."""
    return "\n".join(words(x, y + n * leading, line, size) for n, line in enumerate(lines))


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A straight line."""
    return f"{x0} {A4[1] - y0} m {x1} {A4[1] - y1} l S"


def pdf(
    *pages: str, size: tuple[int, int] = A4, rotate: int = 0, encrypt: str = "", extra: tuple[bytes, ...] = ()
) -> bytes:
    """A PDF with the given operators on its pages. Fonts ``F`` and ``B`` are Helvetica and its bold."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for number, operators in enumerate(pages):
        content = zlib.compress(operators.encode("cp1252"))
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Rotate {rotate}/Contents {6 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>".encode(),
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    objects += extra
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(f"trailer<</Size {len(objects) + 1}/Root 1 0 R{encrypt}>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that no empty password opens."""
    key = "00" * 32
    handler = f"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{key}>/U<{key}>>>/ID[<00><00>]"
    return pdf(words(50, 50, "locked"), encrypt=handler)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file of the given parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, styles: str = "", numbering: str = "") -> bytes:
    """A Word file with the given body, styles and numbering in Word's XML."""
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(),
        "word/comments.xml": f'<w:comments xmlns:w="{W}">{p("a comment")}</w:comments>'.encode(),
    }
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode()
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'.encode()
    return zipped(parts)


def p(text: str, style: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph in Word's XML, of one run with the given properties."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run in Word's XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
