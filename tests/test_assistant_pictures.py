"""Questions for the whole picture: overviews, sides, comparisons, questions across areas, and what goes with them."""

import pytest

from assistant.assistant import Assistant
from assistant.format import officer_view, readable
from assistant.intents import intents
from assistant.overview import SIDES
from assistant.privacy import without_private
from assistant.types import Answer, Statement, StatementKind, Status, Turn
from index.areas import gazetteer
from index.types import Polarity

REPORT = "003_47304b061fc43f47.txt"


def quotes(answer: Answer) -> list[Statement]:
    return [statement for statement in answer.statements if statement.kind is StatementKind.QUOTE]


def notes(answer: Answer) -> str:
    return " ".join(one.text for one in answer.statements if one.kind is StatementKind.NOTE and not one.citations)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Give me an overview of the report on Brent", "overview"),
        ("What did inspectors find in Telford?", "overview"),
        ("Is Barking any good for special needs kids?", "overview"),
        ("What is going well in Southend?", "strengths"),
        ("Did inspectors praise anything in Telford?", "strengths"),
        ("What was not good enough in Brent?", "weaknesses"),
        ("What are inspectors worried about in Brent?", "weaknesses"),
        ("Why did Brent do so badly?", "reasons"),
        ("How have things changed in Barking since 2017?", "comparison_overall"),
    ],
)
def test_a_question_without_a_topic_asks_for_a_side_or_the_whole(
    assistant: Assistant, question: str, name: str
) -> None:
    assert assistant.ask(question).understood.intent == name


@pytest.mark.parametrize(
    "question",
    [
        "Does speech therapy work well in Barking?",
        "What are inspectors worried about in annual reviews in Barking?",
        "Is the local offer any good in Barking?",
        "Has speech therapy in Barking got better?",
        "When did the boundaries in Barking come out?",
        "Do pregnant women in Barking get a home visit before the birth?",
    ],
)
def test_a_question_with_a_topic_asks_for_the_topic(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).understood.intent == "finding"


def test_an_overview_tells_the_outcome_and_both_sides_of_the_newest_inspection(assistant: Assistant) -> None:
    answer = assistant.ask("Give me an overview of Barking and Dagenham")
    assert {citation.document for citation in answer.citations} == {REPORT}
    assert "inconsistent experiences" in answer.citations[0].quote
    assert {Polarity.STRENGTH, Polarity.NEEDS_IMPROVEMENT} <= {quote.polarity for quote in quotes(answer)}


@pytest.mark.parametrize(
    ("question", "polarity"),
    [
        ("What is going well in Barking?", Polarity.STRENGTH),
        ("What is going wrong in Barking?", Polarity.NEEDS_IMPROVEMENT),
    ],
)
def test_one_side_is_told_alone(assistant: Assistant, question: str, polarity: Polarity) -> None:
    assert {quote.polarity for quote in quotes(assistant.ask(question))} == {polarity}


def test_a_newspaper_has_sides_too(assistant: Assistant) -> None:
    good = " ".join(quote.text for quote in quotes(assistant.ask("Did inspectors praise anything in Telford?")))
    bad = " ".join(quote.text for quote in quotes(assistant.ask("What was not good enough in Telford?")))
    assert "will, drive and determination" in good
    assert "too variable" in bad
    assert "too variable" not in good


def test_each_area_for_improvement_is_a_quotation_of_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("What are the areas for improvement in Barking and Dagenham?")
    first = [
        "Considerations to support young people's preparation",
        "The processes around writing and",
        "Too few families",
    ]
    openings = [quote.text.strip("“") for quote in quotes(answer)]
    assert all(any(text.startswith(words) for text in openings) for words in first)
    assert [citation.start for citation in answer.citations] == sorted(c.start for c in answer.citations)


