"""The measure of the first words: its arithmetic, and the whole of it on one question."""

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from first_words import Pair, measured, table


def pair(alone: float, writing: float, wrote: bool = True) -> Pair:
    return Pair("Who?", alone, writing, wrote)


def test_each_mode_has_its_median_and_what_a_writer_adds_is_taken_pair_by_pair() -> None:
    found = measured([pair(100, 110), pair(200, 210), pair(900, 850, wrote=False)])
    assert (found.n, found.wrote) == (3, 2)
    assert found.alone == (200, 900)  # 90% of three are all three
    assert found.writing == (210, 850)
    assert found.extra == 10  # of +10, +10 and -50
    assert found.interval == (-50, 10)


def test_the_extra_time_is_no_difference_of_medians() -> None:
    found = measured([pair(100, 130), pair(200, 100), pair(300, 330)])
    assert found.writing[0] - found.alone[0] == -70
    assert found.extra == 30


def test_ninety_percent_are_no_slower_than_the_ninetieth() -> None:
    found = measured([pair(time, time) for time in range(1, 101)])
    assert found.alone == (50.5, 90)
    assert (found.extra, found.interval) == (0, (0, 0))


def test_the_table_says_n_and_the_interval() -> None:
    told = table(measured([pair(100, 110), pair(200, 210)]))
    assert "a writer adds +10 ms (median of 2 pairs, 95% interval +10 to +10)" in told
    assert "the model wrote in 2 of 2 answers" in told


def test_it_measures_a_question_in_both_modes(store: Path, browser_type_launch_args: dict[str, object]) -> None:
    questions = ROOT / "evals" / "questions" / "wordings.jsonl"
    command = [sys.executable, "tests/first_words.py", "--store", str(store), "--questions", str(questions)]
    paths = {"PYTHONPATH": str(ROOT), "CHROMIUM": str(browser_type_launch_args["executable_path"])}
    done = subprocess.run(
        [*command, "--n", "1", "--json"], cwd=ROOT, env={**os.environ, **paths}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (one,) = json.loads(done.stdout)["pairs"]
    assert one["question"] and 0 < one["alone"] < 30_000 and 0 < one["writing"] < 30_000
