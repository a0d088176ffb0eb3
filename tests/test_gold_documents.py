"""What the reader understands of 44 documents made by hand may get better, but not worse (``gold/README.md``)."""

from dataclasses import fields, replace

import pytest
from gold_documents import DOCUMENTS, NAMES, SUFFIX, Check, checks, rates, read_all, same, truth

from index.reader import read_file
from index.types import Document, Kind, Outcome, Polarity, Profile, Speaker, Statement

# What the reader reaches on all sets together, rounded down. ``python -m tests.gold_documents`` prints the counts.
FLOORS = {
    "sentence": 0.99,
    "speaker": 0.93,
    "first_hand": 0.99,
    "polarity": 0.98,
    "sentence areas": 0.96,
    "furniture": 0.86,
    "kind": 0.95,
    "title": 0.83,
    "areas": 1.00,
    "framework": 0.75,
    "inspection": 0.97,
    "inspection_year": 0.75,
    "previous_inspections": 1.00,
    "published": 0.97,
    "outcome": 0.93,
    "written_statement": 1.00,
    "next_inspection": 1.00,
    "commissioning_bodies": 0.97,
    "publisher": 0.84,
    "licence": 1.00,
}


@pytest.fixture(scope="module")
def made() -> tuple[Check, ...]:
    return read_all()


def one() -> Document:
    return read_file(DOCUMENTS / NAMES[0], NAMES[0])


def test_every_document_has_its_truth() -> None:
    documents = {path.name for path in DOCUMENTS.iterdir() if not path.name.endswith(SUFFIX)}
    assert documents == set(NAMES)
    assert len(NAMES) == 44


@pytest.mark.parametrize(("sort", "floor"), FLOORS.items())
def test_no_rate_is_below_its_floor(made: tuple[Check, ...], sort: str, floor: float) -> None:
    faults = [f"{check.document}: {check.compared}" for check in made if check.sort == sort and not check.right]
    assert rates(made)[sort].value >= floor, "\n".join(faults)


def test_every_sort_has_a_floor_and_no_truth_is_left_out(made: tuple[Check, ...]) -> None:
    counts = rates(made)
    assert set(counts) == set(FLOORS)
    assert counts["sentence"].checked == sum(len(truth(name).labels) for name in NAMES) == 1090
    assert counts["furniture"].checked == sum(len(truth(name).furniture) for name in NAMES)


def test_truths_are_written_in_the_words_of_the_types() -> None:
    for known in map(truth, NAMES):
        assert set(known.profile) <= {field.name for field in fields(Profile)}
        assert set(known.profile.get("kind", ())) <= set(Kind)
        assert set(known.profile.get("outcome", ())) <= {None, *Outcome}
        assert set(known.profile.get("written_statement", ())) <= {None, *Statement}
        for label in known.labels:
            assert label.speaker
            assert set(label.speaker) <= set(Speaker), label.text
            assert set(label.polarity) <= {None, *Polarity}, label.text


def test_a_wrong_truth_is_a_fault() -> None:
    known = truth(NAMES[0])
    label = next(label for label in known.labels if label.polarity)
    wrong = replace(
        known,
        profile=known.profile | {"kind": ("briefing",), "areas": (["Derby"],), "inspection": (None,)},
        labels=(
            replace(label, speaker=("press",)),
            replace(label, first_hand=(False,), polarity=("context",), areas=(["Derby"],)),
            replace(label, text="Nobody wrote this."),
            replace(label, text=label.text[:20]),
        ),
        furniture=(label.text,),
    )
    right = {check.sort for check in checks(known, one()) if check.right}
    faults = [check.sort for check in checks(wrong, one()) if not check.right]
    said = ["speaker", "first_hand", "polarity", "sentence areas", "sentence", "sentence", "furniture"]
    assert faults == ["kind", "areas", "inspection", *said]
    assert {"kind", "areas", "inspection", "sentence", "speaker", "first_hand", "polarity"} <= right


@pytest.mark.parametrize(
    ("field", "expected", "read", "agree"),
    [
        ("title", "Bristol vows to act", "Bristol vows to act!", True),
        ("title", "Bristol vows to act", "Bristol", False),
        ("next_inspection", None, "within three years", False),
        ("publisher", "London Borough of Havering", "Havering Council", True),
        ("publisher", "Kent County Council", "Medway Council", False),
        ("commissioning_bodies", ["Essex Council", "NHS Estuary ICB"], ["Estuary Integrated Care Board (ICB)"], False),
        ("commissioning_bodies", ["NHS Estuary ICB"], ["NHS Estuary Integrated Care Board (ICB)"], True),
        ("areas", ["Luton", "Surrey"], ["Surrey", "Luton"], True),
        ("inspection", ["2024-03-04", "2024-03-08"], ["2024-03-04", "2024-03-07"], False),
    ],
)
def test_values_agree_in_what_matters(field: str, expected: object, read: object, agree: bool) -> None:
    assert same(field, expected, read) is agree
