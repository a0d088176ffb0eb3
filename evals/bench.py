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
from assistant.types import Answer
from evals.cases import read_cases
from index.build import build
from index.embedders import local
from index.embedders.types import Embedder, Matrix, Placed
from index.store import Store

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "evals" / "questions" / "seeds.jsonl"
COLD_RUNS = 5
WARM_UP = 5
SEARCHING, EMBEDDING = "retrieve", "embed"  # the stage of an answer that the embedding is a part of


class Timed:
    """An embedder that notes how long its queries took."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model = embedder.model
        self.spent_ms = 0.0

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        """See ``Embedder``."""
        return self._embedder.passages(texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """See ``Embedder``."""
        started = time.perf_counter()
        found = self._embedder.queries(texts)
        self.spent_ms += (time.perf_counter() - started) * 1000
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking measured, in milliseconds, one figure a question: the floor, the answer, and each of its stages."""

    floor: tuple[float, ...]
    whole: tuple[float, ...]
    stages: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Building:
    """What making an index took, in seconds."""

    build_s: float
    embedding_s: float
    rebuild_unchanged_s: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run measured. Times in milliseconds or seconds as named, memory in megabytes."""

    questions: int
    floor_p50_ms: float
    floor_p95_ms: float
    ask_p50_ms: float
    ask_p95_ms: float
    stages_p50_ms: dict[str, float]
    stages_p95_ms: dict[str, float]
    building: Building | None
    cold_ask_s: float
    cold_chroma_s: float
    peak_mb: float

    def ratios(self) -> dict[str, float]:
        """The figures that can be compared between machines."""
        built = self.building
        return {
            "warm ask p50 / floor p50": self.ask_p50_ms / self.floor_p50_ms,
            "warm ask p95 / floor p95": self.ask_p95_ms / self.floor_p95_ms,
            **({"build / embedding alone": built.build_s / built.embedding_s} if built else {}),
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
        model = local()
        model.queries(["warm up"])
        built = build([sources], folder / "store", model)
        again = build([sources], folder / "store", model)
        building = Building(built.seconds, built.embedding_seconds, again.seconds)
        return figures_of(folder / "store", questions, building)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def figures_of(path: Path, questions: Path, building: Building | None = None) -> Figures:
    """Time questions against a store that is there."""
    asked = [case.turns[0] for case in read_cases(questions) if any(c.isalnum() for c in case.turns[0])]
    found = _ask_all(path, asked)
    return Figures(
        questions=len(found.whole),
        floor_p50_ms=_percentile(found.floor, 50),
        floor_p95_ms=_percentile(found.floor, 95),
        ask_p50_ms=_percentile(found.whole, 50),
        ask_p95_ms=_percentile(found.whole, 95),
        stages_p50_ms={name: _percentile(values, 50) for name, values in found.stages.items()},
        stages_p95_ms={name: _percentile(values, 95) for name, values in found.stages.items()},
        building=building,
        cold_ask_s=_cold([sys.executable, "-m", "assistant", "ask", asked[0], "--store", str(path)]),
        cold_chroma_s=_cold([sys.executable, "-c", "import chromadb"]),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _ask_all(path: Path, questions: Sequence[str]) -> Asked:
    """Each question with its floor, in turn, so that both meet the same machine."""
    model = Timed(local())
    store = Store.open(path, model)
    assistant = Assistant.open(path, model)
    floor, whole = [], []
    stages: dict[str, list[float]] = {}
    for number, question in enumerate(questions):
        bare = _milliseconds(lambda q=question: store.passages.nearest(model.queries([q])[0], 10))  # type: ignore[misc]
        model.spent_ms, started = 0.0, time.perf_counter()
        answer = assistant.ask(question)
        spent = (time.perf_counter() - started) * 1000
        if number < WARM_UP:
            continue
        floor.append(bare)
        whole.append(spent)
        for name, value in _stages(answer, model.spent_ms).items():
            stages.setdefault(name, []).append(value)
    several = {name: tuple(values) for name, values in stages.items() if len(values) > 1}
    return Asked(tuple(floor), tuple(whole), several)


def _stages(answer: Answer, embedding_ms: float) -> dict[str, float]:
    """The time of each stage of an answer; of the search without what the embedding in it took."""
    stages = {name: value for name, value in answer.timings_ms if name != "total"}
    if SEARCHING not in stages:
        return stages
    return {**stages, SEARCHING: stages[SEARCHING] - embedding_ms, EMBEDDING: embedding_ms}


def table(figures: Figures) -> str:
    """The figures as lines for people."""
    lines = [
        f"{figures.questions} questions, {os.cpu_count()} processors",
        f"floor (one query embedding + one bare Chroma query)  p50 {figures.floor_p50_ms:6.1f} ms"
        f"  p95 {figures.floor_p95_ms:6.1f} ms",
        f"warm ask                                             p50 {figures.ask_p50_ms:6.1f} ms"
        f"  p95 {figures.ask_p95_ms:6.1f} ms",
        *(
            f"  {name:12} p50 {value:6.1f} ms  p95 {figures.stages_p95_ms[name]:6.1f} ms"
            for name, value in figures.stages_p50_ms.items()
        ),
        *_building(figures.building),
        f"cold ask {figures.cold_ask_s:.2f} s, import chromadb {figures.cold_chroma_s:.2f} s (medians of {COLD_RUNS})",
        f"peak memory of this process {figures.peak_mb:.0f} MB",
        *(f"ratio  {name:28} {value:5.2f}" for name, value in figures.ratios().items()),
    ]
    return "\n".join(lines)


def _building(building: Building | None) -> list[str]:
    if building is None:
        return []
    return [
        f"build {building.build_s:.1f} s, of which embedding {building.embedding_s:.1f} s; "
        f"again with nothing changed {building.rebuild_unchanged_s:.2f} s"
    ]


def main() -> int:
    """Measure and print, as text or with ``--json``."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.bench", description="Speed and memory as ratios to a floor, in one run."
    )
    parser.add_argument("--source", type=Path, default=ROOT / "seeds", metavar="DIR", help="documents (default seeds/)")
    parser.add_argument("--store", type=Path, metavar="STORE", help="time questions against this store; build nothing")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE", help="questions to time")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    options = parser.parse_args()
    found = figures_of(options.store, options.questions) if options.store else None
    figures = found or measure(options.source, options.questions)
    print(json.dumps({**asdict(figures), "ratios": figures.ratios()}) if options.json else table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
