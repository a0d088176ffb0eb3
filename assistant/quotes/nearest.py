"""The nearest wording in the documents to a claim that stands in none of them, and what it amounts to."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from assistant.evidence import Item
from assistant.question import Reading
from assistant.quotes.candidates import sharing
from assistant.quotes.cuts import cut_off
from assistant.quotes.finding import Found, items_at
from assistant.quotes.scope import wrong_scope
from assistant.quotes.wordings import compare, negates, quoting, words
from assistant.retriever import Hit
from assistant.types import Difference, VerdictResult
from assistant.vocabulary import officials
from index.lexicon import terms
from index.types import Document

NEAR = 0.55  # share of words in common, in order, from which two wordings are versions of one sentence
_KEPT, _LONG = 0.8, 8  # or this share of at least so many words of a claim, in runs, however much is left out
_SIMILAR = 0.86  # cosine from which a sentence says something like a claim, in other words
_MEANT = 0.34  # share of a claim's words, in their official form too, that a paraphrase must have in common
_BESIDE_NOT = 1  # other words of a difference that is a "not" more or less, and nothing else


def nearest(reading: Reading, claim: str, hits: Sequence[Hit], documents: Sequence[Document]) -> Found | None:
    """The most similar wording in the documents; ``None`` where none says the like. ``hits`` are near in meaning."""
    items = {(item.document.name, item.start): item for item in (*sharing(claim, documents), *map(whole, hits))}
    near = _most_similar(reading, claim, tuple(items.values()))
    if near:
        return near
    if hits and hits[0].similarity >= _SIMILAR:
        top = whole(hits[0])
        if wrong_scope(top, reading) is None and _share(claim, top) >= _MEANT:
            return Found(VerdictResult.PARAPHRASE, (top,), (), 0.0)
    return None


def whole(hit: Hit) -> Item:
    """The sentence of a hit."""
    return Item(hit.document, hit.passage, hit.sentence, hit.sentence.start, hit.sentence.end, hit.score)


def _most_similar(reading: Reading, claim: str, items: Sequence[Item]) -> Found | None:
    """The version of a claim that agrees best, and where there are several one that fits the question."""
    found = [match for item in items for start, end in _windows(item) if (match := _match(claim, item, start, end))]
    fits = [match for match in found if wrong_scope(match.items[0], reading) is None]
    return max(fits or found, key=_goodness, default=None)


def _windows(item: Item) -> Iterator[tuple[int, int]]:
    """A sentence alone and with each neighbour, since a false quotation may fuse two."""
    yield item.start, item.end
    sentences, passages = item.passage.sentences, item.document.passages
    number = bisect_left(passages, item.passage.start, key=lambda one: one.start)
    at = bisect_left(sentences, item.start, key=lambda one: one.start)
    before = sentences[:at] or (passages[number - 1].sentences if number else ())
    after = sentences[at + 1 :] or (passages[number + 1].sentences if number + 1 < len(passages) else ())
    if before and not _words_between(item, before[-1].end, item.start):
        yield before[-1].start, item.end
    if after and not _words_between(item, item.end, after[0].start):
        yield item.start, after[0].end


def _words_between(item: Item, start: int, end: int) -> bool:
    return any(sign.isalnum() for sign in item.document.text[start:end])


def _match(claim: str, item: Item, start: int, end: int) -> Found | None:
    """What a claim is beside some sentences; ``None`` where they are no version of each other."""
    text = item.document.text
    compared = compare(claim, text[start:end])
    shortened = compared.kept >= _KEPT and len(words(claim)) >= _LONG
    if not compared.differences or not (compared.agreement >= NEAR or shortened):
        return None
    cut = cut_off(text, start, start + compared.start, start + compared.end, end)
    result = VerdictResult.CONTRADICTED if _turned_round(compared.differences) else VerdictResult.ALTERED
    items = items_at(item.document, start, end, item.score)
    return Found(result, items, (*compared.differences, *cut), compared.agreement)


def _goodness(found: Found) -> tuple[float, int]:
    return found.agreement, -sum(item.end - item.start for item in found.items)


def _turned_round(differences: Sequence[Difference]) -> bool:
    """Whether a "not" was taken away or put in, and that is what a difference is."""
    turns = sum(_is_negation(one.claimed) - _is_negation(one.source) for one in differences)
    return turns % 2 == 1


def _is_negation(stretch: str) -> bool:
    said = words(stretch)
    others = [word for word in said if not negates(word) and word not in quoting()["verbs"]]
    return any(negates(word) for word in said) and len(others) <= _BESIDE_NOT


def _share(claim: str, item: Item) -> float:
    """How many of a claim's meaningful words stand in a sentence."""
    said = set(terms(item.document.text[item.start : item.end]))
    spoken = officials(claim)
    wanted = set(terms(claim)) - {term for official in spoken for term in terms(official.said)}
    translated = sum(any(set(terms(word)) <= said for word in official.words) for official in spoken)
    return (len(wanted & said) + translated) / max(1, len(wanted) + len(spoken))
