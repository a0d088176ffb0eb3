"""From what was found to what is shown: the sentences that answer, or the reason why none does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import confidence
from assistant.attributes import asked
from assistant.figures import asks_count, asks_duration, gives_duration, gives_figure
from assistant.question import Reading
from assistant.retriever import Hit, Ranking
from assistant.rowtable import Mask, RowTable
from assistant.types import Filters
from assistant.vocabulary import explained
from index.lexicon import terms
from index.types import Document, Passage, Sentence, Speaker

ANSWERS = 0.70  # confidence from which a sentence counts as an answer; chosen on the dev splits
_SHARE_OF_BEST = 0.55  # of the best score: what a further sentence must reach to be shown; chosen on the dev split
_MOST = 5
_MOST_WITH_FIGURE = 2
_NAMES_ALL = 0.95  # coverage of a question by one sentence that counts as the whole
_RELATED = 2
_LOOKED_AT = 60  # best hits among which evidence is chosen
_LEANS = re.compile(
    r"^(?:this|these|that|those|it|they|such|here|as a result|consequently|therefore|for example|of these|similarly|"
    r"they also|their|through|although|while)\b",
    re.I,
)
# Questions that names, addresses and dates of an inspection answer, and not only its findings.
_PARTICULARS = re.compile(
    r"\b(?:who|whose|names?|named|address|website|contact|e-?mail|phone|director|chief executive|lead inspectors?|hmi|"
    r"team|previous|dates?|when|responsible|commission\w*)\b",
    re.I,
)
_GOES_ON = re.compile(
    r"^(?:this|these|here|as a result|consequently|therefore|for example|of these|though|although|it|they)\b|"
    r"\bthese (?:improvements|changes|areas|children|young people)\b",
    re.I,
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
class Missing:
    """What was asked for and isn't there: the name of its words in ``data/wording``, and what they are about."""

    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What answers a question. ``related`` is shown as such and never as an answer."""

    items: tuple[Item, ...]
    related: tuple[Item, ...]
    missing: tuple[Missing, ...]
    confidence: float


def in_scope(table: RowTable, reading: Reading, filters: Filters) -> Mask:
    """Which rows a question may be answered from: its areas, years and speakers, and the limits set from outside."""
    since, until = _latest(reading.since, filters.since), _earliest(reading.until, filters.until)
    speakers = [speaker for speaker in reading.speakers if speaker is not Speaker.INSPECTORS]
    small_print = any(intent.small_print for intent in reading.intents)
    allowed = table.boilerplate if small_print else table.findings
    if reading.areas:
        allowed = allowed & table.about(reading.areas)
    if since is not None:
        allowed = allowed & (table.years >= since)
    if until is not None:
        allowed = allowed & (table.years <= until) & (table.years > 0)
    if speakers:
        allowed = allowed & table.by(speakers)
    if filters.speaker:
        allowed = allowed & table.by([filters.speaker])
    if filters.kind:
        allowed = allowed & table.of_kind(filters.kind)
    if reading.newest and since is None and until is None:
        allowed = allowed & table.newest
    return allowed


def _latest(a: int | None, b: int | None) -> int | None:
    return max((year for year in (a, b) if year is not None), default=None)


def _earliest(a: int | None, b: int | None) -> int | None:
    return min((year for year in (a, b) if year is not None), default=None)


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


def _whole_sections(ranking: Ranking) -> list[Item]:
    """Every sentence of a ranking, in the order of the documents, one item a passage."""
    passages: dict[tuple[str, int], list[Hit]] = {}
    for hit in ranking.top(len(ranking)):
        passages.setdefault((hit.document.name, hit.passage.start), []).append(hit)
    items = []
    for _, found in sorted(passages.items()):
        first = min(found, key=lambda hit: hit.sentence.start)
        end = max(hit.sentence.end for hit in found)
        items.append(replace(_item(first), start=first.sentence.start, end=end, score=max(h.score for h in found)))
    return items


def select(reading: Reading, ranking: Ranking, table: RowTable) -> Evidence:
    """Choose the evidence among what is in scope."""
    if not len(ranking):
        return Evidence((), (), (), 0.0)
    for intent in reading.intents:
        if intent.whole_section and len(sections := ranking.where(table.under(intent.whole_section))):
            return Evidence(tuple(_whole_sections(sections)), (), (), 1.0)
    finder = next((intent for intent in reading.intents if intent.find), None)
    if finder and finder.find:
        answering = table.matching(finder.find)
        if finder.fact:  # read when the document was, whatever its words
            answering = answering | table.holding(finder.fact)
        matching = ranking.where(answering)
        if len(matching):
            return Evidence(tuple(_best(matching.top(_MOST))), (), (), 1.0)
        if finder.required:
            return Evidence((), tuple(_best(ranking.top(_RELATED))), (Missing(finder.name),), 0.0)
    return _by_topic(reading, ranking, table)


def _unheard_of(reading: Reading, ranking: Ranking, table: RowTable) -> bool:
    """Whether the question names terms of the subject, or somebody's own name, and nothing in scope holds any."""
    terms_named = [term.pattern for term in explained(reading.english) if not term.common]
    names = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in reading.named]
    conditions = [
        [re.compile(rf"(?<!\w){re.escape(word)}", re.I) for word in (official.said, *official.words)]
        for official in reading.officials
        if official.named
    ]
    return any(
        patterns and not any(len(ranking.where(table.matching(pattern))) for pattern in patterns)
        for patterns in (terms_named, names, *conditions)
    )


