"""The section each block stands in, and which blocks are boilerplate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.headings import any_of, heading_polarity, lead_in_polarity, section_data
from index.structure import Block, BlockKind
from index.types import Polarity

_BYLINE = 4  # blocks at the head of a text among which a short line is a byline or a date, not a finding
_SPEECH = re.compile(r"[.?!:”\"]$|: ")  # ends like a sentence, or has a label and a value as a fact has
_SHORT = 8  # words: an address line or a telephone number, not a sentence


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its place: the heading above it, what that heading means, and whether it carries findings."""

    block: Block
    section: str | None
    polarity: Polarity | None
    boilerplate: bool


@dataclass(frozen=True, slots=True)
class _Rules:
    boilerplate: re.Pattern[str]
    boilerplate_heading: re.Pattern[str]
    closing: re.Pattern[str]


@cache
def _rules() -> _Rules:
    data = section_data()
    boilerplate = data["boilerplate"]
    return _Rules(any_of(boilerplate["patterns"]), any_of(boilerplate["headings"]), any_of(data["closing"]["patterns"]))


def _cells(text: str, block: Block) -> list[str]:
    """The words of a block, cell by cell where it is a row of a table."""
    return [" ".join(cell.split()).rstrip(":") for cell in text[block.body : block.end].split("\t")]


def place(text: str, blocks: Sequence[Block]) -> Iterator[Placed]:
    """Give each block its section. Headings are placed in the section they open."""
    rules = _rules()
    section: str | None = None
    polarity: Polarity | None = None
    led_in: Polarity | None = None
    outside: tuple[str | None, Polarity | None] | None = None  # where a list's lead-in was taken for a heading
    before: BlockKind | None = None
    level = 0
    after_boilerplate = boilerplate_section = closed = False
    marked = any("#" in text[block.start : block.body] for block in blocks)
    for position, block in enumerate(blocks):
        words = " ".join(text[block.body : block.end].split())
        short = len(words.split()) <= _SHORT and not _SPEECH.search(words)
        if outside and block.kind is BlockKind.PARAGRAPH and before is BlockKind.BULLET:
            (section, polarity), outside = outside, None
        if block.kind is BlockKind.HEADING:
            outside = (section, polarity) if words.endswith(":") and not marked else None
            section = words.rstrip(":")
            own, marks = heading_polarity(section), text.count("#", block.start, block.body)
            closed = closed and own is None
            if own is None and marks > level > 0:
                own = polarity  # a heading under a heading that says nothing of its own
            else:
                level = marks
            polarity = own
            boilerplate_section = bool(rules.boilerplate_heading.search(section))
        elif not marked and not short and block.kind is BlockKind.PARAGRAPH:
            boilerplate_section = False  # where nothing marks a heading, a line of links isn't one
        closed = closed or bool(rules.closing.search(words))
        byline = position < _BYLINE and short and block.kind is BlockKind.PARAGRAPH
        boilerplate = bool(
            closed or boilerplate_section or byline or rules.boilerplate.search(words) or (after_boilerplate and short)
        )
        if block.kind is not BlockKind.HEADING and section in _cells(text, block):
            boilerplate = True  # a heading printed twice, as some reports do at the head of their tables
        after_boilerplate = boilerplate
        if block.kind is not BlockKind.BULLET:
            led_in = lead_in_polarity(words)
        before = block.kind
        yield Placed(block, section, (block.kind is BlockKind.BULLET and led_in) or polarity, boilerplate)
