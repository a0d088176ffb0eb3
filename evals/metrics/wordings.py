"""Does the answer depend on how a question is put? Cases that want the same evidence are one question in other words.

Nobody marks such cases: two that accept the same statuses, keep to the same scope and name the same answering
quotations can differ in their wording alone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import combinations

from assistant.support.folding import folded
from evals.cases import Case
from evals.metrics.evidence import ANSWERING_GRADE
from evals.metrics.tally import Tally


def wanted(case: Case) -> Hashable | None:
    """What tells one question from another whatever its words; ``None`` for a case that wants no evidence."""
    expected = case.expected
    sets = frozenset(
        frozenset((gold.document, folded(gold.quote)) for gold in group if gold.grade >= ANSWERING_GRADE)
        for group in expected.evidence
    )
    return (sets, case.scope, expected.statuses, expected.verdicts) if sets else None


def groups(judged: Iterable[tuple[Case, bool]]) -> list[list[bool]]:
    """Whether each wording passed, question by question, for questions that were put in several wordings."""
    by_question: dict[Hashable, list[bool]] = defaultdict(list)
    for case, passed in judged:
        if (question := wanted(case)) is not None:
            by_question[question].append(passed)
    return [group for group in by_question.values() if len(group) > 1]


def every_wording(group: list[bool]) -> Tally:
    """Whether a question was answered rightly however it was put."""
    return Tally(float(all(group)), 1)


def agreement(group: list[bool]) -> Tally:
    """The share of pairs of wordings that both passed or both failed."""
    pairs = list(combinations(group, 2))
    return Tally(sum(one is other for one, other in pairs) / len(pairs), 1)
