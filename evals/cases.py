"""Cases: questions with what a right answer must hold, read from JSONL and checked before anything is asked.

One line is one case. The published fields are the attributes of ``Case``; ``README.md`` beside the questions
explains them for people who write cases.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.support.folding import fold, folded
from evals.strict import Fields, FormatError

ANSWERED = frozenset({"answered", "partly_answered"})
STATUSES = ANSWERED | {"not_found", "needs_clarification", "out_of_scope"}
ERROR = "error"  # not a status of an answer: the system refused with one line, right for a question without words
SPEAKERS = frozenset({"inspectors", "council", "nhs", "parents_forum", "press", "minutes", "other"})
VERDICTS = frozenset({
    "verbatim", "verbatim_normalised", "altered", "contradicted", "paraphrase",
    "other_area", "other_date", "other_speaker", "not_found",
})  # fmt: skip
SPLITS = ("dev", "test")
TAG_GROUPS = ("kind", "user", "lang", "trap", "form")
_ONE_EACH = ("kind", "user", "lang")
_DEV_SHARE = 0.6
_PATTERN_FLAGS = re.IGNORECASE | re.MULTILINE


@dataclass(frozen=True, slots=True)
class Gold:
    """A quotation that a right answer cites. Grade 2 answers the question, grade 1 is relevant context.

    ``speakers`` and ``areas`` are the labels a citation of these words may carry; empty means not judged.
    ``first_hand`` is judged only where the citation names the inspectors as speaker.
    """

    document: str
    quote: str
    grade: int
    speakers: tuple[str, ...]
    first_hand: bool | None
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that the words of the answer must hold, in any of several wordings."""

    patterns: tuple[re.Pattern[str], ...]
    vital: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What the question limits itself to. Years are inclusive; empty or ``None`` means no limit."""

    areas: tuple[str, ...]
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right answer looks like. ``evidence`` holds alternative sets: any one of them is enough."""

    statuses: frozenset[str]
    evidence: tuple[tuple[Gold, ...], ...]
    speakers: tuple[str, ...]
    verdicts: tuple[str, ...]
    must_not: tuple[re.Pattern[str], ...]
    nuggets: tuple[Nugget, ...]

    @property
    def answerable(self) -> bool | None:
        """Whether the documents answer this; ``None`` where an answer and an honest refusal are both right."""
        if self.statuses <= ANSWERED:
            return True
        return None if self.statuses & ANSWERED else False


@dataclass(frozen=True, slots=True)
class Case:
    """One question (the last turn) after the turns that led to it. ``line`` is its place in the file."""

    id: str
    family: str
    split: str
    tags: tuple[str, ...]
    turns: tuple[str, ...]
    scope: Scope
    expected: Expected
    reference: str
    provenance: str
    line: int


class QuestionFileError(Exception):
    """A question file that can't be used; ``problems`` are lines that name the file, the line and the fault."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def split_of(family: str) -> str:
    """The split that a family's name hashes to, so that nobody can choose which questions count as unseen."""
    name = family.encode(errors="surrogatepass")  # JSON may hold halves of characters
    draw = int.from_bytes(hashlib.sha256(name).digest()[:8]) / 2**64
    return "dev" if draw < _DEV_SHARE else "test"


def read_cases(path: Path) -> tuple[Case, ...]:
    """Every case of a question file. Raises ``QuestionFileError`` with all faults at once."""
    if path.suffix.lower() == ".csv":
        raise QuestionFileError([f"{path}: is a table; first run: python -m evals from-csv {path} QUESTIONS.jsonl"])
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError([f"{path}: can't be read as UTF-8 text ({error}); give a question file"]) from error
    cases: list[Case] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = parse_case(line, number)
            if case.id in seen:
                raise FormatError(f"id '{case.id}' stands already on line {seen[case.id]}; give this case its own")
            seen[case.id] = number
            cases.append(case)
        except FormatError as fault:
            problems.append(f"{path}:{number}: {fault}")
    if not cases and not problems:
        problems.append(f"{path}: holds no cases")
    if problems:
        raise QuestionFileError(problems)
    return tuple(cases)


def unfindable_quotes(cases: Iterable[Case], texts: Mapping[str, str], path: Path) -> tuple[str, ...]:
    """A line for every gold quote that is not in its document, and one for all the documents that are not there.

    ``texts`` maps document names to texts.
    """
    cases = tuple(cases)
    documents = {name: fold(text) for name, text in texts.items()}
    absent: dict[str, Case] = {}
    faults: list[str] = []
    for case in cases:
        for gold in (gold for group in case.expected.evidence for gold in group):
            document = documents.get(gold.document)
            if document is None:
                absent.setdefault(gold.document, case)
            elif not document.occurrences(folded(gold.quote)):
                faults.append(f"{path}:{case.line}: {case.id}: gold quote not in {gold.document}: '{gold.quote[:60]}'")
    if absent:
        name, case = next(iter(absent.items()))
        faults.append(
            f"{path}:{case.line}: {case.id}: document '{name}' is not among the sources ({len(absent)} of these "
            "questions' documents are not); build a store that holds them: python -m index build --source FOLDER"
        )
    return tuple(faults)


