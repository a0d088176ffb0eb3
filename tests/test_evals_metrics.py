"""The metrics, with their arithmetic in the open, and the scoring and the report that stand on them."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.support.folding import Span
from evals.__main__ import main
from evals.answers import Cited, Response, Said, failed, parse_answer
from evals.cases import Case, Expected, Gold, Nugget, Scope, parse_case, split_of
from evals.metrics import tally
from evals.metrics.abstention import abstention
from evals.metrics.evidence import evidence, harmonic
from evals.metrics.labels import labels, speaker_asked, verdict
from evals.metrics.leaks import area_leak, date_leak, dated_statements
from evals.metrics.marks import cited_refusal, dangling, marks_in, uncited_statements
from evals.metrics.quotes import Fidelity, fidelity
from evals.metrics.spans import PlacedCitation, PlacedGold, length, place_citation, place_gold, shared, union
from evals.metrics.tally import Estimate, Tally
from evals.metrics.wording import forbidden, judged_text, nugget_recall
from evals.report import as_text
from evals.runner import ask_all, response_of
from evals.scoring import Corpus, score, score_all, scoreboard

A = "Visits are rare. Nurses run clinics. Waits fell by half."
B = "Too few clubs meet in summer. Trust is low."
CORPUS = Corpus.of({"a.txt": A, "b.txt": B})


def cite(quote: str, document: str = "a.txt", number: int = 1, start: int | None = None, **labels: Any) -> Cited:
    """A citation at the place where its words stand, unless told otherwise."""
    place = CORPUS.texts.get(document, "").find(quote) if start is None else start
    given: dict[str, Any] = {"speaker": "inspectors", "first_hand": True, "areas": ("Brent",), "year": 2017, **labels}
    return Cited(number, document, quote, place, place + len(quote), **given)


def answer(*citations: Cited, status: str = "answered", text: str = "", kind: str = "quote") -> Response:
    """An answer with one statement for each citation."""
    statements = tuple(Said(one.quote, kind, (one.id,), None) for one in citations)
    words = text or " ".join(f"{one.quote} [{one.id}]" for one in citations)
    return Response(status, words, statements, citations, None, 10.0)


def want(quote: str, document: str = "a.txt", grade: int = 2, **labels: Any) -> Gold:
    given: dict[str, Any] = {"speakers": (), "first_hand": None, "areas": (), **labels}
    return Gold(document, quote, grade, **given)


def placed(*golds: Gold) -> list[PlacedGold]:
    return [place_gold(gold, CORPUS.folded) for gold in golds]


def cited(*citations: Cited) -> list[PlacedCitation]:
    return [place_citation(one, CORPUS.folded) for one in citations]


# --- spans


@pytest.mark.parametrize(
    ("spans", "joined"),
    [([], ()), ([(0, 3), (2, 5)], ((0, 5),)), ([(4, 5), (0, 1)], ((0, 1), (4, 5))), ([(0, 2), (2, 4)], ((0, 4),))],
)
def test_a_union_counts_every_character_once(spans: list[Span], joined: tuple[Span, ...]) -> None:
    assert union(spans) == joined


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)).map(lambda one: (one[0], one[0] + one[1])))


@given(SPANS, SPANS)
def test_span_arithmetic_agrees_with_sets_of_characters(one: list[Span], other: list[Span]) -> None:
    left = {place for start, end in one for place in range(start, end)}
    right = {place for start, end in other for place in range(start, end)}
    assert length(union(one)) == len(left)
    assert shared(union(one), union(other)) == len(left & right)


# --- evidence

RARE, CLINICS, HALF = "Visits are rare.", "Nurses run clinics.", "Waits fell by half."


@pytest.mark.parametrize(
    ("sets", "quotes", "recall", "precision"),
    [
        ([[want(RARE)]], [RARE], 1, 1),
        ([[want(RARE), want(CLINICS)]], [RARE], 1 / 2, 1),
        ([[want(RARE)]], [RARE, CLINICS], 1, 16 / (16 + 19)),
        ([[want(RARE)]], [A], 1, 16 / len(A)),
        ([[want(RARE)]], [CLINICS], 0, 0),
        ([[want(RARE), want(CLINICS, grade=1)]], [RARE], 1, 1),
        ([[want(RARE), want(CLINICS, grade=1)]], [RARE, CLINICS], 1, 1),
        ([[want(RARE), want(CLINICS)], [want(HALF)]], [HALF], 1, 1),
        ([[want(RARE)]], ["Visits a"], 1, 1),  # 8 of 16 characters: just half
        ([[want(RARE)]], ["Visits "], 0, 1),  # 6 of 16 once the space is folded away: less than half
        ([[want(RARE)]], [], 0, None),
        ([[want(RARE)]], ["Words of our own"], 0, 0),
    ],
)
def test_recall_counts_half_covered_gold_and_precision_counts_cited_characters(
    sets: list[list[Gold]], quotes: list[str], recall: float, precision: float | None
) -> None:
    found = evidence([placed(*golds) for golds in sets], cited(*(cite(quote) for quote in quotes)))
    assert found.recall == pytest.approx(recall)
    assert found.precision == (None if precision is None else pytest.approx(precision))
    assert found.f1 == pytest.approx(harmonic(recall, precision or 0))


def test_the_same_words_in_another_document_are_not_the_evidence() -> None:
    assert evidence([placed(want(RARE))], cited(cite(RARE, "b.txt"))).recall == 0


def test_a_passage_cited_twice_costs_precision_once() -> None:
    assert evidence([placed(want(RARE))], cited(cite(RARE), cite(CLINICS), cite(CLINICS))).precision == 16 / 35


def test_a_sentence_printed_twice_may_be_cited_from_either_place() -> None:
    corpus = Corpus.of({"a.txt": "Needs are missed. And so. Needs are missed."})
    later = Cited(1, "a.txt", "Needs are missed.", 26, 43, None, None, (), None)
    gold = place_gold(want("Needs are missed."), corpus.folded)
    assert gold.places == ((0, 17), (26, 43))
    assert evidence([[gold]], [place_citation(later, corpus.folded)]).precision == 1


# --- abstention


@pytest.mark.parametrize(
    ("answerable", "response", "refusal", "answered", "precision", "recall"),
    [
        (True, answer(), 0, None, None, None),
        (True, answer(status="not_found"), 1, None, 0, None),
        (True, answer(status="needs_clarification"), 1, None, 0, None),
        (True, failed("broke"), 1, None, None, None),
        (False, answer(), None, 1, None, 0),
        (False, answer(status="partly_answered"), None, 1, None, 0),
        (False, answer(status="not_found"), None, 0, 1, 1),
        (False, answer(status="out_of_scope"), None, 0, 1, 1),
        (False, failed("broke"), None, 0, None, 0),
        (None, answer(), None, None, None, None),
    ],
)
def test_wrong_answers_and_wrong_refusals_are_counted_apart(
    answerable: bool | None,
    response: Response,
    refusal: int | None,
    answered: int | None,
    precision: int | None,
    recall: int | None,
) -> None:
    refused = not response.answered and response.error is None
    rates = abstention(answerable, response.answered, refused)
    hits = [one and one.hits for one in (rates.false_refusal, rates.false_answer, rates.precision, rates.recall)]
    assert hits == [refusal, answered, precision, recall]


# --- quotations and marks


@pytest.mark.parametrize(
    ("citation", "kind"),
    [
        (cite("Nurses run clinics."), Fidelity.EXACT),
        (cite("Nurses run clinics.", start=0), Fidelity.MISPLACED),
        (cite("Nurses  run clinics."), Fidelity.MISPLACED),
        (cite("Trust is low.", "a.txt"), Fidelity.MISATTRIBUTED),
        (cite("Visits are rare. Waits fell by half."), Fidelity.STITCHED),
        (cite("Nurses run no clinics. Waits fell by half."), Fidelity.ALTERED),  # 5 of 7 word pairs are the source's
        (cite("Pupils get a taxi every day."), Fidelity.INVENTED),
        (cite("Nurses run clinics.", "c.txt"), Fidelity.MISATTRIBUTED),
    ],
)
def test_only_the_documents_own_characters_at_the_named_place_are_exact(citation: Cited, kind: Fidelity) -> None:
    assert fidelity(citation, CORPUS.texts, CORPUS.folded) is kind


@pytest.mark.parametrize(
    ("text", "marks"),
    [("a [1] b [2][3]", {1, 2, 3}), ("a [1, 2]", {1, 2}), ("[the reforms] [x]", set()), ("", set())],
)
def test_marks_are_numbers_in_brackets(text: str, marks: set[int]) -> None:
    assert marks_in(text) == marks


@pytest.mark.parametrize(
    ("marks", "ids", "used", "loose"),
    [({1, 2}, {1, 2}, {1}, set()), ({1, 3}, {1}, set(), {3}), ({1}, {1, 2}, {2}, {2}), ({1}, {1}, {1, 9}, {9})],
)
def test_a_mark_without_citation_a_citation_without_mark_and_a_lost_reference_dangle(
    marks: set[int], ids: set[int], used: set[int], loose: set[int]
) -> None:
    assert dangling(marks, ids, used) == loose


def test_quotations_and_summaries_need_a_citation_and_a_lead_may_do_without() -> None:
    kinds = ["lead", "quote", "summary", "note", "gap"]
    response = Response("answered", "", tuple(Said("x", kind, (), None) for kind in kinds), (), None, None)
    assert uncited_statements(response) == Tally(2, 2)
    assert uncited_statements(answer()) is None


@pytest.mark.parametrize(
    ("response", "breaks"),
    [
        (answer(cite(RARE), status="not_found", kind="note"), False),
        (answer(cite(RARE), status="not_found", kind="quote"), True),
        (answer(cite(RARE)), None),
    ],
)
def test_a_refusal_may_show_notes_but_cites_nothing_as_an_answer(response: Response, breaks: bool | None) -> None:
    assert cited_refusal(response) is breaks


# --- leaks


@pytest.mark.parametrize(
    ("asked", "areas", "leaks"),
    [
        (("Brent",), [("Brent",)], False),
        (("Brent",), [("Brent",), ("Telford and Wrekin",)], True),
        (("Brent",), [("Brent", "Telford and Wrekin")], False),
        (("Telford & Wrekin",), [("telford and wrekin",)], False),
        (("Southend-on-Sea",), [("Southend on Sea",)], False),
        (("Brentwood",), [("Brent",)], True),
        ((), [("Brent",)], None),
        (("Brent",), [], None),
        (("Brent",), [()], None),
    ],
)
def test_an_answer_leaks_when_it_cites_an_area_nobody_asked_about(
    asked: tuple[str, ...], areas: list[tuple[str, ...]], leaks: bool | None
) -> None:
    assert area_leak(Scope(asked, None, None), [cite(RARE, areas=one) for one in areas]) is leaks


@pytest.mark.parametrize(
    ("since", "until", "years", "leaks"),
    [
        (2017, 2017, [2017], False),
        (2017, 2017, [2017, 2024], True),
        (2020, None, [2017], True),
        (None, 2020, [2024], True),
        (2020, None, [2024], False),
        (2017, 2017, [None], None),
        (None, None, [2017], None),
    ],
)
def test_an_answer_leaks_when_it_cites_a_year_nobody_asked_about(
    since: int | None, until: int | None, years: list[int | None], leaks: bool | None
) -> None:
    assert date_leak(Scope((), since, until), [cite(RARE, year=year) for year in years]) is leaks


@pytest.mark.parametrize(
    ("kind", "text", "period", "year", "counted"),
    [
        ("quote", "x", "2017", 2017, Tally(1, 1)),
        ("quote", "In 2017: x", None, 2017, Tally(1, 1)),
        ("quote", "x", None, 2017, Tally(0, 1)),
        ("quote", "x", "2024", 2017, Tally(0, 1)),
        ("quote", "x", None, None, None),
        ("note", "x", None, 2017, None),
    ],
)
def test_a_dated_finding_must_show_its_year(
    kind: str, text: str, period: str | None, year: int | None, counted: Tally | None
) -> None:
    response = Response("answered", "", (Said(text, kind, (1,), period),), (cite(RARE, year=year),), None, None)
    assert dated_statements(response) == counted


# --- labels

TRUTH: dict[str, Any] = {"speakers": ("council", "minutes"), "first_hand": False, "areas": ("Brent",)}


@pytest.mark.parametrize(
    ("given", "speaker", "hand", "area"),
    [
        ({"speaker": "council"}, Tally(1, 1), None, Tally(1, 1)),
        ({"speaker": "inspectors", "first_hand": True}, Tally(0, 1), Tally(0, 1), Tally(1, 1)),
        ({"speaker": "inspectors", "first_hand": False}, Tally(0, 1), Tally(1, 1), Tally(1, 1)),
        ({"speaker": "minutes", "areas": ("Brent", "Leeds")}, Tally(1, 1), None, Tally(0, 1)),
    ],
)
def test_labels_are_judged_on_citations_of_gold(
    given: dict[str, Any], speaker: Tally, hand: Tally | None, area: Tally
) -> None:
    result = labels(placed(want(RARE, **TRUTH)), cited(cite(RARE, **given), cite(HALF)))
    assert (result.speaker, result.first_hand, result.areas) == (speaker, hand, area)


def test_labels_without_a_citation_of_gold_are_not_applicable() -> None:
    assert labels(placed(want(RARE, **TRUTH)), cited(cite(HALF))).speaker is None


def test_a_citation_is_judged_by_the_gold_it_quotes_most_of() -> None:
    golds = placed(want("Visits", speakers=("press",)), want("are rare. Nurses", speakers=("council",)))
    assert labels(golds, cited(cite("Visits are rare. Nurses", speaker="council"))).speaker == Tally(1, 1)


@pytest.mark.parametrize(
    ("speakers", "said", "right"), [(("council",), "council", True), (("nhs",), "council", False), ((), "nhs", None)]
)
def test_a_question_about_a_speaker_needs_a_citation_of_that_speaker(
    speakers: tuple[str, ...], said: str, right: bool | None
) -> None:
    assert speaker_asked(speakers, answer(cite(RARE, speaker=said))) is right


@pytest.mark.parametrize(
    ("expected", "given", "right"),
    [(("altered",), "altered", True), (("altered",), "verbatim", False), (("altered",), None, False), ((), "x", None)],
)
def test_a_verdict_is_right_wrong_or_not_asked_for(
    expected: tuple[str, ...], given: str | None, right: bool | None
) -> None:
    assert verdict(expected, Response("answered", "", (), (), given, None)) is right


# --- wording


def expects(statuses: set[str], must_not: tuple[str, ...] = ()) -> Expected:
    patterns = tuple(re.compile(source, re.IGNORECASE | re.MULTILINE) for source in must_not)
    return Expected(frozenset(statuses), (), (), (), patterns, ())


FACTS = (
    Nugget((re.compile("2,914|2914"),), vital=True),
    Nugget((re.compile("July 2024"),), vital=True),
    Nugget((re.compile("EHC"),), vital=False),
)


@pytest.mark.parametrize(
    ("text", "vital", "every"),
    [("2914 EHC plans", 1 / 2, 2 / 3), ("2,914 in July 2024", 2 / 2, 2 / 3), ("EHC", 0 / 2, 1 / 3), ("", 0, 0)],
)
def test_nugget_recall_is_the_share_of_facts_in_any_wording(text: str, vital: float, every: float) -> None:
    assert nugget_recall(FACTS, text, vital=True) == vital
    assert nugget_recall(FACTS, text, vital=False) == every


def test_nugget_recall_without_nuggets_is_not_applicable() -> None:
    assert nugget_recall((), "2,914", vital=True) is None


NOTED = Response(
    "not_found", "Not in here.\nRelated: 999 beds.", (Said("Related: 999 beds.", "note", (), None),), (), None, None
)


def test_a_note_answers_nothing_where_an_answer_was_due() -> None:
    assert "999" not in judged_text(expects({"answered"}), NOTED)
    assert "999" in judged_text(expects({"answered", "not_found"}), NOTED)


@pytest.mark.parametrize(
    ("patterns", "text", "hits"),
    [
        ((r"^no[,.]",), "No, it was not.", 1),
        ((r"^no[,.]",), "No mention of it was found.", 0),
        ((r"^yes\b",), "Well.\nYES", 1),
        ((r"the area's plan",), "the area’s plan", 1),
        ((), "anything", 0),
    ],
)
def test_forbidden_words_are_found_whatever_their_case_or_quotation_marks(
    patterns: tuple[str, ...], text: str, hits: int
) -> None:
    assert len(forbidden(expects({"not_found"}, patterns), answer(text=text))) == hits


def test_forbidden_words_in_a_note_are_not_a_claim() -> None:
    assert forbidden(expects({"not_found"}, ("999",)), NOTED) == ()


# --- numbers over many cases


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilsons_interval_matches_published_values(hits: int, n: int, low: float, high: float) -> None:
    interval = tally.wilson(hits, n)
    assert interval is not None
    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilsons_interval_holds_the_share_and_stays_between_nothing_and_all(hits: int, n: int) -> None:
    hits = min(hits, n)
    interval = tally.wilson(hits, n)
    assert interval is not None
    assert 0 <= interval.low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= interval.high <= 1


def test_citations_are_pooled_and_cases_are_averaged() -> None:
    assert tally.ratio([Tally(1, 1), Tally(1, 3)]) == 2 / 4
    assert tally.mean([Tally(1.0, 1), Tally(0.5, 1)], ["a", "b"]).value == 0.75


def test_nothing_to_judge_is_no_number() -> None:
    assert tally.proportion([]) == Estimate(None, 0, None)
    assert tally.mean([], []) == Estimate(None, 0, None)
    assert tally.percentile([], 0.5) is None
    assert tally.of(None) is None


def test_a_bootstrap_repeats_itself_and_needs_two_families() -> None:
    tallies = [Tally(float(number % 2), 1) for number in range(20)]
    families = [str(number) for number in range(20)]
    assert tally.bootstrap(tallies, families, tally.ratio) == tally.bootstrap(tallies, families, tally.ratio)
    assert tally.bootstrap(tallies, ["one"] * 20, tally.ratio) is None


def test_wordings_of_one_question_count_as_one_draw() -> None:
    tallies = [Tally(float(number < 10), 1) for number in range(20)]
    apart = tally.bootstrap(tallies, [str(number) for number in range(20)], tally.ratio)
    together = tally.bootstrap(tallies, [str(number // 10) for number in range(20)], tally.ratio)
    assert apart is not None
    assert together is not None
    assert (together.low, together.high) == (0, 1)
    assert apart.high - apart.low < 0.5


@pytest.mark.parametrize(
    ("values", "share", "rank"),
    [([5, 1, 3], 0.5, 3), ([1, 2, 3, 4], 0.5, 2), (list(range(1, 101)), 0.95, 95), ([7], 0.99, 7)],
)
def test_percentiles_are_nearest_ranks(values: list[float], share: float, rank: float) -> None:
    assert tally.percentile(values, share) == rank


# --- scoring and report


def question(identity: str = "a-1", **expect: Any) -> Case:
    wanted = {"status": "answered", "evidence": [[{"document": "a.txt", "quote": RARE, "grade": 2}]]}
    line = {
        "id": identity,
        "split": split_of(identity),
        "tags": ["kind:finding", "user:parent", "lang:en"],
        "turns": "How often do nurses visit?",
        "expect": expect or wanted,
        "reference": "Rarely.",
        "provenance": "test",
    }
    return parse_case(json.dumps(line), 1)


@pytest.mark.parametrize(
    ("expect", "response", "reason"),
    [
        ({}, answer(cite(RARE)), ""),
        ({}, answer(cite(CLINICS)), "gold evidence not cited"),
        ({}, answer(status="not_found"), "status not_found, expected answered"),
        ({}, answer(cite(RARE), text="no mark"), "dangles"),
        ({}, answer(cite(RARE, start=2)), "quotes not exact: misplaced"),
        ({}, failed("store is gone"), "error: store is gone"),
        ({"status": ["needs_clarification", "error"]}, failed("no words"), ""),
        ({"status": "not_found"}, answer(status="not_found"), ""),
        ({"status": "not_found"}, answer(cite(RARE)), "status answered, expected not_found"),
        ({"status": "not_found", "must_not": "weeks"}, answer(status="not_found", text="2 weeks"), "forbidden words"),
        ({"status": "not_found", "verdict": "not_found"}, answer(status="not_found"), "verdict None"),
        ({"status": "not_found", "nuggets": [{"any": "999"}]}, answer(status="not_found"), "a vital fact is missing"),
    ],
)
def test_a_case_passes_or_says_why_not(expect: dict[str, Any], response: Response, reason: str) -> None:
    reasons = score(question(**expect), response, CORPUS).reasons
    assert reason in " ".join(reasons)
    assert bool(reasons) == bool(reason)


def test_an_honest_refusal_is_not_asked_for_evidence_where_both_are_right() -> None:
    either = question(status=["answered", "not_found"], evidence=[[{"document": "a.txt", "quote": RARE, "grade": 2}]])
    assert "evidence_recall" not in score(either, answer(status="not_found"), CORPUS).tallies
    assert score(either, answer(cite(CLINICS)), CORPUS).tallies["evidence_recall"].hits == 0


def test_a_case_without_an_answer_counts_as_an_error_and_stays_in_the_means() -> None:
    scores = score_all([question("a-1"), question("b-1")], {"a-1": answer(cite(RARE))}, CORPUS)
    board = scoreboard(scores)
    assert board["evidence_recall"].value == 0.5
    assert board["errors"].value == 0.5
    assert board["latency_p50_ms"] == Estimate(10.0, 1, None)


def test_the_report_shows_n_beside_every_number_and_keeps_the_test_split_closed() -> None:
    names = [f"case-{number}" for number in range(12)]
    scores = score_all([question(name) for name in names], {}, CORPUS)
    text = as_text(scores, (), ["dev"], 20)
    dev = [name for name in names if split_of(name) == "dev"]
    assert 0 < len(dev) < len(names)
    assert all((f"  {name}  (" in text) == (name in dev) for name in names)
    assert f"{len(names) - len(dev)} more in the other split" in text
    rows = [line for line in text.splitlines() if line.startswith(("cases passed", "evidence", "quotes"))]
    assert all(row.count("n=") == 3 for row in rows)


ANSWER: dict[str, Any] = {
    "format": 1,
    "id": "a-1",
    "status": "answered",
    "answer": f"{RARE} [1]",
    "statements": [{"text": RARE, "kind": "quote", "citations": [1], "period": "2017"}],
    "citations": [
        {
            "id": 1, "document": "a.txt", "quote": RARE, "start": 0, "end": 16, "speaker": "inspectors",
            "first_hand": True, "areas": ["Brent"], "inspection": {"start": "2017-05-15", "end": "2017-05-19"},
        }
    ],
    "verdict": None,
    "timings_ms": {"total": 21.4},
}  # fmt: skip


def test_an_answer_in_format_1_is_read_as_the_metrics_need_it() -> None:
    response = parse_answer(ANSWER)
    assert response.total_ms == 21.4
    assert response.citations[0].year == 2017
    assert parse_answer({"id": "a-1", "error": "broke"}).error == "broke"


@pytest.mark.parametrize(("start", "code"), [(0, 0), (1, 1)])
def test_scoring_a_file_of_answers_exits_one_when_a_floor_breaks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], start: int, code: int
) -> None:
    moved = {**ANSWER, "citations": [{**ANSWER["citations"][0], "start": start}]}
    case = {
        "id": "a-1", "split": split_of("a-1"), "tags": ["kind:finding", "user:parent", "lang:en"], "turns": "Visits?",
        "expect": {"status": "answered", "evidence": [[{"document": "a.txt", "quote": RARE, "grade": 2}]]},
        "reference": "Rare.", "provenance": "test",
    }  # fmt: skip
    (tmp_path / "a.txt").write_text(A)
    (tmp_path / "q.jsonl").write_text(json.dumps(case))
    (tmp_path / "answers.jsonl").write_text(json.dumps(moved))
    options = ["--questions", "q.jsonl", "--answers", "answers.jsonl", "--sources", "."]
    paths = [one if one.startswith("--") else str(tmp_path / one) for one in options]
    assert main(["run", "--json", "--runs", str(tmp_path / "runs"), *paths]) == code
    report = json.loads(capsys.readouterr().out)
    assert report["measures"][split_of("a-1")]["quote_fidelity"]["value"] == 1 - start
    assert [one["held"] for one in report["floors"] if one["measure"] == "quote_fidelity"] == [start == 0]


class Scripted:
    """A system that gives prepared answers, one after the other, and remembers what it was asked."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, ...]] = []

    def ask(self, turns: Sequence[str]) -> dict[str, Any]:
        self.asked.append(tuple(turns))
        return self.answers.pop(0)


def test_every_case_is_asked_in_order_and_its_answer_carries_its_id() -> None:
    system = Scripted({"error": "one"}, {"error": "two"})
    answers = [answer for _, answer in ask_all([question("a-1"), question("b-1")], system)]
    assert answers == [{"id": "a-1", "error": "one"}, {"id": "b-1", "error": "two"}]
    assert system.asked == [("How often do nurses visit?",)] * 2


def test_an_answer_that_breaks_the_format_counts_as_an_error() -> None:
    assert response_of({"id": "a-1", "status": "answered"}).error == "not answer format 1: 'format' must be 1"
    assert response_of(ANSWER).error is None
