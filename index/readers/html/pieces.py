"""A page's blocks in order: paragraphs, headings, list items and table rows."""

from collections import Counter
from collections.abc import Iterator

from index.readers.html.noise import words
from index.readers.html.page import Element
from index.readers.html.run import Found, ListState, Run
from index.readers.html.walk import walk


def found_in(root: Element, left_out: frozenset[int]) -> Iterator[Found]:
    """The pieces of a page in order, each with what its type and its links say of it."""
    run = Run()
    lists: list[ListState] = []
    table = 0
    for enter, node in walk(root, left_out):
        if isinstance(node, str):
            run.add(node)
            continue
        tag = node.tag
        if tag in words().inline:
            run.inline(enter, node)
            continue
        if tag == "br":
            if enter:
                yield from run.ended(soft=True)
            continue
        if table or (tag == "table" and _is_data(node)):
            table += (1 if enter else -1) if tag == "table" else 0
            if tag in ("table", "caption", "tr") or not table:
                yield from run.ended()
                run.cells = [] if tag == "tr" and enter else None
            elif tag in ("td", "th") and run.cells is not None:
                run.next_cell(enter, node)
            else:
                run.add(" ")
            continue
        yield from run.ended()
        if tag in ("ul", "ol"):
            lists = [*lists, ListState.of(node)] if enter else lists[:-1]
        elif tag == "li" and enter:
            run.begin_item(lists[-1].next(node) if lists else "")
        elif tag == "li":
            run.end_item()
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            run.level = min(int(tag[1]), 3) if enter else 0
    yield from run.ended()


def _is_data(table: Element) -> bool:
    """Whether a table is one, and not a frame for a page's layout."""
    if table.attributes.get("role") in ("presentation", "none"):
        return False
    tags: Counter[str] = Counter()
    widest = longest = 0
    for enter, node in walk(table):
        if isinstance(node, str) or not enter:
            continue
        tags[node.tag] += 1
        if node.tag == "tr":
            widest = max(widest, sum(isinstance(c, Element) and c.tag in ("td", "th") for c in node.children))
        if node.tag == "td":
            longest = max(longest, node.words)
    headed = any(tags[f"h{level}"] for level in range(1, 7))
    return widest > 1 and not tags["table"] and not headed and (bool(tags["th"]) or longest < 150)
