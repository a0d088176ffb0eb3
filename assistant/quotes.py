"""Was this said? A claimed quotation held against every document, independent of how questions are answered.

The comparison knows three kinds of sameness: the same characters; the same after a closed list of normalisations
(white space, quotation marks, dashes, capitals, a full stop at the end); and near, with every differing word shown.
Numbers, names, negations and qualifiers are words like all others here: none is ever forgiven.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft import Draft, DraftStatement
from assistant.evidence import Item, Missing
from assistant.question import Reading
from assistant.retriever import Hit, Retriever, View
from assistant.types import Difference, StatementKind, Verdict, VerdictResult
from assistant.vocabulary import officials
from assistant.wording import listed, wording
from index.lexicon import terms
from index.store import Store
from index.types import Document

_NEAR = 0.55  # share of words in common, in order, from which two wordings are versions of one sentence
_SIMILAR = 0.86  # cosine from which a sentence says something like a claim, in other words
_MEANT = 0.34  # share of a claim's words, in their official form too, that a paraphrase must have in common
_EDGES = " \t\n.,;:!?…\"'"  # what may stand round a claim without belonging to it
# The closed list of characters that count as the same: quotation marks, dashes. Numbers and punctuation never do.
_SAME = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
_CANDIDATES = 12
_WORD = re.compile(r"[£$€]?\d+(?:[.,:/]\d+)*(?:%|\w+)?|[^\W_]+(?:[’'][^\W_]+)*")  # a figure is one word
_SAID_BY = re.compile(
    r"\b(?i:did|does|has) (?:(?:Mrs?|Ms|Dr|Cllr|Councillor) )?([A-Z][a-z]+ [A-Z][a-z'’-]+) (?:really |actually )?"
    r"(?:say|said|write|claim|tell|state)"
)
_NEGATION = frozenset(["not", "no", "never", "none", "nor", "neither", "without", "cannot"])


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: the verdict, and a draft that shows it."""

    verdict: Verdict
    draft: Draft
    found: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """A stretch of a document that a claim is held against, and how far they agree, from 0 to 1."""

    item: Item
    agreement: float
    differences: tuple[Difference, ...]


def _words(text: str) -> list[str]:
    return [word.replace("’", "'").lower() for word in _WORD.findall(text)]


def _differences(claimed: str, source: str) -> tuple[float, tuple[Difference, ...]]:
    """How far two wordings agree, and what differs, as it was written. A claim may be part of its source."""
    theirs, ours = _WORD.findall(claimed), _WORD.findall(source)
    matcher = difflib.SequenceMatcher(None, _words(claimed), _words(source), autojunk=False)
    codes = _without_edges(matcher.get_opcodes())
    same = sum(code[2] - code[1] for code in codes if code[0] == "equal")
    inner = [code for code in codes if code[0] != "equal"]
    changed = sum(max(code[2] - code[1], code[4] - code[3]) for code in inner)
    found = tuple(Difference(" ".join(theirs[code[1] : code[2]]), " ".join(ours[code[3] : code[4]])) for code in inner)
    return same / max(1, same + changed), found


_Code = tuple[str, int, int, int, int]


def _without_edges(codes: Sequence[_Code]) -> list[_Code]:
    """The steps from claim to source without what the source says before and after the words of the claim."""
    kept = list(codes)
    if kept and kept[-1][0] in ("insert", "replace"):
        step, a, b, c, d = kept.pop()
        if step == "replace":
            kept.append((step, a, b, c, min(d, c + b - a)))
    if kept and kept[0][0] in ("insert", "replace"):
        step, a, b, c, d = kept.pop(0)
        if step == "replace":
            kept.insert(0, (step, a, b, max(c, d - (b - a)), d))
    return kept


