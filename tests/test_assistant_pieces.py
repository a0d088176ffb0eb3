"""How sentences become quotations: what leans on the sentence before it doesn't stand alone."""

from pathlib import Path

import pytest

from assistant.pieces import item
from assistant.retriever import Hit
from index.reader import read_file

BEFORE = "Some families in Derby wait years for help."


def quoted(folder: Path, sentence: str) -> str:
    """What is quoted where a sentence is found that follows another one."""
    path = folder / "report.txt"
    head = "# Area SEND inspection of Derby Local Area Partnership\n\nInspection dates: 3 to 7 June 2024\n\n"
    path.write_text(f"{head}## What does the area partnership need to do better?\n\n{BEFORE} {sentence}\n")
    document = read_file(path, path.name)
    at = document.text.index(sentence)
    passage = next(one for one in document.passages if one.start <= at < one.end)
    found = next(one for one in passage.sentences if one.start == at)
    piece = item(Hit(0, document, passage, found, 1.0, 1.0))
    return document.text[piece.start : piece.end]


@pytest.mark.parametrize(
    "sentence",
    [
        "This has resulted in crisis.",
        "Sometimes, this has resulted in crisis.",
        "However, they are not told why.",
        "In addition, it costs them their work.",
        "At times, these waits make things worse.",
        "As a result, children fall behind.",
        "For some of them, this means no school.",
    ],
)
def test_a_sentence_that_leans_brings_the_one_before_it(tmp_path: Path, sentence: str) -> None:
    assert quoted(tmp_path, sentence) == f"{BEFORE} {sentence}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Sometimes, leaders act late.",
        "Across Derby, the council acts late.",
        "For the youngest children with complex needs, this is a crisis.",
        "Too few plans are updated, and this has resulted in crisis.",
    ],
)
def test_any_other_sentence_stands_alone(tmp_path: Path, sentence: str) -> None:
    assert quoted(tmp_path, sentence) == sentence
