"""How sure we are that what was found answers the question: one number from 0 to 1, made of a few readable features.

The weights stand in ``data/confidence.toml`` with how they were found. A question about "dyslexia" is
not answered by sentences that never name it, however near they are in meaning, so what is heard in scope weighs much.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.figures import asks_figure, gives_figure
from assistant.reading import Reading
from assistant.retriever import Hit, Ranking
from index.data_files import read_toml
from index.lexicon import terms
from index.store import Store

_LOOKED_AT = 11  # best hits that the features look at
_NEUTRAL = 0.8  # what is heard of a question in a language that isn't known: its words are in no document
_BEST = 5  # hits of which it is asked whether they stand together
_TOP = 4  # hits whose words may cover the question between them
_UNKNOWN_MASS = 4.0  # what a word weighs that the table of its language doesn't know: nearly a word that stands nowhere
_OFFICIAL_MASS = 4.0  # what an everyday phrase weighs: about the rarity of a word in one sentence of fifty


@cache
def _weights() -> dict[str, float]:
    return {
        name: float(value) for name, value in read_toml(files("assistant.data") / "confidence.toml")["weights"].items()
    }


def coverage(reading: Reading, hits: Sequence[Hit], store: Store) -> float:
    """How much of what the question names, weighted by rarity, the best hits name too; 1 where it names nothing.

    Its own words count one by one. An everyday phrase counts as its official words, of which one wording is enough.
    A word of another language that isn't known counts as one that isn't named.
    """
    said = _words_of(hits[:_TOP])
    spoken = {term for official in reading.officials for term in terms(official.said)}
    found = 0.0
    total = _unknown(reading)
    for term in reading.terms:
        if term not in spoken:
            total += store.lexicon.rarity(term)
            found += store.lexicon.rarity(term) * (term in said)
    for official in reading.officials:
        if not official.replaces:
            shares = [len(words & said) / len(words) for words in (set(terms(w)) for w in official.words) if words]
            total += _OFFICIAL_MASS
            found += _OFFICIAL_MASS * max(shares, default=0.0)
    return found / total if total else 1.0


def _glossed(reading: Reading) -> bool:
    """Whether there are English words for a question in another language."""
    return reading.gloss is not None and bool(reading.gloss.english)


def _unknown(reading: Reading) -> float:
    return _UNKNOWN_MASS * reading.gloss.unknown if reading.gloss else 0.0


def _words_of(hits: Sequence[Hit]) -> set[str]:
    return {term for hit in hits for term in terms(f"{hit.passage.section or ''} {hit.text}")}


def heard(reading: Reading, ranking: Ranking) -> float:
    """How much of the question's own words, weighted by rarity, stands anywhere in scope; 1 where it names nothing.

    An everyday word also counts where the best hits hold the official words for it. Of a question in another language
    its English words are heard, and the rest is not.
    """
    lexicon = ranking.store.lexicon
    said = _words_of(ranking.top(_TOP))
    translated = {
        term
        for official in reading.officials
        if any(words and said.issuperset(words) for words in map(terms, official.words))
        for term in terms(official.said)
    }
    found = 0.0
    total = _unknown(reading)
    for term in reading.terms:
        weight = lexicon.rarity(term)
        total += weight
        if term in translated or bool((lexicon.scores_of([term])[ranking.rows] > 0).any()):
            found += weight
    return found / total if total else 1.0


def elsewhere(reading: Reading, ranking: Ranking) -> float:
    """How much of the question stands in the store but not in scope: a matter of other areas or other years."""
    lexicon = ranking.store.lexicon
    found = total = 0.0
    for term in reading.terms:
        scores = lexicon.scores_of([term])
        weight = lexicon.rarity(term)
        total += weight
        if (scores > 0).any() and not (scores[ranking.rows] > 0).any():
            found += weight
    return found / total if total else 0.0


def features(reading: Reading, ranking: Ranking) -> dict[str, float]:
    """The features, each roughly between 0 and 1 (``score`` and ``similarity`` are scaled to be)."""
    hits = ranking.top(_LOOKED_AT)
    asks = asks_figure(reading.english)
    return {
        "bias": 1.0,
        "score": hits[0].score / 10.0,
        "similarity": (hits[0].similarity - 0.8) * 10.0,
        "margin": (hits[0].score - hits[min(10, len(hits) - 1)].score) / 5.0,
        "asks_figure": float(asks),
        "no_figure": float(asks and not any(gives_figure(hit.text) for hit in hits[:_TOP])),
        "together": sum(hit.passage is hits[0].passage for hit in hits[:_BEST]) / _BEST,
        "seldom": float(any(o.seldom for o in reading.officials)),
        "heard": _NEUTRAL if reading.foreign and not _glossed(reading) else heard(reading, ranking),
        "elsewhere": elsewhere(reading, ranking),
        "foreign": float(_glossed(reading)),
    }


def confidence(reading: Reading, ranking: Ranking) -> float:
    """The probability, by a logistic model over the features, that the best hit answers the question."""
    values = features(reading, ranking)
    total = sum(weight * values[name] for name, weight in _weights().items())
    return 1.0 / (1.0 + math.exp(-total))
