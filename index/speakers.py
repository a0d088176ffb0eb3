"""Who says each sentence of a document.

In an inspection report every sentence is the inspectors' own. Elsewhere the writer reports others: a quotation belongs
to whoever is named before, inside or after it, and goes on over paragraphs until it is closed; a paraphrase
("Inspectors also praised …") belongs to the one it reports, second hand; the rest is the writer's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.data_files import read_toml
from index.types import Kind, Profile, Speaker, Voice

_OWN_SPEAKER = {
    Kind.INSPECTION_REPORT: Speaker.INSPECTORS,
    Kind.INSPECTION_LETTER: Speaker.INSPECTORS,
    Kind.NEWS_ARTICLE: Speaker.PRESS,
    Kind.COUNCIL_MINUTES: Speaker.MINUTES,
    Kind.COUNCIL_NEWS: Speaker.COUNCIL,
}
_OWN_DETAIL = {
    Kind.INSPECTION_REPORT: "report text",
    Kind.INSPECTION_LETTER: "letter text",
    Kind.COUNCIL_MINUTES: "the minutes",
}
_QUOTATION = 3  # words from which what stands in quotation marks is somebody's sentence, and not a name
_AFTER_VERB = 80  # characters in which a speaker named after the verb must begin
_QUOTE_MARKS = re.compile('["“”]')


@dataclass(frozen=True, slots=True)
class _Cues:
    verb: re.Pattern[str]
    passive: re.Pattern[str]
    speaker: tuple[tuple[Speaker, re.Pattern[str]], ...]
    goes_on: re.Pattern[str]
    follows: re.Pattern[str]
    spokesperson: re.Pattern[str]
    backshift: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = read_toml(files("index.data") / "speakers.toml")

    def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)

    return _Cues(
        re.compile(rf"\b(?:{'|'.join(data['verbs'])})\b", re.IGNORECASE),
        any_of(data["passive"]),
        tuple((Speaker(name), any_of(patterns)) for name, patterns in data["cues"].items()),
        any_of(data["continues"]["same_speaker"]),
        any_of(data["continues"]["patterns"]),
        any_of(data["spokesperson"]["patterns"]),
        any_of(data["continues"]["backshift"]),
    )


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Somebody named as speaking: who, and their name as printed where they are a person or a spokesperson."""

    speaker: Speaker
    name: str


def _first_cue(clause: str) -> tuple[Speaker, re.Match[str]] | None:
    found = [(speaker, match) for speaker, pattern in _cues().speaker if (match := pattern.search(clause))]
    return min(found, key=lambda cue: cue[1].start(), default=None)


def _attribution(clause: str, recent: "_Attribution | None") -> _Attribution | None:
    """Who a clause outside the quotation marks names as speaking; ``recent`` stands in for "a spokesperson".

    The speaker is the subject: named before the verb ("the letter states"), or right after it ("said Cllr Smith").
    """
    if _cues().passive.search(clause):
        return _Attribution(Speaker.INSPECTORS, "inspectors")
    for verb in _cues().verb.finditer(clause):
        before, after = clause[: verb.start()], clause[verb.end() : verb.end() + _AFTER_VERB]
        cue = _first_cue(before) or _first_cue(after if not before.strip(" …,") else "")
        if cue:
            return _Attribution(cue[0], " ".join((before.strip(" …,;:") or after.strip(" …,;:.")).split())[:120])
        if recent and _cues().spokesperson.search(before):
            return recent
    return None


@dataclass(frozen=True, slots=True)
class _Quoted:
    """One paragraph split at its quotation marks: for each character, whether it is quoted; and if it stays open."""

    inside: tuple[tuple[int, int], ...]
    open_at_end: bool

    def share(self, start: int, end: int) -> float:
        """How much of a span lies inside quotation marks, from 0 to 1."""
        covered = sum(max(0, min(end, e) - max(start, s)) for s, e in self.inside)
        return covered / max(1, end - start)

    def words(self, text: str, start: int, end: int) -> int:
        """How many words of a span lie inside quotation marks."""
        return sum(len(text[max(start, s) : min(end, e)].split()) for s, e in self.inside if s < end and start < e)

    def outside(self, text: str, start: int, end: int) -> str:
        """The words of a span that lie outside quotation marks."""
        kept, at = [], start
        for s, e in self.inside:
            if e <= start or s >= end:
                continue
            kept.append(text[at : max(at, s)])
            at = max(at, min(e, end))
        return " … ".join([*kept, text[at:end]])


