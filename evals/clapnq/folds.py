"""Ten folds: what judges a question was fitted on the others. Questions on one article stand in one fold."""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from evals.clapnq.data import Question

FOLDS = 10


def folds(questions: Sequence[Question]) -> list[int]:
    """The fold of each question: articles in the order of a hash of their titles, dealt out one by one."""
    titles = sorted({one.title for one in questions}, key=lambda title: hashlib.sha256(title.encode()).digest())
    dealt = {title: at % FOLDS for at, title in enumerate(titles)}
    return [dealt[one.title] for one in questions]


def apart(questions: Sequence[Question], learns: Callable[[Question], bool]) -> Iterator[tuple[list[int], list[int]]]:
    """For each fold the numbers of the questions to learn from and of those to judge.

    Raises ``ValueError`` where a fold leaves nothing to learn from.
    """
    dealt = folds(questions)
    for fold in sorted(set(dealt)):
        learned = [at for at, one in enumerate(questions) if dealt[at] != fold and learns(one)]
        if not learned:
            raise ValueError("too few articles to learn from one and judge another")
        yield learned, [at for at in range(len(questions)) if dealt[at] == fold]
