"""What a statement of a model must meet beyond ``entails``, which lets an invention pass beside enough that is true.

A paraphrase has new words scattered among the source's; an invention has them together: in one clause, in a row, or as
a name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from assistant.support.facts import unplaced
from assistant.support.kept import lost, widened
from assistant.support.shuffled import shuffled
from assistant.support.source import Source
from assistant.support.subjects import speaking_for
from assistant.support.support import weight
from assistant.support.verdict import claim_of
from assistant.support.words import Reading, Unit, clauses, holds, lists, read, stemmed
from index.areas import gazetteer
from index.lexicon import terms
from index.sentences import sentence_spans

LONGEST_COPIED = 8  # words in a row; who copies more adds little of his own, and what he adds is his invention
_OF_A_COPY = 0.75  # of what may be new elsewhere
MOST_NEW = 0.6  # of the weight of a statement; chosen, as the others here, on the dev half of the validation set
MOST_NEW_IN_CLAUSE = 0.8
MOST_NEW_IN_SUBJECT = 0.9
MOST_NEW_IN_REST = 0.7
MOST_ASTRAY = 0.25
LEAST_HELD = 1  # units
LONGEST_RUN = 5  # new words one after the other
_FEW = 2  # units: too few in a clause to tell
_DATED = re.compile(r"\b(?:19|20)\d\d\b")  # of dates only the date is told
_NAME = re.compile(r"(?<!^)(?<![.!?:] )(?<![\w'’.-])[A-Z](?:[\w'’-]*\w)?")
_TITLE = re.compile(r"(?<![.!?:] )(?<!^)(?<!^[\"'])\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
_JOINED = re.compile(r"\s(?:and|that|which|who|as well as|including|so|to)\s", re.I)
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|should|will|must|may|does|do|did|gets?|receives?|lacks?|waits?|knows?|"
    r"understands?|feels?|ensures?|makes?|takes?|gives?|provides?|offers?|meets?|works?|benefits?|conducts?|commissions?|"
    r"identif(?:y|ies)|reports?|wants?|needs?|shows?|experiences?|attends?|develops?|improves?|enables?|agrees?|"
    r"contributes?|access(?:es)?|lives?|starts?|comes?|became|becomes?|leads?|led|finds?|found|helps?|uses?|said|says?|"
    r"told|praised|warned|visited|judged|recognised?|describes?|includes?|involves?|supports)\b",
    re.I,
)


def stricter(source: Source, statement: str, weights: Mapping[str, float]) -> list[str]:
    """What speaks against a model's statement that ``entails`` lets pass; each reason begins with its kind."""
    said = gazetteer().without(statement)
    faults = [f"new: the name '{name}'" for name in _NAME.findall(said) if not _known(name, source)]
    faults += [f"new: the name '{name[0]}'" for name in _TITLE.finditer(said) if not _stands(name[0], source)]
    for start, end in sentence_spans(said, 0, len(said)):
        sentence = claim_of(said[start:end])
        faults += _invented(source, sentence, weights)
        faults += lost(source, sentence)
    there = replace(source, sentences=tuple(map(unplaced, source.sentences)))
    nowhere = unplaced(statement)
    for start, end in sentence_spans(nowhere, 0, len(nowhere)):
        faults += shuffled(there, claim_of(nowhere[start:end]))
    return [*faults, *widened(source, statement)]


def astray(source: Source, others: Source, statement: str, weights: Mapping[str, float]) -> list[str]:
    """What a statement says in the words of other quotations than those it cites; each reason begins with its kind."""
    here = read(" ".join(source.sentences))
    elsewhere = [read(sentence) for sentence in others.sentences]
    units = _units(statement, _facts(source))
    strays = [not holds(here, unit) and any(holds(one, unit) for one in elsewhere) for unit in units]
    share = _share(units, strays, weights)
    return [f"fused: {share:.2f} of the statement stands in another quotation"] if share > MOST_ASTRAY else []


