"""Nothing reaches a screen unchecked: each statement is held against its quotations, and each quotation to its source.

A statement that fails is dropped. What is left is numbered, so that no mark is without its citation and no citation
without a mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citation import citation
from assistant.draft import Draft, DraftStatement
from assistant.evidence import Item
from assistant.types import Citation, Statement, StatementKind

_MUST_CITE = (StatementKind.QUOTE, StatementKind.SUMMARY)


@dataclass(frozen=True, slots=True)
class Grounded:
    """Statements that hold, their citations, and how many statements were dropped."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    dropped: int


def _flat(text: str) -> str:
    return " ".join(text.split())


def _holds(statement: DraftStatement) -> bool:
    """Whether a statement is the words of its evidence, from where they are said to stand."""
    if statement.kind in _MUST_CITE and not statement.evidence:
        return False
    for item in statement.evidence:
        inside = item.passage.start <= item.start < item.end <= item.passage.end
        if not inside or item.passage not in item.document.passages:
            return False
    quotes = statement.kind is StatementKind.QUOTE or (statement.kind is StatementKind.NOTE and statement.evidence)
    if not quotes:
        return True
    words = statement.text.removeprefix("“").removesuffix("”")
    return any(words == _flat(item.document.text[item.start : item.end]) for item in statement.evidence)


def _citation(number: int, item: Item, best: float) -> Citation:
    score = round(max(0.0, min(1.0, item.score / best)), 3) if best > 0 else 0.0
    return citation(number, item.document, item.passage, item.sentence, item.start, item.end, score)


def ground(draft: Draft) -> Grounded:
    """Check a draft statement by statement and number what it stands on, in order of first use."""
    holding = [statement for statement in draft if _holds(statement)]
    quoted = [item for s in holding if s.kind is not StatementKind.LEAD for item in s.evidence]
    numbers: dict[tuple[str, int, int], int] = {}
    best = max((item.score for item in quoted), default=0.0)
    citations = []
    for item in quoted:
        key = (item.document.name, item.start, item.end)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            citations.append(_citation(numbers[key], item, best))
    statements = [_numbered(s, _marks(s.evidence, numbers)) for s in holding]
    leads_nothing = [s for s in statements if s.kind is StatementKind.LEAD and not s.citations]
    kept = tuple(s for s in statements if s not in leads_nothing)
    return Grounded(kept, tuple(citations), len(draft) - len(kept))


def _marks(evidence: Sequence[Item], numbers: dict[tuple[str, int, int], int]) -> tuple[int, ...]:
    keys = ((item.document.name, item.start, item.end) for item in evidence)
    return tuple(dict.fromkeys(numbers[key] for key in keys if key in numbers))


def _numbered(statement: DraftStatement, marks: tuple[int, ...]) -> Statement:
    return Statement(
        statement.text, statement.kind, marks, statement.speaker, statement.period, statement.area, statement.polarity
    )
