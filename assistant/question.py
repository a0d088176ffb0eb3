"""What a question asks: about which areas and years, in whose words, for what kind of answer.

Everything here is read by rule from the words of the question and of the turns before it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from assistant.errors import QuestionProblem
from assistant.vocabulary import Official, officials
from index.areas import Gazetteer
from index.data_files import read_toml
from index.lexicon import terms
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
_SAY = (
    r"(?:say|said|says|think|claim|claimed|respond|responded|response|reply|replied|answer|react|reaction|comment|"
    r"state|write|wrote|argue|view|views|words|told|tell|call|promise|feel|admit|admitted|resolve|note|noted|"
    r"praise|praised)"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """A kind of question and where its answer stands; see ``data/intents.toml``."""

    name: str
    ask: re.Pattern[str]
    find: re.Pattern[str] | None
    required: bool
    whole_section: re.Pattern[str] | None
    alone: bool
    small_print: bool
    missing: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood. ``terms`` are its stemmed words apart from area names and asking words."""

    question: str
    areas: tuple[str, ...]
    unknown_areas: tuple[str, ...]
    since: int | None
    until: int | None
    newest: bool
    speakers: tuple[Speaker, ...]
    intents: tuple[Intent, ...]
    officials: tuple[Official, ...]
    terms: tuple[str, ...]
    quoted: str | None

    @property
    def names_something(self) -> bool:
        """Whether there is anything in the question to look for. Another script is trusted to say something."""
        foreign = any(c.isalpha() and not c.isascii() for c in self.question)
        return bool(
            self.terms or self.officials or self.intents or self.areas or self.unknown_areas or self.quoted or foreign
        )

    @property
    def intent(self) -> str:
        """The name of the first intent, ``finding`` where none is special."""
        return self.intents[0].name if self.intents else "finding"


@cache
def intents() -> tuple[Intent, ...]:
    """The kinds of question of ``data/intents.toml``, in their order."""

    def pattern(parts: Sequence[str]) -> re.Pattern[str] | None:
        return re.compile("|".join(f"(?:{part})" for part in parts), re.I | re.S) if parts else None

    found = []
    for entry in read_toml(files("assistant.data") / "intents.toml")["intent"]:
        ask = pattern(entry["ask"])
        assert ask is not None  # every intent has its questions
        found.append(
            Intent(
                entry["name"],
                ask,
                pattern(entry["find"]),
                bool(entry.get("required", False)),
                pattern(entry.get("whole_section", [])),
                bool(entry.get("alone", False)),
                bool(entry.get("small_print", False)),
                entry["missing"],
            )
        )
    return tuple(found)


@cache
def _asking_words() -> frozenset[str]:
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
    found = (term for term in terms(_ANY_YEAR.sub(" ", text)) if len(term) > 1 and term not in _asking_words())
    return tuple(dict.fromkeys(found))


def _meant(intent: Intent, bare: str) -> bool:
    """Whether a question, without its area names, is of a kind; one that stands alone must leave no topic over."""
    found = intent.ask.search(bare)
    if found is None or not intent.alone:
        return found is not None
    return not _topic(intent.ask.sub(" ", bare))


_QUOTED = re.compile(r"[\"“]([^\"“”]{12,})[\"”]|(?<!\w)['‘]([^'‘’]{25,})['’](?!\w)")


def read(question: str, names: Gazetteer, loaded: Sequence[str]) -> Reading:
    """Read a cleaned question. ``loaded`` are the areas that the documents speak of."""
    quoted = _QUOTED.search(question)
    outside = question.replace(quoted[0], " ") if quoted else question
    mentions = names.mentions(outside)
    slip = None if mentions else names.misspelt(outside)
    named = dict.fromkeys([*(m.area for m in mentions), *([slip] if slip else [])])
    areas = tuple(area for area in named if area in loaded)
    unknown = tuple(area for area in named if area not in loaded)
    bare = outside
    for mention in reversed(mentions):
        bare = bare[: mention.start] + " " + bare[mention.end :]
    since, until = _years(outside)
    return Reading(
        question=question,
        areas=areas,
        unknown_areas=unknown,
        since=since,
        until=until,
        newest=bool(_NEWEST.search(outside)),
        speakers=_speakers(bare),
        intents=tuple(intent for intent in intents() if _meant(intent, bare)),
        officials=officials(bare),
        terms=_topic(bare),
        quoted=(quoted[1] or quoted[2]) if quoted else None,
    )
