"""What a question asks: about which areas and years, in whose words, for what kind of answer.

Everything here is read by rule from the words of the question and of the turns before it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import count

from assistant import places
from assistant.errors import QuestionProblem
from assistant.gloss import Gloss, gloss
from assistant.languages import ENGLISH, detect, languages
from assistant.phrases import digits, words
from assistant.spelling import Speller
from assistant.vocabulary import Official, explained, officials
from index.areas import Gazetteer
from index.data_files import read_toml
from index.lexicon import stop_words, terms
from index.types import Speaker

MAX_WORDS = 600  # a long story with a question at its end has some 300; a pasted report has thousands

_YEAR = r"(20[0-4]\d)"
_SINCE = re.compile(rf"\b(?:since|after|from)\s+{_YEAR}\b", re.I)
_UNTIL = re.compile(rf"\b(?:before|until|till|up to)\s+{_YEAR}\b", re.I)
_ANY_YEAR = re.compile(rf"(?<![\d/.,-]){_YEAR}(?![\d/])")
_NEWEST = re.compile(r"\b(?:latest|newest|most recent|current(?:ly)?|now(?:adays)?|today)\b", re.I)
_SPEAKERS = tuple(
    (speaker, re.compile(rf"\b(?:{names})\b", re.I))
    for speaker, names in (
        (
            Speaker.PARENTS_FORUM,
            r"(?:parents?['’]?(?:[ -]carers?)? )?forum|ssif|just say|parents['’] representatives?",
        ),
        (Speaker.NHS, r"nhs|icb|chief nurse|health (?:board|service) leaders?"),
        (Speaker.COUNCIL, r"council(?:lors?)?|cllr|spokes(?:man|woman|person)|local authority"),
        (Speaker.PRESS, r"newspapers?|press|magazine|journalists?|reporter|article|cyp now"),
        (Speaker.MINUTES, r"minutes|assembly|minuted"),
        (Speaker.INSPECTORS, r"inspectors?|ofsted|cqc|inspection (?:letter|report)"),
    )
)
_ABBREVIATION = re.compile(r"(?<![\w'’-])[A-Z][A-Z0-9]{2,}(?![\w-])")
_INSTITUTION = re.compile(
    r"\b(?!(?:Special|Primary|Secondary|Mainstream|High|Nursery|Early|The|Did|Is|Was|Does|What|How|Are|Year) )"
    r"(?:[A-Z][\w'’-]+ ){1,4}(?:School|Academy|College|Nursery|Hospital|Infants?|Juniors?)\b"
)
_EVERYWHERE = re.compile(
    r"\b(?:all|any|other|each|every|which|what|both|many)(?: of)?(?: the| these)? (?:inspection |local |loaded )?"
    r"(?:areas?|councils?|places?|reports?|documents?|partnerships?|authorit(?:y|ies)|boroughs?|count(?:y|ies))\b"
    r"(?! (?:for|of|requiring) (?:improvement|priority|development|action))|"
    r"\b(?:every|all|any) mentions?\b|\bacross (?:all|the|every) (?:set|documents|reports|areas|country)\b|"
    r"\banywhere\b",
    re.I,
)
COMPARES = frozenset(("comparison", "comparison_overall"))  # kinds of question that hold years beside each other
_GAP = re.compile(r"\.\{0,\d+\}")  # in the pattern of a kind of question: any words between two of its own
_MOST_PIECES = 6
_WORDS_OF_PIECE = 3
_BETWEEN = re.compile(r"(?<=[.?!])\s+|\s+[–-]\s+|[;,]\s+")
_OTHERS = re.compile(
    r"\b(?:who|anyone|anybody|someone|somebody) else\b|\b(?:the )?others? (?:say|said|think|people|sides?)\b", re.I
)
_FEW_WORDS = 4  # from which it can be told what language they are in
_LITTLE = frozenset(("how", "what", "who", "when", "where", "why", "which", "my", "their", "his", "her", "our", "your"))
_OWN_NAME = re.compile(r"(?<!\w)['‘\"“](?P<name>\w[^'‘’\"“”]{2,40}?)['’\"”](?!\w)")  # 'Ask Ollie'
_UNKNOWN = 1  # words of another language that may be left over where a question is said to name no topic
_TITLES = ("EHCP", "SEND", "OFSTED", "CQC", "NHS", "FAQ", "PDF", "GCSE", "NOT")
_SHOUTED = 0.4  # of the letters in capitals: a question that is shouted holds no abbreviations
_SAY = (
    r"(?:say|said|says|think|claim|claimed|respond|responded|response|reply|replied|answer|react|reaction|comment|commented|agree|agreed|disagree|"
    r"state|write|wrote|argue|view|views|words|told|tell|call|promise|feel|admit|admitted|resolve|note|noted|"
    r"praise|praised)"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """A kind of question and where its answer stands; see ``data/intents.toml``."""

    name: str
    ask: re.Pattern[str]
    find: re.Pattern[str] | None
    fact: str | None
    required: bool
    whole_section: re.Pattern[str] | None
    alone: bool
    small_print: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood. ``terms`` are its stemmed words apart from area names and asking words.

    ``bare`` is the question without area names. ``named`` are names of its own that are written like none of the
    subject's terms: "HPCI", "Oakwood School". ``gloss`` is what is known in English of a question in another language.
    ``others`` says that those are asked for who haven't been heard yet: "Who else commented?".
    """

    question: str
    bare: str
    areas: tuple[str, ...]
    unknown_areas: tuple[str, ...]
    since: int | None
    until: int | None
    newest: bool
    speakers: tuple[Speaker, ...]
    intents: tuple[Intent, ...]
    officials: tuple[Official, ...]
    terms: tuple[str, ...]
    named: tuple[str, ...]
    quoted: str | None
    language: str = ENGLISH
    gloss: Gloss | None = None
    others: bool = False

    @property
    def english(self) -> str:
        """The question in English words: as asked, or as far as the table of its language knows."""
        return self.gloss.english if self.gloss else self.question

    @property
    def bare_english(self) -> str:
        """The same without area names."""
        return self.gloss.english if self.gloss else self.bare

    @property
    def names_something(self) -> bool:
        """Whether there is anything in the question to look for. Another script is trusted to say something."""
        foreign = any(c.isalpha() and not c.isascii() for c in self.question) or bool(self.gloss and self.gloss.unknown)
        return bool(
            self.terms or self.officials or self.intents or self.areas or self.unknown_areas or self.quoted or foreign
        )

    @property
    def whole_voice(self) -> bool:
        """Whether the question names speakers and no topic: it asks for what they said, whatever it was."""
        understood = not self.gloss or not self.gloss.unknown
        return bool(self.speakers) and understood and not self._topic_beside_speakers

    @property
    def only_speakers(self) -> tuple[Speaker, ...]:
        """The speakers a question names where it names nothing else: "And the council?"."""
        named = tuple(speaker for speaker, names in _SPEAKERS if names.search(self.bare_english))
        return () if self._topic_beside_speakers else named

    @property
    def _topic_beside_speakers(self) -> bool:
        rest = re.sub(rf"\b{_SAY}\b", " ", _OTHERS.sub(" ", self.bare_english), flags=re.I)
        for _, names in _SPEAKERS:
            rest = names.sub(" ", rest)
        return bool(_topic(rest) or officials(rest))

    @property
    def everywhere(self) -> bool:
        """Whether the question asks about all areas or documents: "Which areas …", "Every mention of …"."""
        return bool(_EVERYWHERE.search(self.english))

    @property
    def foreign(self) -> bool:
        """Whether the question is in another language, or seems so: several words, none of English's little ones."""
        if self.gloss:
            return True
        said = re.findall(r"[^\W\d_]+", self.bare.lower())
        english = sum(word in stop_words() or word in _LITTLE for word in said)
        return len(said) >= _FEW_WORDS and english * 5 < len(said) and not self.officials

    @property
    def pieces(self) -> tuple[str, ...]:
        """The sentences and clauses of a message that holds several, without area names."""
        pieces = [piece.strip() for piece in _BETWEEN.split(self.bare)]
        pieces = [piece for piece in pieces if len(piece.split()) >= _WORDS_OF_PIECE][:_MOST_PIECES]
        return tuple(pieces) if len(pieces) > 1 else ()

    @property
    def intent(self) -> str:
        """The name of the first intent, ``finding`` where none is special."""
        return self.intents[0].name if self.intents else "finding"


