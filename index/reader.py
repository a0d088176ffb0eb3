"""From a file to a ``Document``: decode, bring into canonical form, and understand it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from index.areas import gazetteer
from index.chunker import Chunk, chunk
from index.errors import SourceProblem
from index.normalise import canonical
from index.profile import profile
from index.sections import place
from index.speakers import voices
from index.structure import blocks
from index.types import Document, Passage, Profile, Sentence, Voice

SUFFIXES = (".txt", ".md")
MAX_BYTES = 20 * 1024 * 1024  # a text this long is thousands of pages: not a report, and not worth a build's memory


def decode(raw: bytes, name: str) -> str:
    """The characters of a text file. Files with NUL bytes or too many control characters are no text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise SourceProblem(f"{name}: begins like UTF-16 text but is damaged; save it as UTF-8") from None
    if b"\0" in raw:
        raise SourceProblem(f"{name}: is not a text file (it holds zero bytes)")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        if text.count("\ufffd") + sum(c < " " and c not in "\t\r\n\f" for c in text) > len(text) / 100:
            raise SourceProblem(f"{name}: is neither UTF-8 nor Windows-1252 text; save it as UTF-8") from None
    return text


def read_file(path: Path, name: str) -> Document:
    """Read one source file. ``name`` identifies it within the store.

    Raises ``SourceProblem`` with one line that names the file, for anything that can't be read as a document.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SourceProblem(f"{name}: files of this sort are not read; known are {', '.join(SUFFIXES)}")
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise SourceProblem(f"{name}: can't be read ({problem.strerror})") from None
    if len(raw) > MAX_BYTES:
        raise SourceProblem(f"{name}: is larger than {MAX_BYTES // 1024 // 1024} MB; split it or leave it out")
    text = canonical(decode(raw, name))
    if not text.strip():
        raise SourceProblem(f"{name}: holds no text")
    return understand(text, name, hashlib.sha256(raw).hexdigest())


def understand(text: str, name: str, sha256: str) -> Document:
    """A ``Document`` from its canonical text: profile, passages, and for each sentence its speaker and area."""
    placed = tuple(place(text, blocks(text)))
    about = profile(text, placed)
    chunks = tuple(chunk(text, placed))
    heard = voices(text, about, [(c.placed.block.start, c.end, c.sentences) for c in chunks])
    areas = _sentence_areas(text, about, chunks)
    passages = tuple(_passage(c, v, a) for c, v, a in zip(chunks, heard, areas, strict=True))
    return Document(name, sha256, text, (), about, passages, ())


def _passage(piece: Chunk, heard: Sequence[Voice], areas: Sequence[tuple[str, ...]]) -> Passage:
    placed = piece.placed
    polarity = None if placed.boilerplate else placed.polarity
    sentences = tuple(
        Sentence(start, end, voice, area, polarity)
        for (start, end), voice, area in zip(piece.sentences, heard, areas, strict=True)
    )
    return Passage(piece.start, piece.end, placed.section, placed.boilerplate, piece.tokens, None, sentences)


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
            elif "each " in text[start:end].lower() or "both " in text[start:end].lower():
                meant = about.areas
            row.append(meant)
        found.append(row)
    return found
