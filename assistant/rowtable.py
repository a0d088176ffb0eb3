"""What is known of every row of a store, as arrays: limits are masks, and a mask over all rows costs microseconds."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from assistant.vocabulary import folded
from index.headings import any_of, section_data
from index.store import Store
from index.types import Kind, Polarity, Sentence, Speaker

Mask = NDArray[np.bool_]

_SPEAKERS = tuple(Speaker)
_KINDS = tuple(Kind)
_POLARITIES = tuple(Polarity)
_ACTED_ON = (Polarity.PRIORITY_ACTION, Polarity.NEEDS_IMPROVEMENT)


def names_body(sentence: Sentence, text: str) -> bool:
    """Whether a sentence is the cell of a table that only names who must act on the finding beside it."""
    return sentence.polarity in _ACTED_ON and text[sentence.end : sentence.end + 1] == "\t"


class RowTable:
    """Areas, year, speaker, kind and place of each sentence of a store, in the order of its rows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._matching: dict[re.Pattern[str], Mask] = {}
        self._under: dict[re.Pattern[str], Mask] = {}
        self._holding: dict[str, Mask] = {}

    @property
    def all(self) -> Mask:
        """Every row."""
        return np.ones(len(self._store.rows.sentences), dtype=np.bool_)

    @cached_property
    def documents(self) -> NDArray[np.int64]:
        """For each row the place of its document in the store."""
        return np.array([row.document for row in self._store.rows.sentences], dtype=np.int64)

    @cached_property
    def _areas(self) -> dict[str, Mask]:
        masks: dict[str, Mask] = {}
        for number, row in enumerate(self._store.rows.sentences):
            for area in row.sentence.areas:
                masks.setdefault(area, np.zeros(len(self.documents), dtype=np.bool_))[number] = True
        return masks

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """The year of each row's findings, 0 where none is known."""
        by_document = [int(d.profile.period or 0) for d in self._store.documents]
        return np.array(by_document, dtype=np.int64)[self.documents]

    @cached_property
    def _speaker(self) -> NDArray[np.int64]:
        voices = (row.sentence.voice.speaker for row in self._store.rows.sentences)
        return np.array([_SPEAKERS.index(speaker) for speaker in voices], dtype=np.int64)

    @cached_property
    def boilerplate(self) -> Mask:
        """The rows of boilerplate passages."""
        documents = self._store.documents
        flags = [documents[r.document].passages[r.passage].boilerplate for r in self._store.rows.sentences]
        return np.array(flags, dtype=np.bool_)

    @cached_property
    def findings(self) -> Mask:
        """The rows that may be offered as a finding."""
        documents = self._store.documents
        passages = ((documents[r.document], r.passage) for r in self._store.rows.sentences)
        flags = [document.offers(document.passages[at]) for document, at in passages]
        return np.array(flags, dtype=np.bool_) & ~self._bodies

    @cached_property
    def _bodies(self) -> Mask:
        """The cells that only name who must act on the finding beside them."""
        rows = self._store.rows.sentences
        flags = [names_body(row.sentence, self._store.documents[row.document].text) for row in rows]
        return np.array(flags, dtype=np.bool_)

    @cached_property
    def polarities(self) -> NDArray[np.int64]:
        """For each row the place of its polarity in ``Polarity``, -1 where it has none."""
        found = (row.sentence.polarity for row in self._store.rows.sentences)
        return np.array([-1 if one is None else _POLARITIES.index(one) for one in found], dtype=np.int64)

    def rated(self, *polarities: Polarity | None) -> Mask:
        """The rows of any of these polarities; ``None`` stands for those without."""
        wanted = [-1 if one is None else _POLARITIES.index(one) for one in polarities]
        return np.isin(self.polarities, wanted)

    @cached_property
    def particulars(self) -> Mask:
        """The rows under headings that print names, addresses and how an inspection was made, and no findings."""
        return self.under(any_of(section_data()["particulars"]["headings"]))

    @cached_property
    def outcomes(self) -> Mask:
        """The rows that say how an inspection came out and what happens next, much the same in every report."""
        return self.under(any_of(section_data()["outcome"]["headings"]))

    def about(self, areas: Iterable[str]) -> Mask:
        """The rows that speak of any of these areas."""
        mask = ~self.all
        for area in areas:
            mask |= self._areas.get(area, False)
        return mask

    def by(self, speakers: Iterable[Speaker]) -> Mask:
        """The rows in these speakers' words."""
        return np.isin(self._speaker, [_SPEAKERS.index(speaker) for speaker in speakers])

    def of_kind(self, kind: Kind) -> Mask:
        """The rows of documents of a kind."""
        flags = np.array([d.profile.kind is kind for d in self._store.documents], dtype=np.bool_)
        mask: Mask = flags[self.documents]
        return mask

    @cached_property
    def newest(self) -> Mask:
        """The rows of each area's newest year."""
        mask = ~self.all
        for rows in self._areas.values():
            mask |= rows & (self.years == self.years[rows].max())
        return mask

    def matching(self, pattern: re.Pattern[str]) -> Mask:
        """The rows whose sentence holds a pattern of ours. These are few and fixed, so each is looked up once."""
        if pattern not in self._matching:
            self._matching[pattern] = np.array([bool(pattern.search(text)) for text in self.texts], dtype=np.bool_)
        return self._matching[pattern]

    def holding_words(self, pattern: re.Pattern[str], words: Sequence[str]) -> Mask:
        """The same for a pattern made of somebody's question; nothing of it is kept.

        One of the ``words`` must be part of whatever the pattern finds, so that few rows need be looked at.
        """
        mask = ~self.all
        mask[[row for row in self._naming(words) if pattern.search(self.texts[row])]] = True
        return mask

    def any_holds(self, scope: Mask, pattern: re.Pattern[str], words: Sequence[str]) -> bool:
        """Whether a row of a scope holds such a pattern."""
        return any(scope[row] and pattern.search(self.texts[row]) for row in self._naming(words))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The sentence of each row."""
        documents = self._store.documents
        rows = self._store.rows.sentences
        return tuple(documents[row.document].text[row.sentence.start : row.sentence.end] for row in rows)

    @cached_property
    def _plain(self) -> tuple[str, list[int]]:
        """All rows folded, as one text that is searched at once, and where each row ends in it."""
        rows = [folded(text) + "\n" for text in self.texts]
        return "".join(rows), list(accumulate(map(len, rows)))

    def _naming(self, words: Sequence[str]) -> Iterator[int]:
        """The rows that hold one of some words, or letters like it."""
        text, ends = self._plain
        for word in map(folded, words):
            at = text.find(word)
            while at >= 0:
                row = bisect_right(ends, at)
                yield row
                at = text.find(word, ends[row])

    def holding(self, field: str) -> Mask:
        """The rows from which a field of their document's profile was read."""
        if field not in self._holding:
            documents = self._store.documents
            facts = [[(f.start, f.end) for f in document.profile.facts if f.field == field] for document in documents]
            flags = [
                any(row.sentence.start < end and start < row.sentence.end for start, end in facts[row.document])
                for row in self._store.rows.sentences
            ]
            self._holding[field] = np.array(flags, dtype=np.bool_)
        return self._holding[field]

    def under(self, pattern: re.Pattern[str]) -> Mask:
        """The rows under a heading that holds a pattern."""
        if pattern not in self._under:
            documents = self._store.documents
            sections = (documents[r.document].passages[r.passage].section or "" for r in self._store.rows.sentences)
            self._under[pattern] = np.array([bool(pattern.search(s)) for s in sections], dtype=np.bool_)
        return self._under[pattern]
