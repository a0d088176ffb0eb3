"""The draft of an answer: what was found, or why nothing was, and what else a reader must know."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.draft import Draft, DraftStatement
from assistant.evidence import Evidence, Missing
from assistant.limits import in_scope
from assistant.reading import Reading
from assistant.rowtable import RowTable
from assistant.types import Filters, StatementKind
from assistant.vocabulary import explained
from assistant.wording import Wording
from assistant.writers import extractive
from index.store import Store


def of_translation(draft: Draft, ours: Wording) -> Draft:
    """What a reader of a translation must know of it."""
    if not ours.translated:
        return ()
    names = (*(("english",) if any(statement.evidence for statement in draft) else ()), "unchecked")
    return tuple(DraftStatement(ours.say("note", name), StatementKind.NOTE) for name in names)


def no_documents(reading: Reading, limits: Filters, table: RowTable, store: Store, ours: Wording) -> Draft:
    """Why no document can answer: none on the area, or none from the years; empty where some can."""
    if reading.unknown_areas and not reading.areas:
        return (no_area(ours.listed(reading.unknown_areas), store, ours),)
    allowed = in_scope(table, replace(reading, speakers=()), replace(limits, speaker=None))
    if allowed.any():
        return ()
    area = ours.some(reading.areas or store.areas)
    since = max((y for y in (reading.since, limits.since) if y is not None), default=None)
    until = min((y for y in (reading.until, limits.until) if y is not None), default=None)
    if since is None and until is None:
        return (DraftStatement(ours.say("gap", "no_kind", area=area), StatementKind.GAP),)
    years = _span(since, until, ours)
    return (DraftStatement(ours.say("gap", "no_period", area=area, years=years), StatementKind.GAP),)


def no_area(area: str, store: Store, ours: Wording) -> DraftStatement:
    """That there are no documents on an area, and on which there are some."""
    text = ours.say("gap", "no_documents", area=area, loaded=ours.some(store.areas))
    return DraftStatement(text, StatementKind.GAP)


def _span(since: int | None, until: int | None, ours: Wording) -> str:
    """Years in words: ``2017``, ``2017 to 2020``, ``2030 on``, ``until 2001``."""
    if since == until:
        return str(since)
    name = "until" if since is None else "since" if until is None else "between"
    return ours.say("years", name, since=since, until=until)


def drafted(evidence: Evidence, reading: Reading, store: Store, ours: Wording) -> Draft:
    """The writer's draft; where there is no evidence, what was searched comes first."""
    written = extractive.write(evidence, store.documents, ours)
    if any(intent.name == "definition" for intent in reading.intents):
        meant = explained(reading.english)[:1]
        written = (*(DraftStatement(f"{term.term}: {term.plain}", StatementKind.NOTE) for term in meant), *written)
    gaps = tuple(no_area(area, store, ours) for area in reading.unknown_areas)
    if evidence.items:
        return (*written, *gaps)
    areas = ours.some(reading.areas or store.areas)
    searched = ours.say("gap", "searched", count=len(store.documents), areas=areas)
    refusal = (
        DraftStatement(ours.say("gap", "not_found"), StatementKind.GAP),
        DraftStatement(searched, StatementKind.NOTE),
    )
    return (*refusal, *gaps, *written)


def also_unknown(reading: Reading) -> tuple[Missing, ...]:
    """What is missing of a question because of the areas it names that no document is about."""
    return tuple(Missing("area", area) for area in reading.unknown_areas)


def in_words(missing: Sequence[Missing], ours: Wording) -> list[str]:
    """What is missing as the words that stand in an answer: ``an address``, ``anything about Leeds``."""
    return [ours.say("missing", one.name, of=one.of) for one in missing]