def test_the_whole_picture_without_an_area_is_asked_back(assistant: Assistant) -> None:
    answer = assistant.ask("What did inspectors find?")
    assert answer.status is Status.NEEDS_CLARIFICATION
    assert "Southend-on-Sea" in answer.answer
    then = assistant.ask("Brent", [Turn("What did inspectors find?")])
    assert then.understood.areas == ("Brent",)
    assert then.status is Status.ANSWERED


def test_a_comparison_shows_each_year_and_ranks_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Is Barking better or worse than in 2017?")
    assert {quote.period for quote in quotes(answer)} == {"2017", "2024"}
    assert "don't rank" in notes(answer)


def test_an_old_finding_comes_with_what_the_newer_report_says(assistant: Assistant) -> None:
    answer = assistant.ask("What did inspectors say about the local offer in Barking in 2017?")
    assert {quote.period for quote in quotes(answer)} == {"2017"}
    newer = [one for one in answer.statements if one.kind is StatementKind.NOTE and one.citations]
    assert {one.period for one in newer} == {"2024"}
    assert "This is from 2017" in notes(answer)


def test_a_question_across_areas_gets_one_finding_an_area_on_the_side_it_asks_for(assistant: Assistant) -> None:
    answer = assistant.ask("Which areas were criticised for joint commissioning?")
    areas = {area for citation in answer.citations for area in citation.areas}
    assert areas == {"Brent", "Telford and Wrekin"}


def test_every_mention_is_shown_in_words_and_in_short(assistant: Assistant) -> None:
    quoted = " ".join(c.quote for c in assistant.ask("Every mention of alternative provision.").citations)
    for words in ("one main provider", "strong oversight of AP", "AP and post-16 providers"):
        assert words in quoted


def test_whoever_has_not_been_heard_is_heard(assistant: Assistant) -> None:
    before = Turn("What did the chief nurse say about the Southend inspection?")
    speakers = {citation.speaker.value for citation in assistant.ask("Who else commented on it?", [before]).citations}
    assert speakers == {"council", "parents_forum"}


def test_a_speaker_alone_takes_over_the_topic(assistant: Assistant) -> None:
    before = Turn("What did the council say about the inspection in Southend?")
    answer = assistant.ask("and the parents' forum?", [before])
    assert {citation.speaker.value for citation in answer.citations} == {"parents_forum"}


def test_a_doubt_is_answered_with_the_same_words_again(assistant: Assistant) -> None:
    before = Turn("How many EHC plans are there in Barking and Dagenham?")
    answer = assistant.ask("Are you sure? I heard 3,500.", [before])
    assert "2,914" in answer.answer
    assert "3,500" not in answer.answer


def test_a_finding_of_the_answer_before_can_be_pointed_at(assistant: Assistant) -> None:
    before = Turn("What are the areas for improvement in Barking?")
    first = assistant.ask("Tell me more about the first one", [before])
    last = assistant.ask("Tell me more about the last one", [before])
    assert "preparation for adulthood" in first.answer
    assert "antenatal" in last.answer


def test_it_means_the_topic_and_not_the_inspection(assistant: Assistant) -> None:
    answer = assistant.ask("What was it like in 2017?", [Turn("Is the local offer any good in Barking?")])
    assert "knew about, or used, the Local Offer" in answer.answer


def test_a_word_asked_for_is_explained_before_anything_is_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("What does AP mean?")
    assert answer.statements[0].text.startswith("alternative provision: ")
    assert answer.explained[0].term == "alternative provision"


def test_words_of_a_quotation_are_explained_beside_it(assistant: Assistant) -> None:
    answer = assistant.ask("Is there a dynamic support register in Barking?")
    assert "dynamic support register" in {word.term for word in answer.explained}
    assert "Words explained" in readable(answer)
    assert all(word.plain not in citation.quote for word in answer.explained for citation in answer.citations)


