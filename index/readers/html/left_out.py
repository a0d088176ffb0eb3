"""Which elements of a page are no part of its own text."""

from index.dates import dates
from index.readers.html.noise import is_hidden, is_noise
from index.readers.html.page import SHORT_DATE, Element
from index.readers.html.walk import text_of

_MOSTLY = 0.5


def left_out_of(body: Element) -> tuple[frozenset[int], int]:
    """The elements that are no part of the text, and how many words of a reader's text are hidden.

    An element that holds most of the page's words stays, whatever it is called: a class "has-cookie-banner" on the
    body must not empty it.
    """
    dropped: set[int] = set()
    hidden = 0
    backgrounds = [False]
    whole = max(1, body.words)
    path = [iter(body.children)]
    inside_main = [False]
    while path:
        child = next(path[-1], None)
        if child is None:
            path.pop()
            backgrounds.pop()
            inside_main.pop()
            continue
        if isinstance(child, str):
            continue
        if child.hidden_by_style or is_hidden(child.attributes, backgrounds[-1]):
            dropped.add(id(child))
            if child.linked < _MOSTLY * child.words and not is_noise(child.tag, child.attributes):
                hidden += child.words
            continue
        keeps = child.words > _MOSTLY * whole or (inside_main[-1] and child.tag == "footer" and _is_byline(child))
        if not keeps and is_noise(child.tag, child.attributes):
            dropped.add(id(child))
            continue
        path.append(iter(child.children))
        style = (child.attributes.get("style") or "").lower()
        backgrounds.append(backgrounds[-1] or "background" in style or "bgcolor" in child.attributes)
        inside_main.append(inside_main[-1] or child.main is not None)
    return frozenset(dropped), hidden


def _is_byline(element: Element) -> bool:
    """Whether an article's foot is short and dated, as where a paper prints its author and day there."""
    return element.words <= 2 * SHORT_DATE and any(dates(text_of(element)))
