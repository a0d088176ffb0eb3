"""The nearest wording in the documents to a claim that stands in none of them, and what it amounts to."""

from collections.abc import Iterator, Sequence

from assistant.evidence import Item
from assistant.question import Reading
from assistant.quotes.cuts import cut_off
from assistant.quotes.finding import Found, items_at
from assistant.quotes.scope import wrong_scope
from assistant.quotes.wordings import compare, negates, quoting, words
from assistant.retriever import Hit
from assistant.types import Difference, VerdictResult
from assistant.vocabulary import officials
from index.lexicon import terms

NEAR = 0.55  # share of words in common, in order, from which two wordings are versions of one sentence
_SIMILAR = 0.86  # cosine from which a sentence says something like a claim, in other words
_MEANT = 0.34  # share of a claim's words, in their official form too, that a paraphrase must have in common
_BESIDE_NOT = 1  # other words of a difference that is a "not" more or less, and nothing else


def nearest(reading: Reading, claim: str, hits: Sequence[Hit]) -> Found | None:
    """The most similar wording among some sentences; ``None`` where none says the like."""
    near = _most_similar(reading, claim, hits)
    if near and near.agreement >= NEAR:
        return near
    if near and hits[0].similarity >= _SIMILAR:
        top = whole(hits[0])
        if wrong_scope(top, reading) is None and _share(claim, top) >= _MEANT:
            return Found(VerdictResult.PARAPHRASE, (top,), (), near.agreement)
    return None


def whole(hit: Hit) -> Item:
    """The sentence of a hit."""
    return Item(hit.document, hit.passage, hit.sentence, hit.sentence.start, hit.sentence.end, hit.score)


def _most_similar(reading: Reading, claim: str, hits: Sequence[Hit]) -> Found | None:
    """The version of a claim that agrees best, and among nearly equal ones one that fits the question."""
    found = [match for hit in hits for start, end in _windows(hit) if (match := _match(claim, hit, start, end))]
    fits = [match for match in found if wrong_scope(match.items[0], reading) is None]
    best = max(fits, key=_goodness, default=None)
    anywhere = max(found, key=_goodness, default=None)
    return best if best and anywhere and best.agreement >= min(NEAR, anywhere.agreement) else anywhere


def _windows(hit: Hit) -> Iterator[tuple[int, int]]:
    """A sentence alone and with each neighbour, since a false quotation may fuse two."""
    start, end = hit.sentence.start, hit.sentence.end
    yield start, end
    sentences = hit.passage.sentences
    at, number = sentences.index(hit.sentence), hit.document.passages.index(hit.passage)
    passages = hit.document.passages
    before = sentences[:at] or (passages[number - 1].sentences if number else ())
    after = sentences[at + 1 :] or (passages[number + 1].sentences if number + 1 < len(passages) else ())
    if before and not _words_between(hit, before[-1].end, start):
        yield before[-1].start, end
    if after and not _words_between(hit, end, after[0].start):
        yield start, after[0].end


def _words_between(hit: Hit, start: int, end: int) -> bool:
    return any(sign.isalnum() for sign in hit.document.text[start:end])


def _match(claim: str, hit: Hit, start: int, end: int) -> Found | None:
    text = hit.document.text
    compared = compare(claim, text[start:end])
    if not compared.differences:
        return None
    cut = cut_off(text, start, start + compared.start, start + compared.end, end)
    result = VerdictResult.CONTRADICTED if _turned_round(compared.differences) else VerdictResult.ALTERED
    items = items_at(hit.document, start, end, hit.score)
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