@cache
def intents() -> tuple[Intent, ...]:
    """The kinds of question of ``data/intents.toml``, in their order."""

    def pattern(parts: Sequence[str]) -> re.Pattern[str] | None:
        number = count()
        whole = _GAP.sub(lambda gap: f"(?P<gap{next(number)}>{gap[0]})", "|".join(f"(?:{part})" for part in parts))
        return re.compile(whole, re.I | re.S) if parts else None

    found = []
    for entry in read_toml(files("assistant.data") / "intents.toml")["intent"]:
        ask = pattern(entry["ask"])
        assert ask is not None  # every intent has its questions
        found.append(
            Intent(
                entry["name"],
                ask,
                pattern(entry["find"]),
                entry.get("fact"),
                bool(entry.get("required", False)),
                pattern(entry.get("whole_section", [])),
                bool(entry.get("alone", False)),
                bool(entry.get("small_print", False)),
            )
        )
    return tuple(found)


@cache
def asking_words() -> frozenset[str]:
    """The stemmed words that ask, or that every document is about: they tell nothing of a topic."""
    from index.data_files import read_lines

    lines = read_lines(files("assistant.data") / "asking_words.txt")
    return frozenset(term for line in lines for term in terms(line))


def clean(question: str) -> str:
    """The question without control characters and needless white space. Raises ``QuestionProblem`` if it is none."""
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") else c for c in question)
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text:
        raise QuestionProblem("The question is empty. Type what you would like to know.")
    if not any(c.isalnum() for c in text):
        raise QuestionProblem("There are no words in the question. Ask in words, in any language.")
    words = len(text.split())
    if words > MAX_WORDS or len(text) > MAX_WORDS * 12:
        raise QuestionProblem(f"The question is too long ({words} words). Ask in at most {MAX_WORDS} words.")
    return text


