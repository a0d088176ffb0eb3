"""What a statement of a model must meet beyond ``entails``, which lets an invention pass beside enough that is true.

A paraphrase has new words scattered among the source's; an invention has them together: in one clause, in a row, or as
a name. And what its source says of some ("children who are new to the area") a statement must not say of all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from assistant.support.source import Source
from assistant.support.support import weight
from assistant.support.turns import Mark, cues
from assistant.support.verdict import claim_of
from assistant.support.words import Unit, alternatives, any_of, clauses, holds, lists, read
from index.areas import gazetteer
from index.lexicon import terms
from index.sentences import sentence_spans

MOST_NEW = 0.5  # of the weight of a statement; chosen, as the next two, on the dev half of the validation set
MOST_NEW_IN_CLAUSE = 0.6
MOST_NEW_IN_SUBJECT = 0.65
MOST_NEW_IN_REST = 0.5
LEAST_HELD = 1  # units
MOST_ASTRAY = 0.25
LONGEST_RUN = 3  # new words one after the other
_DATED = re.compile(r"\b(?:19|20)\d\d\b")  # of dates only the date is told
_FEW = 2  # units: too few in a clause to tell
_NAME = re.compile(r"(?<!^)(?<![.!?:] )(?<![\w'’.-])[A-Z](?:[\w'’-]*\w)?")
_JOINED = re.compile(r"\s(?:and|that|which|who|as well as|including|so|to)\s", re.I)
_VERBS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "can",
        "cannot",
        "will",
        "should",
        "must",
        "may",
        "get",
        "gets",
    ]
)
_DENIED = re.compile(r"\b(?:not|no|yet to|nobody|none|never)\b|n't\b", re.I)
_THOSE = re.compile(r"\bthose\b", re.I)
_FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d[\d,.]*\b")
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|should|will|must|may|does|do|did|gets?|receives?|lacks?|waits?|knows?|"
    r"understands?|feels?|ensures?|makes?|takes?|gives?|provides?|offers?|meets?|works?|benefits?|conducts?|commissions?|"
    r"identif(?:y|ies)|reports?|wants?|needs?|shows?|experiences?|attends?|develops?|improves?|enables?|agrees?|"
    r"contributes?|access(?:es)?|lives?|starts?|comes?|became|becomes?|leads?|led|finds?|found|helps?|uses?|said|says?|"
    r"told|praised|warned|visited|judged|recognised?|describes?|includes?|involves?|supports)\b",
    re.I,
)
_REACHED = 8  # words of a limit
_LIMITED = r"(?:who|whose|that|with|aged|under|over|at risk of|subject to|experiencing|awaiting|waiting for|without)"


def stricter(source: Source, statement: str, weights: Mapping[str, float]) -> list[str]:
    """What speaks against a model's statement that ``entails`` lets pass; each reason begins with its kind."""
    whole = read(" ".join(source.sentences))
    said = gazetteer().without(statement)
    faults = [f"new: the name '{name}'" for name in _NAME.findall(said) if not _known(name, source)]
    facts = frozenset(terms(f"{' '.join(source.areas)} {source.dates}"))
    for start, end in sentence_spans(said, 0, len(said)):
        sentence = claim_of(said[start:end])
        units = _units(sentence, facts)
        new = [not holds(whole, unit) for unit in units]
        if len(new) - sum(new) < LEAST_HELD and not _DATED.search(sentence):
            faults.append("support: next to nothing of the statement is in the source")
        if (share := _share(units, new, weights)) > MOST_NEW:
            faults.append(f"new: {share:.2f} of the statement is in no form in the source")
        if (run := _run(new)) > LONGEST_RUN:
            faults.append(f"new: {run} words together are in no form in the source")
        for clause in _clauses(sentence):
            units = _units(clause, facts)
            share = _share(units, [not holds(whole, unit) for unit in units], weights)
            if len(units) > _FEW and share > MOST_NEW_IN_CLAUSE:
                faults.append(f"new: {share:.2f} of '{clause[:40]}' is in no form in the source")
        for piece, most in zip(_pieces(sentence), (MOST_NEW_IN_SUBJECT, MOST_NEW_IN_REST), strict=False):
            units = [unit for unit in _units(piece, facts) if not unit.words <= _about_nothing()]
            share = _share(units, [not holds(whole, unit) for unit in units], weights)
            if (most == MOST_NEW_IN_SUBJECT or len(units) > _FEW) and share > most:
                faults.append(f"new: {share:.2f} of '{piece[:40]}' is in no form in the source")
        faults += _figures_astray(source, sentence)
        window = max(source.sentences, key=lambda one: sum(holds(read(one), unit) for unit in read(sentence).bearing))
        faults += _denials(sentence, " ".join(source.sentences))
        faults += _unlimited(sentence, window)
    return [*faults, *_widened(source, statement)]


