"""The cases of the report: what was asked, beside what was answered, beside what was wanted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from evals.cases import Case
from evals.records import Record
from evals.side import Side
from evals.words import marked, near


def closed_note(ours: Side, open_splits: Sequence[str]) -> str:
    closed = sum(not record.passed for record in ours.records.values() if record.split not in open_splits)
    if not closed:
        return ""
    return f"{closed} more in the split that is kept closed: reading them is the first step of tuning to them."


def failures(ours: Side, cases: Sequence[Case], open_splits: Sequence[str]) -> str:
    failed = [case for case in cases if case.split in open_splits and not ours.records[case.id].passed]
    if not failed:
        return "<p>None.</p>"
    why: dict[str, list[str]] = defaultdict(list)
    for case in failed:
        why[ours.records[case.id].reasons[0].partition(":")[0]].append(case.id)
    by_count = sorted(why.items(), key=lambda item: -len(item[1]))
    index = "".join(f"<li><b>{len(ids)}</b> {escape(reason)}: {_links(ids)}</li>" for reason, ids in by_count)
    articles = (_failure(case, ours.records[case.id], ours.answers.get(case.id, {})) for case in failed)
    return f'<ul class="why">{index}</ul>{"".join(articles)}'


def _links(ids: Sequence[str]) -> str:
    return " ".join(f'<a href="#{escape(name)}">{escape(name)}</a>' for name in ids)


def _failure(case: Case, record: Record, answer: Mapping[str, Any]) -> str:
    wanted = " or ".join(sorted(case.expected.statuses))
    tags = "".join(f"<li>{escape(tag)}</li>" for tag in case.tags)
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in record.reasons)
    return (
        f'<article id="{escape(case.id)}"><header><h3>{escape(case.id)}</h3><ul class="reasons">{reasons}</ul>'
        f'<ul class="tags">{tags}</ul></header><div class="three">'
        f"<div><h4>Question</h4>{_turns(case.turns)}</div>"
        f"<div><h4>Answer <em>{escape(record.status)}</em></h4>{_answer(case, answer)}</div>"
        f"<div><h4>Wanted <em>{escape(wanted)}</em></h4>{_gold(case, answer)}</div>"
        "</div></article>"
    )


def _turns(turns: Sequence[str]) -> str:
    before = "".join(f'<p class="before">{escape(turn)}</p>' for turn in turns[:-1])
    return f'{before}<p class="asked">{escape(turns[-1])}</p>'


def _answer(case: Case, answer: Mapping[str, Any]) -> str:
    """The statements of an answer; in quotations near to gold, the words are marked that gold does not have."""
    if "error" in answer:
        return f'<p class="error">{escape(str(answer["error"]))}</p>'
    gold = [one.quote for group in case.expected.evidence for one in group]
    lines = []
    for said in answer.get("statements", []):
        kind, text = str(said.get("kind")), str(said.get("text", ""))
        if kind in ("quote", "summary") or (kind == "note" and said.get("citations")):
            hit = "hit" if near(text, gold) else "stray"
            lines.append(f'<blockquote class="{hit} {kind}">{marked(text, gold, "extra")}</blockquote>')
        else:
            lines.append(f'<p class="{escape(kind)}">{escape(text)}</p>')
    return "".join(lines) or f"<p>{escape(str(answer.get('answer', 'No answer.')))}</p>"


def _gold(case: Case, answer: Mapping[str, Any]) -> str:
    """What a right answer holds; in gold near to a quotation, the words are marked that were left out."""
    cited = [str(one.get("quote", "")) for one in answer.get("citations", [])]
    parts = [f'<p class="reference">{escape(case.reference)}</p>']
    for number, group in enumerate(case.expected.evidence):
        if number:
            parts.append('<p class="or">or</p>')
        for gold in group:
            if gold.grade > 1:
                there = near(gold.quote, cited)
                words = marked(gold.quote, cited, "missing")
                mark = "cited" if there else "not cited"
                parts.append(
                    f'<blockquote class="{"hit" if there else "lack"}">{words}<small>{mark}</small></blockquote>'
                )
    facts = [" / ".join(p.pattern for p in nugget.patterns) for nugget in case.expected.nuggets if nugget.vital]
    if facts:
        parts.append(f'<p class="facts">must hold: <code>{"</code>, <code>".join(map(escape, facts))}</code></p>')
    return "".join(parts)


def passed(ours: Side, cases: Sequence[Case], open_splits: Sequence[str]) -> str:
    rows = [
        f"<tr><td>{escape(case.id)}</td><td>{escape(case.turns[-1])}</td><td>{escape(ours.records[case.id].status)}</td></tr>"
        for case in cases
        if case.split in open_splits and ours.records[case.id].passed
    ]
    return f"<details><summary>{len(rows)} cases</summary><table class='list'>{''.join(rows)}</table></details>"