def _invented(source: Source, sentence: str, weights: Mapping[str, float]) -> Iterator[str]:
    """New words: too many in all, in a row, in one clause, in what the sentence is about or in what it says of it."""
    whole, facts = read(" ".join(source.sentences)), _facts(source)
    units = _units(sentence, facts)
    new = [not holds(whole, unit) for unit in units]
    allowed = _OF_A_COPY if _copied(source, sentence) else 1.0
    if len(new) - sum(new) < LEAST_HELD and not _DATED.search(sentence):
        yield "support: next to nothing of the statement is in the source"
    if (share := _share(units, new, weights)) > allowed * MOST_NEW:
        yield f"new: {share:.2f} of the statement is in no form in the source"
    for clause in _clauses(sentence):  # "plans for a quality of plans"
        ours, theirs = Counter(unit.words for unit in _units(clause, facts)), Counter(u.words for u in whole.units)
        if twice := [
            words for words, count in ours.items() if count > max(1, theirs[words]) and not words <= _reaching()
        ]:
            yield f"new: '{' '.join(sorted(twice[0]))}' is said more often than in the source"
    if (run := _run(new)) > allowed * LONGEST_RUN:
        yield f"new: {run} words together are in no form in the source"
    for part, most, least in _parts(sentence):
        units = [
            unit for unit in _units(part, facts) if most == MOST_NEW_IN_CLAUSE or not unit.words <= _about_nothing()
        ]
        share = _new_share(units, whole, weights)
        if len(units) > least and share > allowed * most:
            yield f"new: {share:.2f} of '{part[:40]}' is in no form in the source"


def _copied(source: Source, sentence: str) -> bool:
    """Whether a sentence has many words in a row as they stand in the source."""
    ours, theirs = (re.findall(r"[\w'’-]+", text.lower()) for text in (sentence, " ".join(source.sentences)))
    there = {tuple(theirs[at : at + LONGEST_COPIED]) for at in range(len(theirs) - LONGEST_COPIED + 1)}
    return any(tuple(ours[at : at + LONGEST_COPIED]) in there for at in range(len(ours) - LONGEST_COPIED + 1))


def _parts(sentence: str) -> Iterator[tuple[str, float, int]]:
    """The parts of a sentence, each with the most that may be new in it, and how many units are too few to tell."""
    for clause in _clauses(sentence):
        yield clause, MOST_NEW_IN_CLAUSE, _FEW
    about, *says = _pieces(sentence)
    yield about, MOST_NEW_IN_SUBJECT, 0
    for rest in says:
        yield rest, MOST_NEW_IN_REST, _FEW


def _facts(source: Source) -> frozenset[str]:
    """The words of areas, dates and speakers, which are judged as such."""
    return frozenset(terms(f"{' '.join(source.areas)} {source.dates}")) | speaking_for(source)


def _new_share(units: Sequence[Unit], whole: Reading, weights: Mapping[str, float]) -> float:
    return _share(units, [not holds(whole, unit) for unit in units], weights)


def _units(text: str, facts: frozenset[str]) -> list[Unit]:
    return [unit for unit in read(text).bearing if not unit.words <= facts]


def _share(units: Sequence[Unit], new: Sequence[bool], weights: Mapping[str, float]) -> float:
    total = sum(weight(unit, weights) for unit in units)
    return sum(weight(unit, weights) for unit, is_new in zip(units, new, strict=True) if is_new) / (total or 1.0)


def _run(new: Sequence[bool]) -> int:
    longest = current = 0
    for one in new:
        current = current + 1 if one else 0
        longest = max(longest, current)
    return longest


def _clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence, and what an "and" or a "which" joins in each."""
    low = read(sentence).text
    for start, end in clauses(low):
        yield from _JOINED.split(low[start:end])


def _known(name: str, source: Source) -> bool:
    """Whether a word with a capital is in the source, or means what is: "EHC" for "education, health and care"."""
    whole = read(" ".join((*source.sentences, *source.areas, source.dates)))
    name = name[:-1] if len(name) > 2 and name[:-1].isupper() and name.endswith("s") else name  # "CCGs"
    ours = frozenset(terms(name)) <= speaking_for(source)  # "we" is the ICB
    return (
        ours
        or bool(re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", whole.text))
        or any(
            read(name).units and all(holds(whole, unit) for unit in read(words).units)
            for words in (name, f"{name} plan")
        )
    )


def _stands(name: str, source: Source) -> bool:
    """Whether the words of a name that the source has too are there in the same form: "Every Child Counts"."""
    whole = read(" ".join((*source.sentences, *source.areas, source.dates)))
    there = set(re.findall(r"[a-z]+", whole.text))
    return all(word.lower() in there or not holds(whole, unit) for word in name.split() for unit in read(word).units)


def _pieces(sentence: str) -> list[str]:
    """What a sentence is about, and what it says of it; the whole where no verb is known."""
    verb = _PREDICATE.search(sentence, 3)
    return [sentence[: verb.start()], sentence[verb.start() :]] if verb else [sentence]


@cache
def _reaching() -> frozenset[str]:
    """The words of "every" and "many", which one may say of each of two things."""
    return stemmed(phrase for phrases in lists()["qualifiers"].values() for phrase in phrases)


@cache
def _about_nothing() -> frozenset[str]:
    return stemmed(lists()["about_nothing"]["words"])
