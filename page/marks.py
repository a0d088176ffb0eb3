"""Marks of Markdown in a document's text: set aside for the eye, and still there for whoever counts characters.

A text is shown as it was read, so "## **Findings**" would stand there with its signs. They are wrapped, not taken out:
the style sheet hides them and sets the words between them as a heading or in bold.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

_HEADING = re.compile(r"^(#{1,6}[ \t]+)(.+)$", re.MULTILINE)
_BOLD = re.compile(r"(\*\*)(?=\S)([^\n*]+)(?<=\S)(\*\*)")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[ \t]*\|[\s:|-]+\|[ \t]*")
Spans = list[tuple[int, int, str]]


def spans(text: str) -> Spans:
    """What is to be set apart in a text: start, end and class (``sign``, ``cell``, ``head``, ``bold``)."""
    found: Spans = []
    for heading in _HEADING.finditer(text):
        found += [(*heading.span(1), "sign"), (*heading.span(2), "head")]
    for bold in _BOLD.finditer(text):
        found += [(*bold.span(1), "sign"), (*bold.span(2), "bold"), (*bold.span(3), "sign")]
    for row in _ROW.finditer(text):
        found += _of_row(row)
    return found


def _of_row(row: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """The bars of a table's row; the whole of one that only rules a line."""
    if _RULE.fullmatch(row[0]):
        yield (*row.span(), "sign")
        return
    bars = [row.start() + bar.start() for bar in re.finditer(r"\|", row[0])]
    for bar in bars:
        yield bar, bar + 1, "sign" if bar in (bars[0], bars[-1]) else "cell"


def html_of(text: str, start: int, end: int, found: Spans) -> str:
    """``text[start:end]`` as HTML with what was found in the whole text set apart. Of empty lines one is kept."""
    edges = sorted({start, end, *(at for span in found for at in span[:2] if start < at < end)})
    return "".join(_pieces(text, edges, sorted(found)))


def _pieces(text: str, edges: Sequence[int], found: Spans) -> Iterator[str]:
    """The text from edge to edge. Both lists are walked once: a text may hold very many marks."""
    coming: deque[tuple[int, int, str]] = deque(found)
    here: Spans = []
    for start, end in pairwise(edges):
        while coming and coming[0][0] <= start:
            here.append(coming.popleft())
        here = [span for span in here if span[1] > start]
        words = escape(re.sub(r"\n{3,}", "\n\n", text[start:end]))
        names = " ".join(sorted({name for _, _, name in here}))
        yield f'<span class="{names}">{words}</span>' if names else words
