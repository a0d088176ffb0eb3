"""The figures of an evaluation as HTML."""

from collections.abc import Sequence
from html import escape
from typing import Any

from page.runs import MEASURES, Run

_MOST = 50  # failures shown; the table holds them all


def scores_html(run: Run, baseline: dict[str, float]) -> str:
    """The main measures with their intervals and counts, beside the baseline where there is one to compare with."""
    compared = "<th scope='col'>Baseline</th><th scope='col'>Change</th>" if baseline else ""
    rows = "".join(_row(name, run.measures[name], baseline) for name in MEASURES if name in run.measures)
    caption = f"{run.info['questions']}, {run.info['cases']} cases, {run.info['documents']} documents"
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="Scores"><table><caption>{escape(caption)}</caption>'
        "<thead><tr><th scope='col'>Measure</th><th scope='col'>Value</th><th scope='col'>95% interval</th>"
        f"<th scope='col'>n</th>{compared}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(name: str, measured: dict[str, Any], baseline: dict[str, float]) -> str:
    words, more = MEASURES[name]
    value, interval = measured["value"], measured.get("interval")
    between = f"{interval[0]:.2f} to {interval[1]:.2f}" if interval else "–"
    shown = "n/a" if value is None else f"{value:.2f}"
    cells = f"<td>{shown}</td><td>{between}</td><td>{measured['n']}</td>"
    if baseline:
        cells += _compared(value, baseline.get(name), more)
    return f"<tr><th scope='row'>{escape(words)}</th>{cells}</tr>"


def _compared(value: float | None, before: float | None, more: bool) -> str:
    if value is None or before is None:
        return "<td>–</td><td>–</td>"
    change = value - before
    same = abs(change) < 0.0005
    words = "the same" if same else "better" if (change > 0) is more else "worse"
    return f"<td>{before:.2f}</td><td>{'' if same else f'{change:+.3f}, '}{words}</td>"


def failures_html(failed: Sequence[dict[str, Any]]) -> str:
    """The failed cases with their reasons."""
    if not failed:
        return "<p>No failures that may be shown.</p>"
    items = "".join(
        f"<li><code>{escape(case['id'])}</code>: {escape('; '.join(case['reasons']))}</li>" for case in failed[:_MOST]
    )
    more = f"<p>{len(failed) - _MOST} more are in the table.</p>" if len(failed) > _MOST else ""
    return f"<ul>{items}</ul>{more}"
