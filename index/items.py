"""The items of a meeting's minutes: those that speak of inspections, and other business.

Minutes of ten items hold one, perhaps, that matters here. The others stay in the text, as ``Kind.OTHER``, so that a
vote on parking is never offered as an answer about an inspection.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from index.data_files import read_toml
from index.headings import any_of
from index.sections import Placed
from index.structure import BlockKind
from index.types import Kind

_LONGEST_HEAD = 20  # words


@dataclass(frozen=True, slots=True)
class _Rules:
    numbered: re.Pattern[str]
    within: re.Pattern[str]
    subject: tuple[re.Pattern[str], ...]


@cache
def _rules() -> _Rules:
    data = read_toml(files("index.data") / "items.toml")
    return _Rules(any_of(data["numbered"]), any_of(data["within"]), tuple(any_of(p) for p in data["subject"].values()))


def _level(text: str, entry: Placed) -> int:
    return text.count("#", entry.block.start, entry.block.body)


def _heads(text: str, placed: Sequence[Placed]) -> list[int]:
    """The blocks at which an item begins: numbered heads, or else the headings of the level that occurs most."""
    rules = _rules()
    numbered, levels = [], Counter[int]()
    titles = []
    for at, entry in enumerate(placed):
        words = " ".join(text[entry.block.start : entry.block.end].lstrip("# \t").split())
        heading = entry.block.kind is BlockKind.HEADING
        if rules.within.search(words) or len(words.split()) > _LONGEST_HEAD:
            continue
        if rules.numbered.search(words) and (heading or not re.search(r"[.;,:]$", words)):
            numbered.append(at)
        elif heading and at:
            titles.append(at)
            levels[_level(text, entry)] += 1
    if len(numbered) > 1:
        return numbered
    if not levels:
        return []
    most = max(levels, key=lambda level: (levels[level], -level))
    return [at for at in titles if _level(text, placed[at]) <= most]


def item_kinds(text: str, placed: Sequence[Placed], kind: Kind) -> tuple[Kind, ...]:
    """The kind of each block: the document's, or ``OTHER`` for those of a meeting's other business."""
    if kind is not Kind.COUNCIL_MINUTES:
        return (kind,) * len(placed)
    starts = [0, *(at for at in _heads(text, placed) if at), len(placed)]
    found: list[Kind] = []
    for first, after in pairwise(starts):
        words = text[placed[first].block.start : placed[after - 1].block.end] if after > first else ""
        speaks = all(pattern.search(words) for pattern in _rules().subject)
        found += [kind if speaks else Kind.OTHER] * (after - first)
    return tuple(found)
