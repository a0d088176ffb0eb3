"""From a case and an answer to a score, and from many scores to a scoreboard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.support import rarity, source_of
from assistant.support.folding import Folded, fold
from evals.answers import Response, failed
from evals.cases import Case
from evals.metrics import tally
from evals.metrics.abstention import abstention
from evals.metrics.citations import citations
from evals.metrics.evidence import ANSWERING_GRADE, Evidence, evidence
from evals.metrics.labels import labels, speaker_asked, verdict
from evals.metrics.leaks import area_leak, date_leak, dated_statements
from evals.metrics.marks import cited_refusal, dangling_marks, uncited_statements
from evals.metrics.partial import owned_up, partly_right
from evals.metrics.quotes import Fidelity, fidelity
from evals.metrics.readability import reading_age, sentence_length
from evals.metrics.retrieval import as_names, ndcg_at, recall_at, reciprocal_rank
from evals.metrics.spans import PlacedCitation, PlacedGold, place_citation, place_gold
from evals.metrics.tally import Estimate, Tally
from evals.metrics.wording import forbidden, judged_text, nugget_recall
from evals.metrics.wordings import agreement, every_wording, groups

PASS_RECALL = 0.5
DEPTH = 50  # ranks of a recall curve
_ENGLISH = "lang:en"
_FAULTS = tuple(kind for kind in Fidelity if kind is not Fidelity.EXACT)
LATENCY = {"latency_p50_ms": 0.50, "latency_p95_ms": 0.95, "latency_p99_ms": 0.99}


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number is called, how it is averaged (``mean`` of fractions or ``share`` of units) and what is better.

    ``unit`` is empty for a number between 0 and 1.
    """

    name: str
    title: str
    average: str
    better: str
    unit: str = ""


