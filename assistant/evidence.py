"""From what was found to what is shown: the sentences that answer, or the reason why none does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.confidence import confidence
from assistant.question import Intent, Reading
from assistant.retriever import Hit
from assistant.types import Filters
from assistant.vocabulary import explained
from index.dates import MONTHS
from index.lexicon import terms
from index.store import Store
from index.types import Document, Passage, Sentence, Speaker

ANSWERS = 0.6  # confidence from which a sentence counts as an answer; chosen on the dev split
_SHARE_OF_BEST = 0.62  # of the best score: what a further sentence must reach to be shown; chosen on the dev split
_MOST = 5
_MOST_WITH_FIGURE = 2
_RELATED = 2
_LEANS = re.compile(
    r"^(?:this|these|that|those|it|they|such|here|as a result|consequently|therefore|for example|of these|similarly|"
    r"they also|their|through|although|while)\b",
    re.I,
)
_COUNT = re.compile(r"\bhow many\b|\bnumber of\b|\bwhat (?:number|percentage|proportion|share)\b", re.I)
_GOES_ON = re.compile(
    r"^(?:this|these|here|as a result|consequently|therefore|for example|of these|though|although|it|they)\b|"
    r"\bthese (?:improvements|changes|areas|children|young people)\b",
    re.I,
)
# A figure that counts something: a year, a day of a month or a "Year 9" does not.
_NO_FIGURE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})\b(?: \d{{1,2}}(?!\d),?)?(?: \d{{4}})?|\b(?:19|20)\d\d\b|\byear \d+|\bpost-\d+",
    re.I,
)
_FIGURE = re.compile(
    r"\d|\bone (?!of)|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|per cent)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of evidence: one or more neighbouring sentences of one passage, as a single exact slice."""

    document: Document
    passage: Passage
    sentence: Sentence
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What answers a question. ``related`` is shown as such and never as an answer. ``missing`` is in plain words."""

    items: tuple[Item, ...]
    related: tuple[Item, ...]
    missing: tuple[str, ...]
    confidence: float


def in_scope(store: Store, reading: Reading, filters: Filters) -> NDArray[np.bool_]:
    """Which rows a question may be answered from: its areas, years and speakers, and the limits set from outside."""
    since, until = _latest(reading.since, filters.since), _earliest(reading.until, filters.until)
    wanted = set(reading.areas)
    speakers = {s for s in reading.speakers if s is not Speaker.INSPECTORS}
    small_print = any(intent.small_print for intent in reading.intents)
    newest = _newest(store) if reading.newest and since is None and until is None else {}
    allowed = np.ones(len(store.rows.sentences), dtype=np.bool_)
    for at, row in enumerate(store.rows.sentences):
        about = store.documents[row.document].profile
        sentence = row.sentence
        year = int(about.period) if about.period else None
        allowed[at] = (
            (not wanted or bool(wanted & set(sentence.areas)))
            and small_print == store.documents[row.document].passages[row.passage].boilerplate
            and (since is None or (year is not None and year >= since))
            and (until is None or (year is not None and year <= until))
            and (not speakers or sentence.voice.speaker in speakers)
            and (filters.speaker is None or sentence.voice.speaker is filters.speaker)
            and (filters.kind is None or about.kind is filters.kind)
            and (not newest or any(about.period == newest.get(area) for area in sentence.areas))
        )
    return allowed


def _latest(a: int | None, b: int | None) -> int | None:
    return max((year for year in (a, b) if year is not None), default=None)


def _earliest(a: int | None, b: int | None) -> int | None:
    return min((year for year in (a, b) if year is not None), default=None)


def _newest(store: Store) -> dict[str, str]:
    """The newest year of each area."""
    newest: dict[str, str] = {}
    for document in store.documents:
        for area in document.profile.areas:
            if document.profile.period:
                newest[area] = max(newest.get(area, ""), document.profile.period)
    return newest


def _item(hit: Hit) -> Item:
    """The sentence, with the one before it that it leans on, and the one after it that goes on about it."""
    text, sentences = hit.document.text, hit.passage.sentences
    first = last = sentences.index(hit.sentence)
    while first > 0 and _LEANS.search(text[sentences[first].start : sentences[first].end]):
        first -= 1
    if last + 1 < len(sentences) and _GOES_ON.search(text[sentences[last + 1].start : sentences[last + 1].end]):
        last += 1
    return Item(hit.document, hit.passage, hit.sentence, sentences[first].start, sentences[last].end, hit.score)


def _touch(a: Item, b: Item) -> bool:
    return a.passage is b.passage and b.start <= a.end + 1 and a.start <= b.end + 1


def _without_overlap(items: Sequence[Item]) -> list[Item]:
    """Pieces of one passage that touch or overlap become one; the same words twice are shown once."""
    kept: list[Item] = []
    said: set[str] = set()
    for item in items:
        words = " ".join(terms(item.document.text[item.start : item.end]))
        touching = next((i for i, k in enumerate(kept) if _touch(k, item)), None)
        if touching is not None:
            k = kept[touching]
            kept[touching] = replace(k, start=min(k.start, item.start), end=max(k.end, item.end))
        elif words not in said:
            kept.append(item)
        said.add(words)
    return kept


def _sections(hits: Sequence[Hit], intent: Intent) -> list[Item]:
    """Every sentence under the headings an intent asks for, in the order of the documents, one item a passage."""
    assert intent.whole_section is not None  # asked only of intents that have one
    passages: dict[tuple[str, int], list[Hit]] = {}
    for hit in hits:
        if hit.passage.section and intent.whole_section.search(hit.passage.section):
            passages.setdefault((hit.document.name, hit.passage.start), []).append(hit)
    items = []
    for _, found in sorted(passages.items()):
        first = min(found, key=lambda hit: hit.sentence.start)
        end = max(hit.sentence.end for hit in found)
        best = max(hit.score for hit in found)
        items.append(Item(first.document, first.passage, first.sentence, first.sentence.start, end, best))
    return items


def select(reading: Reading, hits: Sequence[Hit], store: Store) -> Evidence:
    """Choose the evidence among the hits in scope, which come best first."""
    if not hits:
        return Evidence((), (), (), 0.0)
    for intent in reading.intents:
        if intent.whole_section and (items := _sections(hits, intent)):
            return Evidence(tuple(items), (), (), 1.0)
    finder = next((intent for intent in reading.intents if intent.find), None)
    if finder and finder.find:
        matching = [hit for hit in hits if finder.find.search(hit.text)]
        if matching:
            return Evidence(tuple(_best(matching, _MOST)), (), (), 1.0)
        if finder.required:
            related = tuple(_item(hit) for hit in hits[:_RELATED])
            return Evidence((), related, (finder.missing,), 0.0)
    return _by_topic(reading, hits, store)


def _unheard_of(reading: Reading, hits: Sequence[Hit]) -> bool:
    """Whether the question names terms of the subject and no document in scope holds any of them, in any spelling."""
    named = [term for term in explained(reading.question) if not term.common]
    return bool(named) and not any(term.pattern.search(hit.text) for hit in hits for term in named)


def _by_topic(reading: Reading, hits: Sequence[Hit], store: Store) -> Evidence:
    figure = any(intent.name == "figure" for intent in reading.intents)
    sure = 0.0 if _unheard_of(reading, hits) else confidence(reading, hits, store)
    if sure < ANSWERS:
        related = tuple(_without_overlap([_item(hit) for hit in hits[:_RELATED]]))
        return Evidence((), related, (), sure)
    candidates = [hit for hit in hits if hit.score >= _SHARE_OF_BEST * hits[0].score]
    if figure:
        with_figure = [hit for hit in candidates if _FIGURE.search(_NO_FIGURE.sub(" ", hit.text))]
        if with_figure:
            return Evidence(tuple(_best(with_figure, _MOST_WITH_FIGURE)), (), (), sure)
        if _COUNT.search(reading.question):
            return Evidence((), tuple(_best(candidates, _RELATED)), ("how many",), sure)
        return Evidence(tuple(_best(candidates, _MOST_WITH_FIGURE)), (), ("a figure for this",), sure)
    return Evidence(tuple(_best(candidates, _MOST)), (), (), sure)


def _best(hits: Sequence[Hit], most: int) -> list[Item]:
    return _without_overlap([_item(hit) for hit in hits[:most]])
