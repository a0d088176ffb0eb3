"""Was this said? The verdict on claims, one by one."""

import pytest

from assistant.assistant import Assistant
from assistant.types import VerdictResult

VERBATIM, NORMALISED, ALTERED, CONTRADICTED, ABSENT = (
    VerdictResult.VERBATIM,
    VerdictResult.VERBATIM_NORMALISED,
    VerdictResult.ALTERED,
    VerdictResult.CONTRADICTED,
    VerdictResult.NOT_FOUND,
)


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
        ('Did the council say "Too few expectant parents receive an ante-natal home visit"?', VerdictResult.OTHER_SPEAKER),  # noqa: E501
        ('Did inspectors say in 2017 "Too few expectant parents receive an ante-natal home visit"?', VerdictResult.OTHER_DATE),  # noqa: E501
        ('Did inspectors in Brent say "Too few expectant parents receive an ante-natal home visit"?', VerdictResult.OTHER_AREA),  # noqa: E501
    ],
)  # fmt: skip
def test_a_question_that_quotes_is_checked(assistant: Assistant, question: str, result: VerdictResult) -> None:
    verdict = assistant.ask(question).verdict
    assert verdict is not None
    assert verdict.result is result
