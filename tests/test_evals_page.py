"""The report page: everything on it, nothing loaded from elsewhere, and nothing in a question or an answer runs."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from evals.baseline import Step
from evals.cases import Case, parse_case, split_of
from evals.charts import Axis, Line, funnel, interval_bar, line_chart, percent_axis
from evals.floors import Floor
from evals.page import page
from evals.page_curves import risk_coverage, where_lost
from evals.records import record_of
from evals.report import measures_of
from evals.runner import response_of
from evals.runs import RunInfo
from evals.scoring import Corpus, score
from evals.side import Side
from evals.words import marked, near

TEXT = "Visits are rare. Nurses run clinics. Waits fell by half."
CORPUS = Corpus.of({"a.txt": TEXT})
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
INFO = RunInfo(
    "run-1", "assistant", "2026-01-02T03:04:05+00:00", "2026-01-02T03:05:05+00:00", "q.jsonl", "a" * 64, "all", 2, 1,
    "b" * 64, "c" * 40, False, 1, {"system": "Linux", "processors": 2, "python": "3.11"},
)  # fmt: skip
NAMES = [name for name in (f"case-{number}" for number in range(20)) if split_of(name) == "dev"][:2]


GOLD = {"document": "a.txt", "quote": "Visits are rare.", "grade": 2}


def case(name: str, asked: str = "How often?") -> Case:
    line = {
        "id": name, "split": split_of(name), "tags": ["kind:finding", "user:parent", "lang:en"], "turns": asked,
        "expect": {"status": "answered", "evidence": [[GOLD]]},
        "reference": "Rarely.", "provenance": "test",
    }  # fmt: skip
    return parse_case(json.dumps(line), 1)


def answer(quote: str, confidence: float = 0.5, note: str = "") -> dict[str, Any]:
    start = TEXT.find(quote)
    cited = {"id": 1, "document": "a.txt", "quote": quote, "start": start, "end": start + len(quote)}
    statements = [{"text": quote, "kind": "quote", "citations": [1]}, {"text": note or "n", "kind": "note"}]
    ranked = [{"document": "a.txt", "start": start, "end": start + len(quote)}]
    return {
        "format": 1, "status": "answered", "answer": f"{quote} [1]", "statements": statements, "citations": [cited],
        "ranked": ranked, "confidence": confidence, "timings_ms": {"total": 12},
    }  # fmt: skip


def side(answers: dict[str, dict[str, Any]], cases: list[Case], system: str = "assistant") -> Side:
    scores = [score(one, response_of(answers[one.id]), CORPUS) for one in cases]
    records = {one.case.id: record_of(one, answers[one.case.id]) for one in scores}
    measures = json.loads(json.dumps(measures_of(scores)))
    return Side(replace(INFO, system=system), {"measures": measures, "recall_at": [1.0] * 50}, records, answers)


@pytest.fixture
def html() -> str:
    """A page with one failure and one pass, one other system, a floor and a history."""
    cases = [case(NAMES[0], HOSTILE), case(NAMES[1])]
    ours = side({NAMES[0]: answer("Nurses run clinics.", note=HOSTILE), NAMES[1]: answer("Visits are rare.")}, cases)
    other = side({name: answer("Waits fell by half.") for name in NAMES}, cases, "bm25")
    history = [
        Step("2026-01-01", "c" * 40, "start", {"passed": 0.4}),
        Step("2026-01-02", None, "more", {"passed": 0.5}),
    ]
    return page(ours, [other], cases, [Floor("errors", None, 0.0)], history, ["dev"])


@pytest.mark.parametrize(
    "wanted",
    ["Scoreboard", "Where answers are lost", "Curves", "By tag", "Failures", "Passed", "1 of 2 questions", "bm25",
     "max 0", "gold evidence not cited", "not cited", "Recall at k", "Risk and coverage", "Latency", "History"],
)  # fmt: skip
def test_the_page_shows(html: str, wanted: str) -> None:
    assert wanted in html


def test_the_page_opens_offline_and_runs_nothing(html: str) -> None:
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)", html)
    assert "url(" not in html
    assert "@import" not in html


def test_what_a_question_or_an_answer_holds_is_text(html: str) -> None:
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_the_closed_split_is_counted_and_not_shown() -> None:
    name = next(name for name in (f"case-{number}" for number in range(20)) if split_of(name) == "test")
    cases = [case(name, "Secret?")]
    html = page(side({name: answer("Nurses run clinics.")}, cases), [], cases, [], [], ["dev"])
    assert "Secret?" not in html
    assert "1 more in the split that is kept closed" in html


@pytest.mark.parametrize(
    ("text", "others", "shown"),
    [
        ("swift action is taken", ["quick action is taken"], '<mark class="m">swift</mark> action is taken'),
        ("a b c d", ["a b c d"], "a b c d"),
        ("nothing in common here", ["other words"], "nothing in common here"),
        ("plain", [], "plain"),
        ("one <b> two three", ["one two three"], 'one <mark class="m">&lt;b&gt;</mark> two three'),
        ("Many staff know.", ["many staff know, and more"], "Many staff know."),
    ],
)
def test_words_that_the_nearest_other_text_lacks_are_marked(text: str, others: list[str], shown: str) -> None:
    assert marked(text, others, "m") == shown


def test_near_means_nearly_half_of_the_words_in_order() -> None:
    assert near("a b c d", ["a b x y"])
    assert not near("a b c d", ["d x y z"])


def test_risk_grows_with_coverage_and_ties_come_together() -> None:
    cases = [case(name) for name in NAMES]
    sure = side({NAMES[0]: answer("Visits are rare.", 0.9), NAMES[1]: answer("Nurses run clinics.", 0.2)}, cases)
    assert risk_coverage(sure) == [(1 / 2, 0.0), (2 / 2, 1 / 2)]
    tied = side({NAMES[0]: answer("Visits are rare.", 0.9), NAMES[1]: answer("Nurses run clinics.", 0.9)}, cases)
    assert risk_coverage(tied) == [(2 / 2, 1 / 2)]


def test_the_funnel_keeps_what_the_step_before_kept() -> None:
    cases = [case(name) for name in NAMES]
    half = side({NAMES[0]: answer("Visits are rare."), NAMES[1]: answer("Nurses run clinics.")}, cases)
    counts = re.findall(r'class="count">(\d+)<', where_lost(half))
    assert counts == ["2", "1", "1", "1", "1"]


def test_a_chart_puts_the_ends_of_its_axes_at_the_ends_of_its_field() -> None:
    svg = line_chart("t", [Line("ours", [(0, 0), (10, 1)], 0)], Axis("x", 0, 10, []), percent_axis("y"))
    assert 'points="44.0,214.0 418.0,12.0"' in svg
    assert "NaN" not in line_chart("t", [Line("one", [(0, 0)], 0)], Axis("x", 0, 0, []), percent_axis("y"))


def test_a_bar_shows_value_interval_floor_and_the_others() -> None:
    svg = interval_bar(0.5, 0.4, 0.6, 0.3, [(1, 0.2)])
    assert [name in svg for name in ("reach", "floor", "tick tone1", "dot tone0")] == [True] * 4
    assert funnel([]) == '<div class="funnel"></div>'
