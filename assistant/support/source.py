"""What a statement is held against by the citation test."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.support.folding import folded
from index.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement stands on: quoted sentences in order, and what is known of them beside their words.

    ``dates`` are the dates of the inspection or of publication in words, ``speakers`` in the names of answer format 1.
    ``starts`` are the sentences that begin a quotation: they lean on none before them, whatever they say of "this".
    """

    sentences: tuple[str, ...]
    areas: tuple[str, ...] = ()
    dates: str = ""
    speakers: frozenset[str] = frozenset()
    starts: frozenset[int] = frozenset()


def source_of(quotes: Iterable[str], **known: object) -> Source:
    """A source from quoted passages, cut into sentences. ``known`` are the other fields of ``Source``."""
    sentences: list[str] = []
    starts = set()
    for text in map(folded, quotes):
        starts.add(len(sentences))
        sentences += [text[s:e] for s, e in sentence_spans(text, 0, len(text))]
    return Source(tuple(sentences), starts=frozenset(starts), **known)  # type: ignore[arg-type]
