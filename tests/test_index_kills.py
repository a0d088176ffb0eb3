"""Builds killed at random moments while another process asks: no failed answer, none mixed from two generations.

``KILLS=50 python -m pytest tests/test_index_kills.py -s`` repeats the measurement that ARCHITECTURE.md speaks of.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from index.manifest import current_folder
from index.verify import verify

ROOT = Path(__file__).parents[1]
KILLS = int(os.environ.get("KILLS", "4"))
AREAS = ("Kirklees", "Suffolk", "Trafford")
# Asks without a pause and writes one line a question: the editions that its citations quote, or what went wrong.
READER = """
import json, re, sys
from pathlib import Path
from assistant.assistant import Assistant

assistant = Assistant.open(Path(sys.argv[1]))
while True:
    try:
        answer = assistant.ask("How long do children wait for therapy?")
        quotes = [citation.quote for citation in answer.citations]
        said = {"editions": sorted({int(n) for quote in quotes for n in re.findall(r"edition (\\d+)", quote)})}
        said["quotes"] = len(quotes)
    except Exception as problem:
        said = {"problem": repr(problem)}
    print(json.dumps(said), flush=True)
"""


def publish_edition(folder: Path, edition: int) -> None:
    """Documents of which every sentence carries the number of its edition."""
    folder.mkdir(exist_ok=True)
    for area in AREAS:
        sentences = "\n\n".join(
            f"Children in {area} wait {weeks} weeks for speech and language therapy, says edition {edition}."
            for weeks in range(10, 22)
        )
        (folder / f"{area}.txt").write_text(f"Services in {area}\n\n{sentences}\n", encoding="utf-8")


def builder(source: Path, store: Path) -> "subprocess.Popen[bytes]":
    """A build in a process group of its own, so that its verifying child dies with it."""
    command = [sys.executable, "-m", "index", "build", "--source", str(source), "--store", str(store)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def test_killed_builds_fail_no_answer_and_the_next_build_is_whole(tmp_path: Path) -> None:
    source, store, heard = tmp_path / "source", tmp_path / "store", tmp_path / "heard.jsonl"
    publish_edition(source, 0)
    started = time.monotonic()
    assert builder(source, store).wait() == 0
    whole = time.monotonic() - started
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    killed = 0
    with heard.open("wb") as out:
        reader = subprocess.Popen([sys.executable, "-c", READER, str(store)], cwd=ROOT, stdout=out)
        for edition in range(1, KILLS + 1):
            publish_edition(source, edition)
            running = builder(source, store)
            time.sleep(chance.uniform(0.2, 1.2) * whole)
            killed += running.poll() is None
            with suppress(ProcessLookupError):  # where it had ended
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        publish_edition(source, KILLS + 1)
        assert builder(source, store).wait() == 0
        time.sleep(2)
        reader.kill()
        reader.wait()
    assert verify(current_folder(store)).startswith("whole: 3 documents")
    answers = [json.loads(line) for line in heard.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    failed = [answer for answer in answers if len(answer.get("editions", ())) != 1]
    print(f"\n{killed} of {KILLS} builds killed, {len(answers)} answers, {len(failed)} failed or mixed")
    assert killed > 0
    assert answers and not failed, failed[:3]
    assert answers[-1]["editions"] == [KILLS + 1], "the reader did not see the last generation"
