"""Whether a model's translation of its own statement may stand beside it, marked as a translation nobody has checked.

Our rules read English only, so the English statement is what is checked. Of the translation is asked what can be told:
that it is in the language, is plain text, has the same figures, names, areas, months and marks, and by its vector says
much the same. It may still be wrong, turned round or badly put; that is why it is marked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.languages import detect, languages
from assistant.phrases import digits
from assistant.places import named
from assistant.support.facts import figures
from assistant.wording import Wording, wording
from assistant.writers.hostile import LINK, speaks_to_machines
from index.areas import gazetteer
from index.embedders import local
from index.embedders.e5 import LocalE5
from index.embedders.types import Embedder

# Cosine of a sentence and its translation. Of 108 pairs of our own sentences in six languages 105 reach it, of 1,836
# pairs that don't belong together 39. Measured for that one of our models which knows both languages, and asked of it.
_ALIKE = 0.86
_SIGNS = re.compile(r"[<>\[\]{}|*_#`\\@^~=/$]|\n")
_MARKS = re.compile(r"\s*[\[(](\d+(?:\s*,\s*\d+)*)[\])]")
_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f ]?\d+)*")
_NAME = re.compile(r"(?<![\w'’.-])[A-Z][\w'’-]*")
_TOLD = 4  # letters by which a month or a name is known, whatever its ending
_LENGTHS = (0.4, 2.5)  # of the English sentence


@dataclass(frozen=True, slots=True)
class Pair:
    """An English statement that has passed, its translation, and the numbers of the quotations it stands on."""

    english: str
    translation: str
    citations: tuple[int, ...]


def shown(pair: Pair, language: str, embedder: Embedder) -> str:
    """The translation as it may be shown; empty where it may not."""
    marked = {int(n) for found in _MARKS.findall(pair.translation) for n in found.split(",")}
    text = " ".join(_MARKS.sub("", pair.translation).split())
    right = (
        embedder.model == local().model
        and marked <= set(pair.citations)
        and _is_plain(text, pair.english)
        and detect(gazetteer().without(text)) == language
        and _figures_agree(pair.english, text)
        and _names_agree(pair.english, text, language)
        and _months_agree(pair.english, text, wording(language))
        and _alike(pair.english, text)
    )
    return text if right else ""


def _is_plain(text: str, english: str) -> bool:
    least, most = (share * len(english) for share in _LENGTHS)
    return least <= len(text) <= most and not (_SIGNS.search(text) or LINK.search(text) or speaks_to_machines(text))


def _figures_agree(english: str, text: str) -> bool:
    """A number in words can't be compared, so a statement with one goes without its translation."""
    theirs = Counter(re.sub(r"\D", "", found) for found in _DIGITS.findall(digits(text)))
    return theirs == Counter({re.sub(r"\D", "", figure) or figure: n for figure, n in figures(english).items()})


def _names_agree(english: str, text: str, language: str) -> bool:
    names, loaded = gazetteer(), tuple({mention.area for mention in gazetteer().mentions(english)})
    places = named(text, languages()[language], names, loaded)
    if {mention.area for mention in places} != set(loaded):
        return False
    ours, theirs = _names(names.without(english)), _names(_blanked(text, [(m.start, m.end) for m in places]))
    return all(any(_same(one, other) for other in theirs) for one in ours) and all(
        any(_same(one, other) for other in ours) for one in theirs
    )


def _names(text: str) -> list[str]:
    """Words with a capital, but for the first of a sentence and the months."""
    found = [m[0] for m in _NAME.finditer(text) if not _opens(text, m.start()) or m[0].isupper()]
    return [name for name in found if name not in wording().months and len(name) > 1]


def _opens(text: str, start: int) -> bool:
    return not text[:start].strip("\"'“”‘’( ") or text[:start].rstrip().endswith((".", "!", "?"))


def _same(one: str, other: str) -> bool:
    return one == other or (not one.isupper() and one[:_TOLD] == other[:_TOLD] and len(one) >= _TOLD)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "." * (end - start) + text[end:]
    return text


def _months_agree(english: str, text: str, ours: Wording) -> bool:
    named_ = (
        their for our, their in zip(wording().months, ours.months, strict=True) if re.search(rf"\b{our}\b", english)
    )
    return all(month[:_TOLD].lower() in text.lower() for month in named_)


@cache
def _multilingual() -> LocalE5:
    return LocalE5()


def _alike(english: str, text: str) -> bool:
    one, other = _multilingual().queries([english, text])
    return float(one @ other) >= _ALIKE
