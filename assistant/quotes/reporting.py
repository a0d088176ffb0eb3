"""A verdict in our words: what was found, the whole sentence with its speaker, and each difference."""

from collections.abc import Sequence

from assistant.draft import Draft, DraftStatement
from assistant.drafting import no_area
from assistant.evidence import Item
from assistant.quotes.finding import Found
from assistant.quotes.nearest import whole
from assistant.reading import Reading
from assistant.retriever import Hit
from assistant.types import Difference, StatementKind, Verdict, VerdictResult
from assistant.wording import Wording, listed
from index.store import Store


def verdict_on(claim: str, found: Found, searched: int) -> Verdict:
    """The verdict for programs. ``nearest`` holds the whole sentences, as they are written."""
    words = "\n".join(item.document.text[item.start : item.end] for item in found.items)
    return Verdict(found.result, claim, words, found.differences, searched)


def not_there(found: Found, wrong: VerdictResult | None, reading: Reading, store: Store, ours: Wording) -> Draft:
    """What comes before a version from elsewhere: that the area, years or speaker asked about have nothing like it.

    ``wrong`` says what of the question is wrong of the words found. A verdict that is about just that says so itself.
    """
    if wrong is VerdictResult.OTHER_AREA and not reading.areas:
        return (no_area(ours.listed(reading.unknown_areas), store, ours),)
    if wrong in (None, found.result):
        return ()
    area = ours.listed((*reading.areas, *reading.unknown_areas))
    return (DraftStatement(ours.say("verdict", f"nothing_{wrong.value}", area=area), StatementKind.GAP),)


def report(found: Found, wrong: VerdictResult | None, ours: Wording) -> Draft:
    """What was found, in our words and the document's. Of words from elsewhere only that they are the nearest."""
    item = found.items[0]
    lead = ours.say(
        "verdict",
        found.result.value if wrong in (None, found.result) else "elsewhere",
        speaker=ours.say("speaker", item.sentence.voice.speaker.value),
        area=ours.listed(item.sentence.areas),
        year=item.document.profile.period or ours.say("lead", "undated"),
    )
    return (
        DraftStatement(lead, StatementKind.LEAD, found.items),
        *(_shown(item, StatementKind.QUOTE) for item in found.items),
        *(DraftStatement(_change(one, ours), StatementKind.NOTE) for one in found.differences),
    )


def _change(one: Difference, ours: Wording) -> str:
    """One difference in words."""
    name = "difference" if one.claimed and one.source else "put_in" if one.claimed else "left_out"
    return ours.say("verdict", name, claimed=one.claimed, source=one.source)


def absent(hits: Sequence[Hit], searched: int, ours: Wording) -> Draft:
    """That the words were not found, and the nearest sentence as such."""
    gap = DraftStatement(ours.say("verdict", "not_found", count=searched), StatementKind.GAP)
    related = tuple(_shown(whole(hit), StatementKind.NOTE) for hit in hits[:1])
    note = (DraftStatement(ours.say("note", "related"), StatementKind.NOTE),) if related else ()
    return (gap, *note, *related)


def _shown(item: Item, kind: StatementKind) -> DraftStatement:
    return DraftStatement(
        f"“{' '.join(item.document.text[item.start : item.end].split())}”",
        kind,
        (item,),
        item.sentence.voice.speaker,
        item.document.profile.period,
        listed(item.sentence.areas) or None,
        item.sentence.polarity,
    )
