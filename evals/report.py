"""The report: every number with its n and its interval, the floors, and the failures with their reasons."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from evals.floors import FloorResult
from evals.metrics.tally import Estimate, wilson
from evals.scoring import GROUPED, LATENCY, MEASURES, CaseScore, scoreboard

_NAME, _CELL = 37, 30
_LATENCY_TITLES = {name: f"latency p{round(share * 100)} (ms)" for name, share in LATENCY.items()}


def split_scores(scores: Sequence[CaseScore]) -> dict[str, list[CaseScore]]:
    """The scores of each split that occurs, and of all together where there are several."""
    splits: dict[str, list[CaseScore]] = defaultdict(list)
    for one in scores:
        splits[one.case.split].append(one)
    named = {name: splits[name] for name in sorted(splits)}
    return {**named, "all": list(scores)} if len(named) > 1 else named


def as_dict(
    scores: Sequence[CaseScore], floors: Sequence[FloorResult], about: Mapping[str, Any], open_splits: Sequence[str]
) -> dict[str, Any]:
    """The whole report as JSON. Failures of splits that are not open are counted, not shown."""
    return {
        "format": 1,
        "about": dict(about),
        "measures": measures_of(scores),
        "tags": {tag: {"passed": passed, "n": n} for tag, (passed, n) in passed_by_tag(scores).items()},
        "floors": [
            {"measure": r.floor.measure, "min": r.floor.least, "max": r.floor.most, "value": r.value, "held": r.held}
            for r in floors
        ],
        "cases": [
            {"id": one.case.id, "split": one.case.split, "passed": not one.reasons, "scores": _rates(one)}
            for one in scores
        ],
        "failures": [_failure(one) for one in failures(scores, open_splits)],
    }


def measures_of(scores: Sequence[CaseScore]) -> dict[str, dict[str, dict[str, Any]]]:
    """Every measure of every split as JSON, all together last."""
    return {
        split: {name: estimate_as_json(one) for name, one in scoreboard(group).items()}
        for split, group in split_scores(scores).items()
    }


def as_text(scores: Sequence[CaseScore], floors: Sequence[FloorResult], open_splits: Sequence[str], shown: int) -> str:
    """The report for people."""
    parts = [_board(scores), _tags(scores), _floors(floors), _failures(scores, open_splits, shown)]
    return "\n\n".join(part for part in parts if part)


def failures(scores: Sequence[CaseScore], open_splits: Sequence[str]) -> list[CaseScore]:
    """The failed cases of the splits that may be looked at."""
    return [one for one in scores if one.reasons and one.case.split in open_splits]


def passed_by_tag(scores: Sequence[CaseScore]) -> dict[str, tuple[int, int]]:
    """Passed cases and all cases of each tag."""
    table: dict[str, tuple[int, int]] = {}
    for one in scores:
        for tag in one.case.tags:
            passed, n = table.get(tag, (0, 0))
            table[tag] = (passed + (not one.reasons), n + 1)
    return dict(sorted(table.items()))


def _board(scores: Sequence[CaseScore]) -> str:
    groups = split_scores(scores)
    boards = [scoreboard(group) for group in groups.values()]
    titles = {measure.name: measure.title for measure in (*MEASURES, *GROUPED)} | _LATENCY_TITLES
    head = " " * _NAME + "".join(
        f"{f'{split} ({len(group)} cases)':<{_CELL}}" for split, group in split_scores(scores).items()
    )
    rows = [
        f"{title:<{_NAME}}" + "".join(f"{_cell(name, board[name]):<{_CELL}}" for board in boards)
        for name, title in titles.items()
    ]
    note = "Value [95% interval] n. Shares: Wilson; means: bootstrap over families of cases. n/a: nothing to judge."
    return "\n".join([head.rstrip(), *(row.rstrip() for row in rows), note])


def _cell(name: str, one: Estimate) -> str:
    if one.value is None:
        return "n/a   n=0"
    if name in LATENCY:
        return f"{one.value:.1f}   n={one.n}"
    reach = f" [{one.interval.low:.2f}–{one.interval.high:.2f}]" if one.interval else ""
    return f"{one.value:.3f}{reach} n={one.n}"


def _tags(scores: Sequence[CaseScore]) -> str:
    rows = ["Passed, by tag"]
    for tag, (passed, n) in passed_by_tag(scores).items():
        reach = wilson(passed, n)
        interval = f" [{reach.low:.2f}–{reach.high:.2f}]" if reach else ""
        rows.append(f"  {tag:<26}{passed:>4} of {n:<4} {passed / n:.2f}{interval}")
    return "\n".join(rows)


def _floors(floors: Sequence[FloorResult]) -> str:
    if not floors:
        return ""
    words = {True: "held", False: "BROKEN", None: "not judged: nothing to judge"}
    return "\n".join(
        [
            "Floors",
            *(f"  {r.floor.measure:<26}{r.floor.limit:<12} {_number(r.value):<8} {words[r.held]}" for r in floors),
        ]
    )


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def _failures(scores: Sequence[CaseScore], open_splits: Sequence[str], shown: int) -> str:
    failed = failures(scores, open_splits)
    hidden = sum(bool(one.reasons) for one in scores) - len(failed)
    rows = [f"Failures: {len(failed)} in {' and '.join(open_splits)}, {min(shown, len(failed))} shown"]
    if hidden:
        rows.append(f"  {hidden} more in the other split, kept closed so that nobody tunes to them; --split opens one")
    for one in failed[:shown]:
        rows += ["", f"  {one.case.id}  ({', '.join(one.reasons)})"]
        rows += [f"    {'asked' if last else 'before'}: {turn}" for turn, last in _turns(one)]
        rows.append(f"    wanted: {one.case.reference}")
        rows += [f"    gold:   {quote}" for quote in _needed(one)]
        rows.append(f"    got:    [{one.response.status}] {_short(one.response.answer)}")
    return "\n".join(rows)


def _turns(one: CaseScore) -> list[tuple[str, bool]]:
    turns = one.case.turns
    return [(turn, place == len(turns) - 1) for place, turn in enumerate(turns)]


def _needed(one: CaseScore) -> list[str]:
    return [_short(gold.quote) for group in one.case.expected.evidence[:1] for gold in group if gold.grade > 1]


def _short(text: str, limit: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def estimate_as_json(one: Estimate) -> dict[str, Any]:
    """A number with its n and the ends of its interval."""
    reach = [one.interval.low, one.interval.high] if one.interval else None
    return {"value": one.value, "n": one.n, "interval": reach}


def _rates(one: CaseScore) -> dict[str, float]:
    return {name: tally.hits / tally.n for name, tally in sorted(one.tallies.items())}


def _failure(one: CaseScore) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "split": one.case.split,
        "line": one.case.line,
        "turns": list(one.case.turns),
        "reasons": list(one.reasons),
        "status": one.response.status,
        "answer": one.response.answer,
        "reference": one.case.reference,
        "gold": [[gold.quote for gold in group if gold.grade > 1] for group in one.case.expected.evidence],
    }
