"""From sentences to quotations: what a sentence leans on comes with it, what touches is joined, nothing comes twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.evidence import Item
from assistant.retriever import Hit, Ranking
from assistant.rowtable import names_body
from index.lexicon import terms
from index.types import Passage

# "Sometimes, this has resulted in crisis" leans as much as "This has": up to four words may come before.
_OPENER = r"[\w'’-]+(?: [\w'’-]+){0,3}, "
_LEANS = re.compile(
    rf"^(?:(?:{_OPENER})?(?:this|these|they|it)|that|those|such|here|as a result|consequently|therefore|for example|"
    r"of these|similarly|their|through|although|while)\b",
    re.I,
)
_GOES_ON = re.compile(
    r"^(?:this|these|here|as a result|consequently|therefore|for example|of these|though|although|it|they)\b|"
    r"\bthese (?:improvements|changes|areas|children|young people)\b",
    re.I,
)
_BULLET = re.compile(r"[-*•■]\s*$")


def item(hit: Hit) -> Item:
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


def without_overlap(items: Sequence[Item]) -> list[Item]:
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


def best(hits: Sequence[Hit]) -> list[Item]:
    """The quotations of some hits, best first."""
    return without_overlap([item(hit) for hit in hits])


def _points(passage: Passage, text: str) -> Iterator[tuple[int, int]]:
    """The first and last sentence of each point of a passage: a paragraph, a bullet or a row of a table.

    Bullets stay with the words that lead into them, and a cell that only names who must act is none.
    """
    first = 0
    for at, sentence in enumerate(passage.sentences):
        if names_body(sentence, text):
            first = at + 1
            continue
        following = passage.sentences[at + 1].start if at + 1 < len(passage.sentences) else None
        between = "\n" if following is None else text[sentence.end : following]
        led_into = _BULLET.search(between) and not _BULLET.search(text[: passage.sentences[first].start][-4:])
        if following is None or ("\n" in between and not led_into):
            yield first, at
            first = at + 1


def points(ranking: Ranking) -> list[Item]:
    """Every point of the passages of a ranking, in the order of the documents."""
    passages: dict[tuple[str, int], list[Hit]] = {}
    for hit in ranking.top(len(ranking)):
        passages.setdefault((hit.document.name, hit.passage.start), []).append(hit)
    found = []
    for _, hits in sorted(passages.items()):
        document, passage = hits[0].document, hits[0].passage
        score, wanted = max(hit.score for hit in hits), {hit.sentence.start for hit in hits}
        for first, last in _points(passage, document.text):
            sentences = passage.sentences[first : last + 1]
            if any(sentence.start in wanted for sentence in sentences):
                found.append(Item(document, passage, sentences[0], sentences[0].start, sentences[-1].end, score))
    return found
