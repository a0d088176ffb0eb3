"""Answering what can be answered and refusing what can't, with wrong answers and wrong refusals kept apart.

Cases on which both an answer and an honest refusal are right take no part. An unexpected error is neither: it is a
wrong refusal of what could be answered, and it does not earn the credit of a right refusal.
"""

from dataclasses import dataclass

from evals.metrics.tally import Tally


@dataclass(frozen=True, slots=True)
class Abstention:
    """What one case adds to each rate; ``None`` where the case can't speak to it."""

    false_refusal: Tally | None
    false_answer: Tally | None
    precision: Tally | None
    recall: Tally | None


def abstention(answerable: bool | None, answered: bool, refused: bool) -> Abstention:
    """Place one answer in the table of what could be answered against what was.

    ``false_refusal`` is over answerable cases and ``false_answer`` and ``recall`` over unanswerable ones;
    ``precision`` is over the refusals: how many of them were right. ``refused`` is false where the system broke.
    """
    if answerable is None:
        return Abstention(None, None, None, None)
    precision = Tally(float(not answerable), 1) if refused else None
    if answerable:
        return Abstention(Tally(float(not answered), 1), None, precision, None)
    return Abstention(None, Tally(float(answered), 1), precision, Tally(float(refused), 1))
