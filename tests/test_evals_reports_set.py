"""The questions on forty inspection reports: that they are sound, and how the facts among them are read.

The reports lie beside the repository, never in it. Without them, what needs their text is skipped with a reason.
"""

import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evals.cases import Case, parse_case, read_cases, split_of, unfindable_quotes
from evals.metrics.wording import nugget_recall
from evals.reports_set import FACTS, ReportsProblem, cases_of, dates_in, facts_of, main
from index.readers import read

WRITTEN = FACTS.with_name("reports.jsonl")
SEEDS = Path(__file__).parents[1] / "seeds"
REPORTS = Path(__file__).parents[2] / "shared" / "corpora" / "area_send"
FILES = sorted(REPORTS.glob("*.pdf"))
WITH_REPORTS = [
    pytest.mark.skipif(os.environ.get("CI") == "true", reason="measured by hand: the reports are not on CI"),
    pytest.mark.skipif(not FILES, reason=f"no reports in {REPORTS}: quotations and facts can't be held against them"),
]

MIDDLE = """# Area SEND inspection of the Ambridge Local Area Partnership

Inspection dates: 28 February to 4 March 2024

Dates of previous inspection: 16 May 2016

## Inspection outcome

The arrangements lead to inconsistent experiences and outcomes for children. They must work jointly.

The next full area SEND inspection will be within approximately three years.

## What does the area partnership need to do better?

- Waits are long.

## Areas for improvement

Areas for improvement

1. Leaders should cut waits. They should say how long these are.

2. Leaders should improve plans. This includes:

- their quality;
- their timeliness.

## Local area partnership details

Local authority\tIntegrated care board
"""
LOWEST = """## Area SEND inspection of Borchester Local Area Partnership

Inspection dates: 5 to 9 June 2023

Date of previous inspection: Not previously inspected

## Inspection outcome

There are widespread and/or systemic failings, which the partnership must address urgently.

A monitoring inspection will be carried out within approximately 18 months. The next full reinspection will be within \
approximately 3 years.

## Areas for priority action

Responsible body\tAreas for priority action
The council and the board\tThey should urgently shorten the waits for:

- physiotherapy; and

- paediatrics.

They should also help those who wait.

The board\tIt should commission together.

## Areas for improvement

Leaders should listen.

## Local area partnership details
"""


def made(text: str, name: str) -> Case:
    """The generated case of one kind for one report."""
    (line,) = [json.dumps(case) for case in cases_of({"report.pdf": text}) if case["id"].endswith(name)]
    return parse_case(line, 1)


def vital(case: Case, answer: str) -> float | None:
    return nugget_recall(case.expected.nuggets, answer, vital=True)


def test_a_report_is_read_with_its_dates_outcome_and_lists() -> None:
    facts = facts_of("report.pdf", MIDDLE)
    assert facts
    assert facts.area == "Ambridge"
    assert facts.dates == "Inspection dates: 28 February to 4 March 2024"
    assert facts.outcome[0] == "The arrangements lead to inconsistent experiences and outcomes for children."
    assert facts.following == ("The next full area SEND inspection will be within approximately three years.",)
    assert [(entry.lead, entry.rest) for entry in facts.improvement] == [
        ("Leaders should cut waits.", ("They should say how long these are.",)),
        ("Leaders should improve plans.", ("This includes:", "their quality;", "their timeliness.")),
    ]
    assert facts.priority == ()


def test_a_row_of_the_table_keeps_its_bullets_and_what_follows_them() -> None:
    facts = facts_of("report.pdf", LOWEST)
    assert facts
    first, second = facts.priority
    assert first.needed == (
        "They should urgently shorten the waits for:",
        "physiotherapy; and",
        "paediatrics.",
        "They should also help those who wait.",
    )
    assert (second.lead, second.rest) == ("It should commission together.", ())
    assert [entry.lead for entry in facts.improvement] == ["Leaders should listen."]


def test_a_text_that_is_no_report_has_no_facts_and_a_broken_report_is_named() -> None:
    assert facts_of("news.txt", "# Council news\n\nInspection dates: 5 to 9 June 2023\n") is None
    broken = MIDDLE.replace("Inspection dates", "Dates").replace("inconsistent", "mixed")
    with pytest.raises(ReportsProblem, match=r"report\.pdf: no dates, one of the three outcomes found"):
        facts_of("report.pdf", broken)


@pytest.mark.parametrize(
    ("printed", "right", "wrong"),
    [
        ("8 to 12 July 2024", "from 8 July to 12 July 2024", "8 to 12 July 2023"),
        ("8 to 12 July 2024", "8-12 July 2024", "18 to 12 July 2024"),
        ("29 January 2024 to 02 February 2024", "29 January to 2 February 2024", "29 January 2024"),
        ("28 February to 4 March 2022", "28 February 2022 to 4 March 2022", "4 March 2022"),
        ("16 May 2016", "on 16 May 2016", "6 May 2016"),
    ],
)
def test_dates_are_known_in_the_ways_in_which_people_write_them(printed: str, right: str, wrong: str) -> None:
    (pattern,) = dates_in(f"Inspection dates: {printed}")
    assert re.search(pattern, right)
    assert not re.search(pattern, wrong)


