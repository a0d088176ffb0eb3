"""Two wordings held against each other: how far they agree, and every difference, as it was written."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.types import Difference
from index.data_files import read_toml

_WORD = re.compile(r"[£$€]?\d+(?:[.,:/]\d+)*(?:%|\w+)?|[^\W_]+(?:[’'][^\W_]+)*")  # a figure is one word
_TOKEN = re.compile(rf"{_WORD.pattern}|[.,;:!?()/&+=<>]")
_SPARE = 2  # words that the source may have more than the claim where they differ at an end
_RUN = 3  # words in a row that are no chance
_Code = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """How far a claim agrees with a source, what differs, and the stretch of the source that it covers.

    ``agreement`` is the share of all words that are the same, ``kept`` that of the claim's words which stand in the
    source with two more in a row; both from 0 to 1. ``same`` are the claim's words that are the source's, in order.
    """

    agreement: float
    kept: float
    same: tuple[str, ...]
    differences: tuple[Difference, ...]
    start: int
    end: int


@cache
def quoting() -> dict[str, tuple[str, ...]]:
    """The word lists of ``data/quoting.toml``."""
    return {name: tuple(words) for name, words in read_toml(files("assistant.data") / "quoting.toml").items()}


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [found.replace("’", "'").lower() for found in _WORD.findall(text)]


def negates(word: str) -> bool:
    """Whether a word is a "not" of some sort."""
    return word in quoting()["nots"] or word.endswith("n't")


def sharing(claimed: str, source: str) -> float:
    """The share of a claim's words that a source holds too, wherever: no comparison can find more of them the same."""
    theirs = Counter(words(claimed))
    return (theirs & Counter(words(source))).total() / max(1, theirs.total())


def compare(claimed: str, source: str) -> Compared:
    """Hold a claim against a source that it may be a part of. Where all words agree, the other signs are compared."""
    by_words = _compare(claimed, source, _WORD)
    return by_words if by_words.differences or by_words.agreement < 1 else _compare(claimed, source, _TOKEN)


def _compare(claimed: str, source: str, pattern: re.Pattern[str]) -> Compared:
    theirs, ours = list(pattern.finditer(claimed)), list(pattern.finditer(source))
    matcher = difflib.SequenceMatcher(None, _plain(theirs), _plain(ours), autojunk=False)
    codes = _without_edges(matcher.get_opcodes())
    same = sum(code[2] - code[1] for code in codes if code[0] == "equal")
    inner = [code for code in codes if code[0] != "equal"]
    changed = sum(max(code[2] - code[1], code[4] - code[3]) for code in inner)
    found = tuple(Difference(_slice(claimed, theirs, c[1], c[2]), _slice(source, ours, c[3], c[4])) for c in inner)
    covered = [at for code in codes for at in (code[3], code[4])]
    first, last = (min(covered), max(covered)) if covered else (0, 0)
    start = ours[first].start() if first < len(ours) else 0
    runs = sum(code[2] - code[1] for code in codes if code[0] == "equal" and code[2] - code[1] >= _RUN)
    return Compared(
        agreement=same / max(1, same + changed),
        kept=runs / max(1, len(theirs)),
        same=tuple(word for c in codes if c[0] == "equal" for word in _plain(theirs[c[1] : c[2]])),
        differences=found,
        start=start,
        end=ours[last - 1].end() if last else 0,
    )


def _plain(found: Sequence[re.Match[str]]) -> list[str]:
    return [match[0].replace("’", "'").lower() for match in found]


def _slice(text: str, found: Sequence[re.Match[str]], first: int, last: int) -> str:
    """The words from one to another as they are written, with what stands between them."""
    return " ".join(text[found[first].start() : found[last - 1].end()].split()) if first < last else ""


def _without_edges(codes: Sequence[_Code]) -> list[_Code]:
    """The steps from claim to source without what the source says before and after the words of the claim."""
    kept = list(codes)
    if kept and kept[-1][0] in ("insert", "replace"):
        step, a, b, c, d = kept.pop()
        if step == "replace":
            kept.append((step, a, b, c, d if d - c <= b - a + _SPARE else c + b - a))
    if kept and kept[0][0] in ("insert", "replace"):
        step, a, b, c, d = kept.pop(0)
        if step == "replace":
            kept.insert(0, (step, a, b, c if d - c <= b - a + _SPARE else d - (b - a), d))
    return kept