def astray(source: Source, others: Source, statement: str, weights: Mapping[str, float]) -> list[str]:
    """What a statement says in the words of other quotations than those it cites; each reason begins with its kind."""
    here = read(" ".join(source.sentences))
    elsewhere = [read(sentence) for sentence in others.sentences]
    units = _units(statement, frozenset(terms(f"{' '.join(source.areas)} {source.dates}")))
    strays = [not holds(here, unit) and any(holds(one, unit) for one in elsewhere) for unit in units]
    share = _share(units, strays, weights)
    return [f"fused: {share:.2f} of the statement stands in another quotation"] if share > MOST_ASTRAY else []


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
    return bool(re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", whole.text)) or any(
        read(name).units and all(holds(whole, unit) for unit in read(words).units) for words in (name, f"{name} plan")
    )


def _widened(source: Source, statement: str) -> Iterator[str]:
    """Groups that the source limits ("families who are poor") and the statement names without the limit."""
    parts = [part for part in re.split(r"[,;:]\s", statement) if part]
    for sentence in source.sentences:
        for actor in lists()["actors"]:
            for limit in _limits(actor, sentence):
                naming = [part for part in parts if any_of("actors", actor).search(_THOSE.sub("", part))]
                if naming and not any(holds(read(part), unit) for part in naming for unit in limit):
                    yield f"widened: the source limits '{actor}', the statement does not"


def _pieces(sentence: str) -> list[str]:
    """What a sentence is about, and what it says of it; the whole where no verb is known."""
    verb = _PREDICATE.search(sentence, 3)
    return [sentence[: verb.start()], sentence[verb.start() :]] if verb else [sentence]


def _figures_astray(source: Source, sentence: str) -> Iterator[str]:
    """Words beside a figure that stand in the source, but not in the sentence that has the figure."""
    for clause in re.split(r"[,;:]\s", sentence):
        figures = set(_FIGURE.findall(clause))
        at_home = [one for one in source.sentences if figures & set(_FIGURE.findall(one))]
        away = [read(one) for one in source.sentences if one not in at_home]
        home = read(" ".join(at_home))
        astray = [u for u in read(clause).bearing if not holds(home, u) and any(holds(one, u) for one in away)]
        if figures and at_home and astray:
            yield f"number: '{clause[astray[0].start : astray[0].end]}' is not counted by the source's figure"


def _denials(sentence: str, whole: str) -> Iterator[str]:
    """One "not" can't stand for two of the source: "is not timely and children receive support" drops the second."""
    ours, about = cues(sentence), read(sentence).about
    kept = sum(cue.kind == "turning" and bool(_core(cue) & about) for cue in cues(whole))
    if ours and kept > len(ours):
        yield "negation: the source denies more often than the statement"
    if any(cue.kind == "turning" for cue in ours) and not cues(whole):
        yield "negation: the source denies nothing"
    if re.search(r"\byet\b", sentence) and not re.search(
        r"\b(?:not|n't|no|yet to|nobody|none|never)\b|n't\b", sentence
    ):
        yield "negation: a 'yet' without its 'not'"
    wants = lists()["negation"]["wanting"]
    for match in re.finditer(rf"\bnot (?P<want>{alternatives(wants)})\b", read(sentence).text):
        if match[0] not in wants and re.search(rf"(?<!not )\b{re.escape(match['want'])}\b", read(whole).text):
            yield f"negation: '{match[0]}' is '{match['want']}' in the source"


def _core(cue: Mark) -> frozenset[str]:
    return frozenset().union(*(unit.meanings for unit in (*cue.core, *cue.own)))


@cache
def _about_nothing() -> frozenset[str]:
    return frozenset(term for word in lists()["about_nothing"]["words"] for term in terms(word))


def _unlimited(sentence: str, window: str) -> Iterator[str]:
    """A statement without any "some" or "many" on what its source says of some or many."""
    limits = lists()["qualifiers_of_groups"]["opening"]
    opening = re.compile(rf"(?:^|\b(?:that|and|but|with|as|while|so|for)\s|[,;:]\s)(?:{alternatives(limits)})\b", re.I)
    low, said = read(window).text, read(sentence)
    for match in opening.finditer(low):
        group = read(" ".join(low[match.end() :].split()[:5])).units
        if any(holds(said, unit) for unit in group) and not any_of("qualifiers_of_groups", "words").search(said.text):
            yield f"qualifier: '{match[0].strip()}' of the source is gone"


def _limits(actor: str, sentence: str) -> Iterator[tuple[Unit, ...]]:
    """What limits a group in a sentence, as units; that they have special needs limits nobody here."""
    low = read(sentence).text
    for match in any_of("actors", actor).finditer(low):
        tail = re.match(rf"\s+{_LIMITED}\s+(?P<limit>[^,;:.]+)", low[match.end() :])
        if tail and match[0] != "those":
            words = tail["limit"].split()[:_REACHED]
            ends = next((at for at, word in enumerate(words) if at and word in _VERBS), len(words))
            if about := tuple(unit for unit in read(" ".join(words[:ends])).bearing if not unit.words & _of_all()):
                yield about


@cache
def _of_all() -> frozenset[str]:
    return frozenset(
        term for word in ("special", "educational", "needs", "disabilities", "send") for term in terms(word)
    )