MEASURES = (
    Measure("passed", "cases passed", "share", "high"),
    Measure("status", "right status", "share", "high"),
    Measure("evidence_recall", "evidence recall", "mean", "high"),
    Measure("evidence_precision", "evidence precision", "mean", "high"),
    Measure("evidence_f1", "evidence F1", "mean", "high"),
    Measure("retrieved_10", "evidence in the first 10 sentences", "mean", "high"),
    Measure("retrieved_ndcg_10", "nDCG@10 of sentences", "mean", "high"),
    Measure("retrieved_mrr", "MRR of sentences", "mean", "high"),
    Measure("passages_5", "evidence in the first 5 passages", "mean", "high"),
    Measure("passages_ndcg_10", "nDCG@10 of passages", "mean", "high"),
    Measure("passages_mrr", "MRR of passages", "mean", "high"),
    Measure("false_refusal_rate", "wrongly refused, of answerable", "share", "low"),
    Measure("false_answer_rate", "wrongly answered, of unanswerable", "share", "low"),
    Measure("abstention_precision", "abstention precision", "share", "high"),
    Measure("abstention_recall", "abstention recall", "share", "high"),
    Measure("partly_right", "answered in part, where only that is", "share", "high"),
    Measure("owned_up", "partial answers that name the gap", "share", "high"),
    Measure("citation_recall", "statements their citations support", "share", "high"),
    Measure("citation_precision", "citations that support", "share", "high"),
    Measure("quote_fidelity", "quotes exact", "share", "high"),
    *(Measure(f"quotes_{kind}", f"quotes {kind}", "share", "low") for kind in _FAULTS),
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
    Measure("own_reading_age", "reading age of our own words", "mean", "low", "years"),
    Measure("own_sentence_length", "words in a sentence of ours", "mean", "low", "words"),
)
# Judged on several cases together, so that no single case has a share in them.
GROUPED = (
    Measure("every_wording", "right however it is put", "share", "high"),
    Measure("wordings_agree", "wordings of a question that agree", "mean", "high"),
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents that were asked about: their stored texts, the same folded, and how rare each word is in them."""

    texts: Mapping[str, str]
    folded: Mapping[str, Folded]
    rarity: Mapping[str, float]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Corpus":
        """Fold every text once, and count its words."""
        documents = {name: fold(text) for name, text in texts.items()}
        sentences = [one for document in documents.values() for one in source_of([document.text]).sentences]
        return cls(texts, documents, rarity(sentences))


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
    borne = citations(response, corpus.rarity)
    retrieved = _retrieval(sets, response, corpus)
    english = _ENGLISH in case.tags
    parts: dict[str, Tally | None] = {
        "status": tally.of(response.status in expected.statuses),
        "evidence_recall": tally.of(found.recall if found else None),
        "evidence_precision": tally.of(found.precision if found else None),
        "evidence_f1": tally.of(found.f1 if found else None),
        **{name: tally.of(value) for name, value in retrieved.items()},
        "false_refusal_rate": rates.false_refusal,
        "false_answer_rate": rates.false_answer,
        "abstention_precision": rates.precision,
        "abstention_recall": rates.recall,
        "citation_recall": borne.recall,
        "citation_precision": borne.precision,
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
        "own_reading_age": tally.of(reading_age(response)) if english else None,
        "own_sentence_length": sentence_length(response) if english else None,
        "partly_right": tally.of(partly_right(expected, response)),
        "owned_up": tally.of(owned_up(response)),
        "quote_fidelity": Tally(kinds.count(Fidelity.EXACT), len(kinds)) if kinds else None,
        **{f"quotes_{kind}": Tally(kinds.count(kind), len(kinds)) if kinds else None for kind in _FAULTS},
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
    wordings = groups((one.case, not one.reasons) for one in scores)
    board["every_wording"] = tally.proportion([every_wording(group) for group in wordings])
    names = [str(at) for at in range(len(wordings))]
    board["wordings_agree"] = tally.mean([agreement(group) for group in wordings], names)
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


def recall_curve(score: CaseScore, corpus: Corpus, depth: int) -> list[float] | None:
    """A case's share of evidence among the first 1, 2, … ``depth`` sentences; ``None`` where nothing was ranked."""
    sets = [[place_gold(gold, corpus.folded) for gold in group] for group in score.case.expected.evidence]
    if not sets or not score.response.ranked:
        return None
    curves = [_needed(group, score.response, corpus, passages=False) for group in sets]
    return [max(recall_at(names, needed, k) for names, needed in curves) for k in range(1, depth + 1)]


def mean_curve(curves: Sequence[list[float] | None]) -> list[float]:
    """The mean of the curves there are, point by point; empty where there is none."""
    known = [curve for curve in curves if curve is not None]
    return [round(sum(points) / len(known), 4) for points in zip(*known, strict=True)]


def _needed(
    group: Sequence[PlacedGold], response: Response, corpus: Corpus, passages: bool
) -> tuple[list[str], list[str]]:
    """A gold set as a ranking of names and the names that must be found."""
    names = as_names(group, response.ranked, corpus.folded, passages)
    return names, [str(at) for at, placed in enumerate(group) if placed.gold.grade >= ANSWERING_GRADE]


def _retrieval(sets: Sequence[Sequence[PlacedGold]], response: Response, corpus: Corpus) -> dict[str, float]:
    """The best of the alternative sets, as for evidence; not applicable without gold or without a ranking."""
    if not sets or not response.ranked:
        return {}
    best: dict[str, float] = {}
    for group in sets:
        names, needed = _needed(group, response, corpus, passages=False)
        around, _ = _needed(group, response, corpus, passages=True)
        grades = {str(at): placed.gold.grade for at, placed in enumerate(group)}
        values = {
            "retrieved_10": recall_at(names, needed, 10),
            "retrieved_ndcg_10": ndcg_at(names, grades, 10),
            "retrieved_mrr": reciprocal_rank(names, needed),
            "passages_5": recall_at(around, needed, 5),
            "passages_ndcg_10": ndcg_at(around, grades, 10),
            "passages_mrr": reciprocal_rank(around, needed),
        }
        best = {name: max(value, best.get(name, 0.0)) for name, value in values.items()}
    return best


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
        ("citation_recall", _not_all, "a statement says more than its citations"),
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