def test_an_officer_sees_the_place_of_every_quotation(assistant: Assistant) -> None:
    answer = assistant.ask("How many EHC plans are there in Barking and Dagenham?")
    citation, view = answer.citations[0], officer_view(answer)
    for words in (citation.document, str(citation.start), "2024-07-08 to 2024-07-12", "report text, first hand"):
        assert words in view


def test_who_checks_sees_what_was_refused_too(assistant: Assistant) -> None:
    answer = assistant.ask("How many weeks is the wait for speech therapy in Hackney?")
    assert "There are no documents about Hackney here." in officer_view(answer)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("My son Jayden Okafor, born 12/03/2015, is autistic", "My son [name], [date of birth], is autistic"),
        ("NHS number 943 476 5919", "[number]"),
        ("I'm Danuta Kowalczyk, 07700 900123, 14 Hedgemans Road", "I'm [name], [number], [address]"),
        ("Our little girl Aisha waits. Will Aisha get help?", "Our little girl [name] waits. Will [name] get help?"),
        ("write to a.b@example.org, RM10 7BN", "write to [e-mail], [address]"),
    ],
)
def test_private_details_are_left_out(typed: str, read: str) -> None:
    assert without_private(typed, gazetteer()) == read


@pytest.mark.parametrize(
    "question",
    [
        "My lad can't talk. Does anyone ask what he wants?",
        "My son Is Autistic",
        "What did the forum called Just Say report?",
        "What happens in Year 9, aged 14, in Barking and Dagenham?",
        "Are there 2,914 plans for 8,500 children, as in March 2024?",
        "My daughter has Down syndrome",
        "Was it on 27 to 31 March 2017?",
    ],
)
def test_what_is_not_private_is_left_alone(question: str) -> None:
    assert without_private(question, gazetteer()) == question


def test_no_private_detail_comes_back(assistant: Assistant) -> None:
    asked = "My son Jayden Okafor, born 12/03/2015, is autistic. Has the wait got shorter in Barking?"
    answer = assistant.ask(asked, [Turn("My son Jayden Okafor is autistic")])
    shown = f"{answer.question} {answer.resolved_question} {answer.answer}"
    assert "Okafor" not in shown
    assert "12/03" not in shown
    assert "left out private details" in notes(answer)


def test_every_kind_of_whole_picture_has_its_questions() -> None:
    assert set(SIDES) <= {intent.name for intent in intents()}
    assert all(intent.alone for intent in intents() if intent.name in SIDES)


@pytest.mark.parametrize(
    "question",
    [
        "2017 barking dagenham y no therapist? cant find staff?",
        "What about therapists in Barking? Can they find staff?",
    ],
)
def test_a_word_like_a_name_in_one_of_two_questions_lets_no_other_area_in(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.understood.areas == ("Barking and Dagenham",) and not answer.understood.unknown_areas
    assert {area for citation in answer.citations for area in citation.areas} <= {"Barking and Dagenham"}


def test_a_common_word_is_no_misspelt_area(assistant: Assistant) -> None:
    assert assistant.ask("Are there enough staff?").understood.unknown_areas == ()


@pytest.mark.parametrize(
    "question",
    [
        "What does the Telford report say about joint commissioning arrangements there?",
        "Did the report in Telford say anything about the youth justice service there?",
    ],
)
def test_who_asks_what_is_said_of_a_matter_quotes_nothing(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.verdict is None
    assert all("Telford and Wrekin" in citation.areas for citation in answer.citations)


@pytest.mark.parametrize("question", ["My lad can't talk, does anyone ask what he wants?", "Nobody asks what he wants"])
def test_what_every_report_says_of_its_next_steps_answers_no_other_question(
    assistant: Assistant, question: str
) -> None:
    assert not any("strategic plan" in citation.quote for citation in assistant.ask(question).citations)


def test_the_next_steps_are_told_to_whom_they_matter(assistant: Assistant) -> None:
    answer = assistant.ask("Must Barking and Dagenham publish an updated strategic plan?")
    assert any("strategic plan" in citation.quote for citation in answer.citations)
