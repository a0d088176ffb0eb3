"""Opinions on answers: kept in a file on this server, without the question, and handed out to those who may."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from assistant.types import Answer
from assistant.wording import Wording
from page import state

FILE = "feedback.jsonl"
REASONS = ("right", "wrong", "wrong_source", "missing")
_LONGEST = 10_000_000  # bytes of the file; then it is full and takes no more
_lock = threading.Lock()


def ask_for(answer: Answer, place: str, ours: Wording) -> None:
    """Ask whether an answer was right, unless the settings say not to."""
    if not state.settings().feedback:
        return
    key = f"opinion-{place}"
    chosen = st.pills(
        ours.say("page", "right_question"),
        REASONS,
        format_func=lambda reason: f"{'✓' if reason == 'right' else '✗'} {ours.say('page', reason)}",
        key=key,
    )
    told = st.session_state.setdefault("told", {})
    if chosen and told.get(key) != (answer.question, chosen):
        told[key] = (answer.question, chosen)
        keep(state.settings().state, answer, chosen, state.loaded().store.manifest.generation)
    if chosen:
        st.html(f'<p class="label" role="status">{ours.say("page", "thanks")}</p>')


def keep(folder: Path, answer: Answer, reason: str, store: str) -> None:
    """Add one opinion to the file: what was shown, never what was asked."""
    line = {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "reason": reason,
        "store": store,
        "status": answer.status,
        "language": answer.understood.language,
        "writer": answer.writer,
        "areas": answer.understood.areas,
        "shown": [[citation.document, citation.start, citation.end] for citation in answer.citations],
    }
    with _lock:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / FILE
        if not file.exists() or file.stat().st_size < _LONGEST:
            with file.open("a", encoding="utf-8") as opened:
                opened.write(json.dumps(line, ensure_ascii=False) + "\n")


def kept(folder: Path) -> str:
    """Every opinion so far, a line of JSON each; empty where there is none."""
    file = folder / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""
