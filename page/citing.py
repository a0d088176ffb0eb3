"""Words at an address in a document as a citation: who says them, under which heading, about which area."""

from assistant.citation import citation
from assistant.types import Citation
from index.types import Document, Passage, Sentence


def cite(document: Document, start: int, end: int, number: int = 1) -> Citation | None:
    """The words ``text[start:end]`` as a citation; ``None`` where no sentence of the document stands there."""
    found = _sentence(document, start)
    if found is None or not start < end <= len(document.text):
        return None
    return citation(number, document, *found, start, end, score=1.0)


def _sentence(document: Document, start: int) -> tuple[Passage, Sentence] | None:
    for passage in document.passages:
        if passage.start <= start < passage.end and passage.sentences:
            later = [sentence for sentence in passage.sentences if sentence.end > start]
            return passage, (later or list(passage.sentences))[0]
    return None
