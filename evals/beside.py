"""The extractive answer and what a model made of it, side by side, with what was left out and why: one HTML page."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from assistant.types import Statement, StatementKind
from assistant.writers.claims import Checked
from assistant.writers.llm import Written

_STYLE = Path(__file__).with_name("page.css")
_COLUMNS = "<style>.beside{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}.out{opacity:.75}</style>"


def shown(made: Written) -> int:
    """How many statements of the model passed."""
    return len(_said(made))


def passed(made: Written) -> float | None:
    """The share of the statements that passed; nothing where none was written."""
    count = shown(made) + len(made.dropped)
    return shown(made) / count if count else None


def page(done: Mapping[str, Sequence[Written]], summary: str) -> str:
    """The page, a section a case; of repeats with the same outcome only the first is shown."""
    sections = "".join(_case(case, repeats) for case, repeats in done.items())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>Extractive and model answers side by side</title>'
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style>{_COLUMNS}</head><body><main>"
        f"<h1>Extractive and model answers side by side</h1><pre>{escape(summary)}</pre>"
        f"{sections}</main></body></html>\n"
    )


def _case(case: str, repeats: Sequence[Written]) -> str:
    first = repeats[0].answer
    own = [said for said in first.statements if said.kind in (StatementKind.LEAD, StatementKind.QUOTE)]
    written = dict.fromkeys(_written(made) for made in repeats)
    return (
        f"<section><h2>{escape(case)}</h2><p>{escape(first.resolved_question)}</p>"
        f'<div class="beside"><div><h3>Extractive</h3>{"".join(map(_statement, own))}</div>'
        f"<div><h3>Model, {len(repeats)} times, {len(written)} outcomes</h3>{'<hr>'.join(written)}</div>"
        "</div></section>"
    )


def _written(made: Written) -> str:
    problem = f"<p>Ended by a fault: {escape(made.problem.value)}</p>" if made.problem else ""
    said = "".join(map(_statement, _said(made))) or "<p>Nothing passed.</p>"
    return said + "".join(map(_left_out, made.dropped)) + problem


def _said(made: Written) -> list[Statement]:
    return [said for said in made.answer.statements if said.kind is StatementKind.SUMMARY]


def _statement(said: Statement) -> str:
    marks = "".join(f"[{number}]" for number in said.citations)
    return f"<p>{escape(said.text)} {marks}</p>"


def _left_out(one: Checked) -> str:
    return f'<p class="out"><s>{escape(one.text)}</s><br><small>{escape("; ".join(one.reasons))}</small></p>'
