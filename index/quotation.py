"""What stands in quotation marks, and what stands beside it."""

import re
from dataclasses import dataclass

_MARKS = re.compile('["“”]')


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotations of one paragraph as spans of its text, and whether the last of them stays open."""

    inside: tuple[tuple[int, int], ...]
    open_at_end: bool

    def share(self, start: int, end: int) -> float:
        """How much of a span lies inside quotation marks, from 0 to 1."""
        covered = sum(max(0, min(end, e) - max(start, s)) for s, e in self.inside)
        return covered / max(1, end - start)

    def words(self, text: str, start: int, end: int) -> int:
        """How many words of a span lie inside quotation marks."""
        return sum(len(text[max(start, s) : min(end, e)].split()) for s, e in self.inside if s < end and start < e)

    def outside(self, text: str, start: int, end: int) -> str:
        """The words of a span that lie outside quotation marks."""
        kept, at = [], start
        for s, e in self.inside:
            if e <= start or s >= end:
                continue
            kept.append(text[at : max(at, s)])
            at = max(at, min(e, end))
        return " … ".join([*kept, text[at:end]])


def quoted(text: str, start: int, end: int) -> Quoted:
    """The quotations of ``text[start:end]``, one paragraph."""
    spans, opened = [], None
    for mark in _MARKS.finditer(text, start, end):
        opens = mark[0] == "“" or (mark[0] == '"' and opened is None)
        if opens and opened is None:
            opened = mark.start()
        elif not opens and opened is not None:
            spans.append((opened, mark.end()))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return Quoted(tuple(spans), opened is not None)
