"""Walking through a page's elements."""

from collections.abc import Iterator

from index.readers.html.noise import words
from index.readers.html.page import Element


def walk(root: Element, left_out: frozenset[int] = frozenset()) -> Iterator[tuple[bool, "Element | str"]]:
    """Every child below an element on entering, and every element again on leaving, without recursion."""
    path = [(root, iter(root.children))]
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            if path:
                yield False, element
        elif isinstance(child, str):
            yield True, child
        elif id(child) not in left_out:
            yield True, child
            path.append((child, iter(child.children)))


def text_of(element: Element, left_out: frozenset[int] = frozenset()) -> str:
    """The words below an element, with spaces between blocks."""
    parts = []
    for enter, node in walk(element, left_out):
        if isinstance(node, str):
            parts.append(node)
        elif enter and (node.tag == "br" or node.tag not in words().inline):
            parts.append(" ")
    return " ".join("".join(parts).split())
