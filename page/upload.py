"""Adding and removing documents, for those who may: work behind the page, with a clear result for each file."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from index import build as building
from index.errors import IndexProblem, SourceProblem
from index.reader import read_file
from index.readers import SUFFIXES
from index.settings import load
from index.store import Store
from index.types import Document
from page import account, state, words
from page.jobs import Job, jobs
from page.progress import progress, watch

SORT = "documents"
_STAGES = {"read": "Reading the files", "embed": "Learning where each sentence stands"}
MOST_MB = 50


def draw(documents: Sequence[Document]) -> None:
    """The part of the page that changes what is loaded; nothing where the settings don't allow it."""
    if not state.settings().edit:
        return
    st.html("<h2>Change what is loaded</h2>")
    if not account.allowed("change the documents", "documents"):
        return
    job = jobs().of(SORT)
    if job:
        progress(SORT, _STAGES, "{name} did not work.")
    if not (job and job.running):
        _adding()
        _removing(documents)
        st.button("Read all documents again", on_click=_start, args=("Reading again", _rebuild))


def _adding() -> None:
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(
            f"Add documents ({', '.join(suffix.removeprefix('.') for suffix in SUFFIXES)}; up to {MOST_MB} MB each)",
            accept_multiple_files=True,
            max_upload_size=MOST_MB,
            key="files",
        )
        if st.form_submit_button("Add these files") and files:
            _start("Adding files", _adder(files))
            st.rerun()


def _removing(documents: Sequence[Document]) -> None:
    titles = {document.name: f"{document.profile.title} ({document.name})" for document in documents}
    with st.popover("Remove documents"):
        names = st.multiselect("Which ones?", list(titles), format_func=titles.__getitem__, key="remove")
        st.html('<p class="label">They are no longer searched. Files in the source folders stay where they are.</p>')
        if st.button("Remove", disabled=not names, type="primary"):
            chosen = list(names)
            _start("Removing", lambda job: _remove(job, chosen))
            st.rerun()


def _start(name: str, work: Callable[[Job], None]) -> None:
    jobs().start(SORT, name, work, IndexProblem)
    watch(SORT)


def _rebuild(job: Job) -> None:
    store = load().store
    report = building.build(building.last_roots(store), store, _store().embedder, job.tell)
    job.lines.append(f"Done: {report.documents} documents, {report.passages} passages.")


def _remove(job: Job, names: Sequence[str]) -> None:
    report = building.remove(names, load().store, _store().embedder, job.tell)
    job.lines += [f"{name}: removed" for name in names]
    job.lines.append(f"{report.documents} documents are left.")


def _store() -> Store:
    return state.loaded().store


def _adder(files: Sequence[UploadedFile]) -> Callable[[Job], None]:
    """The work of adding files. They are taken over at once: the browser's copy goes when the page does."""
    given = [(words.file_name(file.name), file.getvalue()) for file in files]
    return lambda job: _add(job, given)


def _add(job: Job, given: Sequence[tuple[str, bytes]]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="upload-"))
    try:
        good = [path for at, (name, raw) in enumerate(given) if (path := _checked(job, folder, name, raw, at, given))]
        if good:
            report = building.add(good, load().store, _store().embedder, job.tell)
            failed = {failure.name: failure.reason for failure in report.failures}
            job.lines += [failed.get(path.name) or f"{path.name}: added" for path in good]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _checked(job: Job, folder: Path, name: str, raw: bytes, at: int, given: Sequence[tuple[str, bytes]]) -> Path | None:
    """A file that can be added, written out; for any other the reason is told."""
    job.tell("read", at, len(given))
    known = {document.name: document.sha256 for document in _store().documents}
    digest = sha256(raw).hexdigest()
    same = next((other for other, hashed in known.items() if hashed == digest), None)
    if same or any(earlier[0] == name or earlier[1] == raw for earlier in given[:at]):
        job.lines.append(f"{name}: not added, it is loaded already{f' as {same}' if same and same != name else ''}")
        return None
    if name in known:
        job.lines.append(f"{name}: not added, another document has this name; rename the file and add it again")
        return None
    path = folder / name
    try:
        path.write_bytes(raw)
        read_file(path, name)
    except (SourceProblem, OSError) as problem:
        job.lines.append(f"{problem}" if isinstance(problem, SourceProblem) else f"{name}: can't be kept here")
        return None
    return path
