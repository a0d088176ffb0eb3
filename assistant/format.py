"""Answers as plain text for people and as answer format 1 for programs."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

from assistant.languages import ENGLISH
from assistant.types import Answer, Citation, Statement, StatementKind
from assistant.wording import Wording, wording

FORMAT = 1
_HAND = {True: "first hand", False: "second hand"}


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
    """An answer in format 1. ``id`` is left out where the question has none, ``language`` where it is English."""
    fields = _plain(answer)
    fields["timings_ms"] = dict(answer.timings_ms)
    for place in (fields, fields["understood"]):
        if place["language"] == ENGLISH:
            del place["language"]
    identity = {"id": fields.pop("id")}
    return {"format": FORMAT, **(identity if answer.id is not None else {}), **fields}


def marks(statement: Statement) -> str:
    """The citation marks of a statement: ``[1][2]``."""
    return "".join(f"[{number}]" for number in statement.citations)


def answer_text(statements: tuple[Statement, ...], ours: Wording) -> str:
    """The whole answer as plain text with its marks, a line a statement."""
    return "\n".join(_lines(statements, ours))


def _lines(statements: tuple[Statement, ...], ours: Wording) -> Iterator[str]:
    for statement in statements:
        if statement.kind is StatementKind.LEAD:
            yield f"{statement.text}: {marks(statement)}" if statement.citations else statement.text
        elif statement.citations:
            label = f" ({ours.say('mark', statement.polarity.value)})" if statement.polarity else ""
            yield f"- {statement.text} {marks(statement)}{label}"
        else:
            yield statement.text


def source_line(citation: Citation, ours: Wording) -> str:
    """Where a citation stands, in one line: who, in which document, under which heading."""
    when = ""
    if citation.inspection:
        start, end = citation.inspection.start.isoformat(), citation.inspection.end.isoformat()
        when = ours.say("text", "inspected", start=start, end=end)
    elif citation.published:
        when = ours.say("text", "published", date=citation.published.isoformat())
    page = ours.say("text", "page", page=citation.page) if citation.page else ""
    section = ours.say("text", "section", section=citation.section) if citation.section else ""
    return f"[{citation.id}] {citation.speaker_detail} – {citation.title} ({citation.document}{when}{page}{section})"


def readable(answer: Answer) -> str:
    """The answer as it is printed in a terminal, with its sources under it."""
    ours = wording(answer.language)
    parts = [answer.answer]
    if answer.resolved_question != answer.question:
        parts.insert(0, ours.say("text", "understood", question=answer.resolved_question))
    if answer.explained:
        explained = (f"- {word.term}: {word.plain}" for word in answer.explained)
        parts.append("\n".join([ours.say("text", "words"), *explained]))
    if answer.citations:
        lines = (source_line(citation, ours) for citation in answer.citations)
        parts.append("\n".join([ours.say("text", "sources"), *lines]))
    if answer.suggestions:
        parts.append("\n".join([ours.say("text", "ask_next"), *(f"- {text}" for text in answer.suggestions)]))
    return "\n\n".join(parts)


def officer_view(answer: Answer) -> str:
    """The same for somebody who checks: each quotation with its place and its speaker, then what is missing."""
    parts = [] if answer.citations else [answer.answer]
    for citation in answer.citations:
        period = citation.inspection
        dates = f"{period.start.isoformat()} to {period.end.isoformat()}" if period else "not stated"
        fields = (
            ("document", citation.document),
            ("title", citation.title),
            ("publisher", citation.publisher or "not stated"),
            ("section", citation.section or "not stated"),
            ("page", str(citation.page) if citation.page else "no pages"),
            ("characters", f"{citation.start} to {citation.end}"),
            ("inspected", dates),
            ("published", citation.published.isoformat() if citation.published else "not stated"),
            ("area", ", ".join(citation.areas) or "not stated"),
            ("speaker", f"{citation.speaker.value} ({citation.speaker_detail}, {_HAND[citation.first_hand]})"),
        )
        lines = (f"    {name:<11}{value}" for name, value in fields)
        parts.append("\n".join([f"[{citation.id}] “{' '.join(citation.quote.split())}”", *lines]))
    notes = [one.text for one in answer.statements if not one.citations and one.kind is not StatementKind.LEAD]
    return "\n\n".join([*parts, *(["\n".join(notes)] if notes and answer.citations else [])])


VIEWS = {"plain": readable, "officer": officer_view}
