"""Who says each sentence of a document.

In an inspection report every sentence is the inspectors' own. Elsewhere the writer reports others: a quotation belongs
to whoever is named before, inside or after it, and goes on over paragraphs until it is closed; a paraphrase
("Inspectors also praised …") belongs to the one it reports, second hand; the rest is the writer's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.attribution import OWNERS, Attribution, cues, first_cue, person_in, plain
from index.owner import OWN_DETAIL, own_voice
from index.quotation import Quoted, quoted
from index.types import Kind, Profile, Speaker, Voice

_COUNCILS_OWN = (Kind.COUNCIL_MINUTES, Kind.COUNCIL_NEWS, Kind.BRIEFING)
_QUOTATION = 3  # words from which what stands in quotation marks is somebody's sentence, and not a name
_AFTER_VERB = 80  # characters in which a speaker named after the verb must begin
_CAPITALS = re.compile(r"(?:,? [A-Z][\w'’-]+)*")
_INTRODUCED = re.compile(
    r"\b(?:[A-Z][\w'’-]+\.? ){1,3}(?P<surname>[A-Z][\w'’-]+),? (?:\(|, )?(?P<role>[^.;:\n\"“”]{5,120})"
)
_THEY = re.compile(r"\bthey\b", re.IGNORECASE)
_OF_THE_LAST = re.compile(r"(?:(?:[Ii]ts|[Tt]heir) |(?:vice-|co-)?chair\b)")
_RELATIVE = re.compile(r", (?:who|whose|which|where)\b[^,]*,?")
_NO_NAME = re.compile(r"(?:The|This|That|Our|An?) ")
_SIGNATURE = re.compile(r"\s*\n[ \t]*[—–-]+ ?(?P<who>[A-Z][^\n.]{3,120})(?=\n|$)")
_PRONOUN = re.compile(r"(?:^|[\s…,])(?:(?P<person>he|she)|(?P<body>it|they))\s*(?:also|then)?\s*$", re.IGNORECASE)
_LEADING = re.compile(r"^[\s…]*(?:But|And|However|Meanwhile|In|At|On|After|During|Following|Despite)\b[^,]*, ")
_PASSIVE_BEFORE = re.compile(r"\b(?:be|been|being|was|were|is|are)(?: also)? $", re.IGNORECASE)


class _Listener:
    """Walks through a document's paragraphs and remembers who spoke last."""

    def __init__(self, text: str, profile: Profile) -> None:
        self._text = text
        self._profile = profile
        self._own = own_voice(text, profile)
        self._people: dict[str, Attribution] = {}
        for found in _INTRODUCED.finditer(text):
            cue = first_cue(found["role"])
            if cue and cue[0] in OWNERS and not _NO_NAME.match(found[0]):
                self._people.setdefault(found["surname"], Attribution(cue[0], found[0].split(",")[0]))
        self._speaking: Attribution | None = None  # whose quotation was read last
        self._last: Attribution | None = None  # whom "they", "it" and "a spokesperson" mean
        self._person: Attribution | None = None  # whom "he" and "she" mean
        self._reported: Voice | None = None
        self._open = False
        self._paragraph = 0
        self._section: str | None = None
        self._inspectors_section = False

    def paragraph(
        self, start: int, end: int, sentences: Sequence[tuple[int, int]], section: str | None
    ) -> Iterator[Voice]:
        """The voice of each sentence of one paragraph."""
        self._paragraph = start
        if section != self._section:
            heard = first_cue(section) if section else None
            goes_on = self._inspectors_section and heard is None and bool(_THEY.search(section or ""))
            self._inspectors_section = goes_on or bool(heard and heard[0] is Speaker.INSPECTORS)
            self._section, self._reported = section, None
        marks = quoted(self._text, start, end)
        inherits = self._speaking if self._open or self._text[start] in '"“' else None
        here = self._attribution(marks.outside(self._text, start, end), quotes=True) if marks.inside else None
        # An item of a list belongs to whoever is named in the words that lead into it, or in the heading above it.
        signed = self._signed(end)
        bullet = self._text.startswith("- ", start)
        led_in = self._report(Speaker.INSPECTORS) if bullet and self._inspectors_section else None
        for s, e in sentences:
            voice = self._sentence(s, e, marks, here or signed, inherits if not signed else None)
            if voice is self._own and led_in:
                voice = led_in
            elif self._text[e - 1] == ":" and not marks.words(self._text, s, e):
                cue = first_cue(self._text[s:e])
                led_in = self._report(Speaker.INSPECTORS) if cue and cue[0] is Speaker.INSPECTORS else None
            yield voice
        self._open = marks.open_at_end

    def _sentence(
        self, start: int, end: int, marks: Quoted, here: Attribution | None, inherits: Attribution | None
    ) -> Voice:
        beside = marks.outside(self._text, start, end)
        speech = marks.words(self._text, start, end) >= _QUOTATION or beside.rstrip(" …").endswith(":")
        own = self._attribution(beside, quotes=bool(marks.inside)) if speech else None
        if own or marks.share(start, end) > 0.5:
            self._speaking = own or here or inherits or self._speaking
            if own:
                self._remember(own)
            return self._quotation(start, end)
        voice = self._narration(start, end)
        if named := first_cue(beside):
            after = _CAPITALS.match(beside, named[1].end())
            end_of_name = after.end() if after else named[1].end()
            self._remember(Attribution(named[0], " ".join(beside[:end_of_name].split())[-120:]))
        elif person := person_in(beside):
            # Somebody whose body isn't said: "she said" in the next sentence is theirs, and nobody else's.
            self._person = self._people.get(person.split()[-1], Attribution(Speaker.OTHER, person))
        return voice

    def _signed(self, end: int) -> Attribution | None:
        """Who signs a quotation on the line below it: "— Jo Smith, chair of the forum"."""
        signature = _SIGNATURE.match(self._text, end)
        if signature is None:
            return None
        cue = first_cue(signature["who"])
        ours = self._own.speaker if cues().own_role.search(signature["who"]) else Speaker.OTHER
        return Attribution(cue[0] if cue else ours, plain(signature["who"]))

    def _remember(self, who: Attribution) -> None:
        self._last = who
        person = person_in(who.name)
        if person and who.speaker is not Speaker.INSPECTORS:
            self._person = who
            self._people.setdefault(person.split()[-1], who)

    def _attribution(self, clause: str, *, quotes: bool = False) -> Attribution | None:
        """Who a clause outside the quotation marks names as speaking.

        The speaker is the subject: named before the verb ("the letter states"), or right after it ("said Cllr Smith").
        """
        if cues().passive.search(clause):
            return Attribution(Speaker.INSPECTORS, "inspectors")
        for verb in cues().verb.finditer(clause):
            before, after = clause[: verb.start()], clause[verb.end() : verb.end() + _AFTER_VERB]
            if _PASSIVE_BEFORE.search(before):
                continue
            subject = _LEADING.sub("", before)
            inverted = not before.strip(" …,")
            if found := self._subject(after if inverted else subject, quotes=quotes):
                return found
        return None

    def _subject(self, words: str, *, quotes: bool) -> Attribution | None:
        """The body or person a subject names, by its own words, by an earlier introduction, or by a pronoun."""
        pronoun = _PRONOUN.search(words)
        if pronoun and pronoun.lastgroup and not first_cue(words):
            return self._person if pronoun.lastgroup == "person" else self._last
        if _OF_THE_LAST.match(words.strip(" …")) and self._last:
            return Attribution(self._last.speaker, plain(words))
        main = _RELATIVE.sub("", words)
        cue = first_cue(main) or next((c for c in [first_cue(words)] if c and c[0] in OWNERS), None)
        if cue and cue[0] is Speaker.INSPECTORS and self._names_itself(words):
            return None
        if cue:
            return Attribution(cue[0], plain(words))
        known = [self._people[name] for name in re.findall(r"[A-Z][\w'’-]+", words) if name in self._people]
        if known:
            return Attribution(known[-1].speaker, plain(words))
        if cues().spokesperson.search(words) and not re.search(r"\b[A-Z]\w+", words.strip(" …")[2:]):
            return self._last
        return Attribution(Speaker.OTHER, plain(words)) if quotes and plain(words) else None

    def _names_itself(self, words: str) -> bool:
        """Whether "this report" means the document itself: in minutes and in a council's own reports."""
        return self._profile.kind in (Kind.COUNCIL_MINUTES, Kind.BRIEFING) and bool(cues().own_document.search(words))

    def _relayed(self, how: str) -> str:
        if self._profile.kind is Kind.COUNCIL_MINUTES:
            return f"{how} in the minutes"
        return f"{how} by {self._profile.publisher or 'the document'}"

    def _quotation(self, start: int, end: int) -> Voice:
        who = self._speaking
        if who is None:
            ours = self._own.speaker in OWNERS and cues().first_person.search(self._text, start, end)
            return self._own if ours else Voice(Speaker.OTHER, self._relayed("quoted"), first_hand=False)
        detail = (
            self._relayed("quoted") if who.speaker is Speaker.INSPECTORS else f"{who.name}, {self._relayed('quoted')}"
        )
        self._reported = Voice(who.speaker, detail, first_hand=self._is_own(who.speaker))
        return self._reported

    def _is_own(self, speaker: Speaker) -> bool:
        """Whether a speaker is at home in this document. A council's minutes and pages are its own."""
        own = speaker is self._own.speaker and speaker is not Speaker.OTHER
        return own or (speaker is Speaker.COUNCIL and self._profile.kind in _COUNCILS_OWN)

    def _narration(self, start: int, end: int) -> Voice:
        sentence = self._text[start:end]
        if self._profile.kind is Kind.COUNCIL_MINUTES and cues().act.search(sentence):
            self._reported = None
            return self._own
        follows = self._reported is not None and self._reported.speaker is Speaker.INSPECTORS
        about = self._last is not None and self._last.speaker is Speaker.INSPECTORS
        if (follows or about) and cues().goes_on.search(sentence):
            return self._report(Speaker.INSPECTORS)
        who = self._attribution(sentence)
        if who is None and follows and cues().follows.search(sentence):
            return self._report(Speaker.INSPECTORS)
        if who is None and self._reported and start > self._paragraph and cues().backshift.search(sentence):
            return self._reported  # "would" for "will": still what somebody said
        if who is None:
            return self._own
        if who.speaker is not self._own.speaker:
            return self._report(who.speaker)
        self._reported = self._own
        return self._own

    def _report(self, speaker: Speaker) -> Voice:
        self._reported = Voice(speaker, self._relayed("reported"), first_hand=self._is_own(speaker))
        return self._reported


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as spans of the text: itself, its sentences, and the heading it stands under."""

    start: int
    end: int
    sentences: Sequence[tuple[int, int]]
    section: str | None


def voices(text: str, profile: Profile, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Voice, ...]]:
    """For each paragraph the voice of each sentence.

    Reports and letters are the inspectors' own words throughout.
    """
    listener = _Listener(text, profile)
    inspectors = profile.kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER)
    own = Voice(Speaker.INSPECTORS, OWN_DETAIL.get(profile.kind, ""), first_hand=True)
    for one in paragraphs:
        if inspectors:
            yield tuple(own for _ in one.sentences)
        else:
            yield tuple(listener.paragraph(one.start, one.end, one.sentences, one.section))
