"""Which sentences may answer a question at all: those of its areas, years and speakers."""

import re

from assistant.reading import Reading
from assistant.rowtable import Mask, RowTable
from assistant.types import Filters
from index.types import Speaker


def in_scope(table: RowTable, reading: Reading, filters: Filters) -> Mask:
    """Which rows a question may be answered from: its areas, years and speakers, and the limits set from outside."""
    since, until = _latest(reading.since, filters.since), _earliest(reading.until, filters.until)
    # What inspectors said is what any document says of it, unless they are asked for beside others.
    speakers = () if reading.speakers == (Speaker.INSPECTORS,) else reading.speakers
    small_print = any(intent.small_print for intent in reading.intents)
    allowed = table.boilerplate if small_print else table.findings
    if reading.areas:
        allowed = allowed & table.about(reading.areas)
    allowed = _of_years(allowed, since, until, table)
    if speakers:
        allowed = allowed & table.by(speakers)
    if filters.speaker:
        allowed = allowed & table.by([filters.speaker])
    if filters.kind:
        allowed = allowed & table.of_kind(filters.kind)
    if reading.newest and since is None and until is None:
        allowed = allowed & table.newest
    return allowed


def _of_years(allowed: Mask, since: int | None, until: int | None, table: RowTable) -> Mask:
    """The rows of some years. Where no document is of a year that is asked for, those that name it."""
    within = allowed
    if since is not None:
        within = within & (table.years >= since)
    if until is not None:
        within = within & (table.years <= until) & (table.years > 0)
    if within.any() or since is None or since != until:
        return within
    return allowed & table.holding_words(re.compile(rf"(?<!\d){since}(?!\d)"), [str(since)])


def _latest(a: int | None, b: int | None) -> int | None:
    return max((year for year in (a, b) if year is not None), default=None)


def _earliest(a: int | None, b: int | None) -> int | None:
    return min((year for year in (a, b) if year is not None), default=None)