def _folded(text: str) -> tuple[str, list[int]]:
    """A text after the closed list of normalisations, and for each of its characters the place it came from."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = _SAME.get(char, char)
        if folded.isspace():
            if not kept or kept[-1] == " ":
                continue
            folded = " "
        lowered = folded.lower()
        kept.append(lowered if len(lowered) == 1 else folded)
        places.append(place)
    return "".join(kept), places


@lru_cache(maxsize=512)
def _folded_document(text: str) -> tuple[str, list[int]]:
    return _folded(text)


def _exact(claim: str, documents: Sequence[Document]) -> Iterator[tuple[Document, int, int, bool]]:
    """Where a claim stands word for word: document, span, and whether every character is the same."""
    wanted = _folded(claim)[0].strip(_EDGES)
    if not wanted:
        return
    literal = claim.strip(_EDGES + "“”‘’")
    for document in documents:
        folded, places = _folded_document(document.text)
        at = folded.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            whole = not (at and folded[at - 1].isalnum()) and not (end < len(folded) and folded[end].isalnum())
            if whole or not (wanted[0].isalnum() and wanted[-1].isalnum()):
                start, stop = places[at], places[end - 1] + 1
                yield document, start, stop, document.text[start:stop] == literal
            at = folded.find(wanted, at + 1)


def _item_at(document: Document, start: int, end: int, score: float) -> Item | None:
    """The sentences that a span touches, as evidence; ``None`` where it isn't within one passage's sentences."""
    for passage in document.passages:
        touched = [s for s in passage.sentences if s.start < end and start < s.end]
        if touched and passage.start <= start and end <= passage.end:
            return Item(document, passage, touched[0], touched[0].start, touched[-1].end, score)
    return None


def _people(question: str) -> list[str]:
    """The people a question names as having said something: ``Did Frances Bolger say …``."""
    return [match[1] for match in _SAID_BY.finditer(question)]


def _scope_fits(item: Item, reading: Reading) -> VerdictResult | None:
    """What of the question's claim about area, year or speaker is wrong of a sentence; ``None`` if nothing is."""
    sentence, about = item.sentence, item.document.profile
    if (reading.areas or reading.unknown_areas) and not set(reading.areas) & set(sentence.areas):
        return VerdictResult.OTHER_AREA
    year = int(about.period) if about.period else None
    if (reading.since and (year is None or year < reading.since)) or (
        reading.until and (year is None or year > reading.until)
    ):
        return VerdictResult.OTHER_DATE
    if reading.speakers and sentence.voice.speaker not in reading.speakers:
        return VerdictResult.OTHER_SPEAKER
    if any(name not in sentence.voice.detail for name in _people(reading.question)):
        return VerdictResult.OTHER_SPEAKER
    return None


def _literal(reading: Reading, claim: str, store: Store) -> tuple[Item, VerdictResult] | None:
    """The best place where the claim stands word for word: one that fits the question's scope, if there is one."""
    found = []
    for document, start, end, same in _exact(claim, store.documents):
        item = _item_at(document, start, end, 1.0)
        if item is None:
            continue
        wrong = _scope_fits(item, reading)
        result = wrong or (VerdictResult.VERBATIM if same else VerdictResult.VERBATIM_NORMALISED)
        own = item.sentence.voice.first_hand
        found.append((wrong is None, same, own, item, result))
    if not found:
        return None
    best = max(found, key=lambda match: match[:3])
    return best[3], best[4]


def _whole(hit: Hit) -> Item:
    return Item(hit.document, hit.passage, hit.sentence, hit.sentence.start, hit.sentence.end, hit.score)


def _windows(hits: Sequence[Hit]) -> Iterator[Item]:
    """Each hit alone and with its neighbour, since a false quotation may fuse two sentences."""
    for hit in hits:
        sentences = hit.passage.sentences
        at = sentences.index(hit.sentence)
        for last in range(at, min(at + 2, len(sentences))):
            yield Item(hit.document, hit.passage, hit.sentence, hit.sentence.start, sentences[last].end, hit.score)
        if at:
            before = sentences[at - 1]
            yield Item(hit.document, hit.passage, before, before.start, hit.sentence.end, hit.score)


def _nearest(reading: Reading, claim: str, hits: Sequence[Hit]) -> _Match | None:
    matches = []
    for item in _windows(hits):
        agreement, differences = _differences(claim, item.document.text[item.start : item.end])
        if differences:
            matches.append(_Match(item, agreement, differences))
    fits = [match for match in matches if _scope_fits(match.item, reading) is None]
    best = max(fits, key=_goodness, default=None)
    anywhere = max(matches, key=_goodness, default=None)
    if best and anywhere and best.agreement >= min(_NEAR, anywhere.agreement):
        return best
    return anywhere


