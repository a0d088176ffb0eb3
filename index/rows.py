"""Which sentences and passages are indexed, and the words they are embedded with.

Every sentence is, boilerplate too: it is never offered as a finding, but "may I reuse this report?" is answered there.
A sentence is embedded with its area, year and section before it:
"Plans are not updated" means nothing to a search until it is known whose plans. The prefix is for the vectors alone;
nobody sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.embedders.types import Placed
from index.types import Document, Passage, Sentence


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One row of the sentence vectors and of the lexicon."""

    document: int
    passage: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One record of the Chroma collection: ``first`` and ``last`` are its sentences' rows, last excluded."""

    document: int
    passage: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a store, in the order of its documents."""

    sentences: tuple[SentenceRow, ...]
    passages: tuple[PassageRow, ...]


def rows(documents: Sequence[Document]) -> Rows:
    """The rows of a sequence of documents."""
    sentences: list[SentenceRow] = []
    passages: list[PassageRow] = []
    for d, document in enumerate(documents):
        for p, passage in enumerate(document.passages):
            if not passage.sentences:
                continue
            first = len(sentences)
            sentences += [SentenceRow(d, p, sentence) for sentence in passage.sentences]
            passages.append(PassageRow(d, p, first, len(sentences)))
    return Rows(tuple(sentences), tuple(passages))


def prefix(document: Document, passage: Passage, areas: Sequence[str]) -> str:
    """What stands before a text for its embedding: area, year, section."""
    parts = [" and ".join(areas), document.profile.period, passage.section]
    return ". ".join(part for part in parts if part)


def sentence_text(document: Document, passage: Passage, sentence: Sentence) -> Placed:
    """The words a sentence is embedded and looked up with."""
    return Placed(prefix(document, passage, sentence.areas), document.text[sentence.start : sentence.end])


def sentence_texts(documents: Sequence[Document], table: Rows) -> list[Placed]:
    """``sentence_text`` of every row."""
    return [
        sentence_text(documents[row.document], documents[row.document].passages[row.passage], row.sentence)
        for row in table.sentences
    ]
