"""The default writer: the documents' own sentences, grouped by inspection, newest first, and hardly a word of ours.

What is ours (leads, labels, gaps) is built from structure alone, from areas, dates, speakers and sections, so that it
can't say more than the documents do.
"""

from collections.abc import Iterator, Sequence

from assistant.draft import Draft, DraftStatement
from assistant.evidence import Evidence, Item
from assistant.types import StatementKind
from assistant.wording import listed, say, when
from index.types import Document, Speaker, Voice


def _group(item: Item) -> tuple[str, tuple[str, ...], str, str, str]:
    """What belongs under one lead: the same area and inspection, out of the same mouth."""
    about = item.document.profile
    return about.period or "", item.sentence.areas, _lead_name(item.sentence.voice), when(about), item.document.name


def _lead_name(voice: Voice) -> str:
    if voice.speaker is Speaker.INSPECTORS:
        return "first_hand" if voice.first_hand else "second_hand"
    return voice.speaker.value


def _grouped(items: Sequence[Item]) -> list[list[Item]]:
    """Groups newest first; within a year the inspectors' own report first; evidence in the order it was chosen."""
    groups: dict[tuple[str, tuple[str, ...], str, str, str], list[Item]] = {}
    for item in items:
        groups.setdefault(_group(item), []).append(item)
    by_first_hand = sorted(groups.items(), key=lambda group: group[0][2] != "first_hand")
    return [group for _, group in sorted(by_first_hand, key=lambda group: group[0][0], reverse=True)]


def _lead(items: Sequence[Item]) -> DraftStatement:
    first = items[0]
    about = first.document.profile
    area = listed(first.sentence.areas) or say("lead", "no_area")
    text = say("lead", _lead_name(first.sentence.voice), area=area, when=when(about))
    return DraftStatement(
        text,
        StatementKind.LEAD,
        tuple(items),
        first.sentence.voice.speaker,
        about.period,
        listed(first.sentence.areas) or None,
    )


def _quote(item: Item, kind: StatementKind) -> DraftStatement:
    sentence = item.sentence
    words = " ".join(item.document.text[item.start : item.end].split())
    return DraftStatement(
        f"“{words}”",
        kind,
        (item,),
        sentence.voice.speaker,
        item.document.profile.period,
        listed(sentence.areas) or None,
        sentence.polarity,
    )


def _notes(items: Sequence[Item], documents: Sequence[Document]) -> Iterator[DraftStatement]:
    """What a reader must know beside the quotations: that they are old, or not first hand."""
    shown = [item.document for item in items]
    for area in dict.fromkeys(area for item in items for area in item.sentence.areas):
        here = max((d.profile.period or "" for d in shown if area in d.profile.areas), default="")
        newest = max((d.profile for d in documents if area in d.profile.areas), key=lambda p: p.period or "")
        if here and (newest.period or "") > here:
            text = say("note", "older", year=here, area=area, newer=when(newest))
            yield DraftStatement(text, StatementKind.NOTE, area=area, period=here)
    relayed = [i.sentence.voice for i in items if i.sentence.voice.speaker is Speaker.INSPECTORS]
    if relayed and not any(voice.first_hand for voice in relayed):
        yield DraftStatement(say("note", "second_hand"), StatementKind.NOTE)


def write(evidence: Evidence, documents: Sequence[Document]) -> Draft:
    """The draft of an answer: for each inspection a lead and its quotations, then gaps, notes and what is related."""
    statements: list[DraftStatement] = []
    for group in _grouped(evidence.items):
        statements.append(_lead(group))
        statements += [_quote(item, StatementKind.QUOTE) for item in group]
    statements += [
        DraftStatement(say("gap", "not_said", missing=missing), StatementKind.GAP) for missing in evidence.missing
    ]
    statements += _notes(evidence.items, documents)
    if evidence.related:
        statements.append(DraftStatement(say("note", "related"), StatementKind.NOTE))
        statements += [_quote(item, StatementKind.NOTE) for item in evidence.related]
    return tuple(statements)