def parse_case(line: str, number: int) -> Case:
    """One case from its JSON line. Raises ``FormatError``."""
    try:
        fields = Fields(json.loads(line), "the line")
    except json.JSONDecodeError as error:
        raise FormatError(f"not valid JSON ({error.msg} at character {error.pos})") from error
    identity = fields.text("id")
    family = fields.text("family", identity)
    case = Case(
        id=identity,
        family=family,
        split=fields.text("split"),
        tags=_tags(fields.texts("tags")),
        turns=_turns(fields.texts("turns")),
        scope=_scope(fields.take("scope")),
        expected=_expected(fields.take("expect")),
        reference=fields.text("reference"),
        provenance=fields.text("provenance"),
        line=number,
    )
    fields.done()
    if case.split != split_of(family):
        raise FormatError(f"split must be '{split_of(family)}': it follows from the hash of '{family}'")
    return case


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    groups = [tag.partition(":")[0] for tag in tags]
    for tag, group in zip(tags, groups, strict=True):
        if group not in TAG_GROUPS or not tag.partition(":")[2]:
            raise FormatError(f"tag '{tag}' must be one of {', '.join(TAG_GROUPS)}, a colon and a word")
    for group in _ONE_EACH:
        if groups.count(group) != 1:
            raise FormatError(f"'tags' must hold exactly one {group}: tag")
    return tags


def _turns(turns: tuple[str, ...]) -> tuple[str, ...]:
    if not all(turn.strip() for turn in turns):
        raise FormatError("'turns' must not hold an empty turn")
    return turns


def _scope(value: object) -> Scope:
    if value is None:
        return Scope((), None, None)
    fields = Fields(value, "'scope'")
    scope = Scope(fields.texts("area", ()), fields.whole("from"), fields.whole("to"))
    fields.done()
    return scope


def _expected(value: object) -> Expected:
    fields = Fields(value, "'expect'")
    expected = Expected(
        statuses=frozenset(_among(fields.texts("status"), STATUSES | {ERROR}, "status")),
        evidence=tuple(_gold_set(group) for group in fields.items("evidence")),
        speakers=_among(fields.texts("speaker", ()), SPEAKERS, "speaker"),
        verdicts=_among(fields.texts("verdict", ()), VERDICTS, "verdict"),
        must_not=_patterns(fields.texts("must_not", ())),
        nuggets=tuple(_nugget(nugget) for nugget in fields.items("nuggets")),
    )
    fields.done()
    if expected.answerable and not expected.evidence:
        raise FormatError("a case that must be answered needs 'evidence'")
    if expected.answerable is False and expected.evidence:
        raise FormatError("a case that must not be answered can't have 'evidence'")
    return expected


def _gold_set(value: object) -> tuple[Gold, ...]:
    if not isinstance(value, list) or not value:
        raise FormatError("'evidence' must be a list of sets, each a list of quotes")
    golds = tuple(_gold(item) for item in value)
    if all(gold.grade < 2 for gold in golds):
        raise FormatError("every set of 'evidence' needs a quote of grade 2")
    return golds


def _gold(value: object) -> Gold:
    fields = Fields(value, "a gold quote")
    gold = Gold(
        document=fields.text("document"),
        quote=fields.text("quote"),
        grade=fields.whole("grade") or 0,
        speakers=_among(fields.texts("speaker", ()), SPEAKERS, "speaker"),
        first_hand=fields.flag("first_hand"),
        areas=fields.texts("areas", ()),
    )
    fields.done()
    if gold.grade not in (1, 2):
        raise FormatError("the 'grade' of a gold quote must be 1 or 2")
    return gold


def _nugget(value: object) -> Nugget:
    fields = Fields(value, "a nugget")
    patterns, vital = _patterns(fields.texts("any")), fields.flag("vital")
    fields.done()
    return Nugget(patterns, vital is not False)


def _patterns(sources: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(source, _PATTERN_FLAGS) for source in sources)
    except re.error as error:
        raise FormatError(f"pattern '{error.pattern!s}' is not a regular expression ({error.msg})") from error


def _among(values: tuple[str, ...], known: frozenset[str], name: str) -> tuple[str, ...]:
    for value in values:
        if value not in known:
            raise FormatError(f"unknown {name} '{value}'; known are {', '.join(sorted(known))}")
    return values
