"""The light scorer: small linear models over what is known of sentences and passages, judged on questions held out.

For each of ten folds the models are fitted on the others alone. A question is refused where its passage more likely
does not answer than does: no threshold is fitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.clapnq.choice import Menu, Numbers, chances, fitted
from evals.clapnq.choosers import Choice
from evals.clapnq.cues import Rarity
from evals.clapnq.data import Question
from evals.clapnq.folds import apart
from evals.clapnq.measures import words
from evals.clapnq.sentences import read, spread
from evals.clapnq.sets import Sets, is_set, nearest, sets_of
from evals.clapnq.vectors import Vectors

_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Held:
    """What the models say of a question they were not fitted on.

    ``evidence`` is chosen for the words of the evidence, ``answer`` for those of the shorter answer made from it.
    """

    confidence: float
    evidence: tuple[int, ...]
    answer: tuple[int, ...]


class LightScorer:
    """Everything of the questions, held out. Raises ``ValueError`` where there are too few to hold any out."""

    def __init__(self, questions: Sequence[Question], vectors: Sequence[Vectors]) -> None:
        rarity = Rarity(questions)
        self._questions = questions
        self._read = [read(one, vector, rarity) for one, vector in zip(questions, vectors, strict=True)]
        self._sets = [sets_of(one) for one in self._read]
        sure, chosen = self._sure(), self._chosen()
        self._held = {one: Held(sure[at], *chosen[at]) for at, one in enumerate(questions)}

    def evidence(self, question: Question, forced: bool = False) -> Choice:
        """The evidence; none where it refuses, unless it is ``forced`` to answer."""
        held = self._held[question]
        return Choice(held.evidence if forced or held.confidence >= _EVEN else (), held.confidence)

    def answer(self, question: Question) -> Choice:
        """Sentences that come near to an answer, which is shorter than its evidence; never refuses."""
        held = self._held[question]
        return Choice(held.answer, held.confidence)

    def _sure(self) -> dict[int, float]:
        """For each question how likely its passage answers it."""
        # Spread over all questions, which takes no look at what is answerable: the models' cosines differ by little.
        passages = np.column_stack([spread(column) for column in np.stack([one.passage for one in self._read]).T])
        options = [np.stack([np.append(row, 1.0), np.zeros(len(row) + 1)]) for row in passages]
        found = {}
        for learned, judged in apart(self._questions, lambda _: True):
            menus = [Menu(options[at], np.eye(2)[0 if self._questions[at].answerable else 1]) for at in learned]
            weights = fitted(menus)
            found.update({at: float(chances(options[at], weights)[0]) for at in judged})
        return found

    def _chosen(self) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
        """For each question its evidence and its answer."""
        found = {}
        for learned, judged in apart(self._questions, lambda one: one.answerable):
            weights = fitted([menu for at in learned if (menu := _menu(self._questions[at], self._sets[at]))])
            kept = float(np.mean([share for at in learned for share in _kept(self._questions[at])]))
            for at in judged:
                passage, sets = self._read[at], self._sets[at]
                found[at] = nearest(passage, sets, weights), nearest(passage, sets, weights, kept)
        return found


def _menu(question: Question, sets: Sets) -> Menu | None:
    """The sets that annotators chose among all; ``None`` where they chose others."""
    chosen: Numbers = np.sum([is_set(sets, one.sentences) for one in question.references], axis=0, dtype=np.float64)
    return Menu(sets.features, chosen / chosen.sum()) if chosen.any() else None


def _kept(question: Question) -> list[float]:
    """What share of the words of its sentences each annotator's answer has."""
    sizes = [
        (len(words(one.answer)), sum(len(words(question.sentences[at])) for at in one.sentences))
        for one in question.references
    ]
    return [answer / evidence for answer, evidence in sizes if evidence]
