"""Asking a model to word a follow-up question so that it stands alone. Whether it is used is not decided here."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from assistant.writers.chat import Chunk, Prompt
from assistant.writers.hostile import LINK, speaks_to_machines
from assistant.writers.problems import Reason, WriterProblem
from assistant.writers.prompt import instructions

_MOST_TURNS = 6
_LONGEST = 300  # characters of a question


def prompt(questions: Sequence[str]) -> Prompt:
    """The prompt for the last of some questions. Answers are not sent: they hold strangers' words."""
    rows = "\n".join(json.dumps(one[:_LONGEST], ensure_ascii=False) for one in questions[-_MOST_TURNS:])
    mark = hashlib.sha256(rows.encode()).hexdigest()[:16]
    return Prompt(
        instructions("follow_up.txt"),
        f"===== data {mark} begins =====\n{rows}\n===== data {mark} ends =====",
        "question",
    )


def worded(chunks: Iterable[Chunk]) -> str:
    """The question of a reply ``{"question": "..."}``. Raises ``WriterProblem`` for any other reply."""
    text, finish = "", None
    for chunk in chunks:
        text, finish = text + chunk.text, chunk.finish or finish
        if len(text) > 2 * _LONGEST:
            raise WriterProblem(Reason.TOO_LONG)
    if finish != "stop":
        raise WriterProblem(Reason.CUT)
    try:
        question = json.loads(text)["question"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise WriterProblem(Reason.BROKEN) from None
    if not isinstance(question, str) or speaks_to_machines(question) or LINK.search(question):
        raise WriterProblem(Reason.BROKEN)
    return " ".join(question.split())
