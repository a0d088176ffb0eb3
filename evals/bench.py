"""Speed and memory as ratios, taken in one run on one machine: ``make bench``.

The floor of a question is what no answer can do without: one query embedding and one bare Chroma query. Absolute
times belong to the machine; the ratios belong to the program.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.assistant import Assistant
from evals.cases import read_cases
from index.build import build
from index.embedders import local
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "evals" / "questions" / "seeds.jsonl"
COLD_RUNS = 5
WARM_UP = 5
STAGES = ("understand", "retrieve", "select", "write", "verify")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run measured. Times in milliseconds or seconds as named, memory in megabytes."""

    questions: int
    floor_p50_ms: float
    floor_p95_ms: float
    ask_p50_ms: float
    ask_p95_ms: float
    stages_p50_ms: dict[str, float]
    build_s: float
    embedding_s: float
    rebuild_unchanged_s: float
    cold_ask_s: float
    cold_chroma_s: float
    peak_mb: float

    def ratios(self) -> dict[str, float]:
        """The figures that can be compared between machines."""
        return {
            "warm ask p50 / floor p50": self.ask_p50_ms / self.floor_p50_ms,
            "warm ask p95 / floor p95": self.ask_p95_ms / self.floor_p95_ms,
            "build / embedding alone": self.build_s / self.embedding_s,
            "cold ask / import chromadb": self.cold_ask_s / self.cold_chroma_s,
        }


def _milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _cold(command: Sequence[str]) -> float:
    """The median wall time of a command as a new process, in seconds."""
    runs = []
    for _ in range(COLD_RUNS):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - commands of ours
        runs.append(time.perf_counter() - started)
    return statistics.median(runs)


def measure(sources: Path, questions: Path) -> Figures:
    """Build a store from the sources in a temporary folder and time everything against it."""
    folder = Path(tempfile.mkdtemp(prefix="inspection-bench-"))
    try:
        return _measure(sources, questions, folder / "store")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(sources: Path, questions: Path, path: Path) -> Figures:
    model = local()
    model.queries(["warm up"])
    built = build([sources], path, model)
    again = build([sources], path, model)
    store = Store.open(path, model)
    assistant = Assistant.open(path, model)
    asked = [case.turns[0] for case in read_cases(questions) if any(c.isalnum() for c in case.turns[0])]
    floor, ask = [], []
    stages: dict[str, list[float]] = {name: [] for name in STAGES}
    for number, question in enumerate(asked):
        # In turn, so that both meet the same machine.
        bare = _milliseconds(lambda q=question: store.passages.nearest(model.queries([q])[0], 10))  # type: ignore[misc]
        started = time.perf_counter()
        answer = assistant.ask(question)
        whole = (time.perf_counter() - started) * 1000
        if number >= WARM_UP:
            floor.append(bare)
            ask.append(whole)
            for name, value in answer.timings_ms:
                if name in stages:
                    stages[name].append(value)
    environment_store = ["--store", str(path)]
    return Figures(
        questions=len(ask),
        floor_p50_ms=_percentile(floor, 50),
        floor_p95_ms=_percentile(floor, 95),
        ask_p50_ms=_percentile(ask, 50),
        ask_p95_ms=_percentile(ask, 95),
        stages_p50_ms={name: _percentile(values, 50) for name, values in stages.items() if len(values) > 1},
        build_s=built.seconds,
        embedding_s=built.embedding_seconds,
        rebuild_unchanged_s=again.seconds,
        cold_ask_s=_cold([sys.executable, "-m", "assistant", "ask", asked[0], *environment_store]),
        cold_chroma_s=_cold([sys.executable, "-c", "import chromadb"]),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def table(figures: Figures) -> str:
    """The figures as lines for people."""
    lines = [
        f"{figures.questions} questions, {os.cpu_count()} processors",
        f"floor (one query embedding + one bare Chroma query)  p50 {figures.floor_p50_ms:6.1f} ms"
        f"  p95 {figures.floor_p95_ms:6.1f} ms",
        f"warm ask                                             p50 {figures.ask_p50_ms:6.1f} ms"
        f"  p95 {figures.ask_p95_ms:6.1f} ms",
        "stages p50                                           "
        + "  ".join(f"{name} {value:.1f}" for name, value in figures.stages_p50_ms.items()),
        f"build {figures.build_s:.1f} s, of which embedding {figures.embedding_s:.1f} s; "
        f"again with nothing changed {figures.rebuild_unchanged_s:.2f} s",
        f"cold ask {figures.cold_ask_s:.2f} s, import chromadb {figures.cold_chroma_s:.2f} s (medians of {COLD_RUNS})",
        f"peak memory of this process {figures.peak_mb:.0f} MB",
        *(f"ratio  {name:28} {value:5.2f}" for name, value in figures.ratios().items()),
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure and print, as text or with ``--json``."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.bench", description="Speed and memory as ratios to a floor, in one run."
    )
    parser.add_argument("--source", type=Path, default=ROOT / "seeds", metavar="DIR", help="documents (default seeds/)")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE", help="questions to time")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    options = parser.parse_args()
    figures = measure(options.source, options.questions)
    print(json.dumps({**asdict(figures), "ratios": figures.ratios()}) if options.json else table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