def _quoted(text: str, start: int, end: int) -> _Quoted:
    spans, opened = [], None
    for mark in _QUOTE_MARKS.finditer(text, start, end):
        opens = mark[0] == "“" or (mark[0] == '"' and opened is None)
        if opens and opened is None:
            opened = mark.start()
        elif not opens and opened is not None:
            spans.append((opened, mark.end()))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return _Quoted(tuple(spans), opened is not None)


class _Listener:
    """Walks through a document's paragraphs and remembers who spoke last."""

    def __init__(self, text: str, profile: Profile) -> None:
        self._text = text
        self._profile = profile
        self._own = Voice(
            _OWN_SPEAKER.get(profile.kind, Speaker.OTHER),
            _OWN_DETAIL.get(profile.kind, profile.publisher or "the document's own words"),
            first_hand=True,
        )
        self._speaking: _Attribution | None = None
        self._named: _Attribution | None = None
        self._reported: Voice | None = None
        self._open = False
        self._paragraph = 0

    def paragraph(self, start: int, end: int, sentences: Sequence[tuple[int, int]]) -> Iterator[Voice]:
        """The voice of each sentence of one paragraph."""
        self._paragraph = start
        quoted = _quoted(self._text, start, end)
        inherits = self._speaking if self._open or self._text[start] in '"“' else None
        outside = quoted.outside(self._text, start, end)
        here = _attribution(outside, self._named) if quoted.inside else None
        for s, e in sentences:
            beside = quoted.outside(self._text, s, e)
            speech = quoted.words(self._text, s, e) >= _QUOTATION or beside.rstrip(" …").endswith(":")
            own = _attribution(beside, self._named) if speech else None
            if own or quoted.share(s, e) > 0.5:
                self._speaking = own or here or inherits or self._speaking
                yield self._quotation()
            else:
                yield self._narration(s, e)
                if named := _first_cue(beside):
                    self._named = _Attribution(named[0], " ".join(beside[: named[1].end()].split())[-120:])
        self._open = quoted.open_at_end

    def _relayed(self, how: str) -> str:
        if self._profile.kind is Kind.COUNCIL_MINUTES:
            return f"{how} in the minutes"
        return f"{how} by {self._profile.publisher or 'the document'}"

    def _quotation(self) -> Voice:
        who = self._speaking
        if who is None:
            return Voice(Speaker.OTHER, self._relayed("quoted"), first_hand=False)
        own = who.speaker is self._own.speaker
        detail = (
            self._relayed("quoted") if who.speaker is Speaker.INSPECTORS else f"{who.name}, {self._relayed('quoted')}"
        )
        self._reported = Voice(who.speaker, detail, first_hand=own)
        return self._reported

    def _narration(self, start: int, end: int) -> Voice:
        sentence = self._text[start:end]
        follows = self._reported is not None and self._reported.speaker is Speaker.INSPECTORS
        about = self._named is not None and self._named.speaker is Speaker.INSPECTORS
        if (follows or about) and _cues().goes_on.search(sentence):
            return self._report(Speaker.INSPECTORS)
        who = _attribution(sentence, None)
        if who is None and follows and _cues().follows.search(sentence):
            return self._report(Speaker.INSPECTORS)
        if who is None and self._reported and start > self._paragraph and _cues().backshift.search(sentence):
            return self._reported  # "would" for "will": still what somebody said
        if who is None:
            return self._own
        if who.speaker is not self._own.speaker:
            return self._report(who.speaker)
        self._reported = self._own
        return self._own

    def _report(self, speaker: Speaker) -> Voice:
        own = speaker is Speaker.COUNCIL and self._profile.kind is Kind.COUNCIL_MINUTES
        self._reported = Voice(speaker, self._relayed("reported"), first_hand=own)
        return self._reported


def voices(
    text: str, profile: Profile, paragraphs: Sequence[tuple[int, int, Sequence[tuple[int, int]]]]
) -> Iterator[tuple[Voice, ...]]:
    """For each paragraph, given as its span and its sentences' spans, the voice of each sentence.

    Reports and letters are the inspectors' own words throughout.
    """
    listener = _Listener(text, profile)
    inspectors = profile.kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER)
    own = Voice(Speaker.INSPECTORS, _OWN_DETAIL.get(profile.kind, ""), first_hand=True)
    for start, end, sentences in paragraphs:
        yield tuple(own for _ in sentences) if inspectors else tuple(listener.paragraph(start, end, sentences))
