"""How much the reader understands of documents made by hand, whose truth is known (``gold/README.md``).

``python -m tests.gold_documents`` prints how many of each sort are right; ``-v`` prints every fault as well.
"""

import json
import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from index.reader import read_file
from index.types import DateRange, Document, Polarity, Sentence

DOCUMENTS = Path(__file__).parent / "gold" / "documents"
SUFFIX = ".truth.json"
NAMES = tuple(path.name.removesuffix(SUFFIX) for path in sorted(DOCUMENTS.glob(f"*{SUFFIX}")))
SETS = {"first set": "a", "second set": "b", "third set": "c", "all": ""}  # the document names of a set begin so
SORTS = ("sentence", "speaker", "first_hand", "polarity", "sentence areas", "furniture")  # then the profile's fields

Answers = tuple[Any, ...]  # each value that is right; none where the truth says nothing of it


@dataclass(frozen=True, slots=True)
class Label:
    """What is true of a sentence of a document; ``occurrence`` counts equal sentences."""

    text: str
    occurrence: int
    speaker: Answers
    first_hand: Answers
    polarity: Answers
    areas: Answers


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a document; ``furniture`` is text that is nobody's finding, such as addresses and links."""

    document: str
    profile: dict[str, Answers]
    labels: tuple[Label, ...]
    furniture: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing compared, and in words what was expected of which text and what was read."""

    document: str
    sort: str
    right: bool
    compared: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the things compared are right."""

    right: int
    checked: int

    @property
    def value(self) -> float:
        return self.right / self.checked


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the program gives it, from its first to its last letter in ``Letters``."""

    sentence: Sentence
    start: int
    end: int
    boilerplate: bool
    offered: bool

    def shared(self, start: int, end: int) -> int:
        """How many of its letters stand in a span."""
        return max(0, min(end, self.end) - max(start, self.start))


@dataclass(frozen=True, slots=True)
class Letters:
    """A document without its blanks and signs, since readers of formats differ in those; with its sentences."""

    letters: str
    lines: tuple[Line, ...]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Wherever a text stands in the document."""
        return [hit.span() for hit in re.finditer(letters(text), self.letters)]


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(character for character in text if character.isalnum()).lower()


def lettered(document: Document) -> Letters:
    """A document by its letters."""
    places = [place for place, character in enumerate(document.text) if character.isalnum()]
    lines = tuple(
        Line(
            sentence,
            bisect_left(places, sentence.start),
            bisect_left(places, sentence.end),
            passage.boilerplate,
            document.offers(passage),
        )
        for passage in document.passages
        for sentence in passage.sentences
    )
    return Letters(letters(document.text), lines)


def answers(value: Any) -> Answers:
    """A truth's value: one, or in ``any`` all that careful readers could give."""
    return tuple(value["any"]) if isinstance(value, dict) else (value,)


def truth(name: str) -> Truth:
    """What is true of a document."""
    raw = json.loads((DOCUMENTS / f"{name}{SUFFIX}").read_text(encoding="utf-8"))
    texts = [said["text"] for said in raw["sentences"]]
    labels = tuple(
        Label(
            said["text"],
            texts[:place].count(said["text"]),
            *(answers(said[key]) if key in said else () for key in ("speaker", "first_hand", "polarity", "areas")),
        )
        for place, said in enumerate(raw["sentences"])
    )
    profile = {field: answers(value) for field, value in raw["profile"].items()}
    return Truth(name, profile, labels, tuple(raw["never_a_finding"]))


def checks(known: Truth, document: Document) -> Iterator[Check]:
    """All that a truth says of a document, compared with what the program read."""
    text = lettered(document)
    yield from profile_checks(known, document)
    for label in known.labels:
        yield from sentence_checks(known.document, label, text)
    yield from furniture_checks(known, text)


def profile_checks(known: Truth, document: Document) -> Iterator[Check]:
    """The fields of the profile."""
    for field, expected in known.profile.items():
        read = plain(getattr(document.profile, field))
        right = any(same(field, answer, read) for answer in expected)
        yield Check(known.document, field, right, f"{either(expected)}, not {read}")


def plain(value: Any) -> Any:
    """A value of a profile as a truth would write it."""
    match value:
        case DateRange(start=start, end=end):
            return [start.isoformat(), end.isoformat()]
        case date():
            return value.isoformat()
        case tuple():
            return [plain(each) for each in value]
    return value


