"""Numbers in brackets and the citations they stand for: neither may be without the other."""

import re
from collections.abc import Iterable

from evals.answers import ANSWERING_KINDS, Response
from evals.metrics.tally import Tally

_MARK = re.compile(r"\[(\d+(?:\s*,\s*\d+)*)\]")
MUST_CITE = ANSWERING_KINDS - {"lead"}  # a lead may say only how the question was understood


def marks_in(text: str) -> frozenset[int]:
    """The numbers printed in brackets: ``[1]``, ``[1][2]`` and ``[1, 2]``."""
    return frozenset(int(number) for group in _MARK.findall(text) for number in group.split(","))


def dangling(marks: Iterable[int], citations: Iterable[int], used: Iterable[int]) -> frozenset[int]:
    """Marks without a citation, citations without a mark, and numbers that statements use but no citation has."""
    known = set(citations)
    return frozenset((set(marks) ^ known) | (set(used) - known))


def dangling_marks(response: Response) -> bool | None:
    """Whether anything dangles in an answer; not applicable where the system failed."""
    if response.error is not None:
        return None
    used = [mark for said in response.statements for mark in said.citations]
    return bool(dangling(marks_in(response.answer), (cited.id for cited in response.citations), used))


def uncited_statements(response: Response) -> Tally | None:
    """Quotations and summaries without a citation, of all quotations and summaries."""
    bound = [said for said in response.statements if said.kind in MUST_CITE]
    return Tally(sum(not said.citations for said in bound), len(bound)) if bound else None


def cited_refusal(response: Response) -> bool | None:
    """Whether a ``not_found`` cites something as if it answered; not applicable to other answers."""
    if response.status != "not_found":
        return None
    return bool(response.statements) and bool(response.answering())
