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
from index.headings import any_of
from index.quotation import Quoted, quoted
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
_OWNERS = (Speaker.COUNCIL, Speaker.NHS, Speaker.PARENTS_FORUM)
_COUNCILS_OWN = (Kind.COUNCIL_MINUTES, Kind.COUNCIL_NEWS, Kind.BRIEFING)
_QUOTATIONS = re.compile(r"[\"“][^\"“”\n]*[\"”\n]")
_HEAD = 1500  # characters in which a page says whose it is
_MASTHEAD, _SHORT = 4, 14  # lines, and words in each of them, above and below the title
_FIRST_PERSON = 2  # sentences with "we" or "our" from which a page of no known kind speaks for its owner
_QUOTATION = 3  # words from which what stands in quotation marks is somebody's sentence, and not a name
_AFTER_VERB = 80  # characters in which a speaker named after the verb must begin
_PERSON = re.compile(r"(?:[A-Z][\w'’-]+\.? )+(?P<surname>[A-Z][\w'’-]+)")
_INTRODUCED = re.compile(
    r"\b(?:[A-Z][\w'’-]+\.? ){1,3}(?P<surname>[A-Z][\w'’-]+),? (?:\(|, )?(?P<role>[^.;:\n\"“”]{5,120})"
)
_OF_THE_LAST = re.compile(r"(?:(?:[Ii]ts|[Tt]heir) |(?:vice-|co-)?chair\b)")
_RELATIVE = re.compile(r", (?:who|whose|which|where)\b[^,]*,?")
_NO_NAME = re.compile(r"(?:The|This|That|Our|An?) ")
_SIGNATURE = re.compile(r"\s*\n[ \t]*[—–-]+ ?(?P<who>[A-Z][^\n.]{3,120})(?=\n|$)")
_PRONOUN = re.compile(r"(?:^|[\s…,])(?:(?P<person>he|she)|(?P<body>it|they))\s*(?:also|then)?\s*$", re.IGNORECASE)
_LEADING = re.compile(r"^[\s…]*(?:But|And|However|Meanwhile|In|At|On|After|During|Following|Despite)\b[^,]*, ")
_PASSIVE_BEFORE = re.compile(r"\b(?:be|been|being|was|were|is|are)(?: also)? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cues:
    verb: re.Pattern[str]
    passive: re.Pattern[str]
    speaker: tuple[tuple[Speaker, re.Pattern[str]], ...]
    own_document: re.Pattern[str]
    goes_on: re.Pattern[str]
    follows: re.Pattern[str]
    backshift: re.Pattern[str]
    spokesperson: re.Pattern[str]
    act: re.Pattern[str]
    first_person: re.Pattern[str]
    stranger: re.Pattern[str]
    local_offer: re.Pattern[str]
    own_role: re.Pattern[str]


@cache
def _cues() -> _Cues:
    data = read_toml(files("index.data") / "speakers.toml")
    return _Cues(
        re.compile(rf"\b(?:{'|'.join(data['verbs'])})\b", re.IGNORECASE),
        any_of(data["passive"]),
        tuple((Speaker(name), any_of(patterns)) for name, patterns in data["cues"].items()),
        any_of(data["own_document"]),
        any_of(data["continues"]["same_speaker"]),
        any_of(data["continues"]["patterns"]),
        any_of(data["continues"]["backshift"]),
        any_of(data["spokesperson"]["patterns"]),
        any_of(data["acts"]),
        any_of(data["first_person"]),
        any_of(data["stranger"]),
        any_of(data["owners_council"]),
        any_of(data["own_roles"]),
    )


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Somebody named as speaking: who, and their name as printed where they are a person or a spokesperson."""

    speaker: Speaker
    name: str


def _first_cue(clause: str) -> tuple[Speaker, re.Match[str]] | None:
    found = [(speaker, match) for speaker, pattern in _cues().speaker if (match := pattern.search(clause))]
    return min(found, key=lambda cue: cue[1].start(), default=None)


def _plain(clause: str) -> str:
    return " ".join(clause.strip(" …,;:.").split())[:120]


def own_voice(text: str, profile: Profile) -> Voice:
    """The voice of a document's own words.

    A page of no known kind that says "we" speaks for the body it names first.
    """
    speaker = _OWN_SPEAKER.get(profile.kind)
    if speaker is None:
        narration = _QUOTATIONS.sub("", text)
        says_we = len(_cues().first_person.findall(narration)) >= _FIRST_PERSON
        briefing = profile.kind is Kind.BRIEFING
        lines = [line for line in text[:_HEAD].splitlines() if line.strip()][:_MASTHEAD]
        masthead = ". ".join(line for line in lines if len(line.split()) <= _SHORT)
        head = f"{profile.publisher or ''}. {profile.title}. {text[:_HEAD] if briefing else masthead}"
        owners = [(m.start(), who) for who, cue in _cues().speaker if who in _OWNERS and (m := cue.search(head))]
        if found := _cues().local_offer.search(head):
            owners.append((found.start(), Speaker.COUNCIL))
        speaks = (says_we or briefing) and owners and not _cues().stranger.search(text[:_HEAD])
        speaker = min(owners)[1] if speaks else Speaker.OTHER
    detail = _OWN_DETAIL.get(profile.kind, profile.publisher or "the document's own words")
    return Voice(speaker, detail, first_hand=True)


class _Listener:
    """Walks through a document's paragraphs and remembers who spoke last."""

    def __init__(self, text: str, profile: Profile) -> None:
        self._text = text
        self._profile = profile
        self._own = own_voice(text, profile)
        self._people: dict[str, _Attribution] = {}
        for found in _INTRODUCED.finditer(text):
            cue = _first_cue(found["role"])
            if cue and cue[0] in _OWNERS and not _NO_NAME.match(found[0]):
                self._people.setdefault(found["surname"], _Attribution(cue[0], found[0].split(",")[0]))
        self._speaking: _Attribution | None = None  # whose quotation was read last
        self._last: _Attribution | None = None  # whom "they", "it" and "a spokesperson" mean
        self._person: _Attribution | None = None  # whom "he" and "she" mean
        self._reported: Voice | None = None
        self._open = False
        self._paragraph = 0
        self._section: str | None = None

    def paragraph(
        self, start: int, end: int, sentences: Sequence[tuple[int, int]], section: str | None
    ) -> Iterator[Voice]:
        """The voice of each sentence of one paragraph."""
        self._paragraph = start
        if section != self._section:
            self._section, self._reported = section, None
        marks = quoted(self._text, start, end)
        inherits = self._speaking if self._open or self._text[start] in '"“' else None
        here = self._attribution(marks.outside(self._text, start, end), quotes=True) if marks.inside else None
        # An item of a list belongs to whoever is named in the words that lead into it, or in the heading above it.
        signed = self._signed(end)
        heard = section and _first_cue(section)
        bullet = self._text.startswith("- ", start)
        led_in = self._report(Speaker.INSPECTORS) if bullet and heard and heard[0] is Speaker.INSPECTORS else None
        for s, e in sentences:
            voice = self._sentence(s, e, marks, here or signed, inherits if not signed else None)
            if voice is self._own and led_in:
                voice = led_in
            elif self._text[e - 1] == ":":
                led_in = voice if voice.speaker is Speaker.INSPECTORS and not voice.first_hand else None
            yield voice
        self._open = marks.open_at_end

    def _sentence(
        self, start: int, end: int, marks: Quoted, here: _Attribution | None, inherits: _Attribution | None
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
        if named := _first_cue(beside):
            self._remember(_Attribution(named[0], " ".join(beside[: named[1].end()].split())[-120:]))
        return voice

    def _signed(self, end: int) -> _Attribution | None:
        """Who signs a quotation on the line below it: "— Jo Smith, chair of the forum"."""
        signature = _SIGNATURE.match(self._text, end)
        if signature is None:
            return None
        cue = _first_cue(signature["who"])
        ours = self._own.speaker if _cues().own_role.search(signature["who"]) else Speaker.OTHER
        return _Attribution(cue[0] if cue else ours, _plain(signature["who"]))

    def _remember(self, who: _Attribution) -> None:
        self._last = who
        surname = _PERSON.search(who.name)
        if surname and who.speaker is not Speaker.INSPECTORS and not _first_cue(surname[0].split()[-1]):
            self._person = who
            if not _NO_NAME.match(who.name):
                self._people.setdefault(surname["surname"], who)

    def _attribution(self, clause: str, *, quotes: bool = False) -> _Attribution | None:
        """Who a clause outside the quotation marks names as speaking.

        The speaker is the subject: named before the verb ("the letter states"), or right after it ("said Cllr Smith").
        """
        if _cues().passive.search(clause):
            return _Attribution(Speaker.INSPECTORS, "inspectors")
        for verb in _cues().verb.finditer(clause):
            before, after = clause[: verb.start()], clause[verb.end() : verb.end() + _AFTER_VERB]
            if _PASSIVE_BEFORE.search(before):
                continue
            subject = _LEADING.sub("", before)
            inverted = not before.strip(" …,")
            if found := self._subject(after if inverted else subject, quotes=quotes):
                return found
        return None

    def _subject(self, words: str, *, quotes: bool) -> _Attribution | None:
        """The body or person a subject names, by its own words, by an earlier introduction, or by a pronoun."""
        pronoun = _PRONOUN.search(words)
        if pronoun and pronoun.lastgroup and not _first_cue(words):
            return self._person if pronoun.lastgroup == "person" else self._last
        if _OF_THE_LAST.match(words.strip(" …")) and self._last:
            return _Attribution(self._last.speaker, _plain(words))
        main = _RELATIVE.sub("", words)
        cue = _first_cue(main) or next((c for c in [_first_cue(words)] if c and c[0] in _OWNERS), None)
        if cue and cue[0] is Speaker.INSPECTORS and self._names_itself(words):
            return None
        if cue:
            return _Attribution(cue[0], _plain(words))
        known = [self._people[name] for name in re.findall(r"[A-Z][\w'’-]+", words) if name in self._people]
        if known:
            return _Attribution(known[-1].speaker, _plain(words))
        if _cues().spokesperson.search(words) and not re.search(r"\b[A-Z]\w+", words.strip(" …")[2:]):
            return self._last
        return _Attribution(Speaker.OTHER, _plain(words)) if quotes and _plain(words) else None

    def _names_itself(self, words: str) -> bool:
        """Whether "this report" means the document itself: in minutes and in a council's own reports."""
        return self._profile.kind in (Kind.COUNCIL_MINUTES, Kind.BRIEFING) and bool(_cues().own_document.search(words))

    def _relayed(self, how: str) -> str:
        if self._profile.kind is Kind.COUNCIL_MINUTES:
            return f"{how} in the minutes"
        return f"{how} by {self._profile.publisher or 'the document'}"

    def _quotation(self, start: int, end: int) -> Voice:
        who = self._speaking
        if who is None:
            ours = self._own.speaker in _OWNERS and _cues().first_person.search(self._text, start, end)
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
        if self._profile.kind is Kind.COUNCIL_MINUTES and _cues().act.search(sentence):
            self._reported = None
            return self._own
        follows = self._reported is not None and self._reported.speaker is Speaker.INSPECTORS
        about = self._last is not None and self._last.speaker is Speaker.INSPECTORS
        if (follows or about) and _cues().goes_on.search(sentence):
            return self._report(Speaker.INSPECTORS)
        who = self._attribution(sentence)
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
    own = Voice(Speaker.INSPECTORS, _OWN_DETAIL.get(profile.kind, ""), first_hand=True)
    for one in paragraphs:
        if inspectors:
            yield tuple(own for _ in one.sentences)
        else:
            yield tuple(listener.paragraph(one.start, one.end, one.sentences, one.section))
