"""Addresses that can be sent to somebody else: of an answer, and of words in a document.

An address holds the questions as they were asked, the chosen area, and the generation of the store that answered: the
same questions asked of the same store give the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.types import Citation
from page.conversations import MOST_LEADING, Turn

MOST_QUESTIONS = MOST_LEADING + 1
LONGEST = 500  # characters of a question in an address

Parameters = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Shared:
    """An answer by its questions, the last of them being the one that is answered. ``areas`` go with the questions."""

    questions: tuple[str, ...]
    areas: tuple[str, ...]
    store: str | None

    @property
    def parameters(self) -> Parameters:
        """The same as the parameters of an address."""
        found = {"q": list(self.questions), "area": list(self.areas)}
        return {**found, "store": [self.store]} if self.store else found


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a document: ``text[start:end]``."""

    document: str
    start: int
    end: int

    @property
    def parameters(self) -> Parameters:
        """The same as the parameters of an address."""
        return {"document": [self.document], "start": [str(self.start)], "end": [str(self.end)]}


def place_of(citation: Citation) -> Place:
    """Where a citation's words stand."""
    return Place(citation.document, citation.start, citation.end)


def shared_of(run: Sequence[Turn], store: str) -> Shared | None:
    """The address of the last of some turns; ``None`` where a question is too long to stand in one."""
    questions = tuple(turn.question.text for turn in run)
    if any(len(question) > LONGEST for question in questions):
        return None
    return Shared(questions, tuple(turn.question.area or "" for turn in run), store)


def path(page: str, *parameters: Mapping[str, Sequence[str]]) -> str:
    """A relative address of a page with its parameters."""
    joined = {name: values for given in parameters for name, values in given.items()}
    return f"{page}?{urlencode(joined, doseq=True)}"


def shared(read: Mapping[str, Sequence[str]]) -> Shared | None:
    """The answer that an address names; ``None`` where it names none. Addresses come from strangers: all is text."""
    questions = tuple(question[:LONGEST] for question in read.get("q", ()) if question.strip())[-MOST_QUESTIONS:]
    if not questions:
        return None
    areas = tuple(area[:100] for area in read.get("area", ()))[-len(questions) :]
    padded = ("",) * (len(questions) - len(areas)) + areas
    return Shared(questions, padded, _last(read, "store"))


def place(read: Mapping[str, Sequence[str]]) -> Place | None:
    """The words that an address names; ``None`` where it names none."""
    document, start, end = (_last(read, name) for name in ("document", "start", "end"))
    if not document:
        return None
    return Place(document[:500], _offset(start), _offset(end))


def _last(read: Mapping[str, Sequence[str]], name: str) -> str | None:
    values = read.get(name, ())
    return values[-1] if values else None


def _offset(written: str | None) -> int:
    whole = bool(written) and str(written).isascii() and str(written).isdigit() and len(str(written)) < 10
    return int(str(written)) if whole else 0