def _years(text: str) -> tuple[int | None, int | None]:
    since, until = _SINCE.search(text), _UNTIL.search(text)
    if since or until:
        return (int(since[1]) if since else None), (int(until[1]) if until else None)
    years = [int(year) for year in _ANY_YEAR.findall(text) if int(year) <= date.max.year]
    return (min(years), max(years)) if years else (None, None)


def _speakers(text: str) -> tuple[Speaker, ...]:
    """The speakers whose words are asked for: named as the subject of saying, not merely mentioned."""
    found = []
    for speaker, pattern in _SPEAKERS:
        for match in pattern.finditer(text):
            after, before = text[match.end() : match.end() + 40], text[max(0, match.start() - 40) : match.start()]
            if re.match(rf"(?:['’]s?)?(?:\W+\w+){{0,3}}?\W+{_SAY}\b", after, re.I) or re.search(
                rf"\b(?:according to|{_SAY})\b(?:\W+\w+){{0,3}}?\W*$", before, re.I
            ):
                found.append(speaker)
                break
    return tuple(found)


def _topic(text: str) -> tuple[str, ...]:
    """The stemmed words of a text that name a topic, apart from years, single letters and asking words."""
    found = (term for term in terms(_ANY_YEAR.sub(" ", text)) if len(term) > 1 and term not in asking_words())
    return tuple(dict.fromkeys(found))


def _named(bare: str) -> tuple[str, ...]:
    """Names in a question, without its area names: of schools and the like, and abbreviations of no known term."""
    if sum(c.isupper() for c in bare) > _SHOUTED * sum(c.isalpha() for c in bare):
        return ()
    known = " ".join(official.said for official in officials(bare))
    short = [
        word
        for word in _ABBREVIATION.findall(bare)
        if word not in known and not explained(word) and word not in _TITLES
    ]
    own = [found["name"] for found in _OWN_NAME.finditer(bare) if found["name"][0].isupper()]
    return tuple(dict.fromkeys([*(found[0] for found in _INSTITUTION.finditer(bare)), *own, *short]))


@cache
def _asking_of_a_kind() -> frozenset[str]:
    """The stemmed words by which the kinds of question are known."""
    patterns = " ".join(intent.ask.pattern for intent in intents())
    return frozenset(terms(re.sub(r"\\[a-z]|\(\?P<\w+>", " ", patterns)))


