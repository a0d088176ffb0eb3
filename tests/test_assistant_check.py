"""Was this said? The verdict on claims, one by one."""

import shutil
from pathlib import Path

import pytest
from conftest import built
from gold_documents import DOCUMENTS

from assistant.assistant import Assistant
from assistant.types import StatementKind, VerdictResult

ANTENATAL = "Too many expectant mothers receive an ante-natal home visit"
ELSEWHERE = ("Derby", "Leeds", "Luton", "Medway", "Salford", "Sandwell", "Torbay", "Wigan", "York")

VERBATIM, NORMALISED, ALTERED, CONTRADICTED, ABSENT = (
    VerdictResult.VERBATIM,
    VerdictResult.VERBATIM_NORMALISED,
    VerdictResult.ALTERED,
    VerdictResult.CONTRADICTED,
    VerdictResult.NOT_FOUND,
)


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over documents made by hand, of several areas."""
    folder = tmp_path_factory.mktemp("gold")
    (folder / "sources").mkdir()
    for path in DOCUMENTS.glob("*.txt"):
        shutil.copy(path, folder / "sources")
    return Assistant.open(built(folder / "sources", folder / "store"))


def test_every_sentence_of_the_documents_was_said_in_these_words(assistant: Assistant) -> None:
    wrong = []
    for document in assistant.documents:
        for passage in document.passages:
            for sentence in passage.sentences:
                words = document.text[sentence.start : sentence.end]
                if len(words.split()) < 4:
                    continue
                answer = assistant.check(words)
                assert answer.verdict is not None
                if answer.verdict.result not in (VERBATIM, NORMALISED):
                    wrong.append((answer.verdict.result.value, document.name, words[:90]))
    assert not wrong


@pytest.mark.parametrize(
    ("claim", "result"),
    [
        ("Too few expectant parents receive an ante-natal home visit.", VERBATIM),
        ("too few expectant parents receive an ante–natal home visit", NORMALISED),
        ("The report didn't contain any surprises", NORMALISED),
        ("Too many expectant parents receive an ante-natal home visit.", ALTERED),
        ("Inspectors also praised weak governance in the borough.", ALTERED),
        ("Of these, 2,915 have an education, health and care (EHC) plan.", ALTERED),
        ("Of these, 2.914 have an education, health and care (EHC) plan.", ALTERED),
        ("there are currently approximately 8,500% children and young people with SEND", ALTERED),
        ("From $15 / month", ALTERED),
        ("There is no access to speech and language therapy in all provisions", ALTERED),
        ("EHC plans are routinely updated by the local area", CONTRADICTED),
        ("The report did contain any surprises", CONTRADICTED),
        ("Parents did feel fully engaged in, or informed about, the process", CONTRADICTED),
        ("Zebra crossings on Mars are painted twice a year", ABSENT),
    ],
)
def test_the_verdict_on_a_claim(assistant: Assistant, claim: str, result: VerdictResult) -> None:
    verdict = assistant.check(claim).verdict
    assert verdict is not None
    assert (verdict.result, verdict.claimed, verdict.searched or 5) == (result, claim, 5)


@pytest.mark.parametrize(
    ("area", "result"),
    [
        (None, VERBATIM),
        ("Brent", VERBATIM),
        ("brent council", VERBATIM),
        ("Barking and Dagenham", VerdictResult.OTHER_AREA),
        ("Leeds", VerdictResult.OTHER_AREA),
    ],
)
def test_words_about_another_area_are_said_to_be(assistant: Assistant, area: str | None, result: VerdictResult) -> None:
    answer = assistant.check("There is no access to speech and language therapy in some provisions", area)
    assert answer.verdict is not None
    assert answer.verdict.result is result
    assert answer.citations[0].areas == ("Brent",)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (f'Did inspectors in Brent say "{ANTENATAL}"?', "The documents hold nothing like these words about Brent."),
        (f'Did inspectors in Leeds say "{ANTENATAL}"?', "There are no documents about Leeds here. There are some"),
        (f'Did inspectors in 2017 say "{ANTENATAL}"?', "The documents hold nothing like these words from the time"),
        (f'Did the council say "{ANTENATAL}"?', "The documents hold nothing like these words from the speaker"),
        (f'Did Frances Bolger say "{ANTENATAL}"?', "The documents hold nothing like these words from the speaker"),
        (f'Czy inspektorzy z Brent napisali „{ANTENATAL}”?', "W dokumentach nie ma niczego podobnego"),
    ],
)  # fmt: skip
def test_that_nothing_like_it_was_said_there_comes_before_the_nearest_words_from_elsewhere(
    assistant: Assistant, question: str, first: str
) -> None:
    answer = assistant.ask(question)
    told, lead, quoted = answer.statements[:3]
    assert (told.kind, told.citations) == (StatementKind.GAP, ())
    assert told.text.startswith(first)
    assert answer.verdict is not None and answer.verdict.result is ALTERED
    assert "not exactly so" not in lead.text and "2024" in lead.text
    assert quoted.kind is StatementKind.QUOTE and "too few expectant parents" in quoted.text.lower()


def test_the_opposite_said_of_another_area_is_no_denial(assistant: Assistant) -> None:
    claim = "EHC plans are routinely updated by the local area"
    here, elsewhere = assistant.check(claim, "Barking and Dagenham"), assistant.check(claim, "Brent")
    assert here.statements[0].text.startswith("No. The document says the opposite.")
    assert elsewhere.statements[0].text == "The documents hold nothing like these words about Brent."
    assert elsewhere.statements[1].text.startswith("The nearest words are by inspectors, Barking and Dagenham")


@pytest.mark.parametrize(
    ("area", "first"),
    [
        ("Havering", "No, not exactly so. The nearest is by inspectors, Havering, 2025"),
        ("Herefordshire", "The documents hold nothing like these words about Herefordshire."),
        ("Wirral", "The documents hold nothing like these words about Wirral."),
        ("Leeds", "There are no documents about Leeds here."),
    ],
)
def test_documents_by_hand_are_kept_apart_by_area(gold: Assistant, area: str, first: str) -> None:
    claim = "Speech and language therapy is not available to some children of primary age, whatever their plan says."
    answer = gold.check(claim, area)
    assert answer.statements[0].text.startswith(first)
    assert answer.verdict is not None and answer.verdict.result is ALTERED
    assert answer.citations[0].areas == ("Havering",)


def test_a_version_from_the_area_goes_before_any_number_of_nearer_ones_from_elsewhere(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for area in (*ELSEWHERE, "Bolton"):
        waits = ("for autism assessments",) if area == "Bolton" else ("now for autism", "now for autism diagnosis")
        bullets = "".join(f"- Leaders in {area} should shorten very long waits {one}.\n" for one in waits)
        (sources / f"{area}.txt").write_text(
            f"# Area SEND inspection of {area} Local Area Partnership\n\nInspection dates: 4 to 8 March 2024\n\n"
            f"## Areas for improvement\n\n{bullets}",
            encoding="utf-8",
        )
    answer = Assistant.open(built(sources, tmp_path / "store")).check(
        "should shorten the very long waits now for autism diagnosis", "Bolton"
    )
    assert answer.statements[0].text.startswith("No, not exactly so.")
    assert answer.citations[0].areas == ("Bolton",)


def test_a_quotation_inside_a_claim_does_not_stand_for_the_whole_claim(assistant: Assistant) -> None:
    claim = (
        'In Brent, the joint commissioning of services was praised as "at an early stage of development" and excellent'
    )
    verdict = assistant.check(claim).verdict
    assert verdict is not None
    assert verdict.result not in (VERBATIM, NORMALISED)
    assert verdict.claimed == claim


def test_an_altered_claim_shows_each_difference_and_nothing_else(assistant: Assistant) -> None:
    verdict = assistant.check("Too many expectant mothers receive an ante-natal home visit.").verdict
    assert verdict is not None
    assert [(d.claimed, d.source) for d in verdict.differences] == [("many", "few"), ("mothers", "parents")]


def test_a_claim_that_was_never_made_says_how_many_documents_were_searched(assistant: Assistant) -> None:
    answer = assistant.check("Zebra crossings on Mars are painted twice a year")
    assert answer.verdict is not None
    assert (answer.verdict.result, answer.verdict.searched, answer.verdict.nearest) == (ABSENT, 5, None)
    assert answer.status == "not_found"
    assert "5 documents" in answer.answer


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ('Did inspectors say "Too few expectant parents receive an ante-natal home visit"?', VERBATIM),
        ('Did the council say "Too few expectant parents receive an ante-natal home visit"?', VerdictResult.OTHER_SPEAKER),  # noqa: E501 - a case reads best as one line
        ('Did inspectors say in 2017 "Too few expectant parents receive an ante-natal home visit"?', VerdictResult.OTHER_DATE),  # noqa: E501 - a case reads best as one line
        ('Did inspectors in Brent say "Too few expectant parents receive an ante-natal home visit"?', VerdictResult.OTHER_AREA),  # noqa: E501 - a case reads best as one line
    ],
)  # fmt: skip
def test_a_question_that_quotes_is_checked(assistant: Assistant, question: str, result: VerdictResult) -> None:
    verdict = assistant.ask(question).verdict
    assert verdict is not None
    assert verdict.result is result
