"""The development split of CLAPNQ as its authors publish it: a question a line, with its passage in sentences."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.strict import Fields, FormatError

FILES = ("clapnq_dev_answerable.jsonl", "clapnq_dev_unanswerable.jsonl")


@dataclass(frozen=True, slots=True)
class Reference:
    """One annotator's answer, and the numbers of the sentences it was made from."""

    answer: str
    sentences: frozenset[int]


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the passage it is to be answered from. Without references the passage doesn't answer it."""

    id: str
    text: str
    title: str
    sentences: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def answerable(self) -> bool:
        """Whether the passage answers it."""
        return bool(self.references)

    @property
    def passage(self) -> str:
        """The sentences as one text, as they are printed: with spaces before the stops."""
        return " ".join(self.sentences)


def read_questions(folder: Path) -> tuple[Question, ...]:
    """Both files of the split, the answerable ones first. Raises ``FormatError`` with file and line."""
    found: list[Question] = []
    for name in FILES:
        path = folder / name
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as problem:
            raise FormatError(
                f"{path}: can't be read as UTF-8 text ({problem}); give the folder that holds {' and '.join(FILES)}"
            ) from None
        for number, line in enumerate(lines, 1):
            try:
                found.append(_question(json.loads(line)))
            except (FormatError, json.JSONDecodeError) as fault:
                raise FormatError(f"{path}:{number}: {fault}") from None
    return tuple(found)


def _question(value: object) -> Question:
    fields = Fields(value, "the line")
    passages = fields.items("passages")
    if len(passages) != 1:
        raise FormatError("a question needs one passage")
    passage = Fields(passages[0], "a passage")
    sentences = passage.texts("sentences")
    references = (_reference(Fields(one, "an output"), sentences) for one in fields.items("output"))
    return Question(
        id=fields.text("id"),
        text=fields.text("input"),
        title=passage.text("title"),
        sentences=sentences,
        references=tuple(one for one in references if one),
    )


def _reference(fields: Fields, sentences: tuple[str, ...]) -> Reference | None:
    """An annotator's answer; ``None`` for one who skipped the question or found no answer."""
    answer, about = fields.take("answer"), fields.take("meta")
    if not isinstance(answer, str):
        raise FormatError("an output needs an 'answer'")
    if not answer.strip() or (isinstance(about, Mapping) and about.get("skip")):
        return None
    chosen = {str(one) for one in fields.items("selected_sentences")}
    return Reference(answer, frozenset(at for at, sentence in enumerate(sentences) if sentence in chosen))