def _meant(intent: Intent, bare: str) -> bool:
    """Whether a question, without its area names, is of a kind.

    One that stands alone must leave no topic over, nor have one within: "Has speech therapy got better?".
    """
    found = intent.ask.search(bare)
    if found is None or not intent.alone:
        return found is not None
    within = " ".join(gap for gap in found.groupdict().values() if gap)
    return not _topic(intent.ask.sub(" ", bare)) and set(_topic(within)) <= _asking_of_a_kind()


QUOTED = re.compile(
    r"[\"“„«]([^\"“”„«»]{12,})[\"”“»]|"
    r"(?<!\w)['‘]((?:[^'‘’]|(?<=\w)['’](?=\w)){25,}|[^'‘’\s]+(?: [^'‘’\s]+){2,})['’](?!\w)"
)
_ABOUT_WORDS = re.compile(
    r"\b(?:words?|phrases?|quot\w+|say|says|said|written|write|wrote|contains?|uses?|used)\b", re.I
)
_SHORT_QUOTATION = 3  # words; fewer are a term or a name, unless the question is about words


def _quotation(question: str) -> re.Match[str] | None:
    """What a question quotes."""
    quoted = QUOTED.search(question)
    if quoted is None or len((quoted[1] or quoted[2]).split()) >= _SHORT_QUOTATION:
        return quoted
    return quoted if _ABOUT_WORDS.search(question.replace(quoted[0], " ")) else None


def read(
    question: str,
    names: Gazetteer,
    loaded: Sequence[str],
    language: str | None = None,
    speller: Speller | None = None,
) -> Reading:
    """Read a cleaned question. ``loaded`` are the areas that the documents speak of.

    ``language`` is that of the turns before it, which a question takes over that doesn't tell its own. With a
    ``speller`` slips in an English question are mended, but never in what it quotes.
    """
    quoted = _quotation(question)
    outside = question.replace(quoted[0], " ") if quoted else question
    spoken = detect(names.without(outside), language) or language or ENGLISH
    if spoken != ENGLISH:
        return _foreign(question, outside, quoted, spoken, names, loaded)
    if speller:
        outside = speller.mended(outside)
        question = question if quoted else outside
    mentions = names.mentions(outside)
    slip = None if mentions else names.misspelt(outside)
    named = dict.fromkeys([*(m.area for m in mentions), *([slip] if slip else [])])
    bare = names.without(outside)
    return _reading(question, outside, bare, bare, tuple(named), quoted, loaded)


def _foreign(
    question: str, outside: str, quoted: re.Match[str] | None, spoken: str, names: Gazetteer, loaded: Sequence[str]
) -> Reading:
    """A question in another language: its areas and years are its own, all else is read from its English words."""
    language = languages().get(spoken)
    mentions = places.named(outside, language, names, loaded)
    bare = places.without(outside, mentions)
    known = gloss(bare, language) if language else Gloss("", 0, len(words(bare)))
    named = dict.fromkeys(mention.area for mention in mentions)
    reading = _reading(question, known.english, bare, known.english, tuple(named), quoted, loaded)
    meant = reading.intents if known.unknown <= _UNKNOWN else tuple(i for i in reading.intents if not i.alone)
    since, until = (reading.since, reading.until) if language else _years(digits(outside))
    return replace(reading, since=since, until=until, intents=meant, language=spoken, gloss=known)


def _reading(
    question: str,
    english: str,
    bare: str,
    bare_english: str,
    named: Sequence[str],
    quoted: re.Match[str] | None,
    loaded: Sequence[str],
) -> Reading:
    """What the English words of a question say. Of an English question they are its own."""
    since, until = _years(english)
    meant = tuple(intent for intent in intents() if _meant(intent, bare_english))
    if since == until and any(intent.name in COMPARES for intent in meant):
        until = None  # "better than in 2017?": that year beside what came after it
    return Reading(
        question=question,
        bare=bare,
        areas=tuple(area for area in named if area in loaded),
        unknown_areas=tuple(area for area in named if area not in loaded),
        since=since,
        until=until,
        newest=bool(_NEWEST.search(english)),
        speakers=_speakers(bare_english),
        intents=meant,
        officials=officials(bare_english),
        terms=_topic(bare_english),
        named=_named(bare_english),
        quoted=(quoted[1] or quoted[2]) if quoted else None,
        others=bool(_OTHERS.search(bare_english)),
    )
