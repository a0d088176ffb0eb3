"""The report as one HTML page that opens offline: what evaluators read, and show to others."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from evals.baseline import Step
from evals.cases import Case
from evals.floors import Floor
from evals.page_board import heat, scoreboard
from evals.page_cases import closed_note, failures, passed
from evals.page_curves import curves, where_lost
from evals.side import NAMED, Side, arrow, percent, reach

_STYLE = Path(__file__).with_name("page.css")
_HEADLINES = ("passed", "evidence_recall", "false_answer_rate", "false_refusal_rate", "quote_fidelity")
_SCOREBOARD_NOTE = (
    "Dot: value. Band: 95% interval (shares: Wilson; means: bootstrap over families of questions). Triangle: floor. "
    "Ticks: the other systems, asked the same questions by the same code. n counts what could be judged; "
    "“n/a” is never 0. Arrows say which way is better. Underlined: ahead of ours."
)
_HEAT_NOTE = "Stronger orange is worse, stronger blue is better. Faint cells rest on fewer than 5 cases."


def page(
    ours: Side,
    others: Sequence[Side],
    cases: Sequence[Case],
    floors: Sequence[Floor],
    history: Sequence[Step],
    open_splits: Sequence[str],
) -> str:
    """The whole page. ``others`` are runs of other systems over the same questions and documents."""
    body = [
        _head(ours),
        _headlines(ours),
        _section("Scoreboard", scoreboard(ours, others, floors), _SCOREBOARD_NOTE),
        _section("Where answers are lost", where_lost(ours)),
        _section("Curves", curves(ours, others, history)),
        _section("By tag", heat(ours), _HEAT_NOTE),
        _section("Failures", failures(ours, cases, open_splits), closed_note(ours, open_splits)),
        _section("Passed", passed(ours, cases, open_splits)),
        _foot(ours),
    ]
    title = f"{ours.info.system}, {ours.info.questions}, {ours.info.year_month_day}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>Evaluation: {escape(title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


_SCOREBOARD_NOTE = (
    "Dot: value. Band: 95% interval (shares: Wilson; means: bootstrap over families of questions). Triangle: floor. "
    "Ticks: the other systems, asked the same questions by the same code. n counts what could be judged; "
    "“n/a” is never 0. Arrows say which way is better. Underlined: ahead of ours."
)
_HEAT_NOTE = "Stronger orange is worse, stronger blue is better. Faint cells rest on fewer than 5 cases."


def _section(title: str, content: str, note: str = "") -> str:
    remark = f'<p class="note">{escape(note)}</p>' if note else ""
    return f"<section><h2>{escape(title)}</h2>{remark}{content}</section>"


def _head(ours: Side) -> str:
    info = ours.info
    passed = sum(record.passed for record in ours.records.values())
    commit = (info.commit or "no commit")[:10] + (" with changes" if info.changed else "")
    facts = (
        ("Questions", f"{info.questions}, {info.cases} cases"),
        ("Documents", f"{info.documents}, {info.corpus_sha256[:10]}"),
        ("Code", commit),
        ("Begun", info.started.replace("T", " ").replace("+00:00", " UTC")),
        (
            "Machine",
            f"{info.machine['system']}, {info.machine['processors']} processors, Python {info.machine['python']}",
        ),
        ("Run", info.id),
        (
            "Asked again",
            f"{ours.same_again[0]} of {ours.same_again[1]} answers the same" if ours.same_again else "not yet",
        ),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    return (
        f"<header><p class='kicker'>Evaluation of {escape(info.system)}</p>"
        f"<h1>{passed} of {len(ours.records)} questions answered as they should be</h1><dl>{rows}</dl></header>"
    )


def _headlines(ours: Side) -> str:
    cards = []
    for name in _HEADLINES:
        one, measure = ours.measure(name), NAMED[name]
        splits = [split for split in ours.scores["measures"] if split != "all"]
        apart = " · ".join(f"{split} {percent(ours.measure(name, split)['value'])}" for split in splits)
        cards.append(
            f'<div class="card"><p>{escape(measure.title)} {arrow(measure)}</p><b>{percent(one["value"])}</b>'
            f"<small>{reach(one)} n={one['n']}</small><small>{apart}</small></div>"
        )
    return f'<div class="cards">{"".join(cards)}</div>'


def _foot(ours: Side) -> str:
    machine = json.dumps(dict(ours.info.machine), ensure_ascii=False)
    return (
        "<footer><p>Judged by rule, without a language model and without a network: the same answers get the same "
        "numbers on every machine. How often the test of citations is right is printed by <code>python -m evals "
        f"validate</code>.</p><p>Questions {ours.info.questions_sha256[:12]}, "
        f"documents {ours.info.corpus_sha256[:12]}, machine {escape(machine)}</p></footer>"
    )
