"""What a heading says about the words under it, and which blocks are boilerplate."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.data_files import read_toml
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
    polarities: tuple[tuple[Polarity, re.Pattern[str]], ...]
    boilerplate: re.Pattern[str]
    boilerplate_heading: re.Pattern[str]


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def _rules() -> _Rules:
    data = read_toml(files("index.data") / "sections.toml")
    return _Rules(
        tuple((Polarity(entry["polarity"]), _any_of(entry["patterns"])) for entry in data["section"]),
        _any_of(data["boilerplate"]["patterns"]),
        _any_of(data["boilerplate"]["headings"]),
    )


def heading_polarity(heading: str) -> Polarity | None:
    """What stands under a heading, ``None`` for a heading that doesn't say."""
    return next((polarity for polarity, pattern in _rules().polarities if pattern.search(heading)), None)


def _cells(text: str, block: Block) -> list[str]:
    """The words of a block, cell by cell where it is a row of a table."""
    return [" ".join(cell.split()).rstrip(":") for cell in text[block.body : block.end].split("\t")]


def place(text: str, blocks: Sequence[Block]) -> Iterator[Placed]:
    """Give each block its section. Headings are placed in the section they open."""
    rules = _rules()
    section: str | None = None
    polarity: Polarity | None = None
    level = 0
    after_boilerplate = boilerplate_section = False
    for position, block in enumerate(blocks):
        words = " ".join(text[block.body : block.end].split())
        if block.kind is BlockKind.HEADING:
            section = words.rstrip(":")
            own, marks = heading_polarity(section), text.count("#", block.start, block.body)
            if own is None and marks > level > 0:
                own = polarity  # a heading under a heading that says nothing of its own
            else:
                level = marks
            polarity = own
            boilerplate_section = bool(rules.boilerplate_heading.search(section))
        short = len(words.split()) <= _SHORT and not _SPEECH.search(words)
        byline = position < _BYLINE and short and block.kind is BlockKind.PARAGRAPH
        boilerplate = bool(
            boilerplate_section or byline or rules.boilerplate.search(words) or (after_boilerplate and short)
        )
        if block.kind is not BlockKind.HEADING and section in _cells(text, block):
            boilerplate = True  # a heading printed twice, as some reports do at the head of their tables
        after_boilerplate = boilerplate
        yield Placed(block, section, polarity, boilerplate)
