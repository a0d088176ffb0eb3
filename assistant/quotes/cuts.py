"""What is left off a sentence when a part of it is quoted, and whether that turns or limits the part.

"Inspectors did not find that plans are good" does not say that plans are good. Word lists: ``data/quoting.toml``.
"""

import re
from functools import cache

from assistant.quotes.folding import in_compound
from assistant.quotes.wordings import negates, quoting, words
from assistant.types import Difference

_BREAK = re.compile(r"[.,;:!?()–—]")
_OF = re.compile(r" of(?: (?:the|these|those|their|its|our))?$")
_HEAVY = ("negation", "quantity", "sometimes", "not_a_fact", "limits")
_MOST_BETWEEN = 3
_FEW, _LONG_PART = 4, 5  # words before a part that begins its sentence, and words that are too many for a mere name
_SHOWN = 8  # words of what was left off that are shown


@cache
def _ends_with(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{_any(group)})$")


@cache
def _begins_with(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(group)})(?![\w'-])")


@cache
def _holds(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-])(?:{_any(group)})(?![\w'-])")


def _any(group: str) -> str:
    return "|".join(re.escape(word) for word in sorted(quoting()[group], key=len, reverse=True))


def cut_off(text: str, first: int, start: int, end: int, last: int) -> tuple[Difference, ...]:
    """What ``text[start:end]``, quoted from the sentences ``text[first:last]``, leaves off that it may not."""
    head, part, tail = text[first:start], text[start:end], text[end:last]
    prefix, suffix = in_compound(text, start, end)
    before = prefix or _before(head, part, tail)
    after = suffix or _after(head, part, tail)
    return tuple(Difference("", " ".join(one.split())) for one in (before, after) if one.strip())


def turns(omitted: str) -> bool:
    """Whether words left out from the middle of a sentence are such as deny or limit, or hold a figure."""
    said = words(omitted)
    if any(negates(word) or any(character.isdigit() for character in word) for word in said):
        return True
    return any(_holds(group).search(" ".join(said)) for group in _HEAVY)


def _before(head: str, part: str, tail: str) -> str:
    """The words directly before a part that turn or limit it, as they are written; empty if none does."""
    head = head.rstrip(" \n\"“‘'")
    if not head or head[-1] in ".;:!?()–—":
        return ""
    if head.endswith(","):
        return _adverbial(head) if _states(part, tail) else ""
    clause = _BREAK.split(head)[-1]
    plain = _lowered(clause)
    return (
        _denied(clause, plain)
        or (_limited(clause, plain) if _states(part, tail) or _begins(head, part) else "")
        or (_not_told(clause, plain, head) if _states(part, tail) else "")
    )


def _denied(clause: str, plain: str) -> str:
    """From a "not" on that stands directly before the part."""
    rest = plain
    for _ in range(_MOST_BETWEEN + 1):
        found = _ends_with("negation").search(rest) or re.search(r"\w+n't$", rest)
        if found:
            return clause[found.start() :]
        word = re.search(r"\s*([\w'-]+)$", rest)
        if word is None or not (word[1].endswith("ly") or word[1] in quoting()["between"]):
            return ""
        rest = rest[: word.start()]
    return ""


def _limited(clause: str, plain: str) -> str:
    """From a "many" on that stands directly before the part, or before one more word of what it counts."""
    last = plain.rpartition(" ")[2]
    names = last not in quoting()["small"] and last not in quoting()["verbs"]
    one_less = plain.removesuffix(last).rstrip()
    for rest in (plain, _OF.sub("", plain), *([one_less] if names else [])):
        found = _ends_with("quantity").search(rest)
        if found:
            return clause[found.start() :]
    return ""


def _not_told(clause: str, plain: str, head: str) -> str:
    """From the word on that says it is no fact, where the part is led into by "that", "whether" or "if"."""
    condition = _ends_with("conditions").search(plain)
    if not condition and not _ends_with("leading").search(plain):
        return ""
    whole = re.split(r"[.;:!?]", head)[-1]  # "Inspectors did not find, however, that …"
    lowered = _lowered(whole)
    doubt = (_holds(group).search(lowered) for group in ("not_a_fact", "negation"))
    some = _holds("quantity").search(lowered) if _holds("saying").search(lowered) else None
    found = next(filter(None, (*doubt, re.search(r"\w+n't\b", lowered), some)), None)
    return whole[found.start() :] if found else clause[condition.start() :] if condition else ""


def _adverbial(head: str) -> str:
    """The words between two commas, or from the beginning, that say when or where a statement holds."""
    last = _BREAK.split(head.rstrip(","))[-1]
    plain = _lowered(last).strip()
    of_some = re.fullmatch(rf"(?:{_any('prepositions')}) (?:{_any('of_some')})(?: [\w'-]+){{0,3}}", plain)
    return last if of_some or plain in quoting()["sometimes"] else ""


def _after(head: str, part: str, tail: str) -> str:
    """The words directly after a part that limit it, as they are written; empty if none does."""
    after = tail.lstrip(" \n\"”’'")
    if not _stands(head, part):
        return ""
    comma = after.startswith(",")
    plain = _lowered(after.lstrip(", "))
    groups = ("exceptions",) if comma else ("exceptions", "limits")
    some = None if comma else re.match(rf"(?:{_any('prepositions')}) (?:{_any('of_some')})(?![\w'-])", plain)
    if not some and not any(_begins_with(group).match(plain) for group in groups):
        return ""
    stretch = _BREAK.split(after.lstrip(", "))[0]
    return " ".join(stretch.split()[:_SHOWN])


def _begins(head: str, part: str) -> bool:
    """Whether a part of some length has only a word or two of its sentence before it, and so says what is counted."""
    return len(words(head)) <= _FEW and len(words(part)) > _LONG_PART


def _states(part: str, tail: str) -> bool:
    """Whether a part says something and does not merely name it: it has a verb, or goes on to the end of a clause."""
    said = words(part)
    if not said or said[0] in quoting()["verbs"]:
        return False
    whole = not tail.strip(" \n\"”’'") or _BREAK.match(tail.lstrip(" \n\"”’'")) is not None
    return any(word in quoting()["verbs"] for word in said) or (whole and len(said) > _MOST_BETWEEN)


def _stands(head: str, part: str) -> bool:
    """Whether a part says something: it has a verb, or begins where a sentence or a clause does."""
    said = words(part)
    begins = not head.strip(" \n\"“‘'-•") or head.rstrip(" \n\"“‘'")[-1:] in ",;:"
    return any(word in quoting()["verbs"] for word in said[1:]) or (begins and len(said) > _MOST_BETWEEN)


def _lowered(text: str) -> str:
    """In small letters and as long as it was, with plain apostrophes and spaces."""
    plain = text.replace("’", "'").replace("\n", " ")
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in plain)
