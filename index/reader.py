"""From a file to a ``Document``: read its canonical text, whatever its format, and understand it."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from index import readers
from index.areas import gazetteer
from index.chunker import Chunk, chunk
from index.errors import SourceProblem
from index.items import item_kinds
from index.profile import profile
from index.sections import place
from index.settings import load
from index.speakers import Paragraph, voices
from index.structure import blocks
from index.types import Document, Kind, Passage, Profile, Sentence, Voice

# A sentence that speaks of all the areas of its document, or of the whole country.
_ALL_AREAS = re.compile(
    r"\b(?:each|both)\b|\b(?:nationally|across (?:England|the country))\b|"
    r"\b(?:all|two|three|four|remaining|other|of|many|most) (?:of )?(?:the |these )?(?:local )?areas\b(?! (?:for|of))",
    re.IGNORECASE,
)


def read_file(path: Path, name: str) -> Document:
    """Read one source file. ``name`` identifies it within the store.

    Raises ``SourceProblem`` with one line that names the file, for anything that can't be read as a document.
    """
    limits = load().limits
    try:
        with path.open("rb") as opened:
            raw = opened.read(limits.file + 1)  # one byte too many is enough to know that a file is too large
    except OSError as problem:
        raise SourceProblem(f"{name}: can't be read ({problem.strerror})") from None
    source = readers.parse(raw, name, limits)
    document = understand(
        source.text, name, hashlib.sha256(raw).hexdigest(), source.pages, source.problems, source.site
    )
    if not any(passage.sentences for passage in document.passages):
        raise SourceProblem(f"{name}: holds headings but not one sentence")
    return document


def understand(
    text: str,
    name: str,
    sha256: str,
    pages: tuple[int, ...] = (),
    problems: tuple[str, ...] = (),
    site: str | None = None,
) -> Document:
    """A ``Document`` from its canonical text: profile, passages, and for each sentence its speaker and area.

    ``pages`` holds the offset at which each page begins, where the format has pages; ``site`` is the publisher's name
    as a web page's head gives it.
    """
    placed = tuple(place(text, blocks(text)))
    about = profile(text, placed, site)
    kinds = dict(zip((p.block.start for p in placed), item_kinds(text, placed, about.kind), strict=True))
    chunks = tuple(chunk(text, placed))
    heard = voices(text, about, [Paragraph(c.placed.block.start, c.end, c.sentences, c.placed.section) for c in chunks])
    areas = _sentence_areas(text, about, chunks)
    passages = tuple(
        _passage(c, kinds[c.placed.block.start], v, a) for c, v, a in zip(chunks, heard, areas, strict=True)
    )
    return Document(name, sha256, text, pages, about, passages, problems)


def _passage(piece: Chunk, kind: Kind, heard: Sequence[Voice], areas: Sequence[tuple[str, ...]]) -> Passage:
    placed = piece.placed
    polarity = None if placed.boilerplate else placed.polarity
    sentences = tuple(
        Sentence(start, end, voice, area, polarity)
        for (start, end), voice, area in zip(piece.sentences, heard, areas, strict=True)
    )
    return Passage(piece.start, piece.end, kind, placed.section, placed.boilerplate, piece.tokens, sentences)


def _sentence_areas(text: str, about: Profile, chunks: Sequence[Chunk]) -> list[list[tuple[str, ...]]]:
    """The areas each sentence speaks of. In a document on several areas the last one named goes on being meant."""
    if len(about.areas) < 2:
        return [[about.areas] * len(c.sentences) for c in chunks]
    names = gazetteer().including(about.areas)
    meant: tuple[str, ...] = about.areas
    found = []
    for piece in chunks:
        row = []
        for start, end in piece.sentences:
            named = tuple(dict.fromkeys(m.area for m in names.mentions(text[start:end]) if m.area in about.areas))
            if named:
                meant = named
            elif _ALL_AREAS.search(text, start, end):
                meant = about.areas
            row.append(meant)
        found.append(row)
    return found
