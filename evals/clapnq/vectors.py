"""Every sentence, as CLAPNQ's authors cut it, read by both embedding models; kept in a file, as it takes minutes."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.clapnq.data import Question
from index.embedders.e5 import LocalE5
from index.embedders.minilm import LocalMiniLM
from index.embedders.types import Matrix, Placed

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """One question and its passage. E5 reads each sentence after the title; MiniLM reads it so and alone.

    ``placed``, ``titled`` and ``alone`` have one row a sentence; ``title`` is MiniLM's, ``asked`` and ``asked_alone``
    are the question's, by E5 and by MiniLM.
    """

    placed: Matrix
    titled: Matrix
    alone: Matrix
    title: Matrix
    asked: Matrix
    asked_alone: Matrix

    @property
    def near(self) -> tuple[Matrix, Matrix, Matrix]:
        """The cosines of the question with ``placed``, ``titled`` and ``alone``, one a sentence."""
        return self.placed @ self.asked, self.titled @ self.asked_alone, self.alone @ self.asked_alone


_FIELDS = tuple(Vectors.__dataclass_fields__)


def read_vectors(questions: Sequence[Question], file: Path, progress: Progress) -> tuple[Vectors, ...]:
    """The vectors of all questions, from the file where it holds these questions by these models."""
    models = LocalE5(), LocalMiniLM()
    of = _digest(questions, [model.model for model in models])
    if file.is_file():
        with np.load(file) as kept:
            if str(kept["of"]) == of:
                rows = {name: kept[name] for name in _FIELDS}
                return _cut(questions, rows)
    made = []
    for at, question in enumerate(questions, 1):
        made.append(_embedded(question, *models))
        progress("embed", at, len(questions))
    rows = {name: np.vstack([getattr(one, name) for one in made]) for name in _FIELDS}
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(file, of=np.array(of), **rows)
    return _cut(questions, rows)


def _embedded(question: Question, first: LocalE5, second: LocalMiniLM) -> Vectors:
    placed = [Placed(question.title, sentence) for sentence in question.sentences]
    return Vectors(
        placed=first.passages(placed),
        titled=second.queries([str(one) for one in placed]),
        alone=second.passages(placed),
        title=second.queries([question.title]),
        asked=first.queries([question.text]),
        asked_alone=second.queries([question.text]),
    )


def _cut(questions: Sequence[Question], rows: dict[str, Matrix]) -> tuple[Vectors, ...]:
    ends = np.cumsum([len(one.sentences) for one in questions])
    found = []
    for at, (one, end) in enumerate(zip(questions, ends.tolist(), strict=True)):
        sentences = [rows[name][end - len(one.sentences) : end] for name in _FIELDS[:3]]
        found.append(Vectors(*sentences, *(rows[name][at] for name in _FIELDS[3:])))
    return tuple(found)


def _digest(questions: Sequence[Question], models: Sequence[str]) -> str:
    texts = [[one.text, one.title, *one.sentences] for one in questions]
    return hashlib.sha256(json.dumps([models, texts]).encode()).hexdigest()
