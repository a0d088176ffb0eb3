"""Do the citations of an answer support what is said on them? Citation recall and precision after ALCE.

ALCE (Gao et al. 2023) gives a statement recall 1 if all its citations together support it. A citation is then precise
if it supports the statement by itself, or if the others no longer do without it; the citations of an unsupported
statement are not. The test of support is ``entailment``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.support import entails, source_of
from evals.answers import Cited, Response, Said
from evals.metrics.marks import MUST_CITE
from evals.metrics.tally import Tally


@dataclass(frozen=True, slots=True)
class Citations:
    """Supported statements of all that must cite, and precise citations of all they use; ``None`` without any."""

    recall: Tally | None
    precision: Tally | None


def citations(response: Response, weights: Mapping[str, float]) -> Citations:
    """Judge the quotations and summaries of an answer; a lead only says how the question was understood."""
    of = {cited.id: cited for cited in response.citations}
    statements = [said for said in response.statements if said.kind in MUST_CITE]
    judged = [_judged(said, [of[mark] for mark in said.citations if mark in of], weights) for said in statements]
    used = sum(len(precise) for _, precise in judged)
    return Citations(
        Tally(sum(supported for supported, _ in judged), len(judged)) if judged else None,
        Tally(sum(sum(precise) for _, precise in judged), used) if used else None,
    )


def _judged(said: Said, cited: Sequence[Cited], weights: Mapping[str, float]) -> tuple[bool, list[bool]]:
    """Whether the citations together support a statement, and for each whether it is precise."""
    if not cited or not _supports(cited, said, weights):
        return False, [False] * len(cited)
    if len(cited) == 1:
        return True, [True]
    others = [[other for other in cited if other is not one] for one in cited]
    return True, [
        _supports([one], said, weights) or not _supports(rest, said, weights)
        for one, rest in zip(cited, others, strict=True)
    ]


def _supports(cited: Sequence[Cited], said: Said, weights: Mapping[str, float]) -> bool:
    source = source_of(
        [one.quote for one in cited],
        areas=tuple(area for one in cited for area in one.areas),
        dates="; ".join(one.dates for one in cited if one.dates),
        speakers=frozenset(one.speaker for one in cited if one.speaker),
    )
    return entails(source, said.text, weights).supported
