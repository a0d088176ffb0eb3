"""Does a quotation support what is said on it? A test by rule: every word weighed, every fact matched.

After ALCE (Gao et al. 2023) a statement has citation recall when all it cites together supports it, and a citation is
precise when it supports the statement itself or the rest no longer does without it. ALCE asks a language model whether
words support words. Here a rule does, so that the same answer gets the same score on every machine: enough of the
statement's words, weighted by rarity, must stand in one sentence of the source (in that word or one that means the
same), and every number, date, place, speaker, negation, qualifier and link of cause must be the source's.

``python -m evals validate`` prints how often it is right. It can't see who does what to whom ("parents advise
leaders"), a comparison turned round, or an inference that is sound but in words its lists do not know.
"""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.folding import folded
from index.areas import gazetteer
from index.lexicon import terms
from index.sentences import sentence_spans

LEAST_SUPPORT = 0.5  # of a statement's weight; chosen, as the next, on the dev half of the validation set
LEAST_OF_PART = 0.25
OWN_WORDS = 0.75  # of all words of both: from here on, a statement is the source's wording and not a new one
_SCOPE = 6  # words that a cue reaches
_LONGEST_PHRASE = 6  # words
_COMMON = 1.0  # the weight of a word whose rarity is not known
_LINKED = re.compile(
    r"^(?:this|these|that|those|it|they|here|such|as a result|consequently|therefore|of these|their|similarly)\b", re.I
)
_CLAUSE = re.compile(
    r"\s*(?:[;:–]|,(?=\s)|\b(?:but|while|whereas|although|though|however|despite|which|rather than)\b)\s*",
    re.I,
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|cannot|should|will|must|does|do|did)\b", re.I)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:(?P<days>\d{{1,2}}(?:st|nd|rd|th)?(?: (?:to|and|-) \d{{1,2}})?) )?"
    rf"(?P<month>{_MONTHS})\b(?: (?P<year>(?:19|20)\d\d)\b)?"
    r"|\b(?P<alone>(?:19|20)\d\d)\b"
)
_WRITTEN = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "sixteen": "16", "eighteen": "18", "twenty": "20",
    "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "half": "½", "third": "⅓", "quarter": "¼",
    "twice": "2", "fourth": "4th", "fifth": "5th",
}  # fmt: skip
_NOT_COUNTED = frozenset({"1"})  # "1" for "one" is no other number
_LISTS = Path(__file__).with_name("entailment.toml")


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement stands on: quoted sentences in order, and what is known of them beside their words.

    ``dates`` are the dates of the inspection or of publication in words, ``speakers`` in the names of answer format 1.
    """

    sentences: tuple[str, ...]
    areas: tuple[str, ...] = ()
    dates: str = ""
    speakers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a source supports a statement, and if not, why: each reason begins with the kind of fault."""

    reasons: tuple[str, ...]
    support: float

    @property
    def supported(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


def source_of(quotes: Iterable[str], **known: object) -> Source:
    """A source from quoted passages, cut into sentences. ``known`` are the other fields of ``Source``."""
    sentences = tuple(text[s:e] for text in map(folded, quotes) for s, e in sentence_spans(text, 0, len(text)))
    return Source(sentences, **known)  # type: ignore[arg-type]


def rarity(sentences: Iterable[str]) -> dict[str, float]:
    """The inverse frequency of every stemmed word: one that stands in every sentence weighs next to nothing."""
    rows = [set(terms(sentence)) for sentence in sentences]
    return {word: math.log(1 + len(rows) / count) for word, count in Counter(w for row in rows for w in row).items()}


def entails(source: Source, statement: str, weights: Mapping[str, float]) -> Verdict:
    """Judge one statement. ``weights`` (see ``rarity``) maps stemmed words to weights; others weigh 1."""
    said = folded(statement).strip("\"'“”‘’ ")
    whole = " ".join(source.sentences)
    if said and said in whole:
        return Verdict((), 1.0)
    reasons = [
        *_numbers(said, whole),
        *_dates(said, whole, source),
        *_places(said, whole, source),
        *_speakers(said, whole, source),
    ]
    least = 1.0
    weights = {**weights, **dict.fromkeys(terms(f"{' '.join(source.areas)} {source.dates}"), 0.0)}  # judged as facts
    for start, end in sentence_spans(said, 0, len(said)):
        sentence = said[start:end]
        windows, support = _best(source.sentences, sentence, weights)
        least = min(least, support)
        if support < LEAST_SUPPORT:
            reasons.append(f"support: only {support:.2f} of '{sentence[:60]}' stands in one place of the source")
        for part, window in windows:
            reasons += [*_signs(part, window), *_reach(part, window), *_cause(part, window), *_altered(part, window)]
    return Verdict(tuple(dict.fromkeys(reasons)), least)


# --- support


def _best(sentences: Sequence[str], sentence: str, weights: Mapping[str, float]) -> tuple[list[tuple[str, str]], float]:
    """What each part of a sentence stands on, and the support of the weakest part.

    A sentence stands on one sentence of the source, or on one and the next that leans on it ("This means …"). If it
    does not as a whole, it may be two statements joined by a comma or an "and": then each half must stand on its own.
    """
    windows = list(_windows(sentences))
    whole = max(((_held(sentence, window, weights), window) for window in windows), default=(0.0, ""))
    halves = _halves(sentence)
    if whole[0] >= LEAST_SUPPORT or len(halves) < 2 or not windows:
        return [(sentence, whole[1])], whole[0]
    parts = [(half, *max((_held(half, window, weights), window) for window in windows)) for half in halves]
    return [(half, window) for half, _, window in parts], min(value for _, value, _ in parts)


def _held(statement: str, window: str, weights: Mapping[str, float]) -> float:
    """The support of a statement in one place; none where a part of it has nothing there.

    The parts are what is said of whom, and what is joined by a "because": words of two sentences run together hold
    well as a whole and badly in parts.
    """
    sides = _links().split(statement)
    pieces = [piece for side in sides for piece in _VERB.split(side, maxsplit=1) if len(_bearing(piece)) > 1]
    if any(_support(part, window, weights) < LEAST_OF_PART for part in (*sides, *pieces)):
        return 0.0
    return _support(statement, window, weights)


def _windows(sentences: Sequence[str]) -> Iterable[str]:
    for at, sentence in enumerate(sentences):
        yield sentence
        if at + 1 < len(sentences) and _LINKED.match(sentences[at + 1].strip("\"'“”")):
            yield f"{sentence} {sentences[at + 1]}"


def _halves(sentence: str) -> list[str]:
    """The statements that a comma or a "but" joins; a sentence that a "because" holds together is one."""
    if _links().search(sentence):
        return []
    parts = re.split(r",\s+(?:and|but|while|whereas|although)\s+|\s+but\s+|[;:]\s+", sentence)
    return [part for part in parts if len(_bearing(part)) > 1]


def _support(statement: str, source: str, weights: Mapping[str, float]) -> float:
    """The share of a statement's weight that stands in a source; 1 where all of it is frame."""
    have = _meanings(source)
    total = held = 0.0
    for unit in _units(statement):
        if unit.words <= _frame():
            continue
        weight = max(weights.get(word, _COMMON) for word in unit.words)
        total += weight
        held += weight * bool(unit.meanings & have or unit.words <= have)
    return held / total if total else 1.0


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word or a phrase: its stemmed words, and what it may mean (groups of ``[same]``, or else itself)."""

    words: frozenset[str]
    meanings: frozenset[str]


def _units(text: str) -> tuple[_Unit, ...]:
    """A text as units of meaning, in order: the longest phrase that ``[same]`` knows, or else a single word."""
    stems, groups = terms(text), _same()
    units: list[_Unit] = []
    at = 0
    while at < len(stems):
        size = next((n for n in range(_LONGEST_PHRASE, 1, -1) if tuple(stems[at : at + n]) in groups), 1)
        words = tuple(stems[at : at + size])
        units.append(_Unit(frozenset(words), groups.get(words) or frozenset(words)))
        at += size
    return tuple(units)


def _meanings(text: str) -> frozenset[str]:
    """All that the units of a text may mean, and all its stemmed words."""
    units = _units(text)
    return frozenset(terms(text)).union(*(unit.meanings for unit in units))


def _bearing(text: str) -> frozenset[str]:
    """What a text is about: its meanings without those of the frame."""
    return frozenset().union(*(unit.meanings for unit in _units(text) if not unit.words <= _frame()))


# --- facts that must match one by one


def _numbers(statement: str, source: str) -> list[str]:
    missing = _figures(_DATE.sub(" ", statement)) - _figures(source) - _NOT_COUNTED
    return [f"number: {one} is not in the source" for one in sorted(missing)]


def _figures(text: str) -> set[str]:
    digits = {match[0].replace(",", "") for match in _NUMBER.finditer(text)}
    return digits | {_WRITTEN[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _WRITTEN}


def _dates(statement: str, source: str, known: Source) -> list[str]:
    """Dates of a statement that neither the source nor what is known of it bears out.

    A date is borne out by one that agrees with it in all it names. A year alone is held against the source's own words
    where they hold a year: the year of the inspection must not cover for another.
    """
    own = [_date(match) for match in _DATE.finditer(source)]
    have = [*own, *(_date(match) for match in _DATE.finditer(known.dates))]
    faults = []
    for match in _DATE.finditer(statement):
        date = _date(match)
        among = own if date.month is None and any(one.year for one in own) and known.dates not in statement else have
        if not any(_agrees(date, one) for one in among):
            faults.append(f"date: {match[0].strip()} is not in the source")
    return faults


@dataclass(frozen=True, slots=True)
class _Date:
    days: frozenset[str]
    month: str | None
    year: str | None


def _date(match: re.Match[str]) -> _Date:
    return _Date(frozenset(re.findall(r"\d+", match["days"] or "")), match["month"], match["year"] or match["alone"])


def _agrees(date: _Date, other: _Date) -> bool:
    return (
        date.days <= other.days
        and date.month in (None, other.month)
        and (date.year in (None, other.year) or (other.year is None and date.month == other.month is not None))
    )


def _places(statement: str, source: str, known: Source) -> list[str]:
    names = gazetteer()
    have = {mention.area for mention in names.mentions(source)} | set(known.areas)
    return [f"place: {one.area} is not in the source" for one in names.mentions(statement) if one.area not in have]


def _speakers(statement: str, source: str, known: Source) -> list[str]:
    have = _attributed(source) | known.speakers
    return [f"speaker: this is not said by {one}" for one in sorted(_attributed(statement) - have)]


def _attributed(text: str) -> set[str]:
    """Who is said to say something, in the names of answer format 1, and ``parents``."""
    lists = _lists()
    verbs = _alternatives(lists["words"]["said"])
    found: set[str] = set()
    for speaker, names in lists["speakers"].items():
        name = _alternatives(names)
        if re.search(rf"\b(?:{name})\b(?:\s+\w+){{0,2}}?\s+(?:{verbs})\b|\baccording to (?:{name})\b", text, re.I):
            found.add(speaker)
    return found


# --- negation, reach and cause, read against the sentence of the source that a part stands on


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word that turns what is near it round (``turning``), or says that it is wanting."""

    turning: bool
    scope: frozenset[str]


def _signs(part: str, window: str) -> list[str]:
    """A statement must deny what its source denies, and only that."""
    ours, theirs = _cues(part), _cues(window)
    faults = []
    for cue in ours:
        near = [one for one in theirs if one.scope & cue.scope] if cue.scope & _bearing(window) else theirs
        if not (near if cue.turning else theirs):
            faults.append("negation: the statement denies or lowers what the source does not")
    for cue in theirs:
        kept = cue.scope & _bearing(part)
        if 2 * len(kept) < len(cue.scope) or not kept:
            continue
        if not ([one for one in ours if one.scope & kept] if cue.turning else ours):
            faults.append("negation: the source denies or lowers what the statement does not")
    if _count(ours, True) > _count(theirs, True) and _count(ours, False) >= _count(theirs, False) > 0:
        faults.append("negation: the statement denies once more than the source")
    return faults


def _count(cues: Sequence[_Cue], turning: bool) -> int:
    return sum(cue.turning is turning for cue in cues)


def _cues(text: str) -> list[_Cue]:
    """The cues of a text. A ``not`` before a word of want cancels it ("not insufficient")."""
    lists = _lists()["negation"]
    plain = re.sub(r"n['’]t\b", " not", text.lower())
    plain = re.sub(rf"\b(?:{_alternatives(lists['neutral'])})\b", " ", plain)
    turning, wanting = (_alternatives(lists[name]) for name in ("turning", "wanting"))
    plain = re.sub(rf"\b(?:{turning}) (?:{wanting})\b", lambda m: m[0] if m[0] in lists["wanting"] else " ", plain)
    cues: list[_Cue] = []
    for match in re.finditer(rf"\b(?P<want>{wanting})\b|\b(?:{turning})\b", plain):
        after = " ".join(_CLAUSE.split(plain[match.end() :])[0].split()[:_SCOPE])
        if match["want"]:
            before = " ".join(_CLAUSE.split(plain[: match.start()])[-1].split()[-_SCOPE:])
            cues.append(_Cue(False, _bearing(f"{before} {match[0]} {after}")))
        else:
            cues.append(_Cue(True, _bearing(after)))
    return cues


def _reach(part: str, window: str) -> list[str]:
    """Qualifiers of the statement must be the source's; those of the source must be kept with the words they limit."""
    ours, theirs = _qualified(part), _qualified(window)
    meant = _meanings(part)
    faults = [f"qualifier: '{kind}' is not in the source" for kind in ours if not _standing_for(kind, theirs)]
    for kind, heads in theirs.items():
        kept = sum(bool(head & meant) for head in heads)
        if len(_standing_for(kind, ours)) < kept:
            faults.append(f"qualifier: '{kind}' of the source is gone")
    return faults


def _standing_for(kind: str, others: Mapping[str, Sequence[frozenset[str]]]) -> list[frozenset[str]]:
    """The qualifiers that may stand for one of a class."""
    alike = _lists()["qualifiers_alike"]
    return [head for other in (kind, *alike.get(kind, ())) for head in others.get(other, ())]


def _qualified(text: str) -> dict[str, list[frozenset[str]]]:
    """The qualifiers in a text by their class, each with what the word right after it may mean."""
    found: dict[str, list[frozenset[str]]] = {}
    pattern, kinds = _reaching()
    for match in pattern.finditer(text.lower()):
        head = _units(" ".join(text[match.end() :].split()[:4]))[:1]
        for kind in kinds.get(match[0], ()):
            found.setdefault(kind, []).append(frozenset().union(*(unit.meanings for unit in head)))
    return found


@cache
def _reaching() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern for every qualifier, and the classes each belongs to; those that are none have no class."""
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, phrases in {**_lists()["qualifiers"], **_lists()["qualifiers_of_numbers"]}.items():
        for phrase in phrases:
            kinds[phrase] = (*kinds.get(phrase, ()), kind)
    counting = _alternatives(phrase for phrases in _lists()["qualifiers_of_numbers"].values() for phrase in phrases)
    others = [phrase for phrases in _lists()["qualifiers"].values() for phrase in phrases]
    neutral = _lists()["words"]["no_qualifier"]
    numbers = "|".join(_WRITTEN)
    return re.compile(rf"\b(?:(?:{counting})(?= (?:\d|{numbers}))|(?:{_alternatives([*others, *neutral])}))\b"), kinds


def _altered(part: str, window: str) -> list[str]:
    """Where the words are nearly the source's own, a small word more or less is an alteration, not another wording."""
    ours, theirs = set(terms(part)), set(terms(window))
    if len(ours & theirs) < OWN_WORDS * len(ours | theirs):
        return []
    faults = []
    if Counter(cue.turning for cue in _cues(part)) != Counter(cue.turning for cue in _cues(window)):
        faults.append("negation: nearly the source's words, but not its denials")
    if {k: len(v) for k, v in _qualified(part).items()} != {k: len(v) for k, v in _qualified(window).items()}:
        faults.append("qualifier: nearly the source's words, but not its qualifiers")
    return faults


def _cause(part: str, window: str) -> list[str]:
    link = _links().search(part)
    allowed = [*_lists()["words"]["cause"], *_lists()["words"]["cause_in_source"]]
    if link and not re.search(rf"\b(?:{_alternatives(allowed)})\b", window.lower()):
        return [f"cause: '{link[0]}' joins what the source does not"]
    return []


@cache
def _links() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(_lists()['words']['cause'])})\b", re.I)


# --- word lists


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_LISTS.read_text(encoding="utf-8"))


@cache
def _frame() -> frozenset[str]:
    return frozenset(term for word in _lists()["words"]["frame"] for term in terms(word))


@cache
def _same() -> dict[tuple[str, ...], frozenset[str]]:
    """The groups that each phrase of ``[same]`` belongs to, by its stemmed words."""
    groups: dict[tuple[str, ...], frozenset[str]] = {}
    for number, group in enumerate(_lists()["same"]["groups"]):
        for phrase in group:
            stems = tuple(terms(phrase))
            groups[stems] = groups.get(stems, frozenset()) | {f"={number}"}
    return groups


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