def test_two_dates_of_one_line_are_both_asked_for() -> None:
    assert len(dates_in("The previous inspection was on 19 March 2018, a revisit on 24 March 2020.")) == 2


@pytest.mark.parametrize(
    ("answer", "recall"),
    [
        ("1. Leaders should cut waits. 2. Leaders should improve plans.", 1.0),
        ("1. Leaders should improve plans. 2. Leaders should cut waits.", 2 / 3),
        ("Leaders should cut waits.", 1 / 3),
    ],
)
def test_a_list_must_be_whole_and_in_order(answer: str, recall: float) -> None:
    assert vital(made(MIDDLE, "improvement"), answer) == pytest.approx(recall)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("The report on Ambridge sets out no areas for priority action.", True),
        ("The documents don't answer this.", True),
        ("Areas for priority action: none.", True),
        ("Leaders should cut waits. Leaders should improve plans.", False),
    ],
)
def test_where_no_priority_action_is_printed_an_answer_must_say_so(answer: str, right: bool) -> None:
    case = made(MIDDLE, "priority")
    assert case.expected.answerable is None
    assert vital(case, answer) == float(right)


def test_the_spans_of_other_outcomes_are_forbidden() -> None:
    (middle, lowest) = (made(text, "next").expected for text in (MIDDLE, LOWEST))
    assert [bool(pattern.search("18 months")) for pattern in middle.must_not] == [True, False]
    assert [bool(pattern.search("five years")) for pattern in lowest.must_not] == [True]
    assert len(lowest.evidence[0]) == 4


def test_a_report_that_is_there_twice_may_be_cited_from_either() -> None:
    cases = cases_of({"a.txt": MIDDLE.replace("the Ambridge", "Ambridge"), "b.pdf": MIDDLE})
    (outcome,) = [case for case in cases if case["id"] == "f-ambridge-outcome"]
    assert [one[0]["document"] for one in outcome["expect"]["evidence"]] == ["a.txt", "b.pdf"]


def test_making_the_cases_without_a_store_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(tmp_path / "none")]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_the_written_set_asks_what_it_promises() -> None:
    cases = read_cases(WRITTEN)
    unanswerable = sum(one.expected.answerable is not True for one in cases)
    assert len(cases) >= 90
    assert 0.2 <= unanswerable / len(cases) <= 0.35
    assert sum(len(one.turns) > 1 for one in cases) >= 15
    assert 0.55 <= sum(one.split == "dev" for one in cases) / len(cases) <= 0.65


@pytest.mark.parametrize("path", [WRITTEN, FACTS], ids=["written", "facts"])
def test_every_question_on_an_area_is_in_the_area_s_split(path: Path) -> None:
    for one in read_cases(path):
        assert one.family.startswith("report-")
        named = {gold.document.split(".")[0] for group in one.expected.evidence for gold in group}
        slugs = {name for name in named if not name.startswith("003_")}
        assert {split_of(f"report-{slug}") for slug in slugs} <= {one.split}, one.id


def test_the_facts_are_six_questions_for_each_of_forty_reports() -> None:
    families = Counter(one.family for one in read_cases(FACTS))
    assert len(families) == 40
    assert set(families.values()) == {6}


@cache
def texts() -> dict[str, str]:
    paths = [*FILES, *sorted(SEEDS.glob("*.txt"))]
    return {path.name: read(path, path.name).text for path in paths}


class TestAgainstTheReports:
    pytestmark = WITH_REPORTS

    @pytest.mark.parametrize("path", [WRITTEN, FACTS], ids=["written", "facts"])
    def test_every_gold_quote_stands_in_its_report(self, path: Path) -> None:
        assert unfindable_quotes(read_cases(path), texts(), path) == ()

    @pytest.mark.parametrize("path", [WRITTEN, FACTS], ids=["written", "facts"])
    def test_every_gold_quote_is_a_slice_and_not_only_alike(self, path: Path) -> None:
        golds = [gold for one in read_cases(path) for group in one.expected.evidence for gold in group]
        assert [gold.quote for gold in golds if gold.quote not in texts()[gold.document]] == []

    def test_the_committed_facts_are_what_the_reports_print(self) -> None:
        committed = [json.loads(line) for line in FACTS.read_text(encoding="utf-8").splitlines()]
        assert by_id(cases_of(texts())) == by_id(committed)


def by_id(cases: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {case["id"]: case for case in cases}
