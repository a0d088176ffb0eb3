"""Which of all passages comes first: a few scores added with weights that are fitted on the other folds' questions."""

from collections.abc import Sequence

import numpy as np

from evals.clapnq.choice import Menu, Numbers, fitted
from evals.clapnq.choosers import file_name
from evals.clapnq.data import Question
from evals.clapnq.folds import apart
from evals.clapnq.sentences import spread
from evals.clapnq.vectors import Vectors

_LIKELIEST = 30  # passages to learn from: the others are beside the matter by every score


class LightOrder:
    """The passages for each question, held out. Raises ``ValueError`` where there are too few to hold any out."""

    def __init__(self, questions: Sequence[Question], vectors: Sequence[Vectors]) -> None:
        self._passages = {file_name(one): vector for one, vector in zip(questions, vectors, strict=True)}
        self._names = list(self._passages)
        self._starts = np.cumsum([0, *(len(one.placed) for one in self._passages.values())])[:-1]
        self._placed = np.vstack([one.placed for one in self._passages.values()])
        self._titled = np.vstack([one.titled for one in self._passages.values()])
        self._titles = np.stack([one.title for one in self._passages.values()])
        answerable = [(one, vector) for one, vector in zip(questions, vectors, strict=True) if one.answerable]
        asked = [one for one, _ in answerable]
        scores = [self._scores(vector) for _, vector in answerable]
        menus = [self._menu(one, of) for one, of in zip(asked, scores, strict=True)]
        self._order: dict[Question, list[str]] = {}
        for learned, judged in apart(asked, lambda _: True):
            weights = fitted([menu for at in learned if (menu := menus[at])])
            for at in judged:
                best = (-(scores[at] @ weights)).argsort(kind="stable")
                self._order[asked[at]] = [self._names[number] for number in best]

    def passages(self, question: Question) -> list[str]:
        """The files of the passages for a question that its passage answers, best first."""
        return self._order[question]

    def _scores(self, vectors: Vectors) -> Numbers:
        """A row a passage: its best sentence by both models and its title by one, each beside those of all others."""
        scores = [
            self._best(self._placed @ vectors.asked),
            self._best(self._titled @ vectors.asked_alone),
            self._titles @ vectors.asked_alone,
        ]
        return np.stack([spread(one) for one in scores], axis=1)

    def _menu(self, question: Question, scores: Numbers) -> Menu | None:
        """The likeliest passages; ``None`` where the right one is not among them, so nothing is learned."""
        likely = (-scores.sum(axis=1)).argsort(kind="stable")[:_LIKELIEST]
        right = np.array([float(self._names[number] == file_name(question)) for number in likely])
        return Menu(scores[likely], right) if right.any() else None

    def _best(self, scores: np.ndarray) -> Numbers:
        return np.asarray(np.maximum.reduceat(scores, self._starts), dtype=np.float64)
