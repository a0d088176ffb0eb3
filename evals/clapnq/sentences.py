"""What is known of each sentence of a passage for a question, and of the passage as a whole."""

from dataclasses import dataclass

import numpy as np

from evals.clapnq.choice import Numbers
from evals.clapnq.cues import Rarity, ends, opens, tells
from evals.clapnq.data import Question
from evals.clapnq.measures import words
from evals.clapnq.vectors import Vectors
from index.lexicon import terms

_ABOUT = 0.6  # of a title's words in the first sentence: from here on it is about the title


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One question with its passage, as the light scorer sees it.

    ``sentences`` has one row of features a sentence, ``nearness`` one number, ``lengths`` counts its words, ``alike``
    holds the cosines between sentences, and ``passage`` is one row of features of the whole.
    """

    sentences: Numbers
    nearness: Numbers
    lengths: Numbers
    alike: Numbers
    passage: Numbers


def read(question: Question, vectors: Vectors, rarity: Rarity) -> Read:
    """Read a question with its passage."""
    placed, titled, _ = vectors.near
    told = np.array([float(tells(question.text, sentence)) for sentence in question.sentences])
    first = np.arange(len(placed)) == 0
    both = spread(placed) + spread(titled)
    alike = (vectors.alone @ vectors.alone.T).astype(np.float64)
    np.fill_diagonal(alike, 0.0)
    # How near, how far behind the nearest, how near all others: what most of a passage is about is worth quoting.
    columns = [spread(placed), spread(titled), both - both.max(), spread(alike.sum(axis=1)), first, told]
    return Read(
        sentences=np.stack(columns, axis=1).astype(np.float64),
        nearness=both + first,
        lengths=np.array([float(len(words(sentence))) for sentence in question.sentences]),
        alike=alike,
        passage=np.array(_passage(question, vectors, rarity, float(told.mean()))),
    )


def spread(scores: np.ndarray) -> Numbers:
    """Scores less their mean, by their standard deviation; zeros where all are the same."""
    deviation = float(scores.std())
    return (scores - scores.mean()) / deviation if deviation > 1e-9 else np.zeros(len(scores))


def _passage(question: Question, vectors: Vectors, rarity: Rarity, told: float) -> list[float]:
    placed, titled, alone = vectors.near
    title = set(terms(question.title))
    asked = set(terms(question.text)) - title
    first = set(terms(question.sentences[0]))
    return [
        float(placed.max()),
        _cosine(vectors.placed.mean(axis=0), vectors.asked),
        float(titled.max()),
        _cosine(vectors.titled.mean(axis=0), vectors.asked_alone),
        float(alone.mean()),
        float(vectors.title @ vectors.asked_alone),  # a passage that is near by its title alone says nothing more
        max(rarity.covered(asked, sentence) for sentence in question.sentences),
        told,
        float(bool(title) and len(title & first) >= _ABOUT * len(title)),
        float(opens(question.sentences[0])),
        float(np.mean([ends(sentence) for sentence in question.sentences])),
        float(np.log(len(question.sentences))),
    ]


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
