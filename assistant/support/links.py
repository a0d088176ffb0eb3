"""Links of cause: a statement may join two things only as its source joins them, and not the other way round."""

from collections.abc import Sequence
from functools import lru_cache

from assistant.support.words import Meanings, Reading, any_of, read, within


def causes(part: str, window: str) -> list[str]:
    """Links of the statement where the source has none, or has the cause where the statement has the effect."""
    link = any_of("words", "cause").search(part)
    if not link:
        return []
    if not (any_of("words", "cause").search(window) or any_of("words", "cause_in_source").search(window)):
        return [f"cause: '{link[0]}' joins what the source does not"]
    ours = _sides(part)
    theirs = [side for side in _all_sides(window) if side[0] and side[1]]
    if not ours or not ours[0] or not ours[1] or not theirs:
        return []
    cause, effect = ours
    if not any(_nearer(cause, c, e) + _nearer(effect, e, c) >= 0 for c, e in theirs):
        return [f"cause: '{link[0]}' joins cause and effect otherwise than the source"]
    return []


def _nearer(side: Meanings, one: Meanings, other: Meanings) -> int:
    """How many more words a side shares with one than with another."""
    return len(side & one) - len(side & other)


def _sides(text: str) -> tuple[Meanings, Meanings] | None:
    """What a text gives as cause and as effect, by its first link."""
    return next(iter(_all_sides(text)), None)


@lru_cache(8192)
def _all_sides(text: str) -> Sequence[tuple[Meanings, Meanings]]:
    """Cause and effect of each link: "B because A", "Because A, B", "A, so B"."""
    reading, found = read(text), []
    for name in ("before_cause", "before_effect"):
        for match in any_of("links", name).finditer(reading.text):
            before, after = _around(reading, match.start(), match.end())
            found.append((match.start(), (after, before) if name == "before_cause" else (before, after)))
    return [sides for _, sides in sorted(found, key=lambda one: one[0])]


def _around(reading: Reading, start: int, end: int) -> tuple[Meanings, Meanings]:
    comma = reading.text.find(",", end)
    before, after = within(reading, 0, start), within(reading, end, len(reading.text))
    if not before and comma >= 0:  # "Because A, B"
        return within(reading, comma, len(reading.text)), within(reading, end, comma)
    return before, after
