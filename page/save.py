"""Answers as files to keep: for Word, as Markdown, and as JSON that can be proved against the store later."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from assistant import export
from assistant.types import Answer
from page import state

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Name of the format, ending, type, and what makes it. A file is made only when somebody asks for it.
_FORMATS: tuple[tuple[str, str, str, Callable[[export.Exported], str | bytes]], ...] = (
    ("Word", "docx", _WORD, export.as_docx),
    ("Markdown", "md", "text/markdown", export.as_markdown),
    ("JSON", "json", "application/json", export.as_json),
)


def buttons(label: str, key: str, answers: Sequence[Answer]) -> None:
    """A button that offers the answers in each format."""
    kind: Literal["secondary", "tertiary"] = "tertiary" if key.startswith("answer") else "secondary"
    popover = st.popover(label, type=kind, key=f"save-{key}", on_change="rerun")
    if not popover.open:
        return  # what nobody looks at need not be drawn
    with popover:
        for name, ending, mime, made in _FORMATS:
            st.download_button(
                name,
                data=_maker(made, answers),
                file_name=f"inspection-answers.{ending}",
                mime=mime,
                key=f"save-{key}-{ending}",
                on_click="ignore",
                width="stretch",
            )


def _maker(made: Callable[[export.Exported], str | bytes], answers: Sequence[Answer]) -> Callable[[], str | bytes]:
    kept = tuple(answers)
    return lambda: made(export.exported(kept, state.loaded().store))
