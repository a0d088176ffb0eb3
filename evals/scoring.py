"""From a case and an answer to a score, and from many scores to a scoreboard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.answers import Response, failed
from evals.cases import Case
from evals.folding import Folded, fold
from evals.metrics import tally
from evals.metrics.abstention import abstention
from evals.metrics.evidence import Evidence, evidence
from evals.metrics.labels import labels, speaker_asked, verdict
from evals.metrics.leaks import area_leak, date_leak, dated_statements
from evals.metrics.marks import cited_refusal, dangling_marks, uncited_statements
from evals.metrics.quotes import Fidelity, fidelity
from evals.metrics.spans import PlacedCitation, PlacedGold, place_citation, place_gold
from evals.metrics.tally import Estimate, Tally
from evals.metrics.wording import forbidden, judged_text, nugget_recall

PASS_RECALL = 0.5
LATENCY = {"latency_p50_ms": 0.50, "latency_p95_ms": 0.95, "latency_p99_ms": 0.99}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number is called, how it is averaged (``mean`` of fractions or ``share`` of units) and what is better."""

    name: str
    title: str
    average: str
    better: str


MEASURES = (
    Measure("passed", "cases passed", "share", "high"),
    Measure("status", "right status", "share", "high"),
    Measure("evidence_recall", "evidence recall", "mean", "high"),
    Measure("evidence_precision", "evidence precision", "mean", "high"),
    Measure("evidence_f1", "evidence F1", "mean", "high"),
    Measure("false_refusal_rate", "wrongly refused, of answerable", "share", "low"),
    Measure("false_answer_rate", "wrongly answered, of unanswerable", "share", "low"),
    Measure("abstention_precision", "abstention precision", "share", "high"),
    Measure("abstention_recall", "abstention recall", "share", "high"),
    Measure("quote_fidelity", "quotes exact", "share", "high"),
    Measure("dangling_marks", "answers with a dangling mark", "share", "low"),
    Measure("uncited_statements", "uncited quotes and summaries", "share", "low"),
    Measure("cited_refusals", "refusals that cite an answer", "share", "low"),
    Measure("area_leak", "answers that leak another area", "share", "low"),
    Measure("date_leak", "answers that leak another year", "share", "low"),
    Measure("dated_statements", "statements that show their year", "share", "high"),
    Measure("speaker_labels", "right speaker on gold", "share", "high"),
    Measure("first_hand_labels", "right first-hand mark on gold", "share", "high"),
    Measure("area_labels", "right area on gold", "share", "high"),
    Measure("speaker_asked", "speaker asked for is cited", "share", "high"),
    Measure("verdict", "right verdict on quotations", "share", "high"),
    Measure("nugget_recall_vital", "vital nuggets", "mean", "high"),
    Measure("nugget_recall_all", "all nuggets", "mean", "high"),
    Measure("forbidden", "answers with forbidden words", "share", "low"),
    Measure("errors", "errors", "share", "low"),
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents that were asked about: their stored texts and the same texts folded."""

    texts: Mapping[str, str]
    folded: Mapping[str, Folded]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Corpus":
        """Fold every text once."""
        return cls(texts, {name: fold(text) for name, text in texts.items()})


@dataclass(frozen=True, slots=True)
class CaseScore:
    """One case, the answer it got, what it adds to each measure, and why it failed (empty if it passed)."""

    case: Case
    response: Response
    tallies: Mapping[str, Tally]
    reasons: tuple[str, ...]
    total_ms: float | None


def score(case: Case, response: Response, corpus: Corpus) -> CaseScore:
    """Judge one answer."""
    expected = case.expected
    answering = response.answering()
    placed = [place_citation(cited, corpus.folded) for cited in answering]
    sets = [[place_gold(gold, corpus.folded) for gold in group] for group in expected.evidence]
    kinds = [fidelity(cited, corpus.texts, corpus.folded) for cited in response.citations]
    found = _evidence(case, response, sets, placed)
    broke = response.error is not None and response.status not in expected.statuses
    rates = abstention(expected.answerable, response.answered, not response.answered and not broke)
    marked = labels([gold for group in sets for gold in group], placed)
    text = judged_text(expected, response)
    vital = nugget_recall(expected.nuggets, text, vital=True)
    banned = forbidden(expected, response)
    parts: dict[str, Tally | None] = {
        "status": tally.of(response.status in expected.statuses),
        "evidence_recall": tally.of(found.recall if found else None),
        "evidence_precision": tally.of(found.precision if found else None),
        "evidence_f1": tally.of(found.f1 if found else None),
        "false_refusal_rate": rates.false_refusal,
        "false_answer_rate": rates.false_answer,
        "abstention_precision": rates.precision,
        "abstention_recall": rates.recall,
        "quote_fidelity": Tally(kinds.count(Fidelity.EXACT), len(kinds)) if kinds else None,
        "dangling_marks": tally.of(dangling_marks(response)),
        "uncited_statements": uncited_statements(response),
        "cited_refusals": tally.of(cited_refusal(response)),
        "area_leak": tally.of(area_leak(case.scope, answering)),
        "date_leak": tally.of(date_leak(case.scope, answering)),
        "dated_statements": dated_statements(response),
        "speaker_labels": marked.speaker,
        "first_hand_labels": marked.first_hand,
        "area_labels": marked.areas,
        "speaker_asked": tally.of(speaker_asked(expected.speakers, response)),
        "verdict": tally.of(verdict(expected.verdicts, response)),
        "nugget_recall_vital": tally.of(vital),
        "nugget_recall_all": tally.of(nugget_recall(expected.nuggets, text, vital=False)),
        "forbidden": tally.of(bool(banned)) if expected.must_not else None,
        "errors": tally.of(broke),
    }
    tallies = {name: one for name, one in parts.items() if one is not None}
    reasons = _reasons(case, response, tallies, kinds, banned)
    tallies["passed"] = Tally(float(not reasons), 1)
    return CaseScore(case, response, tallies, reasons, response.total_ms)


def score_all(cases: Sequence[Case], responses: Mapping[str, Response], corpus: Corpus) -> tuple[CaseScore, ...]:
    """Judge every case; one without an answer counts as an error, it does not drop out of the means."""
    missing = failed("no answer was given")
    return tuple(score(case, responses.get(case.id, missing), corpus) for case in cases)


def scoreboard(scores: Sequence[CaseScore]) -> dict[str, Estimate]:
    """Every measure over some scores, and the latencies."""
    board: dict[str, Estimate] = {}
    for measure in MEASURES:
        judged = [one for one in scores if measure.name in one.tallies]
        tallies = [one.tallies[measure.name] for one in judged]
        if measure.average == "mean":
            board[measure.name] = tally.mean(tallies, [one.case.family for one in judged])
        else:
            board[measure.name] = tally.proportion(tallies)
    times = [one.total_ms for one in scores if one.total_ms is not None]
    for name, share in LATENCY.items():
        board[name] = Estimate(tally.percentile(times, share), len(times), None)
    return board


def _evidence(
    case: Case, response: Response, sets: Sequence[Sequence[PlacedGold]], placed: Sequence[PlacedCitation]
) -> Evidence | None:
    """Not applicable where there is no gold, or where refusing was right and chosen."""
    if not sets or (case.expected.answerable is None and not response.answered):
        return None
    return evidence(sets, placed)


def _reasons(
    case: Case, response: Response, tallies: Mapping[str, Tally], kinds: Sequence[Fidelity], banned: Sequence[str]
) -> tuple[str, ...]:
    """Why a case failed, in words; empty if it passed."""
    expected = case.expected
    if response.error is not None and response.status not in expected.statuses:
        return (f"error: {response.error}",)
    wrong: Sequence[tuple[str, Callable[[Tally], bool], str]] = (
        ("status", _not_all, f"status {response.status}, expected {' or '.join(sorted(expected.statuses))}"),
        ("evidence_recall", _below_pass, "gold evidence not cited"),
        ("verdict", _not_all, f"verdict {response.verdict}, expected {' or '.join(expected.verdicts)}"),
        ("nugget_recall_vital", _not_all, "a vital fact is missing"),
        ("forbidden", _some, f"forbidden words: {'; '.join(banned)}"),
        ("quote_fidelity", _not_all, f"quotes not exact: {', '.join(sorted({*kinds} - {Fidelity.EXACT}))}"),
        ("dangling_marks", _some, "a mark or a citation dangles"),
        ("uncited_statements", _some, "a quotation or summary without citation"),
        ("cited_refusals", _some, "not_found, yet something is cited as an answer"),
        ("area_leak", _some, "cites another area"),
        ("date_leak", _some, "cites another year"),
        ("speaker_asked", _not_all, f"does not cite {' or '.join(expected.speakers)}"),
    )
    return tuple(reason for name, fails, reason in wrong if name in tallies and fails(tallies[name]))


def _not_all(one: Tally) -> bool:
    return one.hits < one.n


def _some(one: Tally) -> bool:
    return one.hits > 0


def _below_pass(one: Tally) -> bool:
    return one.hits < PASS_RECALL
