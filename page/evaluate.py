"""Ask a fixed set of questions and see how good the answers are, beside the committed baseline."""

import streamlit as st

from index.settings import load
from page import account, boards, feedback, runs, state, words
from page.jobs import jobs
from page.progress import progress, watch
from page.runs import Run, RunProblem

SORT = "evaluation"
LEAD = (
    "Asks questions whose right answers were written down beforehand, and counts how many are answered rightly. "
    "It runs on the server: you may close this page and come back."
)
SPLITS = {"all": "All questions", "dev": "Development half", "test": "Test half"}


def draw() -> None:
    """Draw the page."""
    st.title("Evaluate", anchor=False)
    st.html(f'<p class="introduction">{LEAD}</p>')
    state.opened()
    if not state.settings().evaluate:
        st.html('<p class="label">Starting an evaluation is switched off here. Finished ones are shown below.</p>')
    elif account.allowed("start an evaluation and to fetch opinions", "evaluate"):
        _start()
    found = runs.finished(state.settings().runs)
    if found:
        _finished(found)
    else:
        st.html('<p class="label">There is no finished evaluation yet.</p>')
    _opinions()


def _start() -> None:
    job = jobs().of(SORT)
    if job:
        progress(SORT, {}, "The evaluation could not be run.")
    if job and job.running:
        return
    with st.form("evaluate", border=False):
        sets = runs.question_sets(state.settings().questions)
        names = list(sets)
        chosen = str(st.selectbox("Questions", names, index=names.index("seeds") if "seeds" in names else 0))
        split = st.selectbox("Which of them", list(SPLITS), format_func=SPLITS.__getitem__)
        if st.form_submit_button("Start", type="primary"):
            where, store = state.settings().runs, load().store
            watch(SORT)
            jobs().start(SORT, chosen, lambda job: runs.ask(job, sets[chosen], split, store, where), RunProblem)
            st.rerun()


def _finished(found: list[Run]) -> None:
    st.html("<h2>Finished evaluations</h2>")
    by_id = {run.id: run for run in found}
    name = st.selectbox("Evaluation", list(by_id), format_func=lambda one: _title(by_id[one]))
    run = by_id[str(name)]
    compared = runs.comparable(run)
    st.html(boards.scores_html(run, runs.baseline() if compared else {}))
    if not compared:
        st.html('<p class="label">The baseline asked other questions or other documents, so it isn’t compared.</p>')
    _downloads(run)
    with st.expander(f"Failures ({len(run.failed)})"):
        st.html(boards.failures_html(run.failed))


def _title(run: Run) -> str:
    passed = run.measures.get("passed", {}).get("value")
    share = f", {passed:.0%} right" if passed is not None else ""
    return f"{str(run.info['started'])[:16].replace('T', ' ')}, {run.info['questions']} ({run.info['split']}){share}"


def _downloads(run: Run) -> None:
    files = (
        ("Report", "report.html", "text/html"),
        ("JUnit", "junit.xml", "application/xml"),
        ("Summary", "gate.md", "text/markdown"),
    )
    with st.container(key="run-files", horizontal=True, gap="small"):
        for label, name, mime in files:
            if (run.folder / name).is_file():
                data = (run.folder / name).read_bytes()
                st.download_button(label, data, f"{run.id}-{name}", mime, on_click="ignore", key=f"file-{name}")
        st.download_button("CSV", runs.as_csv(run), f"{run.id}.csv", "text/csv", on_click="ignore", key="file-csv")


def _opinions() -> None:
    """What visitors thought of answers, for those who may have it."""
    settings = state.settings()
    if not settings.feedback or not settings.evaluate or not state.signed_in():
        return
    kept = feedback.kept(settings.state)
    if kept:
        st.html("<h2>Opinions on answers</h2>")
        count = words.counted(kept.count("\n"), "opinion", "opinions")
        st.html(f'<p class="label">{count}, kept without the questions.</p>')
        st.download_button("Opinions as JSON lines", kept, "feedback.jsonl", "application/jsonl", on_click="ignore")
