"""The test of verdicts: what it draws, what it counts, and that it can fail."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from evals.cases import split_of
from evals.verdicts import __main__ as command
from evals.verdicts import changes, faithful
from evals.verdicts.board import as_json, mistakes, table
from evals.verdicts.drawing import claims, sources
from evals.verdicts.types import ALTERED, TRUE, Claim, Trial
from index.reader import read_file
from index.types import Document

OTHERS = Path(__file__).parent / "gold" / "documents"
_EACH = 7


def others() -> list[Document]:
    return [read_file(path, path.name) for path in sorted(OTHERS.glob("a0*.txt"))]


def drawn(assistant: Assistant, seed: int = 1) -> list[Claim]:
    return claims(assistant.documents, others(), _EACH, seed)


def trial(verdict: str, allowed: frozenset[str] = ALTERED, differences: Sequence[tuple[str, str]] = ()) -> Trial:
    claim = Claim("number", "a.txt", "5 plans", allowed, change=("5", "6"))
    return Trial(claim, split_of("a.txt"), verdict, tuple(differences), "6 plans", 1.0)


def test_nearly_every_verdict_is_right_and_nothing_altered_is_called_verbatim(assistant: Assistant) -> None:
    done = [command.trial(assistant, claim) for claim in drawn(assistant)]
    assert len(done) >= 200
    assert not [one.claim.text for one in done if one.false_yes]
    wrong = [(one.claim.kind, one.verdict, one.claim.text) for one in done if not one.right]
    assert len(wrong) <= 0.03 * len(done), wrong


def test_the_same_seed_draws_the_same_claims_and_another_draws_others(assistant: Assistant) -> None:
    first = drawn(assistant)
    assert drawn(assistant) == first
    assert {claim.text for claim in drawn(assistant, 2)} != {claim.text for claim in first}


def test_every_kind_is_drawn_and_every_document_gives_claims(assistant: Assistant) -> None:
    found = drawn(assistant)
    kinds = Counter(claim.kind for claim in found)
    assert {name for name, *_ in (*faithful.EACH, *changes.EACH)} <= set(kinds)
    assert {document.name for document in assistant.documents} <= {claim.document for claim in found}


def test_an_altered_claim_is_not_what_its_source_says(assistant: Assistant) -> None:
    for claim in drawn(assistant):
        if claim.source and claim.asked is None and claim.area is None and not claim.allowed & TRUE:
            assert claim.text != claim.source
        if claim.change:
            assert claim.change[0].lower() != claim.change[1].lower()


def test_a_neighbour_is_the_next_sentence_and_never_one_behind_a_heading(assistant: Assistant) -> None:
    (report,) = [document for document in assistant.documents if document.name.startswith("003")]
    by_text = {source.text: source for source in sources([report])}
    visit = by_text["Too few expectant parents receive an ante-natal home visit."]
    assert visit.following.startswith("This means opportunities")
    last = next(source for source in by_text.values() if "receive one-to-one support that enables" in source.text)
    assert last.following == ""


@pytest.mark.parametrize(
    ("done", "right", "false_yes", "marked"),
    [
        (trial("altered", differences=[("5", "6")]), True, False, True),
        (trial("altered", differences=[("5 plans", "6 plans")]), True, False, False),
        (trial("altered"), False, False, False),
        (trial("verbatim"), False, True, None),
        (trial("verbatim_normalised"), False, True, None),
        (trial("not_found"), False, False, None),
        (trial("verbatim", TRUE), True, False, None),
        (trial("altered", TRUE, [("5", "6")]), False, False, True),
    ],
)
def test_a_verdict_is_right_with_its_differences(
    done: Trial, right: bool, false_yes: bool, marked: bool | None
) -> None:
    assert (done.right, done.false_yes, done.marked) == (right, false_yes, marked)


def test_the_numbers_are_counted_by_half_and_kind() -> None:
    good, bad = trial("altered", differences=[("5", "6")]), trial("verbatim")
    other = replace(good, split="test" if good.split == "dev" else "dev")
    numbers = json.loads(json.dumps(as_json([good, bad, other])))
    assert (numbers["all"]["n"], numbers["all"]["right"], numbers["all"]["altered_called_verbatim"]) == (3, 2, 1)
    assert numbers[good.split]["kinds"] == {"number": {"n": 2, "right": 1}}
    assert numbers[other.split]["interval"][1] == 1.0
    board = table([good, bad, other])
    assert "2/3 0.667" in board and "1 of 3" in board
    assert "5 plans" in mistakes([replace(bad, split="dev")], 1)


class Gullible:
    """Says yes to everything."""

    def __init__(self, assistant: Assistant) -> None:
        self.documents = assistant.documents
        self._yes = assistant.check("Too few expectant parents receive an ante-natal home visit.")

    def check(self, *_: object) -> object:
        return self._yes

    ask = check


def test_an_assistant_that_says_yes_to_everything_fails(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Assistant, "open", lambda _: Gullible(assistant))
    assert command.main(["--each", "2", "--others", "none", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["all"]["altered_called_verbatim"] > 20


def test_a_store_that_is_not_there_is_named_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--store", str(tmp_path / "none")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
