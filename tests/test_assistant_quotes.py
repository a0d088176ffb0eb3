"""Quotations held against texts: what counts as the same, what may be left off, and what is marked."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.quotes.claims import claim_of
from assistant.quotes.cuts import cut_off
from assistant.quotes.folding import literal
from assistant.quotes.wordings import compare
from assistant.types import Answer, VerdictResult
from evals.cases import read_cases

CHECKS = Path(__file__).parents[1] / "evals" / "questions" / "checks.jsonl"

VERBATIM, NORMALISED, ALTERED, CONTRADICTED, ABSENT = (
    VerdictResult.VERBATIM,
    VerdictResult.VERBATIM_NORMALISED,
    VerdictResult.ALTERED,
    VerdictResult.CONTRADICTED,
    VerdictResult.NOT_FOUND,
)


# The closed list


@pytest.mark.parametrize(
    ("claim", "text", "same"),
    [
        ("Plans are late.", "Plans are late.", True),
        ("Plans  are\nlate", "Plans are late.", False),
        ("Plans are late", "Plans\nare late.", False),
        ("PLANS ARE LATE", "Plans are late.", False),
        ("plans are late...", "They say plans are late.", True),
        ("multi agency plans", "Multi-agency plans are late.", False),
        ("multiagency plans", "Multi-agency plans are late.", False),
        ("multi-agency plans", "Good multi agency plans are late.", False),
        ("profes- sionals agree", "All professionals agree.", False),
        ("all professionals agree", "All profes-\nsionals agree.", False),
        ("post–16 options", "The post-16 options are few.", False),
        ('the "tell it once" culture', "the “tell it once” culture is weak", False),
        ("the tell it once culture", "the “tell it once” culture is weak", False),
        ("children’s views", "Children's views count.", False),
        ("waits – for some – grow", "Waits — for some — grow.", False),
        ("One thing. Another thing.", "- One thing.\n- Another thing.", False),
        ("- One thing. - Another thing.", "- One thing.\n- Another thing.", False),
    ],
)
def test_the_closed_list_makes_no_difference(claim: str, text: str, same: bool) -> None:
    assert [place.same for place in literal(claim, text)] == [same]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("in sufficient numbers", "There are insufficient numbers of therapists."),
        ("insufficient numbers", "They come in sufficient numbers."),
        ("500 children", "There are 8,500 children."),
        ("there are 8", "There are 8,500 children."),
        ("5 per", "There are 5% per year"),
        ("15 a month", "From £15 a month"),
        ("2914 children", "There are 2,914 children."),
        ("from 1 to 2", "From 1-2 to 2"),
        ("1 2 weeks", "It takes 1-2 weeks."),
        ("their views do count", "Their views don't count."),
        ("care education", "Care, education and health."),
        ("it is late this is bad", "It is late. This is bad."),
        ("act", "The action is late."),
    ],
)
def test_nothing_else_is_forgiven(claim: str, text: str) -> None:
    assert not list(literal(claim, text))


# What is left off a sentence


@pytest.mark.parametrize(
    ("head", "part", "tail", "shown"),
    [
        ("EHC plans are not ", "updated regularly", ".", "not"),
        ("They are not always ", "able to get help", ".", "not always"),
        ("Outcomes have not yet been ", "given priority by leaders", ".", "not yet been"),
        ("The report didn't ", "contain any surprises", ".", "didn't"),
        ("There is no ", "access to therapy in the area", ".", "no"),
        ("Many ", "practitioners understand what children need", ".", "Many"),
        ("Many ", "practitioners across all services understand the needs", " of children.", "Many"),
        ("Too few expectant ", "parents receive a visit", ".", "Too few expectant"),
        ("In Brent the majority of ", "schools are ready", ".", "the majority of"),
        ("There are approximately ", "8,500 children who have SEND", ".", "approximately"),
        ("Until recently, ", "assurance has not found the faults", ".", "Until recently"),
        ("In some areas, ", "waits are long", ".", "In some areas"),
        ("Inspectors did not find that ", "plans are good", ".", "not find that"),
        ("Leaders need to ensure that ", "families receive good support", ".", "need to ensure that"),
        ("It is unclear whether ", "this has helped families", ".", "unclear whether"),
        ("Some parents say that ", "nobody listens to them", ".", "Some parents say that"),
        ("If ", "there is delay, social workers act", ".", "If"),
        ("Non-", "attendance is high", ".", "Non-"),
        ("", "There is no access to therapy", " in some provisions.", "in some provisions"),
        ("", "Support is given to families", " only if they ask, as a rule.", "only if they ask"),
        ("", "Plans are good", ", except in Brent.", "except in Brent"),
        ("", "The support is improving", " but has inconsistencies.", "but has inconsistencies"),
    ],
)
def test_what_turns_or_limits_may_not_be_left_off(head: str, part: str, tail: str, shown: str) -> None:
    text = head + part + tail
    left_off = cut_off(text, 0, len(head), len(head) + len(part), len(text))
    assert [(one.claimed, one.source) for one in left_off] == [("", shown)]


@pytest.mark.parametrize(
    ("head", "part", "tail"),
    [
        ("However, ", "the rate of change has been slow", "."),
        ("As a result, ", "school attendance is high", "."),
        ("This helps to ensure that ", "swift and positive action is taken to support them", "."),
        ("All professionals agree that ", "long wait times are unacceptable", ", as families suffer."),
        ("The Assembly noted that ", "the letter came on 21 June 2017", "."),
        ("Children benefit from ", "ambitious and dedicated staff", " across services."),
        ("", "It seems we are on the right path", ", but with some work still to do."),
        ("", "There is much to be proud of", ", especially our joint working."),
        ("Some plans are late. ", "Most schools help", "."),
        ("The Team Around the ", "Family provides support that continues", "."),
        ("Not all is well; ", "plans are late", "."),
    ],
)
def test_anything_else_may_be_left_off(head: str, part: str, tail: str) -> None:
    text = head + part + tail
    assert not cut_off(text, 0, len(head), len(head) + len(part), len(text))


# What is marked


@pytest.mark.parametrize(
    ("claimed", "source", "differences"),
    [
        ("Many parents receive a visit", "Too few parents receive a visit", [("Many", "Too few")]),
        ("It cost £5 a day", "It cost £6 a day", [("£5", "£6")]),
        ("the 6-day inspection began", "the 5-day inspection began", [("6", "5")]),
        ("plans are updated by leaders", "plans are not updated by leaders", [("", "not")]),
        ("plans are very good now", "plans are good now", [("very", "")]),
        ("care, education and health", "care education and health", [(",", "")]),
        ("it is late and this is bad", "It is late. This is bad", [("and", "")]),
        ("they help", "Here they help us", []),
    ],
)
def test_a_difference_is_no_more_than_what_was_changed(
    claimed: str, source: str, differences: list[tuple[str, str]]
) -> None:
    assert [(one.claimed, one.source) for one in compare(claimed, source).differences] == differences


@pytest.mark.parametrize(
    ("text", "parts", "joints"),
    [
        ("one thing … another", ("one thing", "another"), ("",)),
        ("one thing ... another", ("one thing", "another"), ("",)),
        ("one thing [...] another", ("one thing", "another"), ("",)),
        ("one [sic] thing", ("one thing",), ()),
        ("[O]ne thing", ("One thing",), ()),
        ("… one thing …", ("one thing",), ()),
        ("[They] want one thing", ("want one thing",), ()),
        ("those [in need] want it", ("those", "want it"), ("in need",)),
        ("one thing", ("one thing",), ()),
        ("…", ("…",), ()),
    ],
)
def test_dots_and_brackets_part_a_claim(text: str, parts: tuple[str, ...], joints: tuple[str, ...]) -> None:
    claim = claim_of(text)
    assert (tuple(part.strip() for part in claim.parts), claim.joints) == (parts, joints)


# In the five documents

ANTENATAL = "Too few expectant parents receive an ante-natal home visit"


def result_of(answer: Answer) -> VerdictResult | None:
    return answer.verdict.result if answer.verdict else None


@pytest.mark.parametrize(
    ("claim", "result"),
    [
        ("Leaders are ambitious for the children and young people with SEND. Leaders have worked hard", VERBATIM),
        ("We recognise … that a collaborative approach is essential", NORMALISED),
        ("These include challenges such as housing … or unemployment", NORMALISED),
        ("EHC plans are … updated regularly", ALTERED),
        ("there are currently approximately … children and young people with SEND", ALTERED),
        (f"{ANTENATAL} … EHC plans are not updated regularly", ALTERED),
        ("[L]eaders are ambitious for the children and young people with SEND", NORMALISED),
        ("implementing [the government's SEN reforms] and to working together", VERBATIM),
        ("Leaders are [not] ambitious for the children", ALTERED),
        ("500 children and young people with SEND", ALTERED),
        ("those who are verbal", ALTERED),
        ("some children do not have access to equipment", ALTERED),
        ("children and young people are failed by the council", ABSENT),
        ("Leaders are ambitious for the children and young people not have access to the equipment they need", ALTERED),
        (
            "Leaders are ambitious for the children and young people with SEND. Leaders have worked hard to manage the "
            "increased demand placed on services by the rapid and significant increase in children and young people "
            "arriving into Barking and Dagenham. Leaders always use shared data effectively.",
            ALTERED,
        ),
        (
            "Leaders are ambitious for the children and young people with SEND and leaders have worked hard to manage "
            "the increased demand",
            ALTERED,
        ),
    ],
)
def test_the_verdict_on_a_claim_with_its_own_signs(assistant: Assistant, claim: str, result: VerdictResult) -> None:
    answer = assistant.check(claim)
    assert result_of(answer) is result
    assert answer.verdict is not None
    assert result is not ALTERED or answer.verdict.differences


def test_of_two_quotations_the_one_that_is_less_true_tells_the_verdict(assistant: Assistant) -> None:
    answer = assistant.ask(
        f'Did inspectors write "{ANTENATAL}" and "Leaders are hostile to the children and young people with SEND"?'
    )
    assert result_of(answer) is ALTERED
    assert answer.verdict is not None and answer.verdict.claimed.startswith("Leaders are hostile")
    assert any("expectant parents" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Did inspectors really say that too few expectant parents receive an ante-natal home visit?", VERBATIM),
        ("Somebody told me Ofsted wrote that many expectant parents receive an ante-natal home visit, is that true?", ALTERED),  # noqa: E501 - a case reads best as one line
        ("did ofsted say EHC plans are routinely updated by the local area", CONTRADICTED),
        ("Is this word for word: Parents were overjoyed by every single thing", ABSENT),
        ("Did inspectors say that families wait too long for speech therapy?", None),
        ("What did inspectors say about the views of parents and carers?", None),
        ("Did Tony Cox say “The report didn’t contain any surprises”?", VERBATIM),
        ("Did Frances Bolger say “The report didn’t contain any surprises”?", VerdictResult.OTHER_SPEAKER),
        ("Did Ofsted really write \"EHC plans are not updated regularly\"?", VERBATIM),
        ('Is the quote "a significant reduction in diagnosis wait times" from 2017?', VerdictResult.OTHER_DATE),
        ('Is the quote "a significant reduction in diagnosis wait times" from 2024?', VERBATIM),
        ("Czy inspektorzy napisali „EHC plans are not updated regularly”?", VERBATIM),
    ],
)  # fmt: skip
def test_a_question_that_claims_words_were_said_is_checked_and_any_other_is_answered(
    assistant: Assistant, question: str, result: VerdictResult | None
) -> None:
    found = result_of(assistant.ask(question))
    assert found is (NORMALISED if result is VERBATIM and found is NORMALISED else result)


def test_every_question_written_before_any_was_asked_has_its_verdict(assistant: Assistant) -> None:
    cases = read_cases(CHECKS)
    assert len(cases) >= 40
    found = {case.id: result_of(assistant.ask(case.turns[-1])) for case in cases}
    assert not {case.id: found[case.id] for case in cases if found[case.id] not in case.expected.verdicts}


def test_what_is_left_off_and_put_in_is_told_in_words(assistant: Assistant) -> None:
    cut = assistant.check("practitioners across education, health and social care understand the multiple needs")
    assert "Left out: Many" in cut.answer and "Left out: and complex" in cut.answer
    assert "Not in the document: fully" in assistant.check("This is fully confusing for stakeholders").answer
