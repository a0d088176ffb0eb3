"""Who says each sentence of the five seeds, against labels made by hand (``gold/README.md``)."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from conftest import SEEDS

from index.reader import read_file
from index.types import Sentence

GOLD = Path(__file__).parent / "gold" / "speakers.jsonl"
LABELS = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
NAMES = sorted({label["document"] for label in LABELS})


@cache
def sentences(name: str) -> dict[tuple[str, int], tuple[Sentence, bool]]:
    """The sentences of a seed by their words and how often those stood before, and whether they are boilerplate."""
    document = read_file(SEEDS / name, name)
    seen: Counter[str] = Counter()
    found = {}
    for passage in document.passages:
        for sentence in passage.sentences:
            words = document.text[sentence.start : sentence.end]
            seen[words] += 1
            found[words, seen[words]] = sentence, passage.boilerplate
    return found


def wrong(labels: list[dict[str, Any]], *, arguable: bool) -> list[str]:
    """The labelled sentences whose speaker, or whether first hand, is not the label's."""
    missed = []
    for label in labels:
        voice = sentences(label["document"])[label["text"], label["occurrence"]][0].voice
        also = label.get("also", ()) if arguable else ()
        right = voice.speaker == label["speaker"] and voice.first_hand is label["first_hand"]
        if not right and voice.speaker not in also:
            missed.append(f"{label['document'][:3]} {label['speaker']} not {voice.speaker}: {label['text']}")
    return missed


def test_every_sentence_that_may_be_offered_has_a_label() -> None:
    labelled = {(label["document"], label["text"], label["occurrence"]) for label in LABELS}
    for name in NAMES:
        for (words, occurrence), (_, boilerplate) in sentences(name).items():
            assert boilerplate or (name, words, occurrence) in labelled, words


def test_97_sentences_in_100_have_their_speaker() -> None:
    # The report is the inspectors' own throughout and would hide mistakes in the others, so they count apart.
    others = [label for label in LABELS if not label["document"].startswith("003")]
    for labels in (LABELS, others):
        assert len(wrong(labels, arguable=False)) <= 0.03 * len(labels), wrong(labels, arguable=False)


def test_every_quotation_of_the_council_the_nhs_and_the_forum_is_theirs() -> None:
    quoted = [label for label in LABELS if label["quoted"] and label["speaker"] in ("council", "nhs", "parents_forum")]
    assert len(quoted) > 15
    assert wrong(quoted, arguable=False) == []
