"""The drawings of the report: where answers are lost, and how the numbers move with rank, confidence and time."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from evals.baseline import Step
from evals.charts import Axis, Line, funnel, line_chart, percent_axis
from evals.metrics.tally import percentile
from evals.records import Record
from evals.side import NAMED, Side

_HALF = 0.5
_NOTHING = "<p class=note>Nothing to draw.</p>"


def where_lost(ours: Side) -> str:
    """Answerable cases on their way to a right answer; each step keeps only what the one before it kept."""
    left = [record for record in ours.records.values() if "false_refusal_rate" in record.tallies]
    steps = [("Answerable", len(left), "cases that the documents answer")]
    searched = [record for record in left if "retrieved_10" in record.tallies]
    if searched:
        left = [record for record in left if _at_least(record, "retrieved_10")]
        steps.append(("Found", len(left), "half of the evidence or more among the first 10 sentences"))
    for name, remark, keeps in (
        ("Cited", "half of the evidence or more is cited", lambda r: _at_least(r, "evidence_recall")),
        ("Answered", "and the answer claims to be one", lambda r: r.tallies["false_refusal_rate"].hits == 0),
        ("Right", "and nothing else is wrong with it", lambda r: r.passed),
    ):
        left = [record for record in left if keeps(record)]
        steps.append((name, len(left), remark))
    return funnel(steps)


def _at_least(record: Record, name: str) -> bool:
    return name in record.tallies and record.tallies[name].hits >= _HALF


def curves(ours: Side, others: Sequence[Side], history: Sequence[Step]) -> str:
    charts = [
        (
            "Recall at k",
            "How much of the evidence stands among the first k ranked (sentences; for llama, its passages).",
            _recall(ours, others),
        ),
        (
            "Risk and coverage",
            "Answers in order of confidence: the share that is wrong, as more are given.",
            _risk(ours, others),
        ),
        ("Latency", "The share of answers that were there within a time.", _latency(ours)),
        ("History", "The baseline, each time it was moved.", _history(history)),
    ]
    figures = "".join(
        f"<figure><h3>{escape(title)}</h3><p>{escape(words)}</p>{chart or _NOTHING}</figure>"
        for title, words, chart in charts
    )
    return f'<div class="curves">{figures}</div>'


def _recall(ours: Side, others: Sequence[Side]) -> str:
    lines = [
        Line(side.info.system, list(enumerate(side.scores["recall_at"], 1)), tone)
        for tone, side in enumerate((ours, *others))
        if side.scores.get("recall_at")
    ]
    marks = [(k, str(k)) for k in (1, 5, 10, 20, 30, 40, 50)]
    return line_chart("Recall at k", lines, Axis("k", 1, 50, marks), percent_axis("recall")) if lines else ""


def _risk(ours: Side, others: Sequence[Side]) -> str:
    lines = [
        Line(side.info.system, curve, tone)
        for tone, side in enumerate((ours, *others))
        if (curve := risk_coverage(side))
    ]
    if not lines:
        return ""
    return line_chart(
        "Risk and coverage", lines, percent_axis("coverage: share of all questions answered"), percent_axis("wrong")
    )


def risk_coverage(side: Side) -> list[tuple[float, float]]:
    """Points ``(coverage, risk)``: answers from the surest on, as shares of all questions and of those answered so far.

    Answers of equal confidence come together: no order among them is the system's own.
    """
    given = defaultdict(list)
    for name, record in side.records.items():
        confidence = side.answers.get(name, {}).get("confidence")
        if confidence is not None and record.status in ("answered", "partly_answered"):
            given[float(confidence)].append(not record.passed)
    points: list[tuple[float, float]] = []
    count = wrong = 0
    for confidence in sorted(given, reverse=True):
        count += len(given[confidence])
        wrong += sum(given[confidence])
        points.append((count / len(side.records), wrong / count))
    return points


def _latency(ours: Side) -> str:
    times = sorted(
        float(total)
        for answer in ours.answers.values()
        if (total := (answer.get("timings_ms") or {}).get("total")) is not None
    )
    if not times:
        return ""
    top = max(1.0, min(percentile(times, 0.99) or 0.0, 4 * (percentile(times, 0.95) or 0.0)))
    points = [(time, (at + 1) / len(times)) for at, time in enumerate(times) if time <= top]
    marks = [(top * step / 4, f"{top * step / 4:.0f}") for step in range(5)]
    return line_chart(
        "Latency", [Line("answers", points, 0)], Axis("milliseconds", 0, top, marks), percent_axis("answers")
    )


def _history(history: Sequence[Step]) -> str:
    shown = ("passed", "evidence_recall", "false_answer_rate", "false_refusal_rate")
    lines = [
        Line(
            NAMED[name].title,
            [(at, step.measures[name]) for at, step in enumerate(history) if name in step.measures],
            tone,
        )
        for tone, name in enumerate(shown)
    ]
    if not history:
        return ""
    marks = [(at, step.date[5:]) for at, step in enumerate(history)]
    last = max(1, len(history) - 1)
    return line_chart(
        "History", lines, Axis("date of the baseline", 0, last, marks[-6:]), percent_axis("share"), dots=True
    )
