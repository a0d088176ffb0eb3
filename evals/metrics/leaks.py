"""Answers that wander: to another area than was asked about, or to another year."""

import re
from collections.abc import Sequence

from evals.answers import ANSWERING_KINDS, Cited, Response
from evals.cases import Scope
from evals.metrics.tally import Tally


def area_key(area: str) -> str:
    """An area's name for comparison: ``Telford & Wrekin`` and ``Telford and Wrekin`` are one place."""
    return re.sub(r"[\W_]+", " ", area.casefold().replace("&", " and ")).strip()


def area_leak(scope: Scope, cited: Sequence[Cited]) -> bool | None:
    """Whether an answer limited to some areas cites words about none of them.

    Not applicable without such a limit, or where no citation names its areas.
    """
    labelled = [one for one in cited if one.areas]
    if not scope.areas or not labelled:
        return None
    asked = {area_key(area) for area in scope.areas}
    return any(asked.isdisjoint(area_key(area) for area in one.areas) for one in labelled)


def date_leak(scope: Scope, cited: Sequence[Cited]) -> bool | None:
    """Whether an answer limited to some years cites an inspection outside them; undated citations don't count."""
    years = [one.year for one in cited if one.year is not None]
    if (scope.since is None and scope.until is None) or not years:
        return None
    return any(
        (scope.since is not None and year < scope.since) or (scope.until is not None and year > scope.until)
        for year in years
    )


def dated_statements(response: Response) -> Tally | None:
    """Answering statements that show the year of every dated citation they stand on, of all that have one.

    The year may stand in the statement's period or in its words: an old finding without it passes for a new one.
    """
    year_of = {cited.id: cited.year for cited in response.citations}
    shown = total = 0
    for said in response.statements:
        years = {year for mark in said.citations if (year := year_of.get(mark)) is not None}
        if said.kind not in ANSWERING_KINDS or not years:
            continue
        total += 1
        shown += all(str(year) in f"{said.period or ''} {said.text}" for year in years)
    return Tally(shown, total) if total else None
