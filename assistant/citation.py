"""A slice of a document as a citation: who says it, under which heading, about which area."""

from assistant.types import Citation
from index.types import Document, Passage, Sentence


def citation(
    number: int, document: Document, passage: Passage, sentence: Sentence, start: int, end: int, score: float
) -> Citation:
    """The words ``text[start:end]``, with what is known of the sentence they begin in."""
    about = document.profile
    return Citation(
        id=number,
        document=document.name,
        title=about.title,
        kind=about.kind,
        publisher=about.publisher,
        areas=sentence.areas,
        inspection=about.inspection,
        published=about.published,
        section=passage.section,
        page=document.page(start),
        speaker=sentence.voice.speaker,
        speaker_detail=sentence.voice.detail,
        first_hand=sentence.voice.first_hand,
        quote=document.text[start:end],
        start=start,
        end=end,
        score=score,
    )
