"""What answers a question, before a word is written about it: the types that search hands to the writers."""

from dataclasses import dataclass

from index.types import Document, Passage, Sentence


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of evidence: one or more neighbouring sentences of one passage, as a single exact slice."""

    document: Document
    passage: Passage
    sentence: Sentence
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Missing:
    """What was asked for and isn't there: the name of its words in ``data/wording``, and what they are about."""

    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What answers a question. ``related`` is shown as such and never as an answer.

    ``newer`` is what a later inspection says on the same matter, where ``items`` are older. ``remarks`` name notes of
    ours that belong to the answer. ``left_out`` counts the points of a list beyond those shown.
    """

    items: tuple[Item, ...]
    related: tuple[Item, ...] = ()
    missing: tuple[Missing, ...] = ()
    confidence: float = 0.0
    newer: tuple[Item, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: int = 0
