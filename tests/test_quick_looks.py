"""A quick look that spares slow patterns finds what the patterns alone would, and nothing is computed twice."""

import json
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from conftest import ROOT

from assistant.assistant import Assistant
from assistant.rowtable import RowTable
from assistant.vocabulary import _entries, _terms, explained, flat, folded, officials
from evals.load import distinct, main, questions_of, wordings
from index.embedders.types import Matrix, Placed
from index.store import Store

QUESTIONS = questions_of(ROOT / "evals" / "questions" / "seeds.jsonl")
FOREIGN = [
    turn
    for line in (ROOT / "evals" / "questions" / "languages.jsonl").read_text(encoding="utf-8").splitlines()
    for turn in json.loads(line)["turns"]
]
ODD = [
    "SALT and CAMHS’s lists",
    "the ehc plans",
    "E.H.C.P.?",
    "İn sen supporT",
    "speech‑and‑language",
    "a&e, 1:1 TA",
    "",
]


def said_in_full(question: str) -> Iterable[str]:
    """The everyday phrases of a question, every one of them tried."""
    text = flat(question)
    found = []
    for entry in _entries():
        match = entry.pattern.search(text)
        if match and "\0" not in match[0]:
            found.append((match.start(), match[0]))
            text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return [said for _, said in sorted(found)]


@pytest.mark.parametrize("questions", [QUESTIONS, FOREIGN, ODD], ids=["English", "other languages", "odd letters"])
def test_phrases_and_terms_are_those_that_trying_every_pattern_finds(questions: Sequence[str]) -> None:
    for question in questions:
        assert [official.said for official in officials(question)] == said_in_full(question), question
        assert list(explained(question)) == [term for term in _terms() if term.pattern.search(question)], question


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?<!\w)EHC plans?", ("EHC plan",)),
        (r"(?i:(?<!\w)children['’]s)", ("children’s",)),
        (r"(?i:short[- ]breaks?)", ("short break", "absent")),
        (r"(?<!\d)2017(?!\d)", ("2017",)),
        (r"nowhere at all", ("nowhere at all",)),
    ],
)
def test_the_rows_that_hold_a_pattern_are_found_by_a_word_of_it(
    assistant: Assistant, pattern: str, words: Sequence[str]
) -> None:
    table = RowTable(assistant.store)
    every = [bool(re.search(pattern, text)) for text in table.texts]
    assert table.holding_words(re.compile(pattern), words).tolist() == every
    assert table.any_holds(table.all, re.compile(pattern), words) == any(every)
    assert any(every) == (pattern != "nowhere at all")


def test_whatever_a_term_matches_holds_one_of_its_names_when_folded(assistant: Assistant) -> None:
    for term in _terms():
        for document in assistant.documents:
            for found in term.pattern.finditer(document.text):
                assert any(name in folded(found[0]) for name in term.names), found[0]


class Counting:
    """The embedder of a store, which notes what it is asked for."""

    def __init__(self, store: Store) -> None:
        self._embedder, self.model = store.embedder, store.embedder.model
        self.asked: list[str] = []

    def passages(self, texts: Sequence[Placed]) -> Matrix:
        return self._embedder.passages(texts)

    def queries(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        return self._embedder.queries(texts)


def test_a_wording_that_is_asked_twice_is_embedded_once(assistant: Assistant) -> None:
    store = assistant.store
    counting = Counting(store)
    own = Store(store.path, store.folder, store.manifest, counting, store.documents, store.rows, store.sentence_vectors)
    vectors = own.query_vectors(["a", "b", "a"])
    assert counting.asked == ["a", "b"]
    assert np.array_equal(vectors[0], vectors[2]) and np.array_equal(vectors, store.query_vectors(["a", "b", "a"]))


def test_the_load_is_made_of_different_questions() -> None:
    asked = distinct(["What of Brent?", "And then?", "Brent or Leeds?"], ["Brent", "Telford and Wrekin"], seed=1)
    assert sorted(asked) == ["And then?", "Brent or Leeds?", "What of Brent?", "What of Telford and Wrekin?"]
    assert distinct(QUESTIONS, ["Brent"], seed=1) != distinct(QUESTIONS, ["Brent"], seed=2)


def test_the_load_asks_what_is_new_in_more_than_its_area_first() -> None:
    asked = distinct(["What of Brent?", "Who asked in Leeds?", "And then?"], ["Brent", "Leeds"], seed=1)
    assert sorted(asked[:3]) == ["And then?", "What of Brent?", "Who asked in Leeds?"]
    assert (len(asked), wordings(asked), wordings(asked[:3])) == (5, 3, 3)


def test_several_visitors_at_once_are_answered(
    address: str, assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--sessions", "3", "--every", "0.5", "--seconds", "2", "--store", str(assistant.store.path))
    with ThreadPoolExecutor(1) as apart:  # a browser of other tests leaves its loop running in this thread
        assert apart.submit(main, [address, *options]).result() == 0
    assert "errors: 0" in capsys.readouterr().out