def _naming(reading: Reading, ranking: Ranking, table: RowTable) -> Ranking:
    """The sentences that hold a name of the question's own, where it has one and some do."""
    for name in reading.named:
        holding = ranking.where(table.matching(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")))
        if len(holding):
            return holding
    return ranking


def _counted(reading: Reading, hits: Sequence[Hit], ranking: Ranking) -> list[Hit]:
    """For a question of how many: the sentences that give a figure and name all that the question names."""
    if not asks_count(reading.english) or not (reading.terms or reading.officials):
        return []
    with_figure = [hit for hit in hits if gives_figure(hit.text)]
    return [hit for hit in with_figure if confidence.coverage(reading, [hit], ranking.store) >= _NAMES_ALL][
        :_MOST_WITH_FIGURE
    ]


def _by_topic(reading: Reading, ranking: Ranking, table: RowTable) -> Evidence:
    if not _PARTICULARS.search(reading.bare_english):
        ranking = ranking.where(~table.particulars)
    if not len(ranking):
        return Evidence((), (), (), 0.0)
    ranking = _naming(reading, ranking, table)
    hits = ranking.top(_LOOKED_AT)
    if counted := _counted(reading, hits, ranking):
        return Evidence(tuple(_best(counted)), (), (), 1.0)
    if reading.whole_voice:
        return Evidence(tuple(_best(hits[:_MOST])), (), (), 1.0)
    candidates = [hit for hit in hits if hit.score >= _SHARE_OF_BEST * hits[0].score]
    for attribute in asked(reading.bare_english):
        telling = [hit for hit in candidates[:_MOST] if attribute.told_by(hit.text)]
        if not telling:
            return Evidence((), tuple(_best(hits[:_RELATED])), (Missing(attribute.name),), 0.0)
        candidates = telling
    sure = 0.0 if _unheard_of(reading, ranking, table) else confidence.confidence(reading, ranking)
    if sure < ANSWERS:
        gap = (Missing("how_many"),) if asks_count(reading.english) else ()
        return Evidence((), tuple(_best(hits[:_RELATED])), gap, sure)
    if not any(intent.name == "figure" for intent in reading.intents):
        return Evidence(tuple(_best(candidates[:_MOST])), (), (), sure)
    gives = gives_duration if asks_duration(reading.english) else gives_figure
    with_figure = [hit for hit in candidates if gives(hit.text)]
    if with_figure:
        return Evidence(tuple(_best(with_figure[:_MOST_WITH_FIGURE])), (), (), sure)
    if asks_count(reading.english):
        return Evidence((), tuple(_best(candidates[:_RELATED])), (Missing("how_many"),), sure)
    return Evidence(tuple(_best(candidates[:_MOST_WITH_FIGURE])), (), (Missing("figure"),), sure)


def _best(hits: Sequence[Hit]) -> list[Item]:
    return _without_overlap([_item(hit) for hit in hits])
