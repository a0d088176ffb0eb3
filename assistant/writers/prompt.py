"""What a model is sent: our instructions, and as data the question and the quotations that the answer already shows."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from assistant.languages import ENGLISH, languages
from assistant.types import Answer, Citation, StatementKind
from assistant.writers.chat import Prompt
from assistant.writers.hostile import speaks_to_machines
from assistant.writers.problems import Reason, WriterProblem
from index.tokens import count_tokens

MOST_STATEMENTS = 6
_MARGIN = 1.3  # a served model's own tokens for one of tiktoken's; SmolLM2 needs 1.1 on our texts
_LONGEST_QUESTION = 1000  # characters


def evidence(answer: Answer) -> tuple[Citation, ...]:
    """The citations a model may write from: quotations that answer, but for those that speak to machines."""
    quoted = {mark for s in answer.statements if s.kind is StatementKind.QUOTE for mark in s.citations}
    return tuple(one for one in answer.citations if one.id in quoted and not speaks_to_machines(one.quote))


def prompt(
    question: str, citations: Sequence[Citation], tokens: int, language: str = ENGLISH
) -> tuple[Prompt, tuple[Citation, ...]]:
    """The prompt and the citations in it: as many, from the first on, as ``tokens`` have room for.

    In another language than English a translation of each statement is asked for. Raises ``WriterProblem`` where not
    even one citation fits.
    """
    for count in range(len(citations), 0, -1):
        made = _made(question, citations[:count], language)
        if (count_tokens(made.system) + count_tokens(made.user)) * _MARGIN <= tokens:
            return made, tuple(citations[:count])
    raise WriterProblem(Reason.TOO_LONG)


def _made(question: str, citations: Sequence[Citation], language: str) -> Prompt:
    asked = json.dumps(question[:_LONGEST_QUESTION], ensure_ascii=False)
    rows = "\n".join(_row(one) for one in citations)
    # Nobody can write the closing line into a document: it holds a digest of the document's own words.
    mark = hashlib.sha256(f"{asked}\n{rows}".encode()).hexdigest()[:16]
    user = instructions("question.txt").format(mark=mark, question=asked, quotations=rows)
    system = instructions("writer.txt").format(most=MOST_STATEMENTS)
    if language == ENGLISH:
        return Prompt(system, user)
    translated = instructions("translation.txt").format(language=languages()[language].name)
    return Prompt(f"{system}\n\n{translated}", user, "translated")


def _row(one: Citation) -> str:
    """A quotation as one line of JSON: whatever it holds, it can't end its line."""
    about = {
        "number": one.id,
        "speaker": one.speaker_detail,
        "area": " and ".join(one.areas),
        "inspected": one.inspection.start.strftime("%B %Y") if one.inspection else "",
        "quotation": " ".join(one.quote.split()),
    }
    return json.dumps({name: value for name, value in about.items() if value}, ensure_ascii=False)


@cache
def instructions(name: str) -> str:
    """A file of ``data/prompts``."""
    return (files("assistant.data") / "prompts" / name).read_text(encoding="utf-8").strip()
