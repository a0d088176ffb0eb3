"""Where sentences begin and end: exact spans, found by rule.

Inspection prose is regular, so a small rule is right more often than a trained splitter, and it gives offsets.
"""

import re
from functools import cache
from importlib.resources import files

from index.data_files import read_lines

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9£])")
_WORD_BEFORE = re.compile(r"([\w.]+)$")
_NUMBERED = ("no", "nos")  # an abbreviation before a figure alone: "No. 4", but "The answer is no."
_LONGEST_WORD = 30  # characters before a full stop that are looked at
_LONGEST = 1200  # characters; a longer run without a full stop is cut at a line break or a space


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(read_lines(files("index.data") / "abbreviations.txt"))


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence, and not an abbreviation, an initial or a list number."""
    if not match[0].startswith("."):
        return True
    near = max(start, match.start() - _LONGEST_WORD)
    before = _WORD_BEFORE.search(text[near : match.start()])
    if before is None:
        return True
    word = before[1]
    if word.lower() in _NUMBERED and not text[match.end() : match.end() + 3].strip()[:1].isdigit():
        return True
    return not (
        word.lower().rstrip(".") in _abbreviations()
        or (len(word) == 1 and word.isupper())
        or (word.isdigit() and near + before.start() == start)
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut_long(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max(window.rfind("\n"), 0) or max(window.rfind(" "), 0) or _LONGEST
        spans.append(_trim(text, start, start + cut))
        start, end = _trim(text, start + cut, end)
    return [*spans, (start, end)]


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]`` as spans of ``text``, in order, without white space at either end.

    Text without a full stop is one sentence. Every visible character of the range lies in exactly one span.
    """
    spans = []
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, begin, match):
            spans.append(_trim(text, begin, match.end()))
            begin = match.end()
    spans.append(_trim(text, begin, end))
    return [cut for s, e in spans if s < e for cut in _cut_long(text, s, e)]