def same(field: str, expected: Any, read: Any) -> bool:
    """Whether two values of a field agree: of titles and next inspections, a truth names the words that matter."""
    if expected is None or read is None:
        return expected is read
    match field:
        case "title" | "next_inspection":
            return letters(expected) in letters(read)
        case "publisher":
            return body(expected) == body(read)
        case "commissioning_bodies":
            return sorted(map(body, expected)) == sorted(map(body, read))
        case "areas" | "previous_inspections":
            return sorted(expected) == sorted(read)
    return bool(expected == read)


def body(name: str) -> str:
    """The name of a council or an NHS body without what is as often left out, or written shorter."""
    short = name.lower().replace("integrated care board", "icb").replace("clinical commissioning group", "ccg")
    short = re.sub(r"^london borough of (.*)", r"\1 council", re.sub(r"\((?:icb|ccg)\)|\b(?:nhs|the)\b", "", short))
    return letters(re.sub(r"\b(?:city|county|borough|metropolitan|district) (?=council\b)", "", short))


def sentence_checks(name: str, label: Label, text: Letters) -> Iterator[Check]:
    """That a sentence stands whole and alone in one of the program's, and what that is said to be."""
    start, end = (text.spans(label.text)[label.occurrence :] or [(0, 0)])[0]
    met = [line for line in text.lines if line.shared(start, end)]
    alone = len(met) == 1 and met[0].end - met[0].start <= 1.35 * (end - start) + 10
    yield Check(name, "sentence", alone and not met[0].boilerplate, label.text)
    if not met:
        return
    found = max(met, key=lambda line: line.shared(start, end)).sentence
    for sort, expected, read in (
        ("speaker", label.speaker, found.voice.speaker),
        # Whether a sentence is first hand belongs to its speaker: with a wrong one it is neither right nor wrong.
        ("first_hand", label.first_hand if found.voice.speaker in label.speaker else (), found.voice.first_hand),
        ("polarity", label.polarity, found.polarity),
        ("sentence areas", tuple(map(sorted, label.areas)), sorted(found.areas)),
    ):
        if expected:
            yield Check(name, sort, read in expected, f"{either(expected)}, not {read}: {label.text}")


def furniture_checks(known: Truth, text: Letters) -> Iterator[Check]:
    """That no sentence which is little but furniture may be offered, unless as the context of an inspection."""
    furniture = {piece: text.spans(piece) for piece in known.furniture}
    covered = {place for spans in furniture.values() for start, end in spans for place in range(start, end)}
    offered = [
        line
        for line in text.lines
        if line.offered
        and line.sentence.polarity is not Polarity.CONTEXT
        and len(covered & set(range(line.start, line.end))) >= 0.75 * (line.end - line.start)
    ]
    for piece, spans in furniture.items():
        right = not any(line.shared(start, end) for line in offered for start, end in spans)
        yield Check(known.document, "furniture", right, f"never a finding: {piece}")


def either(expected: Answers) -> str:
    return " or ".join(map(str, expected))


def read_all() -> tuple[Check, ...]:
    """Every check of every document."""
    return tuple(check for name in NAMES for check in checks(truth(name), read_file(DOCUMENTS / name, name)))


def rates(made: Iterable[Check], prefix: str = "") -> dict[str, Rate]:
    """How many are right of each sort, in the documents whose names begin so."""
    counts: dict[str, Rate] = {}
    for check in made:
        if check.document.startswith(prefix):
            so_far = counts.get(check.sort, Rate(0, 0))
            counts[check.sort] = Rate(so_far.right + check.right, so_far.checked + 1)
    return counts


def table(made: Iterable[Check]) -> str:
    """The rates of each set and of all, a line a sort."""
    made = tuple(made)
    columns = [rates(made, prefix) for prefix in SETS.values()]
    head = f"{'':20}" + "".join(f"{name:>20}" for name in SETS)
    lines = []
    for sort in dict.fromkeys((*SORTS, *columns[-1])):
        cells = [rate.get(sort, Rate(0, 0)) for rate in columns]
        lines.append(f"{sort:20}" + "".join(f"{f'{cell.right} of {cell.checked}':>20}" for cell in cells))
    return "\n".join([head, *lines])


if __name__ == "__main__":
    every = read_all()
    if "-v" in sys.argv:
        print(*(f"{check.document}: {check.sort}: {check.compared}" for check in every if not check.right), sep="\n")
    print(table(every))
