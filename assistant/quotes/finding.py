"""Where a claim stands word for word, and what was left off or left out around the words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Item
from assistant.quotes.claims import Claim
from assistant.quotes.cuts import cut_off, turns
from assistant.quotes.folding import Place, literal
from assistant.quotes.scope import wrong_of
from assistant.quotes.wordings import negates, words
from assistant.reading import Reading
from assistant.types import Difference, VerdictResult
from index.types import Document

_LONGEST_OWN = 12  # words of the source that a quoter's own in square brackets may stand for
_DOTS = "…"


@dataclass(frozen=True, slots=True)
class Found:
    """The best place for a claim: the verdict, the sentences it stands in, and what differs."""

    result: VerdictResult
    items: tuple[Item, ...]
    differences: tuple[Difference, ...] = ()
    agreement: float = 1.0


@dataclass(frozen=True, slots=True)
class _Stand:
    """The parts of a claim where they stand in one document, in the order in which they are claimed."""

    document: Document
    items: tuple[Item, ...]
    places: tuple[Place, ...]


def items_at(document: Document, start: int, end: int, score: float) -> tuple[Item, ...]:
    """The sentences that a span touches, as evidence, one item a passage; none where headings are in between."""
    found = []
    for passage in document.passages:
        touched = [s for s in passage.sentences if s.start < end and start < s.end]
        if touched:
            found.append(Item(document, passage, touched[0], touched[0].start, touched[-1].end, score))
    return tuple(found)


def word_for_word(reading: Reading, claim: Claim, documents: Sequence[Document]) -> Found | None:
    """The best place where every part of a claim stands word for word: one that fits the question, if there is one."""
    if len(claim.parts) > 1 and (as_it_is := word_for_word(reading, claim.unparted, documents)):
        return as_it_is  # the document has dots or brackets of its own
    found = [
        _judged(reading, claim, stand) for document in documents for stand in _stands(claim, document) if stand.items
    ]
    return max(found, key=_goodness, default=None)


def _goodness(found: Found) -> tuple[bool, bool, bool, bool]:
    fits = found.result not in (VerdictResult.OTHER_AREA, VerdictResult.OTHER_DATE, VerdictResult.OTHER_SPEAKER)
    own = found.items[0].sentence.voice.first_hand
    return fits, found.result is not VerdictResult.ALTERED, found.result is VerdictResult.VERBATIM, own


def _stands(claim: Claim, document: Document) -> Iterator[_Stand]:
    if len(claim.parts) == 1:
        for place in literal(claim.parts[0], document.text):
            yield _Stand(document, items_at(document, place.start, place.end, 1.0), (place,))
        return
    everywhere = [list(literal(part, document.text)) for part in claim.parts]
    if not all(everywhere):
        return
    for first in everywhere[0]:
        places = [first]
        for others in everywhere[1:]:
            after = [place for place in others if place.start >= places[-1].end]
            places.append(min(after or others, key=lambda place: place.start))
        yield _Stand(document, _items_of(document, places), tuple(places))


def _items_of(document: Document, places: Sequence[Place]) -> tuple[Item, ...]:
    items = [item for place in places for item in items_at(document, place.start, place.end, 1.0)]
    if items and all(item.passage is items[0].passage for item in items):
        first = min(items, key=lambda item: item.start)
        return items_at(document, first.start, max(item.end for item in items), 1.0)
    return tuple({item.start: item for item in items}.values())


def _judged(reading: Reading, claim: Claim, stand: _Stand) -> Found:
    wrong = wrong_of(stand.items, reading)
    if wrong:
        return Found(wrong, stand.items)
    misplaced = _misplaced(claim, stand)
    if misplaced:
        return Found(VerdictResult.ALTERED, stand.items, misplaced)
    cut = _cut(stand)
    left_out = _left_out(claim, stand)
    if cut or any(serious for _, serious in left_out):
        return Found(VerdictResult.ALTERED, stand.items, (*cut, *(difference for difference, _ in left_out)))
    if left_out or claim.mended or not stand.places[0].same:
        return Found(VerdictResult.VERBATIM_NORMALISED, stand.items, tuple(difference for difference, _ in left_out))
    return Found(VerdictResult.VERBATIM, stand.items)


def _misplaced(claim: Claim, stand: _Stand) -> tuple[Difference, ...]:
    """The parts that don't follow the one before them, in the same passage or the next one."""
    found = []
    passages = stand.document.passages
    pairs = zip(stand.places, stand.places[1:], claim.parts[1:], strict=False)
    for before, after, part in pairs:
        near = (passages[max(0, at - 1)].start for at, p in enumerate(passages) if p.start <= after.start < p.end)
        together = any(start <= before.start for start in near)
        if after.start < before.end or not together:
            found.append(Difference(part.strip(), ""))
    return tuple(found)


def _cut(stand: _Stand) -> tuple[Difference, ...]:
    """What was left off at the two ends that may not be."""
    start, end = stand.places[0].start, stand.places[-1].end
    first, last = stand.items[0].start, stand.items[-1].end
    return cut_off(stand.document.text, first, start, end, last)


def _left_out(claim: Claim, stand: _Stand) -> list[tuple[Difference, bool]]:
    """What dots and square brackets stand for, and whether it may not be left out."""
    found = []
    for own, before, after in zip(claim.joints, stand.places, stand.places[1:], strict=False):
        gap = stand.document.text[before.end : after.start]
        difference = Difference(f"[{own}]" if own else _DOTS, " ".join(gap.split()).strip(" .,;:"))
        found.append((difference, _serious(own, gap, stand, before, after)))
    return found


def _serious(own: str, gap: str, stand: _Stand, before: Place, after: Place) -> bool:
    """Whether what is left out of a sentence that is quoted in part may not be; whole sentences between may."""
    if own and (len(words(gap)) > _LONGEST_OWN or any(negates(word) for word in words(own)) or turns(own)):
        return True
    sentences = [sentence for item in stand.items for sentence in item.passage.sentences]
    broken = [s for s in sentences if s.start < before.end <= s.end or s.start <= after.start < s.end]
    return any(turns(stand.document.text[max(s.start, before.end) : min(s.end, after.start)]) for s in broken)
