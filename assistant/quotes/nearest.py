"""The nearest wording in the documents to a claim that stands in none of them, and what it amounts to."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import permutations

from assistant.evidence import Item
from assistant.quotes.candidates import sharing
from assistant.quotes.cuts import cut_off
from assistant.quotes.finding import Found, items_at
from assistant.quotes.rarity import share
from assistant.quotes.scope import may_fit, wrong_of, wrong_scope
from assistant.quotes.wordings import Compared, compare, negates, quoting, words
from assistant.quotes.wordings import sharing as sharing_words
from assistant.reading import Reading
from assistant.retriever import Hit
from assistant.types import Difference, VerdictResult
from assistant.vocabulary import officials
from index.lexicon import terms
from index.types import Document

# Set on the dev half of ``python -m evals.verdicts``, over the five documents and over 45.
_NEAR = 0.55  # share of words in common, in order, from which two wordings are versions of one sentence
_KEPT, _LONG = 0.8, 8  # or this share of at least so many words of a claim, in runs, however much is left out
_OMITTING, _FEW = 0.4, 6  # or this share, where so many words of a claim are all there in their order
_TELLING = 0.5  # of what a claim's words tell; the least for a version of a sentence
_HALF = 0.25  # of a claim's words that each of two sentences must hold where they were made one
_MOST_HALVES = 5
_FOLLOWING = 6  # passages that a long claim may go on through
_SIMILAR = 0.82  # cosine from which a sentence says something like a claim, in other words
_MEANT = 0.34  # share of a claim's words, in their official form too, that a paraphrase must have in common
_BESIDE_NOT = 1  # other words of a difference that is a "not" more or less, and nothing else


def nearest(reading: Reading, claim: str, hits: Sequence[Hit], documents: Sequence[Document]) -> Found | None:
    """The most similar wording in the documents; ``None`` where none says the like. ``hits`` are near in meaning."""
    items = {(item.document.name, item.start): item for item in (*sharing(claim, documents), *map(whole, hits))}
    near = _most_similar(reading, claim, tuple(items.values()), documents) or _fused(claim, tuple(items.values()))
    if near:
        return near if wrong_of(near.items, reading) is None else _nearer_home(reading, claim, documents) or near
    if hits and hits[0].similarity >= _SIMILAR:
        top = whole(hits[0])
        if wrong_scope(top, reading) is None and _shared_meaning(claim, top) >= _MEANT:
            return Found(VerdictResult.PARAPHRASE, (top,), (), 0.0)
    return None


def _nearer_home(reading: Reading, claim: str, documents: Sequence[Document]) -> Found | None:
    """The version of a claim that fits the question, however many are nearer elsewhere.

    It is looked for in the fitting documents alone, where words in a row that all reports share are rare again.
    """
    own = [document for document in documents if may_fit(document, reading)]
    fitting = sharing(claim, own, lambda item: wrong_scope(item, reading) is None)
    return _most_similar(reading, claim, fitting, documents)


def whole(hit: Hit) -> Item:
    """The sentence of a hit."""
    return Item(hit.document, hit.passage, hit.sentence, hit.sentence.start, hit.sentence.end, hit.score)


def _most_similar(reading: Reading, claim: str, items: Sequence[Item], documents: Sequence[Document]) -> Found | None:
    """The version of a claim that agrees best, and where there are several one that fits the question."""
    spans = dict.fromkeys((at, *span) for at, item in enumerate(items) for span in _windows(item, len(claim)))
    found = [match for at, start, end in spans if (match := _match(claim, items[at], start, end, documents))]
    fits = [match for match in found if wrong_scope(match.items[0], reading) is None]
    return max(fits or found, key=_goodness, default=None)


def _windows(item: Item, length: int) -> Iterator[tuple[int, int]]:
    """A sentence alone, with each neighbour, since a false quotation may fuse two, and as many as a claim is long."""
    yield item.start, item.end
    passages = item.document.passages
    number = bisect_left(passages, item.passage.start, key=lambda one: one.start)
    near = [
        sentence for passage in passages[max(0, number - 1) : number + _FOLLOWING] for sentence in passage.sentences
    ]
    at = bisect_left(near, item.start, key=lambda one: one.start)
    if at and not _words_between(item, near[at - 1].end, item.start):
        yield near[at - 1].start, item.end
    for before, after in zip(near[at:], near[at + 1 :], strict=False):
        if _words_between(item, before.end, after.start):
            return
        if before is near[at] or before.end - item.start < length:
            yield item.start, after.end


def _words_between(item: Item, start: int, end: int) -> bool:
    return any(sign.isalnum() for sign in item.document.text[start:end])


def _match(claim: str, item: Item, start: int, end: int, documents: Sequence[Document]) -> Found | None:
    """What a claim is beside some sentences; ``None`` where they are no version of each other."""
    text = item.document.text
    if sharing_words(claim, text[start:end]) < _OMITTING:
        return None
    compared = compare(claim, text[start:end])
    if not compared.differences or not _is_version(claim, compared, documents):
        return None
    cut = cut_off(text, start, start + compared.start, start + compared.end, end)
    result = VerdictResult.CONTRADICTED if _turned_round(compared.differences) else VerdictResult.ALTERED
    items = items_at(item.document, start, end, item.score)
    return Found(result, items, (*compared.differences, *cut), compared.agreement)


def _is_version(claim: str, compared: Compared, documents: Sequence[Document]) -> bool:
    """Whether a claim and a source are versions of one sentence, by what they share or by what of it was left out."""
    said = words(claim)
    shortened = compared.kept >= _KEPT and len(said) >= _LONG
    omitting = not any(one.claimed for one in compared.differences) and compared.agreement >= _OMITTING
    if (omitting and len(said) >= _FEW) or shortened:
        return True
    return compared.agreement >= _NEAR and share(compared.same, said, documents) >= _TELLING


def _fused(claim: str, items: Sequence[Item]) -> Found | None:
    """Two sentences of one document, however far apart, of which a claim is made up."""
    if len(words(claim)) < _LONG:
        return None
    near = [item for item in items if sharing_words(claim, _text(item)) >= _HALF]
    halves = [item for item in near if compare(claim, _text(item)).kept >= _HALF]
    for one, other in permutations(halves[:_MOST_HALVES], 2):
        if one.document is other.document:
            both = compare(claim, f"{_text(one)} {_text(other)}")
            if both.kept >= _KEPT and both.differences:
                return Found(VerdictResult.ALTERED, (one, other), both.differences, both.agreement)
    return None


def _text(item: Item) -> str:
    return item.document.text[item.start : item.end]


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


def _shared_meaning(claim: str, item: Item) -> float:
    """How many of a claim's meaningful words stand in a sentence."""
    said = set(terms(item.document.text[item.start : item.end]))
    spoken = officials(claim)
    wanted = set(terms(claim)) - {term for official in spoken for term in terms(official.said)}
    translated = sum(any(set(terms(word)) <= said for word in official.words) for official in spoken)
    return (len(wanted & said) + translated) / max(1, len(wanted) + len(spoken))
