"""How sure we are that what was found answers the question: one number from 0 to 1, made of a few readable features.

The weights stand in ``data/confidence.toml`` with how they were found. Absent words weigh most: a question about
"dyslexia" is not answered by sentences that never name it, however near they are in meaning.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.question import Reading
from assistant.retriever import Hit
from assistant.vocabulary import explained
from index.data_files import read_toml
from index.lexicon import terms
from index.store import Store

_TOP = 4  # hits whose words may cover the question between them
_OFFICIAL_MASS = 4.0  # what an everyday phrase weighs: about the rarity of a word in one sentence of fifty


@cache
def _weights() -> dict[str, float]:
    return {
        name: float(value) for name, value in read_toml(files("assistant.data") / "confidence.toml")["weights"].items()
    }


def coverage(reading: Reading, hits: Sequence[Hit], store: Store) -> float:
    """How much of what the question names, weighted by rarity, the best hits name too; 1 where it names nothing."""
    said = set()
    for hit in hits[:_TOP]:
        said |= set(terms(f"{hit.passage.section or ''} {hit.text}"))
    spoken = {term for official in reading.officials for term in terms(official.said)}
    total = covered = 0.0
    for term in reading.terms:
        if term not in spoken:
            weight = store.lexicon.rarity(term)
            total += weight
            covered += weight * (term in said)
    for official in reading.officials:
        if official.replaces:
            continue
        total += _OFFICIAL_MASS
        shares = [len(words & said) / len(words) for words in (set(terms(w)) for w in official.words) if words]
        covered += _OFFICIAL_MASS * max(shares, default=0.0)
    return covered / total if total else 1.0


def absent(reading: Reading, hits: Sequence[Hit]) -> float:
    """Of the terms of the subject that the question names, the share that the best hits don't name in any spelling."""
    named = [term for term in explained(reading.question) if not term.common]
    text = " ".join(f"{hit.passage.section or ''} {hit.text}" for hit in hits[:_TOP])
    return sum(not term.pattern.search(text) for term in named) / len(named) if named else 0.0


def features(reading: Reading, hits: Sequence[Hit], store: Store) -> dict[str, float]:
    """The features, each roughly between 0 and 1 (``score`` and ``similarity`` are scaled to be)."""
    return {
        "bias": 1.0,
        "coverage": coverage(reading, hits, store),
        "score": hits[0].score / 10.0,
        "similarity": (hits[0].similarity - 0.8) * 10.0,
        "margin": (hits[0].score - hits[min(10, len(hits) - 1)].score) / 5.0,
        "unheard": min(1.0, sum(not store.lexicon.knows(t) for t in reading.terms) / 2.0),
        "official": float(any(not o.replaces for o in reading.officials)),
        "absent": absent(reading, hits),
        "seldom": float(any(o.seldom for o in reading.officials)),
    }


def confidence(reading: Reading, hits: Sequence[Hit], store: Store) -> float:
    """The probability, by a logistic model over the features, that the best hit answers the question."""
    values = features(reading, hits, store)
    total = sum(weight * values[name] for name, weight in _weights().items())
    return 1.0 / (1.0 + math.exp(-total))
