"""From what was found to what is shown: the sentences that answer, or the reason why none does."""

import re
from collections.abc import Sequence

import numpy as np

from assistant import confidence
from assistant.attributes import asked
from assistant.evidence import Evidence, Missing
from assistant.figures import asks_count, asks_duration, gives_duration, gives_figure
from assistant.intents import Intent, intents
from assistant.overview import SIDES, UNLISTED, judged, overview, tone
from assistant.pieces import best, points
from assistant.reading import Reading
from assistant.retriever import Hit, Ranking
from assistant.rowtable import Mask, RowTable
from assistant.vocabulary import Official, explained, flat
from index.lexicon import terms

ANSWERS = 0.72  # confidence from which a sentence counts as an answer; chosen on the dev splits
_SHARE_OF_BEST = 0.45  # of the best score: what a further sentence must reach to be shown; chosen on the dev splits
_MOST = 5
_MOST_WITH_FIGURE = 2
_NAMES_ALL = 0.95  # coverage of a question by one sentence that counts as the whole
_NAMES_HALF = 0.5  # coverage from which a sentence of the usual words on the outcome counts as being on the matter
_RELATED = 2
_LOOKED_AT = 60  # best hits among which evidence is chosen
_FEW_DOCUMENTS = 3  # of which all mentions are shown; of more than these, the best of each
_NEAREST = 2  # official wordings that mean the same thing; further ones only belong to it
_MOST_MENTIONS = 40  # of a matter across all documents
# Questions that names, addresses and dates of an inspection answer, and not only its findings.
_PARTICULARS = re.compile(
    r"\b(?:who|whose|names?|named|address|website|contact|e-?mail|phone|director|chief executive|lead inspectors?|hmi|"
    r"team|previous|dates?|when|responsible|commission\w*)\b",
    re.I,
)

_Wanted = tuple[re.Pattern[str], Sequence[str]]  # a pattern, and words of which whatever it finds holds one


def select(reading: Reading, ranking: Ranking, table: RowTable) -> Evidence:
    """What answers a question, best first or in a section's order. ``ranking`` holds all the rows that are in scope.

    Where nothing does, what lies near it stands under ``related``.
    """
    if not len(ranking):
        return Evidence(())
    for intent in reading.intents:
        if intent.name in SIDES and (found := overview(ranking, table, SIDES[intent.name])).items:
            return found
        if intent.whole_section and len(sections := ranking.where(table.under(intent.whole_section))):
            return Evidence(tuple(points(sections)), confidence=1.0)
        if intent.name in UNLISTED and (found := overview(ranking, table, UNLISTED[intent.name])).items:
            return found
    finder = next((intent for intent in reading.intents if intent.find), None)
    if finder and finder.find:
        answering = table.matching(finder.find)
        if finder.fact:  # read when the document was, whatever its words
            answering = answering | table.holding(finder.fact)
        matching = ranking.where(answering)
        if len(matching):
            return Evidence(tuple(best(matching.top(_MOST))), confidence=1.0)
        if finder.required:
            return Evidence((), tuple(best(ranking.top(_RELATED))), (Missing(finder.name),))
    return _by_topic(reading, ranking, table)


def everywhere(reading: Reading, ranking: Ranking, table: RowTable) -> Evidence:
    """For a question across all documents: what names the whole matter, the best of each area and document."""
    outcome = _outcome().find
    assert outcome  # said so in data/intents.toml
    matching = _naming_all(reading, ranking, table)
    if outcome.search(reading.english):
        matching = matching & table.matching(outcome)
    groups: dict[tuple[tuple[str, ...], str], list[Hit]] = {}
    for hit in ranking.where(matching).top(len(ranking)):
        groups.setdefault((hit.sentence.areas, hit.document.name), []).append(hit)
    most = _MOST if len(groups) <= _FEW_DOCUMENTS else 1
    hits = [hit for group in groups.values() for hit in group[:most]]
    shown = tuple(item for hit in hits[:_MOST_MENTIONS] for item in best([hit]))
    return Evidence(shown, confidence=1.0, left_out=max(0, len(hits) - _MOST_MENTIONS))


def _outcome() -> Intent:
    return next(intent for intent in intents() if intent.name == "outcome")


def _naming_all(reading: Reading, ranking: Ranking, table: RowTable) -> Mask:
    """The rows whose sentence holds every word of the matter: its own, its nearest official words, or a short form.

    Words that only judge, such as "criticised", are no part of the matter: they say which side of it is asked for.
    """
    said = tone("concern").sub(" ", tone("praise").sub(" ", reading.bare_english))
    everyday = [official for official in reading.officials if not official.replaces and official.said in flat(said)]
    spoken = {term for official in reading.officials for term in terms(official.said)}
    masks = [_naming_official(official, table) for official in everyday]
    lexicon = ranking.store.lexicon
    masks += [lexicon.scores_of([term]) > 0 for term in reading.terms if term in terms(said) and term not in spoken]
    if not masks:
        return ~table.all
    mask: Mask = np.all([*masks, judged(reading.bare_english, table)], axis=0)
    return mask


