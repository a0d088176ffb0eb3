"""The names of England's local authorities: which area a text speaks of.

An area is always given by its canonical name. A name inside a longer name of something else ("Mid and South Essex
Integrated Care Board", "Essex Partnership University Trust") is not a mention of the area.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from importlib.resources import files

from index.data_files import read_table
from index.tokens import is_common

_SHORTEST_MISSPELT = 6  # letters
_ALIKE = 0.85  # "daganham" is 0.875 like "dagenham"; "survey" is 0.83 like "surrey" and means something else
_OTHER_PLACE = re.compile(r"\b(?:North|South|East|West|Mid|Central|Greater|Inner|Outer|New|NHS)(?: and \w+)?[ -]$")
_NEAR_BEFORE = 40  # characters looked at before a name; a search from the start of a long line would never end
_PLACE_WORD = re.compile(r"\b(?:in|at|near|from|about|is|than|around)\s+$", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")
_PERSON = re.compile(
    r"\b(?:Cllr|Councillor|Mrs?|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady)\.? (?:[A-Z][\w'-]+ ){0,2}$"
)
_OWN_BODY = re.compile(r"^ (?:Metropolitan |London )?(?:Borough|City|County|District|Council|Local|local)\b")
_OTHER_BODY = re.compile(
    r"^(?:(?:,? (?:and |of |the )?| )[A-Z][\w-]*){0,8},? (?:and )?"
    r"(?:Integrated Care|ICB|ICS|University|(?:NHS )?(?:Foundation )?Trust|Hospitals?|Police|Constabulary|Street|Road|"
    r"Lane|Square|Avenue)\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An area named in a text: its canonical name and where. ``place`` is the town or district, where one was named."""

    area: str
    start: int
    end: int
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    area: str
    place: str | None
    capital: bool  # also an ordinary word ("reading", "bury"): without its capital it counts only after "in", "at" …


class Gazetteer:
    """Finds areas by any of their names; the longest name wins, and whole words only: Brentwood is not Brent."""

    def __init__(self, names: dict[str, _Name], at_home: frozenset[str] = frozenset()) -> None:
        self._names = names
        self._at_home = at_home
        self._pattern = re.compile(rf"(?<![\w-])(?:{_any_of(names)})(?!\w|-\w)", re.IGNORECASE)

    def including(self, areas: Iterable[str]) -> "Gazetteer":
        """The same gazetteer, at home in some areas, which need not be on the list: a new council's, say.

        A name that is also an ordinary word is taken for the area at the beginning of a sentence only there.
        """
        known = tuple(areas)
        extra = {_key(area): _Name(area, None, capital=False) for area in known if _key(area) not in self._names}
        return Gazetteer({**self._names, **extra}, self._at_home | frozenset(known))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every mention of an area, in order of place."""
        found = []
        for match in self._pattern.finditer(text):
            name = self._names[_key(match[0])]
            before = text[max(0, match.start() - _NEAR_BEFORE) : match.start()]
            after = text[match.end() : match.end() + 120]
            if name.capital and not self._meant(name, match[0], before, after):
                continue
            if _OTHER_PLACE.search(before) or _PERSON.search(before) or _OTHER_BODY.match(after):
                continue
            found.append(Mention(name.area, match.start(), match.end(), name.place))
        return tuple(found)

    def without(self, text: str) -> str:
        """A text without the areas it names."""
        for mention in reversed(self.mentions(text)):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        return " ".join(text.split())

    def leading(self, text: str) -> int:
        """The length of the longest name a text begins with, whatever follows it; 0 where it begins with none."""
        found = self._pattern.match(text)
        return found.end() if found else 0

    def _meant(self, name: _Name, written: str, before: str, after: str) -> bool:
        """Whether a name that is also an ordinary word ("Reading", "bury") means the place."""
        if _PLACE_WORD.search(before) or _OWN_BODY.match(after):
            return True
        if _SENTENCE_START.search(before):
            return name.area in self._at_home
        return written[0].isupper()

    def misspelt(self, text: str) -> str | None:
        """The one area that a text seems to name with a slip of spelling, ``None`` where it names none or several.

        Only for a text in which no area is named rightly. Short names are left alone: too much is near them. A common
        word is no slip: "staff" is near "Staffs".
        """
        words = re.findall(r"[^\W\d_]+", text.lower())
        written = {" ".join(words[at : at + size]) for size in self._sizes for at in range(len(words) - size + 1)}
        near = {
            self._names[name].area
            for some in written
            for name in self._spelt.get((some[0], some.count(" ")), ())
            if _alike(some, name) and not is_common(some)
        }
        return near.pop() if len(near) == 1 else None

    @cached_property
    def _spelt(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        """The names of areas that can be misspelt, by their first letter and the spaces in them."""
        found: dict[tuple[str, int], list[str]] = {}
        for name, known in self._names.items():
            if not known.place and len(name) >= _SHORTEST_MISSPELT:
                found.setdefault((name[0], name.count(" ")), []).append(name)
        return {key: tuple(names) for key, names in found.items()}

    @cached_property
    def _sizes(self) -> tuple[int, ...]:
        """How many words those names have."""
        return tuple(sorted({spaces + 1 for _, spaces in self._spelt}))

    def canonical(self, name: str) -> str | None:
        """The canonical name of an area given by any of its names, ``None`` for one that isn't on the list."""
        known = self._names.get(_key(name)) or self._names.get(_key(_without_kind(name)))
        return known.area if known else None


_KIND = re.compile(
    r"^(?:the )?(?:(?:royal |london )?borough of |city of |county of )|"
    r"(?: (?:city|county|borough|metropolitan borough|metropolitan|district))?(?: council)?$",
    re.IGNORECASE,
)


def _alike(written: str, name: str) -> bool:
    """Whether two names are nearly the same. Length and letters, which are quick to compare, rule most pairs out."""
    ours, theirs = set(written), set(name)
    shared = min(len(written) - len(ours - theirs), len(name) - len(theirs - ours))  # letters at most
    if 2 * shared < _ALIKE * (len(written) + len(name)):
        return False
    matcher = SequenceMatcher(None, written, name)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of some names, the longest first.

    They stand in groups by their first letter, so that at each word of a text only one group is tried.
    """
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        groups.setdefault(_written(name[:1]), []).append(_written(name[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in groups.items())


def _written(name: str) -> str:
    """A pattern for a name, or a part of one, with any dash and any apostrophe."""
    return re.escape(name).replace(r"\ ", "[ -]").replace("'", "['’]")


def _without_kind(name: str) -> str:
    return _KIND.sub("", name.strip())


def _key(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").replace("’", "'").split())


@cache
def gazetteer() -> Gazetteer:
    """The areas of ``data/areas.csv`` with their aliases, and the places of ``data/places.csv`` within them."""
    names: dict[str, _Name] = {}
    for row in read_table(files("index.data") / "places.csv"):
        names[_key(row["place"])] = _Name(row["area"], row["place"], row["caution"] == "capital")
    for row in read_table(files("index.data") / "areas.csv"):
        caution, _, only = row["caution"].partition(":")
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            capital = bool(caution) and (not only or alias in only.split("|"))
            names[_key(alias)] = _Name(row["name"], None, capital)
    return Gazetteer(names)
