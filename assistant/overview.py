"""An overview of an inspection: its outcome, what is going well, what must get better, each in the documents' order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from assistant.evidence import Evidence, Item
from assistant.intents import Intent, intents
from assistant.pieces import best, points
from assistant.retriever import Ranking
from assistant.rowtable import Mask, RowTable
from index.data_files import read_toml
from index.types import Kind, Polarity

_MOST = 3  # points a side of an overview
_MOST_OF_ONE = 8  # points where only one side is asked for
_SAYS_OUTCOME = 2  # sentences on the outcome
_IMPROVE = (Polarity.PRIORITY_ACTION, Polarity.NEEDS_IMPROVEMENT)


@dataclass(frozen=True, slots=True)
class Sides:
    """Which parts of an overview are wanted, and how many points of each side."""

    outcome: bool = True
    strengths: int = _MOST
    needs: int = _MOST


SIDES = {
    "overview": Sides(),
    "comparison_overall": Sides(strengths=2, needs=2),
    "reasons": Sides(strengths=0, needs=_MOST_OF_ONE),
    "strengths": Sides(outcome=False, strengths=_MOST_OF_ONE, needs=0),
    "weaknesses": Sides(outcome=False, strengths=0, needs=_MOST_OF_ONE),
}
UNLISTED = {
    "areas_for_improvement": SIDES["weaknesses"]
}  # lists that some documents give under no heading of their own


@cache
def tone(name: str) -> re.Pattern[str]:
    """How a sentence of praise or of concern sounds; see ``data/tone.toml``."""
    patterns = read_toml(files("assistant.data") / "tone.toml")[name]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


@cache
def _named(name: str) -> Intent:
    return next(intent for intent in intents() if intent.name == name)


def overview(ranking: Ranking, table: RowTable, sides: Sides) -> Evidence:
    """The wanted sides of the newest inspection in a ranking. Empty where the documents in scope tell none of them."""
    ranking = _of_inspectors(ranking.where(~table.particulars), table)
    if not len(ranking):
        return Evidence(())
    newest = ranking.where(table.years == table.years[ranking.rows].max())
    said = _outcome(newest, table) if sides.outcome else []
    good = _side(newest, table, (Polarity.STRENGTH,), "praise", "concern") if sides.strengths else []
    bad = _side(newest, table, _IMPROVE, "concern", "praise") if sides.needs else []
    shown = [*said, *_apart(good, said)[: sides.strengths], *_apart(bad, said)[: sides.needs]]
    left = max(0, len(good) - sides.strengths) * bool(sides.strengths) + max(0, len(bad) - sides.needs) * bool(
        sides.needs
    )
    return Evidence(tuple(shown), confidence=float(bool(shown)), left_out=left)


def _of_inspectors(ranking: Ranking, table: RowTable) -> Ranking:
    """The inspectors' own report of an inspection where there is one: what others say of it is not the overview."""
    newest = table.years == (table.years[ranking.rows].max() if len(ranking) else 0)
    own = ranking.where((table.of_kind(Kind.INSPECTION_REPORT) | table.of_kind(Kind.INSPECTION_LETTER)) & newest)
    return own.where(table.documents == table.documents[own.rows[0]]) if len(own) else ranking


def _outcome(ranking: Ranking, table: RowTable) -> list[Item]:
    intent = _named("outcome")
    assert intent.find and intent.fact  # said so in data/intents.toml
    return best(ranking.where(table.matching(intent.find) | table.holding(intent.fact)).top(_SAYS_OUTCOME))


def _side(ranking: Ranking, table: RowTable, polarities: Sequence[Polarity], sound: str, other: str) -> list[Item]:
    """The points of one side: the list of what inspectors require first, then what stands under headings of the side.

    Where no heading tells the sides, by the tone of the sentences.
    """
    required = _named("areas_for_improvement").whole_section
    assert required
    rated = ranking.where(table.rated(*polarities))
    listed = rated.where(table.under(required))
    if len(listed):
        return points(listed)
    if len(rated):
        return points(rated)
    sounding = ranking.where(_sounds(table, sound) & ~_sounds(table, other))
    return best(_in_order(sounding).top(len(sounding)))


def judged(question: str, table: RowTable) -> Mask:
    """The rows on the side that a question asks for: all of them, where it doesn't say "praised" or "criticised"."""
    praised, criticised = bool(tone("praise").search(question)), bool(tone("concern").search(question))
    if praised == criticised:
        return table.all
    polarities, name = ((Polarity.STRENGTH,), "praise") if praised else (_IMPROVE, "concern")
    return table.rated(*polarities) | (table.rated(Polarity.CONTEXT, None) & _sounds(table, name))


def _sounds(table: RowTable, name: str) -> Mask:
    return table.matching(tone(name))


def _in_order(ranking: Ranking) -> Ranking:
    return Ranking(ranking.store, np.sort(ranking.rows), ranking.scores, ranking.similarities)


def _apart(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    taken = {(other.document.name, other.start) for other in others}
    return [item for item in items if (item.document.name, item.start) not in taken]
