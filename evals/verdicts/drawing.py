"""Claims drawn from every document with a fixed seed: true ones, altered ones, ones of elsewhere, and absent ones."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest

from assistant.support.folding import folded
from evals.verdicts import changes, faithful
from evals.verdicts.types import NORMALISED, TRUE, Claim, Source
from index.types import Document, Sentence

_FEWEST, _MOST = 8, 60  # words of a sentence that is drawn
_FURTHER = 6  # sentences on, from which two are apart
_TRACE = 4  # words in a row that tell where a sentence comes from
_SHARED = 0.3  # of these that a sentence of elsewhere may have in common with the store
_WORDS = re.compile(r"[£$€]?\d[\d.,:/]*\d%?|[£$€]?\d\w*%?|[^\W_]+(?:[’'][^\W_]+)*")
_AROUND = " .,;:\"“”‘’'"
_ASKED_OF = {
    "inspectors": "inspectors", "council": "the council", "nhs": "the NHS", "parents_forum": "the parents' forum",
}  # fmt: skip

Draw = Callable[[Source, random.Random], Iterator[Claim]]


def claims(documents: Sequence[Document], others: Sequence[Document], each: int, seed: int) -> list[Claim]:
    """At most ``each`` claims of every kind. ``others`` are documents that are not in the store."""
    text = "\n".join(_plain(document.text) for document in documents)
    single = [source for source in sources(documents) if text.count(_plain(source.text)) == 1]
    made: list[Claim] = []
    for kind, draw in _kinds(documents):
        at_random = random.Random(f"{seed} {kind}")  # noqa: S311 - the same claims for the same seed, no secret
        made += _drawn(single, draw, each, at_random, text)
    invented = [Claim("invented", f"invented {text}", text, frozenset({"not_found"})) for text in _invented(each)]
    return [*made, *invented, *_unloaded(others, text, each, seed)]


def sources(documents: Sequence[Document]) -> list[Source]:
    """The sentences of the findings that can be drawn, document after document."""
    found = []
    for document in documents:
        passages = [passage for passage in document.passages if document.offers(passage)]
        sentences = [sentence for passage in passages for sentence in passage.sentences]
        for at, sentence in enumerate(sentences):
            if _FEWEST <= len(_text(document, sentence).split()) <= _MOST:
                found.append(_source(document, sentence, sentences[at + 1 :]))
    return found


def _source(document: Document, sentence: Sentence, following: Sequence[Sentence]) -> Source:
    year = document.profile.period
    after = following[0] if following else None
    # The next bullet or paragraph counts as a neighbour, and what comes after a heading does not.
    next_to = after and not any(sign.isalnum() for sign in document.text[sentence.end : after.start])
    return Source(
        document=document.name,
        text=_text(document, sentence),
        following=_text(document, after) if after and next_to else "",
        elsewhere=_text(document, following[_FURTHER]) if len(following) > _FURTHER else "",
        areas=document.profile.areas,
        year=int(year) if year else None,
        speaker=sentence.voice.speaker.value,
    )


def _text(document: Document, sentence: Sentence) -> str:
    """A sentence on one line, without the bullet and the quotation marks that stand round it."""
    text = " ".join(document.text[sentence.start : sentence.end].removeprefix("- ").split())
    return text.strip('"“”') if text.count('"') + text.count("“") + text.count("”") < 2 else text


def _plain(text: str) -> str:
    return folded(text).lower()


def _kinds(documents: Sequence[Document]) -> Iterator[tuple[str, Draw]]:
    for kind, same, right in faithful.EACH:
        yield kind, _true(kind, same, right)
    for kind, change, right, one_place in changes.EACH:
        yield kind, _altered(kind, change, right, one_place)
    areas = sorted({area for document in documents for area in document.profile.areas})
    yield from (
        ("the right area", _of_area("the right area", areas)),
        ("another area", _of_area("another area", areas)),
        ("the right speaker and year", _in_a_question("the right speaker and year")),
        ("another year", _in_a_question("another year")),
        ("another speaker", _in_a_question("another speaker")),
    )


def _true(kind: str, same: faithful.Faithful, right: frozenset[str]) -> Draw:
    def draw(source: Source, at_random: random.Random) -> Iterator[Claim]:
        for text in same(source, at_random):
            if right != NORMALISED or text.strip(_AROUND) != source.text.strip(_AROUND):
                yield Claim(kind, source.document, text, right, source=source.text)

    return draw


def _altered(kind: str, change: changes.Change, right: frozenset[str], one_place: bool) -> Draw:
    def draw(source: Source, at_random: random.Random) -> Iterator[Claim]:
        for text in change(source, at_random):
            changed = _changed(text, source.text) if one_place else None
            yield Claim(kind, source.document, text, right, source=source.text, change=changed)

    return draw


def _changed(claimed: str, source: str) -> tuple[str, str]:
    """What is left of two wordings without the words that both begin and both end with."""
    one, other = _WORDS.findall(claimed), _WORDS.findall(source)
    start, longest = 0, min(len(one), len(other))
    while start < longest and one[start].lower() == other[start].lower():
        start += 1
    end = 0
    while end < longest - start and one[-1 - end].lower() == other[-1 - end].lower():
        end += 1
    return " ".join(one[start : len(one) - end]), " ".join(other[start : len(other) - end])


def _of_area(kind: str, areas: Sequence[str]) -> Draw:
    """A true quotation with the area that the caller names beside it."""

    def draw(source: Source, at_random: random.Random) -> Iterator[Claim]:
        if kind == "the right area":
            yield from (
                Claim(kind, source.document, source.text, TRUE, area=area, source=source.text)
                for area in source.areas[:1]
                if len(source.areas) == 1
            )
            return
        wrong = [area for area in (*areas, "Leeds", "Hackney") if area not in source.areas]
        area = at_random.choice(wrong)
        yield Claim(kind, source.document, source.text, frozenset({"other_area"}), area=area, source=source.text)

    return draw


def _in_a_question(kind: str) -> Draw:
    """A true quotation in a question that says who is said to have said it, or when."""

    def draw(source: Source, at_random: random.Random) -> Iterator[Claim]:
        if source.year is None or source.speaker not in _ASKED_OF or '"' in source.text:
            return
        who, right = _ASKED_OF[source.speaker], TRUE
        when = f" in {source.year}"
        if kind == "another year":
            when, right = f" in {source.year + at_random.choice([-5, 2, 3])}", frozenset({"other_date"})
        elif kind == "another speaker":
            who = at_random.choice([asked for speaker, asked in _ASKED_OF.items() if speaker != source.speaker])
            when, right = "", frozenset({"other_speaker"})
        asked = f'Did {who} say{when} "{source.text}"?'
        yield Claim(kind, source.document, source.text, right, asked=asked, source=source.text)

    return draw


def _drawn(sources_: Sequence[Source], draw: Draw, each: int, at_random: random.Random, text: str) -> list[Claim]:
    """Claims of one kind, in turn from each document that gives any; an altered one must not be true elsewhere."""
    found: list[Claim] = []
    for source in _in_turn(sources_, at_random):
        if len(found) == each:
            break
        for claim in draw(source, at_random):
            if not (claim.change and _plain(claim.text).strip(" .") in text):
                found.append(claim)
                break
    return found


def _in_turn(sources_: Sequence[Source], at_random: random.Random) -> Iterator[Source]:
    """The sentences in random order, one of each document before the second of any."""
    by_document: dict[str, list[Source]] = {}
    for source in at_random.sample(list(sources_), len(sources_)):
        by_document.setdefault(source.document, []).append(source)
    rounds = zip_longest(*(by_document[name] for name in sorted(by_document)))
    return (source for source in chain.from_iterable(rounds) if source is not None)


def _invented(each: int) -> list[str]:
    sentences: list[str] = changes.words()["absent"]["sentences"]
    return sentences[: 2 * each]


def _unloaded(others: Sequence[Document], text: str, each: int, seed: int) -> list[Claim]:
    """Sentences of documents that are not loaded and of which the store holds no more than a few words in a row."""
    at_random = random.Random(f"{seed} elsewhere")  # noqa: S311 - the same claims for the same seed, no secret
    # What one report says another may say in other words.
    right = frozenset({"not_found", "paraphrase"})
    fresh = (source for source in _in_turn(sources(others), at_random) if _shared(source.text, text) <= _SHARED)
    return [
        Claim("of no document here", s.document, s.text, right) for s, _ in zip(fresh, range(2 * each), strict=False)
    ]


def _shared(sentence: str, text: str) -> float:
    said = _plain(sentence).strip(" .").split(" ")
    runs = [" ".join(said[at : at + _TRACE]) for at in range(len(said) - _TRACE + 1)]
    return sum(run in text for run in runs) / max(1, len(runs))
