"""The default writer: the documents' own sentences, grouped by inspection, newest first, and hardly a word of ours.

What is ours (leads, labels, gaps) is built from structure alone, from areas, dates, speakers and sections, so that it
can't say more than the documents do.
"""

from collections.abc import Iterator, Sequence

from assistant.draft import Draft, DraftStatement
from assistant.evidence import Evidence, Item
from assistant.types import StatementKind
from assistant.wording import Wording, listed, wording
from index.types import Document, Speaker, Voice


def _group(item: Item) -> tuple[str, tuple[str, ...], str, str, str]:
    """What belongs under one lead: the same area and inspection, out of the same mouth."""
    about = item.document.profile
    return (
        about.period or "",
        item.sentence.areas,
        _lead_name(item.sentence.voice),
        wording().when(about),
        item.document.name,
    )


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


def _lead(items: Sequence[Item], words: Wording) -> DraftStatement:
    first = items[0]
    about = first.document.profile
    area = words.listed(first.sentence.areas) or words.say("lead", "no_area")
    text = words.say("lead", _lead_name(first.sentence.voice), area=area, when=words.when(about))
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
    quoted = " ".join(item.document.text[item.start : item.end].split())
    return DraftStatement(
        f"“{quoted}”",
        kind,
        (item,),
        sentence.voice.speaker,
        item.document.profile.period,
        listed(sentence.areas) or None,
        sentence.polarity,
    )


def _notes(evidence: Evidence, documents: Sequence[Document], words: Wording) -> Iterator[DraftStatement]:
    """What a reader must know beside the quotations: that they are old, not all there is, or not first hand."""
    items = evidence.items
    if evidence.left_out:
        yield DraftStatement(words.say("note", "more", count=evidence.left_out), StatementKind.NOTE)
    for remark in evidence.remarks:
        yield DraftStatement(words.say("note", remark), StatementKind.NOTE)
    shown = [item.document for item in items]
    for area in dict.fromkeys(area for item in items for area in item.sentence.areas):
        here = max((d.profile.period or "" for d in shown if area in d.profile.areas), default="")
        newest = max((d.profile for d in documents if area in d.profile.areas), key=lambda p: p.period or "")
        if here and (newest.period or "") > here:
            name = "older_and_newer" if evidence.newer else "older"
            text = words.say("note", name, year=here, area=area, newer=words.when(newest))
            yield DraftStatement(text, StatementKind.NOTE, area=area, period=here)
    for item in evidence.newer:
        yield _quote(item, StatementKind.NOTE)
    relayed = [i.sentence.voice for i in items if i.sentence.voice.speaker is Speaker.INSPECTORS]
    if relayed and not any(voice.first_hand for voice in relayed):
        yield DraftStatement(words.say("note", "second_hand"), StatementKind.NOTE)


def write(evidence: Evidence, documents: Sequence[Document], words: Wording) -> Draft:
    """The draft of an answer: for each inspection a lead and its quotations, then gaps, notes and what is related."""
    statements: list[DraftStatement] = []
    for group in _grouped(evidence.items):
        statements.append(_lead(group, words))
        statements += [_quote(item, StatementKind.QUOTE) for item in group]
    missing = (words.say("missing", one.name, of=one.of) for one in evidence.missing)
    statements += [DraftStatement(words.say("gap", "not_said", missing=text), StatementKind.GAP) for text in missing]
    statements += _notes(evidence, documents, words)
    if evidence.related:
        statements.append(DraftStatement(words.say("note", "related"), StatementKind.NOTE))
        statements += [_quote(item, StatementKind.NOTE) for item in evidence.related]
    return tuple(statements)
