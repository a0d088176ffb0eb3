"""What could be asked next: only questions that the loaded documents answer about the same area."""

from collections.abc import Iterator

from assistant.intents import intents
from assistant.reading import Reading
from assistant.rowtable import RowTable
from assistant.wording import wording
from index.store import Store

_OFFERED = ("areas_for_improvement", "next_inspection", "outcome")
_MOST = 2


def suggestions(reading: Reading, table: RowTable, store: Store) -> tuple[str, ...]:
    """At most two follow-ups that weren't asked, about the area in question, or where none is named the newest one.

    Who asks about an area without documents gets none: another area's answers are not theirs.
    """
    if reading.unknown_areas and not reading.areas:
        return ()
    areas = reading.areas or tuple(area for area in store.areas[:1])
    return tuple(_answerable(reading, table, areas[0]))[:_MOST] if areas else ()


def _answerable(reading: Reading, table: RowTable, area: str) -> Iterator[str]:
    about = table.about([area]) & table.findings
    for intent in intents():
        if intent.name not in _OFFERED or intent in reading.intents:
            continue
        found = table.under(intent.whole_section) if intent.whole_section else table.all
        if intent.find:
            found = found & table.matching(intent.find)
        if (found & about).any():
            yield wording(reading.language).say("suggest", intent.name, area=area)
