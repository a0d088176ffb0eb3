"""Answers as plain text for people and as answer format 1 for programs."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

from assistant.types import Answer, Citation, Statement, StatementKind
from assistant.wording import say

FORMAT = 1


def _plain(value: Any) -> Any:
    """A value as JSON knows it: dates as ISO strings, tuples as lists, enumerations as their values."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """An answer in format 1. ``id`` is left out where the question came without one."""
    fields = _plain(answer)
    fields["timings_ms"] = dict(answer.timings_ms)
    identity = {"id": fields.pop("id")}
    return {"format": FORMAT, **(identity if answer.id is not None else {}), **fields}


def marks(statement: Statement) -> str:
    """The citation marks of a statement: ``[1][2]``."""
    return "".join(f"[{number}]" for number in statement.citations)


def answer_text(statements: tuple[Statement, ...]) -> str:
    """The whole answer as plain text with its marks, a line a statement."""
    return "\n".join(_lines(statements))


def _lines(statements: tuple[Statement, ...]) -> Iterator[str]:
    for statement in statements:
        if statement.kind is StatementKind.LEAD:
            yield f"{statement.text}: {marks(statement)}" if statement.citations else statement.text
        elif statement.citations:
            label = f" ({say('mark', statement.polarity.value)})" if statement.polarity else ""
            yield f"- {statement.text} {marks(statement)}{label}"
        else:
            yield statement.text


def source_line(citation: Citation) -> str:
    """Where a citation stands, in one line: who, in which document, under which heading."""
    when = ""
    if citation.inspection:
        when = f", inspected {citation.inspection.start.isoformat()} to {citation.inspection.end.isoformat()}"
    elif citation.published:
        when = f", published {citation.published.isoformat()}"
    page = f", page {citation.page}" if citation.page else ""
    section = f", under “{citation.section}”" if citation.section else ""
    return f"[{citation.id}] {citation.speaker_detail} – {citation.title} ({citation.document}{when}{page}{section})"


def readable(answer: Answer) -> str:
    """The answer as it is printed in a terminal, with its sources under it."""
    parts = [answer.answer]
    if answer.resolved_question != answer.question:
        parts.insert(0, f"(understood as: {answer.resolved_question})")
    if answer.citations:
        parts.append("\n".join(["Sources", *(source_line(citation) for citation in answer.citations)]))
    if answer.suggestions:
        parts.append("\n".join(["You could also ask", *(f"- {text}" for text in answer.suggestions)]))
    return "\n\n".join(parts)
