"""The years a question names."""

import re
from datetime import date

_YEAR = r"(20[0-4]\d)"
_SINCE = re.compile(rf"\b(?:since|after|from)\s+{_YEAR}\b", re.I)
_UNTIL = re.compile(rf"\b(?:before|until|till|up to)\s+{_YEAR}\b", re.I)
_ANY_YEAR = re.compile(rf"(?<![\d/.,-]){_YEAR}(?![\d/])")
_NEWEST = re.compile(r"\b(?:latest|newest|most recent|current(?:ly)?|now(?:adays)?|today)\b", re.I)


def years(text: str) -> tuple[int | None, int | None]:
    """The first and the last year meant; ``None`` where that end is open."""
    since, until = _SINCE.search(text), _UNTIL.search(text)
    if since or until:
        return (int(since[1]) if since else None), (int(until[1]) if until else None)
    named = [int(year) for year in _ANY_YEAR.findall(text) if int(year) <= date.max.year]
    return (min(named), max(named)) if named else (None, None)


def newest(text: str) -> bool:
    """Whether the state of today is asked for."""
    return bool(_NEWEST.search(text))


def without_years(text: str) -> str:
    """The text with a space in place of each year."""
    return _ANY_YEAR.sub(" ", text)
