"""Are cited words given to the right speaker, marked second-hand where they are, and of the right area?

Judged only on citations that land on gold quotations: only there is the truth known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.answers import Response
from evals.metrics.leaks import area_key
from evals.metrics.spans import PlacedCitation, PlacedGold, lands_on
from evals.metrics.tally import Tally


@dataclass(frozen=True, slots=True)
class Labels:
    """Right labels of all judged ones; ``None`` where no citation could be judged."""

    speaker: Tally | None
    first_hand: Tally | None
    areas: Tally | None


def labels(golds: Sequence[PlacedGold], citations: Iterable[PlacedCitation]) -> Labels:
    """Compare the labels of citations with those of the gold they land on."""
    speakers: list[bool] = []
    hands: list[bool] = []
    places: list[bool] = []
    for citation in citations:
        gold = lands_on(citation, golds)
        if gold is None:
            continue
        if gold.speakers:
            speakers.append(citation.cited.speaker in gold.speakers)
        if gold.first_hand is not None and citation.cited.speaker == "inspectors":
            hands.append(citation.cited.first_hand is gold.first_hand)
        if gold.areas:
            places.append({area_key(a) for a in citation.cited.areas} == {area_key(a) for a in gold.areas})
    return Labels(_tally(speakers), _tally(hands), _tally(places))


def speaker_asked(speakers: Sequence[str], response: Response) -> bool | None:
    """Where a case is about a speaker: whether the answer cites that speaker at all. Not applicable to others."""
    if not speakers:
        return None
    return any(cited.speaker in speakers for cited in response.answering())


def verdict(expected: Sequence[str], response: Response) -> bool | None:
    """Whether a quotation check came out right; not applicable to other questions."""
    return response.verdict in expected if expected else None


def _tally(right: Sequence[bool]) -> Tally | None:
    return Tally(sum(right), len(right)) if right else None
