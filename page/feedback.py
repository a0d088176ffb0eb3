"""Opinions on answers: kept in a file on this server, without the question, and handed out to those who may."""

import json
import logging
import threading
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import streamlit as st

from assistant.types import Answer
from assistant.wording import Wording
from page import state
from page.words import in_language

log = logging.getLogger(__name__)
FILE = "feedback.jsonl"
REASONS = ("right", "wrong", "wrong_source", "missing")
LONGEST = 10_000_000  # bytes of the file; then it is full and takes no more
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
    if chosen and told.get(key, ())[:2] != (answer.question, chosen):
        held = keep(state.settings().state, answer, chosen, state.loaded().store.manifest.generation)
        told[key] = (answer.question, chosen, held)
    if chosen:
        said = ours.say("page", "thanks" if told[key][2] else "not_kept")
        st.html(f'<p class="label" {in_language(ours)} role="status">{escape(said)}</p>')


def keep(folder: Path, answer: Answer, reason: str, store: str) -> bool:
    """Add one opinion to the file: what was shown, never what was asked. False where the file takes no more."""
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
    file = folder / FILE
    try:
        with _lock:
            folder.mkdir(parents=True, exist_ok=True)
            if file.exists() and file.stat().st_size >= LONGEST:
                log.error("%s is full: no more opinions are kept.", file)
                return False
            with file.open("a", encoding="utf-8") as opened:
                opened.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError:
        log.exception("An opinion could not be kept.")
        return False
    return True


def kept(folder: Path) -> str:
    """Every opinion so far, a line of JSON each; empty where there is none."""
    file = folder / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else ""
