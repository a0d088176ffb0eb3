"""Two sentences without who says them: "…, said the director" may stand before what is said or after it.

Who says something is judged on its own (``facts.speakers``), and each name must be the source's.
"""

import re
from functools import cache, lru_cache

from assistant.support.predicates import content
from assistant.support.words import alternatives, lists

_TO_WHOM = re.compile(r"\b(?:told|advised|warned|to)\b", re.I)
_WHOM = r"(?: (?!(?:and|is|are|was|were|has|have|had|will|would|it|there|they|we)\b)[\w’']+){0,4}?"
_NAME = r"(?:the |an? )?[A-Z][\w.’'-]*"


def unattributed(one: str, other: str) -> tuple[str, str]:
    """Both texts without their attributions; as they are where the first names others, or in another order."""
    (said, by), (told, names) = _parted(one), _parted(other)
    ours, theirs = ([word.stem for word in content(who)] for who in (by, names))
    known = by or not _saying().search(one)
    in_order = iter(theirs)  # who told whom
    same = all(stem in in_order for stem in ours) if _TO_WHOM.search(one) else set(ours) <= set(theirs)
    return (said, told) if known and same else (one, other)


def without_attribution(text: str) -> str:
    """A text without its one attribution."""
    return _parted(text)[0]


@lru_cache(8192)
def _parted(text: str) -> tuple[str, str]:
    """A text without its one attribution, and that; as it is where it has none, or several that could change places."""
    if len(_saying().findall(text)) == 1:
        for pattern in _patterns():
            if (found := pattern.search(text)) and len(text.split()) - len(found[0].split()) > 2:
                rest = f"{text[: found.start()]}{found['after']}{text[found.end() :]}"
                return f"{rest[:1].upper()}{rest[1:]}", _saying().sub(" ", found[0])
    return text, ""


@cache
def _saying() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(lists()['words']['attributing'])})\b", re.I)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """An attribution before what is said, and after it or in its middle with the name last or first."""
    said = _saying().pattern
    return (
        re.compile(rf"^[^.;:\"“]{{3,120}}?\s{said}{_WHOM}(?: that\b|:)\s*(?P<after>)", re.I),
        re.compile(rf"^[^.,;:\"“]{{3,60}}\s{said}[,;]\s*(?P<after>)", re.I),
        re.compile(
            rf"[,;]? ['\"“”’]?{said} {_NAME}(?:(?! and | but | while | because )[^.;\"“”]){{0,80}}?(?P<after>\W*$)"
        ),
        re.compile(rf"[,;]? ['\"“”’]?{said} {_NAME}[^.;\"“”]{{0,80}}?(?P<after>[;,](?= \w)|\W*$)"),
        re.compile(rf", (?:the |an? )?[\w.’' ,-]{{2,90}}? {said}(?P<after>,(?= \w)|\W*$)"),
    )
