"""Cut a document into passages along its own structure.

A passage is one paragraph or bullet with the headings above it; a list stays with the words that lead into it; a
block over the limit is cut between sentences. So a passage is about one thing and stands under one heading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.sections import Placed
from index.sentences import sentence_spans
from index.structure import Block, BlockKind
from index.tokens import count_tokens

MAX_TOKENS = 256  # half of what the local embedding model reads at once, leaving room for the prefix


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage before anything is known of its speakers: its span, the block that carries its words, its sentences."""

    start: int
    end: int
    tokens: int
    placed: Placed
    sentences: tuple[tuple[int, int], ...]


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of a block; in a table row each cell is for itself, so that no finding swallows its neighbour."""
    start = block.body
    while block.kind is BlockKind.ROW and (tab := text.find("\t", start, block.end)) >= 0:
        yield from sentence_spans(text, start, tab)
        start = tab + 1
    yield from sentence_spans(text, start, block.end)


def _fitting(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or its halves, and theirs, where it is too long for a passage of its own: text without full stops."""
    if end - start < 2 or count_tokens(text[start:end]) <= MAX_TOKENS:
        yield start, end
        return
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle)
    cut = space if space > start else middle
    yield from _fitting(text, start, cut)
    while cut < end and text[cut].isspace():
        cut += 1
    yield from _fitting(text, cut, end)


def _pieces(text: str, placed: Placed) -> Iterator[Chunk]:
    """A block as one piece, or as several where it is too long for one passage."""
    block = placed.block
    if block.kind is BlockKind.HEADING:
        yield Chunk(block.start, block.end, count_tokens(text[block.start : block.end]), placed, ())
        return
    spans = [fit for s in _sentences(text, block) for fit in _fitting(text, *s)]
    start, used = block.start, 0
    taken: list[tuple[int, int]] = []
    for span in spans:
        tokens = count_tokens(text[span[0] : span[1]])
        if taken and used + tokens > MAX_TOKENS:
            yield _chunk(text, start, taken[-1][1], placed, taken)
            start, taken, used = span[0], [], 0
        taken.append(span)
        used += tokens
    yield _chunk(text, start, block.end, placed, taken)


def _chunk(text: str, start: int, end: int, placed: Placed, sentences: Sequence[tuple[int, int]]) -> Chunk:
    return Chunk(start, end, count_tokens(text[start:end]), placed, tuple(sentences))


def _belongs(text: str, current: Sequence[Chunk], piece: Chunk) -> bool:
    """Whether a piece joins the passage that is being made, and does not begin the next one."""
    last = current[-1].placed.block
    first_words = next((p for p in current if p.sentences), None)
    if sum(p.tokens + 1 for p in current) + piece.tokens > MAX_TOKENS:  # one more for each line break between
        return False
    if piece.placed.block.kind is BlockKind.HEADING or piece.placed.block is last:
        return first_words is None
    if first_words is None:
        return True
    if piece.placed.boilerplate or current[-1].placed.boilerplate:
        return piece.placed.boilerplate and current[-1].placed.boilerplate
    if piece.placed.block.kind is BlockKind.ROW and last.kind is BlockKind.ROW:
        return True
    led_in = text[first_words.placed.block.end - 1] == ":"
    return led_in and piece.placed.block.kind is BlockKind.BULLET


def _joined(pieces: Sequence[Chunk]) -> Chunk:
    placed = next((p.placed for p in pieces if p.sentences), pieces[-1].placed)
    if placed.polarity is None:  # the words that lead into a list are what its items are
        placed = replace(placed, polarity=pieces[-1].placed.polarity)
    sentences = tuple(span for piece in pieces for span in piece.sentences)
    return Chunk(pieces[0].start, pieces[-1].end, sum(p.tokens for p in pieces), placed, sentences)


def chunk(text: str, placed: Sequence[Placed]) -> Iterator[Chunk]:
    """The passages of a text, in order: they do not overlap and hold every visible character between them."""
    current: list[Chunk] = []
    for block in placed:
        for piece in _pieces(text, block):
            if current and not _belongs(text, current, piece):
                yield _joined(current)
                current = []
            current.append(piece)
    if current:
        yield _joined(current)
