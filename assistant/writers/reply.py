"""Reading a reply while it comes: each statement is handed on as soon as its last brace is there.

A reply is ``{"statements": [{"text": "...", "citations": [1, 2]}, ...]}``, each statement perhaps with a
``translation``. Anything else is refused, not repaired.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.writers.chat import Chunk
from assistant.writers.problems import Reason, WriterProblem

_OPENS = re.compile(r'\s*(?:```(?:json)?\s*)?\{\s*"statements"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_MOST_BEFORE = 200  # characters until the first statement
_MOST_CHARACTERS = 4000  # of one statement with its envelope
_KEYS = {"text", "citations"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a model, unchecked, with the numbers of what it says it stands on."""

    text: str
    citations: tuple[int, ...]
    translation: str = ""


def claims(chunks: Iterable[Chunk]) -> Iterator[Claim | None]:
    """The statements of a reply in order; ``None`` for one that has another shape.

    Raises ``WriterProblem`` where the reply is empty, has another shape, or ends before its end.
    """
    text, opened, ended, finish = "", False, False, None
    for chunk in chunks:
        text += chunk.text
        finish = chunk.finish or finish
        if not opened and (match := _OPENS.match(text)):
            opened, text = True, text[match.end() :]
        if not opened and len(text) > _MOST_BEFORE:
            raise WriterProblem(Reason.BROKEN)
        while opened and not ended:
            text = text[_BETWEEN.match(text).end() :]  # type: ignore[union-attr]  # it matches nothing, too
            ended = text.startswith("]")
            if ended or not text or (found := _first(text)) is None:
                break
            claim, length = found
            yield claim
            text = text[length:]
    if finish != "stop":
        raise WriterProblem(Reason.TOO_LONG if finish == "length" else Reason.CUT)
    if not ended:
        raise WriterProblem(Reason.BROKEN if text.strip() else Reason.EMPTY)


def _first(text: str) -> tuple[Claim | None, int] | None:
    """The first statement in a text and its length; nothing while it is not all there."""
    if not text.startswith("{"):
        raise WriterProblem(Reason.BROKEN)
    try:
        value, length = json.JSONDecoder().raw_decode(text)
    except (json.JSONDecodeError, RecursionError):
        if len(text) > _MOST_CHARACTERS:
            raise WriterProblem(Reason.BROKEN) from None
        return None
    return _claim(value), length


def _claim(value: Any) -> Claim | None:
    if not isinstance(value, dict) or set(value) - {"translation"} != _KEYS:
        return None
    translation = value.get("translation", "")
    if not isinstance(value["text"], str) or not isinstance(translation, str):
        return None
    numbers = value["citations"]
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        return None
    return Claim(value["text"], tuple(dict.fromkeys(numbers)), translation)
