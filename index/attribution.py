"""The words that tell who speaks: who is named in a clause, as a body or by a person's name."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.data_files import read_toml
from index.headings import any_of
from index.types import Speaker

OWNERS = (Speaker.COUNCIL, Speaker.NHS, Speaker.PARENTS_FORUM)
_PERSON = re.compile(r"\b(?:[A-Z][\w'’-]+\.? )+[A-Z][\w'’-]+")
_TITLE = re.compile(r"(?:Mrs?|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Cllr|Councillor)\.?")


@dataclass(frozen=True, slots=True)
class Cues:
    """The patterns of ``data/speakers.toml``."""

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
    no_name: re.Pattern[str]


@cache
def cues() -> Cues:
    """The patterns, read once."""
    data = read_toml(files("index.data") / "speakers.toml")
    return Cues(
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
        re.compile(rf"\b(?:{'|'.join(data['no_names'])})\b", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody named as speaking: who, and their name as printed where they are a person or a spokesperson."""

    speaker: Speaker
    name: str


def first_cue(clause: str) -> tuple[Speaker, re.Match[str]] | None:
    """The body that a clause names first, and where."""
    found = [(speaker, match) for speaker, pattern in cues().speaker if (match := pattern.search(clause))]
    return min(found, key=lambda cue: cue[1].start(), default=None)


def plain(clause: str) -> str:
    """A clause as a name to show: one line, without marks at its ends."""
    return " ".join(clause.strip(" …,;:.").split())[:120]


def person_in(words: str) -> str | None:
    """The first name of a person: capitalised words, no body's, place's or day's, or one of them after a title."""
    for found in _PERSON.finditer(words):
        parts = found[0].split()
        titled = False
        while parts and (_TITLE.fullmatch(parts[0]) or cues().no_name.search(parts[0])):
            titled = bool(_TITLE.fullmatch(parts.pop(0))) or titled
        if len(parts) + titled > 1 and not any(cues().no_name.search(part) for part in parts):
            return " ".join(parts)
    return None
