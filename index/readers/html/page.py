"""The door to the HTML parser: a web page as a plain tree of elements.

Selectolax (the Lexbor engine) reads broken pages as browsers do and is not troubled by deep nesting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.errors import SourceProblem
from index.normalise import canonical
from index.readers.html.noise import hiding_selectors, words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_DATED = "time, [itemprop=datePublished], [class*=date], [class*=Date], [class*=publish]"
_TITLE_PARTS = re.compile(r"\s+(?:\||::|[-–—»])\s+")
_LONGEST_SITE = 80  # characters
SHORT_DATE = 12  # words: what a line that tells a day has at most


@dataclass(slots=True)
class Element:
    """An element of a page. ``words`` and ``linked`` count all the words in it and those of them in links.

    ``main`` is the place in the list of main selectors of the surest one it answers to. Filled while the tree is
    built, and not changed after.
    """

    tag: str
    attributes: dict[str, str | None]
    children: list["Element | str"] = field(default_factory=list)
    words: int = 0
    linked: int = 0
    hidden_by_style: bool = False
    main: int | None = None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its body and the title in its head."""

    body: Element
    title: str
    site: str | None


def decoded(raw: bytes) -> str:
    """A page's characters: by its mark, its own declaration, or else as UTF-8 or Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    declared = _CHARSET.search(raw[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if name in ("iso-8859-1", "latin1", "ascii", "us-ascii"):
        name = "cp1252"  # as every browser reads them
    for encoding in (name, "utf-8"):
        try:
            return raw.decode("utf-8-sig" if encoding in ("utf-8", "utf8") else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", errors="replace")


def page(raw: bytes, name: str) -> Page:
    """The tree of a web page.

    Raises ``SourceProblem`` for what is no page.
    """
    from selectolax.lexbor import LexborHTMLParser

    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceProblem(f"{name}: is not a web page (it holds zero bytes); leave it out")
    parsed = LexborHTMLParser(decoded(raw))
    if parsed.body is None:
        raise SourceProblem(f"{name}: holds no text")
    title = parsed.css_first("title")
    named = parsed.css_first('meta[property="og:site_name"]')
    words = " ".join(title.text().split()) if title else ""
    return Page(_tree(parsed, parsed.body), words, _site(named.attributes.get("content") if named else None, words))


def _site(named: str | None, title: str) -> str | None:
    """The publisher's name from the page's head: given as such, or as the last part of the title."""
    parts = _TITLE_PARTS.split(title)
    site = canonical(named or (parts[-1] if len(parts) > 1 else "")).strip()
    return site if 0 < len(site) <= _LONGEST_SITE and "\n" not in site else None


def _tree(parsed: "LexborHTMLParser", body: "LexborNode") -> Element:
    """Our tree of a body. It is built without recursion: hostile pages are nested 5,000 deep and more."""
    hidden = _matching(parsed, [s for sheet in parsed.css("style") for s in hiding_selectors(sheet.text())])
    mains: dict[int, int] = {}
    for place, selector in enumerate(words().main):
        for found in _matching(parsed, [selector]):
            mains.setdefault(found, place)
    dated = _matching(parsed, [_DATED])
    unseen = words().unseen
    root = Element("body", {})
    path = [root]
    skipped: int | None = None
    for enter, node in _walk(body):
        if skipped is not None:
            skipped = None if not enter and node.mem_id == skipped else skipped
        elif node.is_element_node and enter and node.tag in unseen:
            skipped = node.mem_id
        elif node.is_text_node:
            if enter and (text := node.text_content):
                path[-1].children.append(text)
                path[-1].words += len(_WORD.findall(text))
        elif node.is_element_node and enter:
            key = node.mem_id
            element = Element(
                tag=node.tag or "",
                attributes=dict(node.attributes),
                hidden_by_style=key in hidden,
                main=mains.get(key),
                dated=key in dated,
            )
            path[-1].children.append(element)
            path.append(element)
        elif node.is_element_node:
            closed = path.pop()
            path[-1].words += closed.words
            path[-1].linked += closed.words if closed.tag == "a" else closed.linked
    return root


def _matching(parsed: "LexborHTMLParser", selectors: list[str]) -> frozenset[int]:
    """The nodes that selectors match; one that the parser doesn't know matches none."""
    found: set[int] = set()
    for selector in selectors:
        try:
            found.update(node.mem_id for node in parsed.css(selector))
        except ValueError:
            continue
    return frozenset(found)


def _walk(root: "LexborNode") -> Iterator[tuple[bool, "LexborNode"]]:
    """Every node below a root twice, on entering and on leaving it."""
    node = root.child
    while node is not None:
        yield True, node
        if node.child is not None:
            node = node.child
            continue
        yield False, node
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == root.mem_id:
                return
            node = parent
            yield False, node
        node = node.next
