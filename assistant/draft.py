"""What a writer hands over: statements with the evidence each stands on, before anything is checked or numbered."""

from dataclasses import dataclass

from assistant.evidence import Item
from assistant.types import StatementKind
from index.types import Polarity, Speaker


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """A statement and its evidence. A quotation's text is the evidence's own words between quotation marks."""

    text: str
    kind: StatementKind
    evidence: tuple[Item, ...] = ()
    speaker: Speaker | None = None
    period: str | None = None
    area: str | None = None
    polarity: Polarity | None = None


Draft = tuple[DraftStatement, ...]
