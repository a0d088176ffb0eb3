"""Near copies of what documents really say, made false in one way each: what a weak model makes of any document.

``gatekeeping`` asks what rewordings of known sentences are; here the sentences come from the documents of a store, so
that the gate can be measured on documents that nobody had in mind when its rules were written. A copy made false by
rule is now and then no sentence, or true all the same: what gets through is to be read, not only counted.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from assistant.support import Source, rarity
from assistant.support.folding import folded
from assistant.support.gate import faults
from evals import mutations
from evals.cases import split_of
from evals.shuffles import OF_ANY, OF_ONE, shortened
from evals.validation import Trial
from index.types import Document, Passage, Sentence

_SHORTEST, _LONGEST = 40, 400  # characters of a sentence
_EVERY = 3  # a quotation of how many has two sentences
_MOST_OF_A_KIND = 2
_ALONE = Source(())


def drawn(documents: Sequence[Document], count: int, seed: int) -> Iterator[Trial]:
    """What the gate makes of ``count`` quotations made false; documents are halved by a hash of their names."""
    quotations = [one for document in documents for one in _quotations(document)]
    random.Random(seed).shuffle(quotations)  # noqa: S311 - the same draw on every machine, nothing secret
    chosen = quotations[:count]
    weights = rarity({sentence for _, source in chosen for sentence in source.sentences})
    for name, source in chosen:
        for true, kind, text in _made(source.sentences):
            found = tuple(faults(source, _ALONE, text, weights))
            yield Trial(name, split_of(name), kind, text, true, not found, found)


def _quotations(document: Document) -> Iterator[tuple[str, Source]]:
    """Its plain sentences, each alone or with the next one."""
    for passage in filter(document.offers, document.passages):
        texts = [_text(document, sentence) for sentence in passage.sentences]
        for at, (sentence, text) in enumerate(zip(passage.sentences, texts, strict=True)):
            if _is_plain(text):
                following = texts[at + 1 : at + 2] if len(text) % _EVERY == 0 else []
                together = (text, *filter(_is_plain, following))
                speakers = frozenset({sentence.voice.speaker.value})
                yield document.name, Source(together, _areas(document, passage), "", speakers)


def _text(document: Document, sentence: Sentence) -> str:
    return folded(" ".join(document.text[sentence.start : sentence.end].split()))


def _is_plain(text: str) -> bool:
    return _SHORTEST < len(text) < _LONGEST and text.endswith(".") and text[0].isupper()


def _areas(document: Document, passage: Passage) -> tuple[str, ...]:
    named = (area for sentence in passage.sentences for area in sentence.areas)
    return tuple(dict.fromkeys((*document.profile.areas, *named)))


def _made(sentences: Sequence[str]) -> list[tuple[bool, str, str]]:
    """Whether it is true, its kind and its words, for all that is made of one quotation."""
    whole = [islice(make(sentences), _MOST_OF_A_KIND) for make in (*OF_ONE, *OF_ANY)]
    each = [islice(make(one), _MOST_OF_A_KIND) for one in sentences for make in mutations.EACH]
    false = [(False, made.kind, made.text) for made in chain(*whole, *each) if made.text not in sentences]
    return list(dict.fromkeys([*((True, "source cut short", text) for text in shortened(sentences)), *false]))