def _naming_official(official: Official, table: RowTable) -> Mask:
    wordings = [terms(wording) for wording in (official.said, *official.words[:_NEAREST])]
    phrases: list[_Wanted] = [
        (re.compile(r"\b" + r"\w*\W+".join(words), re.I), words[:1]) for words in wordings if words
    ]
    short: list[_Wanted] = [
        (term.pattern, term.names) for term in explained(official.said) if term.pattern.fullmatch(official.said)
    ]
    mask: Mask = np.any([table.holding_words(*wanted) for wanted in (*phrases, *short)], axis=0)
    return mask


def _unheard_of(reading: Reading, ranking: Ranking, table: RowTable) -> bool:
    """Whether the question names terms of the subject, or somebody's own name, and nothing in scope holds any."""
    named: list[_Wanted] = [(term.pattern, term.names) for term in explained(reading.english) if not term.common]
    names: list[_Wanted] = [(_name(name), (name,)) for name in reading.named]
    conditions: list[list[_Wanted]] = [
        [(re.compile(rf"(?<!\w){re.escape(word)}", re.I), (word,)) for word in (official.said, *official.words)]
        for official in reading.officials
        if official.named
    ]
    scope = ~table.all
    scope[ranking.rows] = True
    return any(
        patterns and not any(table.any_holds(scope, *wanted) for wanted in patterns)
        for patterns in (named, names, *conditions)
    )


def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _naming(reading: Reading, ranking: Ranking, table: RowTable) -> Ranking:
    """The sentences that hold a name of the question's own, where it has one and some do."""
    for name in reading.named:
        holding = ranking.where(table.holding_words(_name(name), (name,)))
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


def _without_formulas(reading: Reading, ranking: Ranking, table: RowTable) -> Ranking:
    """Without what every report says of its outcome and its next steps, unless that is asked or names the matter."""
    if _outcome().ask.search(reading.bare_english):
        return ranking
    outcomes = (hit for hit in ranking.top(_LOOKED_AT) if table.outcomes[hit.row])
    rows = [hit.row for hit in outcomes if confidence.coverage(reading, [hit], ranking.store) < _NAMES_HALF]
    mask = table.all
    mask[rows] = False
    return ranking.where(mask)


def _by_topic(reading: Reading, ranking: Ranking, table: RowTable) -> Evidence:
    if not _PARTICULARS.search(reading.bare_english):
        ranking = ranking.where(~table.particulars)
    ranking = _without_formulas(reading, ranking, table)
    if not len(ranking):
        return Evidence(())
    ranking = _naming(reading, ranking, table)
    hits = ranking.top(_LOOKED_AT)
    if counted := _counted(reading, hits, ranking):
        return Evidence(tuple(best(counted)), (), (), 1.0)
    if reading.whole_voice:
        return Evidence(tuple(best(hits[:_MOST])), (), (), 1.0)
    candidates = [hit for hit in hits if hit.score >= _SHARE_OF_BEST * hits[0].score]
    for attribute in asked(reading.bare_english):
        telling = [hit for hit in candidates[:_MOST] if attribute.told_by(hit.text)]
        if not telling:
            return Evidence((), tuple(best(hits[:_RELATED])), (Missing(attribute.name),), 0.0)
        candidates = telling
    sure = 0.0 if _unheard_of(reading, ranking, table) else confidence.confidence(reading, ranking)
    if sure < ANSWERS:
        gap = (Missing("how_many"),) if asks_count(reading.english) else ()
        return Evidence((), tuple(best(hits[:_RELATED])), gap, sure)
    if not any(intent.name == "figure" for intent in reading.intents):
        return Evidence(tuple(best(candidates[:_MOST])), (), (), sure)
    gives = gives_duration if asks_duration(reading.english) else gives_figure
    with_figure = [hit for hit in candidates if gives(hit.text)]
    if with_figure:
        return Evidence(tuple(best(with_figure[:_MOST_WITH_FIGURE])), (), (), sure)
    if asks_count(reading.english):
        return Evidence((), tuple(best(candidates[:_RELATED])), (Missing("how_many"),), sure)
    return Evidence(tuple(best(candidates[:_MOST_WITH_FIGURE])), (), (Missing("figure"),), sure)
