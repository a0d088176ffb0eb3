"""What is kept of a judged case, in a run's ``scores.json`` and in a baseline: enough to compare, nothing to re-ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.metrics.tally import Tally
from evals.provenance import answer_hash
from evals.scoring import CaseScore
from evals.strict import Fields, FormatError


@dataclass(frozen=True, slots=True)
class Record:
    """One judged case. ``answer`` is a hash of the answer without its timings, ``reasons`` why it failed."""

    id: str
    split: str
    family: str
    tags: tuple[str, ...]
    status: str
    answer: str
    reasons: tuple[str, ...]
    tallies: Mapping[str, Tally]

    @property
    def passed(self) -> bool:
        """Whether the case passed."""
        return not self.reasons


def record_of(score: CaseScore, answer: Mapping[str, Any]) -> Record:
    """The record of a judged answer; ``answer`` is the raw object that was judged."""
    case = score.case
    status, hashed = score.response.status, answer_hash(answer)
    return Record(case.id, case.split, case.family, case.tags, status, hashed, score.reasons, score.tallies)


def as_json(record: Record) -> dict[str, Any]:
    """The record as a JSON object; fractions are kept to six places."""
    return {
        "id": record.id,
        "split": record.split,
        "family": record.family,
        "tags": list(record.tags),
        "status": record.status,
        "passed": record.passed,
        "answer": record.answer,
        "reasons": list(record.reasons),
        "tallies": {name: [round(one.hits, 6), one.n] for name, one in sorted(record.tallies.items())},
    }


def read_records(values: Sequence[object]) -> dict[str, Record]:
    """Records by case id from their JSON objects. Raises ``FormatError``."""
    records = (_record(Fields(value, "a judged case")) for value in values)
    return {record.id: record for record in records}


def _record(fields: Fields) -> Record:
    record = Record(
        id=fields.text("id"),
        split=fields.text("split"),
        family=fields.text("family"),
        tags=fields.texts("tags"),
        status=fields.text("status"),
        answer=fields.text("answer"),
        reasons=tuple(str(reason) for reason in fields.items("reasons")),
        tallies=_tallies(fields.take("tallies")),
    )
    if fields.flag("passed") is not record.passed:
        raise FormatError(f"'{record.id}': a case has reasons if, and only if, it did not pass")
    fields.done()
    return record


def _tallies(value: object) -> dict[str, Tally]:
    if not isinstance(value, Mapping):
        raise FormatError("'tallies' must be an object of measures")
    return {str(name): Tally(float(hits), int(n)) for name, (hits, n) in value.items()}
