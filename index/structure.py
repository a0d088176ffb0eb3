"""The structure of a canonical text: headings, paragraphs, bullets and table rows, each an exact span.

Readers of every format write the same plain conventions (``# `` before a heading, ``- `` before a bullet, tabs
between the cells of a row), so that structure is found in one place. Plain text files mark no headings; there a
short line that isn't a sentence and stands over something longer is taken for one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from index.dates import dates
from index.headings import is_standard_heading


class BlockKind(StrEnum):
    """The sorts of block a document is made of."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: ``[start, end)`` with its mark (``# ``, ``- ``), the words themselves from ``body`` on."""

    start: int
    end: int
    body: int
    kind: BlockKind


_NUMBER = r"\d{1,2}[.)]|\((?:[ivx]{1,5}|[a-z]|\d{1,2})\)"
_MARK = re.compile(rf"[ \t]*(?:(?P<heading>#{{1,6}})[ \t]+|(?P<bullet>- |(?:{_NUMBER})[ \t]+(?=\S)))?")
_LEAD_IN = re.compile(r":\s*$")
_SENTENCE_END = re.compile(r"[.!?;,…][\"'”’)\]]*\s*$")
_QUESTION = re.compile(r"(?:What|How|Who|When|Where|Why|Is|Are|Do|Does|Can)\b[^.!?]*\?$")
_LONGEST_HEADING = 14  # words; the longest standard heading, of the letters of 2016 to 2022, has 13
_LONGEST_MARKED_HEADING = 300  # characters; a "heading" as long as a paragraph is a paragraph
_PROSE = 60  # characters: what stands under a heading is longer than a name, a date or a heading
_WRAPPED = 50  # characters: only a line this long was broken by its width and goes on in the next line
_UNWRAPPED = 160  # characters: a text with a line this long was not broken to a width at all


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    body: int
    kind: BlockKind | None
    after_gap: bool


def _lines(text: str) -> Iterator[_Line]:
    position, gap = 0, True
    for raw in text.split("\n"):
        start, position = position, position + len(raw) + 1
        if not raw.strip():
            gap = True
            continue
        mark = _MARK.match(raw)
        assert mark is not None  # every part of the pattern is optional
        kind = None
        if mark["heading"] and len(raw) <= _LONGEST_MARKED_HEADING:
            kind = BlockKind.HEADING
        elif mark["bullet"]:
            kind = BlockKind.BULLET
        elif "\t" in raw.strip():
            kind = BlockKind.ROW
        yield _Line(start, start + len(raw.rstrip()), start + mark.end(), kind, gap)
        gap = False


def _goes_on(text: str, block: Block, line: _Line) -> bool:
    """Whether a line is the rest of the block above it, broken only by the width of the page."""
    if line.after_gap or line.kind is not None or block.kind in (BlockKind.HEADING, BlockKind.ROW):
        return False
    last_line = text[max(text.rfind("\n", block.start, block.end) + 1, block.start) : block.end]
    if len(last_line) < _WRAPPED or _LEAD_IN.search(last_line):
        return False
    return text[line.body].islower() or not _SENTENCE_END.search(last_line)


def _is_item(text: str, before: Block, line: _Line) -> bool:
    """Whether a line in small letters is an item of the list that the words before it lead into, its mark lost."""
    if not text[line.body].islower():
        return False
    return bool(before.kind is BlockKind.BULLET and text[before.start].islower()) or text[before.end - 1] == ":"


def _is_standard(text: str, block: Block) -> bool:
    """Whether a line or numbered item of its own is a heading that inspection documents have in common."""
    plain = block.kind is BlockKind.PARAGRAPH or (block.kind is BlockKind.BULLET and text[block.start] != "-")
    return plain and is_standard_heading(text[block.body : block.end])


def _looks_like_heading(text: str, block: Block, following: Block | None, first: bool) -> bool:
    words = text[block.body : block.end]
    if block.kind is not BlockKind.PARAGRAPH or following is None or "\n" in words:
        return False
    ends = _SENTENCE_END.search(words) and not _QUESTION.match(words)
    if not words[0].isupper() or len(words.split()) > _LONGEST_HEADING or ends:
        return False
    if first:
        return True
    if any(dates(words)):
        return False
    if _LEAD_IN.search(words):
        return following.kind is BlockKind.BULLET or len(words.split()) <= 6
    return following.end - following.body > _PROSE or following.kind is BlockKind.BULLET


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a canonical text, in order; together they hold every visible character."""
    found: list[Block] = []
    lines = list(_lines(text))
    wrapped = all(line.end - line.start < _UNWRAPPED for line in lines)
    for line in lines:
        if wrapped and found and _goes_on(text, found[-1], line):
            found[-1] = Block(found[-1].start, line.end, found[-1].body, found[-1].kind)
        else:
            unmarked = BlockKind.BULLET if found and _is_item(text, found[-1], line) else BlockKind.PARAGRAPH
            found.append(Block(line.start, line.end, line.body, line.kind or unmarked))
    marked = any(block.kind is BlockKind.HEADING for block in found)
    following = [*found[1:], None]
    return tuple(
        replace(b, kind=BlockKind.HEADING)
        if _is_standard(text, b) or (not marked and _looks_like_heading(text, b, f, at == 0))
        else b
        for at, (b, f) in enumerate(zip(found, following, strict=True))
    )