def _goodness(match: _Match) -> tuple[float, int]:
    return match.agreement, -(match.item.end - match.item.start)


def _flips(differences: Sequence[Difference]) -> bool:
    """Whether the differences take a negation away or put one in."""
    claimed = any(_negates(word) for d in differences for word in _words(d.claimed))
    source = any(_negates(word) for d in differences for word in _words(d.source))
    return claimed != source


def _negates(word: str) -> bool:
    return word in _NEGATION or word.endswith("n't")


def check(reading: Reading, store: Store, retriever: Retriever) -> Checked:
    """Compare the quotation in a question with every document."""
    claim = reading.quoted or reading.question
    literal = _literal(reading, claim, store)
    if literal:
        item, result = literal
        return _report(claim, result, item, (), store, reading.language)
    hits = retriever.search([View(claim)], retriever.table.all).top(_CANDIDATES)
    near = _nearest(reading, claim, hits)
    if near and near.agreement >= _NEAR:
        result = VerdictResult.CONTRADICTED if _flips(near.differences) else VerdictResult.ALTERED
        return _report(claim, result, near.item, near.differences, store, reading.language)
    if hits and hits[0].similarity >= _SIMILAR and near:
        top = _whole(hits[0])
        if _scope_fits(top, reading) is None and _share(claim, top) >= _MEANT:
            return _report(claim, VerdictResult.PARAPHRASE, top, (), store, reading.language)
    return _absent(claim, hits, store, reading.language)


def _share(claim: str, item: Item) -> float:
    """How many of a claim's meaningful words stand in a sentence."""
    said = set(terms(item.document.text[item.start : item.end]))
    spoken = officials(claim)
    wanted = set(terms(claim)) - {term for official in spoken for term in terms(official.said)}
    translated = sum(any(set(terms(word)) <= said for word in official.words) for official in spoken)
    return (len(wanted & said) + translated) / max(1, len(wanted) + len(spoken))


def _report(
    claim: str, result: VerdictResult, item: Item, differences: tuple[Difference, ...], store: Store, language: str
) -> Checked:
    words = item.document.text[item.start : item.end]
    verdict = Verdict(result, claim, words, differences, len(store.documents))
    voice, about = item.sentence.voice, item.document.profile
    ours = wording(language)
    lead = ours.say(
        "verdict",
        result.value,
        speaker=ours.say("speaker", voice.speaker.value),
        area=ours.listed(item.sentence.areas),
        year=about.period or ours.say("lead", "undated"),
    )
    changes = tuple(
        DraftStatement(
            ours.say("verdict", "difference", claimed=d.claimed or "–", source=d.source or "–"), StatementKind.NOTE
        )
        for d in differences
    )
    quote = DraftStatement(
        f"“{' '.join(words.split())}”",
        StatementKind.QUOTE,
        (item,),
        voice.speaker,
        about.period,
        listed(item.sentence.areas) or None,
        item.sentence.polarity,
    )
    return Checked(verdict, (DraftStatement(lead, StatementKind.LEAD, (item,)), quote, *changes), True, ())


def _absent(claim: str, hits: Sequence[Hit], store: Store, language: str) -> Checked:
    text = wording(language).say("verdict", "not_found", count=len(store.documents))
    verdict = Verdict(VerdictResult.NOT_FOUND, claim, None, (), len(store.documents))
    related = tuple(
        DraftStatement(
            f"“{' '.join(hit.text.split())}”",
            StatementKind.NOTE,
            (_whole(hit),),
            hit.sentence.voice.speaker,
            hit.document.profile.period,
            listed(hit.sentence.areas) or None,
            hit.sentence.polarity,
        )
        for hit in hits[:1]
    )
    note = (DraftStatement(wording(language).say("note", "related"), StatementKind.NOTE), *related) if related else ()
    return Checked(verdict, (DraftStatement(text, StatementKind.GAP), *note), False, (Missing("words"),))
