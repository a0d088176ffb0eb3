"""What a question asks for in particular: words with slips, names and addresses, figures; and how sure an answer is."""

import re
import string
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.attributes import Attribute, asked
from assistant.confidence import confidence, features
from assistant.figures import asks_count, asks_duration, asks_figure, gives_duration, gives_figure
from assistant.question import read
from assistant.reading import Reading
from assistant.retriever import Ranking, Retriever, View, views
from assistant.spelling import Speller
from assistant.types import Answer, StatementKind, Status
from assistant.wording import wording, written
from index.areas import gazetteer
from index.build import build
from index.embedders import local
from index.store import Store

DATA = ROOT / "assistant" / "data"
LONG = 8  # letters, from which a word may have two slips
DERBY = """# Area SEND inspection of Derby Local Area Partnership

Inspection dates: 3 to 7 June 2024

## What is it like to be a child or young person with SEND in this area?

Speech and language therapists visit every nursery. {same} Parents value the therapists.

School buses are late in the mornings. {same} Drivers change often.

Dental nurses see babies at home. Leaders know it.
"""
Slip = tuple[int, str, int]  # where, which letter, and what is done with it
SAME = "Too many children wait a long time for this."


@pytest.fixture(scope="module")
def opened(store: Path) -> Store:
    return Store.open(store, local())


@pytest.fixture(scope="module")
def retriever(opened: Store) -> Retriever:
    return Retriever(opened)


@pytest.fixture(scope="module")
def speller(opened: Store) -> Speller:
    return Speller(opened.documents, gazetteer().including(opened.areas))


@pytest.fixture(scope="module")
def derby(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A document that says the same sentence of two things, in one section."""
    folder = tmp_path_factory.mktemp("derby")
    (folder / "sources").mkdir()
    (folder / "sources" / "derby.txt").write_text(DERBY.format(same=SAME), encoding="utf-8")
    build([folder / "sources"], folder / "store", local())
    return Store.open(folder / "store", local())


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def understood(question: str, store: Store, speller: Speller | None = None) -> Reading:
    return read(question, gazetteer().including(store.areas), store.areas, None, speller)


# Slips of spelling


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("how is speach theropy in southend", "how is speech therapy in southend"),
        ("are childrn waiting too long for assesments", "are children waiting too long for assessments"),
        ("what did ofsed say?", "what did ofsted say?"),
        ("do chidlren recieve help", "do children receive help"),
        ("lack of provison. (childrn too)", "lack of provision. (children too)"),
        ("provison for provison", "provision for provision"),
        ("preparaton for adulthood", "preparation for adulthood"),
        ("inspecters and comissioning", "inspectors and commissioning"),
        ("in barking and daganham", "in barking and dagenham"),
        ("the partnerhsip", "the partnership"),
    ],
)
def test_slips_are_mended_with_words_of_the_documents(speller: Speller, question: str, mended: str) -> None:
    assert speller.mended(question) == mended


@pytest.mark.parametrize(
    ("what", "question"),
    [
        ("rare words", "is there hydrotherapy, dyscalculia or palliative respite"),
        ("words made of two", "is there a helpline or a playscheme"),
        ("words near words of the documents", "are mediation, tribunals, consultants and counselling paid for"),
        ("common words near rarer ones", "which learners and careers and leader and plants and pears"),
        ("capitals", "What about Childrn and PROVISON and Theropy"),
        ("names", "What did Mrs Servces of Provison School say"),
        ("area names", "schools in barking and dagenham, worthing, woking, acton, surrey heath or thetford"),
        ("possessives", "the childrn's and the childrn’s rights"),
        ("compounds", "childrn-led, provison/theropy"),
        ("addresses", "ask theropy@provison.org or www.childrn.uk/servces"),
        ("short words", "arre thay atl thes plns"),
        ("words with figures", "childrn2 and 3theropy"),
        ("other letters", "provisón of thérapie"),
        ("nothing near", "flooble wibbling snarfs"),
        ("another first letter", "hspeech ehildren zervices"),
    ],
)
def test_what_is_no_slip_is_left_alone(speller: Speller, what: str, question: str) -> None:
    assert speller.mended(question) == question, what


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("childrn", "children"),  # one letter of seven
        ("chldrn", "chldrn"),  # two of six are too many
        ("suports", "supports"),  # "support" is two steps away, "supports" one
        ("famlies", "families"),
        ("inspectoins", "inspection"),  # a swap and a letter
        ("partnershps", "partnerships"),  # one letter left out
        ("prtnrshps", "prtnrshps"),  # four
    ],
)
def test_a_short_word_may_have_one_wrong_letter_and_a_long_one_two(speller: Speller, slip: str, word: str) -> None:
    assert speller.mended(slip) == word


@pytest.mark.parametrize(
    ("slip", "word", "other"),
    [
        ("inspecton", "inspection", "inspector"),  # both one step away: the commoner
        ("provied", "provide", "provided"),
        ("inspectons", "inspectors", "inspection"),  # the nearer, though the other is commoner
        ("schoolls", "schools", "school"),
    ],
)
def test_the_nearest_word_is_taken_and_of_these_the_commonest(
    speller: Speller, opened: Store, slip: str, word: str, other: str
) -> None:
    words = re.findall("[a-z]+", " ".join(document.text for document in opened.documents).lower())
    nearer = word in one_step(slip) and other not in one_step(slip)
    assert nearer or (word in one_step(slip) and words.count(word) > words.count(other) > 1)
    assert speller.mended(slip) == word


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("que dicen los inspectores sobre la educacion de los ninos en brent", "es"),
        ("ce spun inspectorii despre terapia logopedica in brent", "ro"),
    ],
)
def test_a_question_in_another_language_is_never_mended(
    speller: Speller, opened: Store, question: str, language: str
) -> None:
    assert speller.mended(question) != question  # its words are near English ones
    reading = understood(question, opened, speller)
    assert (reading.question, reading.language) == (question, language)
    assert reading == understood(question, opened)


def test_a_quotation_keeps_its_slips_and_the_words_round_it_lose_theirs(speller: Speller, opened: Store) -> None:
    question = 'Did inspecters say "there is a lack of provison for childrn" in Brent?'
    reading = understood(question, opened, speller)
    assert reading.question == question
    assert reading.quoted == "there is a lack of provison for childrn"
    assert "inspectors" in reading.bare
    assert "inspecters" not in reading.bare


def test_the_verdict_on_a_quotation_is_on_its_own_words(assistant: Assistant) -> None:
    answer = assistant.ask('Did they say "there is a lack of provison for childrn" in Brent?')
    assert answer.verdict is not None
    assert answer.verdict.claimed == "there is a lack of provison for childrn"


@pytest.mark.parametrize(
    ("slips", "right"),
    [
        ("how is speach theropy in southend", "how is speech therapy in southend"),
        ("Is there enough occupationl therpy in Brent?", "Is there enough occupational therapy in Brent?"),
        ("do famlies wait in southend", "do families wait in southend"),
    ],
)
def test_a_question_with_slips_is_answered_like_one_without(assistant: Assistant, slips: str, right: str) -> None:
    answer, expected = assistant.ask(slips), assistant.ask(right)
    assert answer.question == slips
    assert answer.resolved_question == expected.resolved_question == right
    assert expected.status is Status.ANSWERED
    assert (answer.status, answer.citations) == (expected.status, expected.citations)


def one_step(word: str) -> set[str]:
    """Every word that one letter left out, put in, changed or swapped with the next makes of a word."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in cuts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1),
        *(a + letter + b[1:] for a, b in cuts if b for letter in string.ascii_lowercase),
        *(a + letter + b for a, b in cuts for letter in string.ascii_lowercase),
    }


def slipped(word: str, slip: Slip) -> str:
    """The word with a letter left out, put in, changed or swapped with the next."""
    at, letter, how = slip
    at %= len(word)
    return (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    )[how]


SLIPS = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(string.ascii_lowercase), st.integers(0, 3)), min_size=1, max_size=2
)


@given(st.lists(st.tuples(st.integers(0, 2000), SLIPS), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_what_is_mended_is_near_and_keeps_its_first_letter(
    speller: Speller, opened: Store, drawn: Sequence[tuple[int, Sequence[Slip]]]
) -> None:
    text = " ".join(document.text for document in opened.documents)
    known = sorted(set(re.findall("[a-z]{4,}", text.lower())))
    words = []
    for which, slips in drawn:
        word = known[which % len(known)]
        for slip in slips:
            word = slipped(word, slip)
        words.append(word)
    question = " ".join(words)
    mended = speller.mended(question)
    assert speller.mended(mended) == mended
    assert len(mended.split(" ")) == len(words)
    for word, other in zip(words, mended.split(" "), strict=True):
        if other != word:
            assert other in known
            assert other[0] == word[0]
            assert other in one_step(word) or (len(word) >= LONG and one_step(word) & one_step(other))


@given(st.one_of(st.text(max_size=120), st.text("childrenprovison '’\"-/@.()\\[*+?^$|{}é\n", max_size=120)))
@settings(max_examples=200, deadline=None)
def test_mending_never_raises_and_leaves_nothing_to_mend(speller: Speller, text: str) -> None:
    mended = speller.mended(text)
    assert speller.mended(mended) == mended


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_question_in_the_documents_own_words_is_never_changed(
    speller: Speller, opened: Store, data: st.DataObject
) -> None:
    words = " ".join(document.text for document in opened.documents).split()
    places = data.draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=30))
    question = " ".join(words[at] for at in places)
    assert speller.mended(question) == question
    assert speller.mended(question.lower()) == question.lower()


# Names, addresses, hours


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what's the new autism team called", "name"),
        ("Please give me the name of the designated clinical officer.", "name"),
        ("names of partner organisations", "name"),
        ("What is the panel that approves plans known as?", "name"),
        ("hi, whats the address of the child development place pls", "address"),
        ("State the postal address and postcode of the clinic.", "address"),
        ("child development centre postcode", "address"),
        ("how do i get to the clinic", "address"),
        ("what time does the centre open in the morning", "hours"),
        ("Please confirm the hours of opening of the assessment clinic.", "hours"),
        ("toy library opening times", "hours"),
        ("is it open on a saturday", "hours"),
        ("who do i ring about my daughters plan", "contact"),
        ("Provide contact details for the SEND casework team.", "contact"),
        ("sendiass phone number", "contact"),
        ("email casework team", "contact"),
        ("where online can i find the local offer", "website"),
        ("What is the URL of the published strategy?", "website"),
        ("local offer website", "website"),
        ("how much does a taxi to school cost them", "cost"),
        ("What was the annual budget for short breaks?", "cost"),
        ("price equipment loan", "cost"),
        ("how much did they spend on agency staff", "cost"),
    ],
)
def test_what_a_question_asks_to_be_told_is_heard(question: str, name: str) -> None:
    assert [attribute.name for attribute in asked(question)] == [name]


def test_one_question_may_ask_for_two_things() -> None:
    assert {a.name for a in asked("what are the opening hours and the phone number of the clinic")} == {
        "hours",
        "contact",
    }


@pytest.mark.parametrize(
    "question",
    [
        "How long do children wait for speech therapy?",
        "How many parents called the helpline?",
        "Which needs are not addressed in Brent?",
        "Are leaders addressing the delays in plans?",
        "Are parents open to change?",
        "How many hours of support do children get?",
        "Do leaders open up about delays?",
        "Is there an open culture among staff?",
        "Do families stay in contact with one key worker?",
        "How much progress do children make?",
        "How much better is it now?",
        "Is support costing families their patience",
        "Are children renamed as low attainers?",
        "what time of year do reviews happen",
        "Do staff name and shame schools?",
        "speech therapy brent",
        "",
    ],
)
def test_a_question_that_asks_for_none_of_these_is_left_alone(question: str) -> None:
    assert asked(question) == ()


def attribute(name: str) -> Attribute:
    questions = {
        "name": "what is it called",
        "address": "its postcode",
        "hours": "opening hours",
        "contact": "phone number",
        "website": "its website",
        "cost": "its price",
    }
    (found,) = asked(questions[name])
    assert found.name == name
    return found


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("name", "The forum is called the Derwent Forum."),
        ("name", "Young people wrote a guide, 'Ask Ollie', with staff."),
        ("name", "The service is run by Oxleas."),
        ("address", "Write to the Town Hall, 1 Market Street, Derby."),
        ("address", "The centre is at SS1 1AB."),
        ("hours", "The centre is open from 9am to 5 pm."),
        ("hours", "It closes at 5.30 p.m. in winter."),
        ("hours", "A group meets on Saturdays."),
        ("contact", "Telephone 0300 123 1231."),
        ("contact", "Write to enquiries@example.gov.uk."),
        ("website", "It is published at www.example.org."),
        ("website", "See https://example.com/offer for more."),
        ("website", "It is found on localoffer.gov.uk."),
        ("cost", "Leaders spent £30,000 on it."),
        ("cost", "The service costs two million pounds."),
        ("cost", "The course is free of charge."),
    ],
)
def test_a_sentence_that_tells_it_is_known(name: str, sentence: str) -> None:
    assert attribute(name).told_by(sentence)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("name", "The parent carer forum is well led."),
        ("name", "Forum members meet leaders often."),
        ("name", "Inspectors visited nurseries in Southend-on-Sea and Barking and Dagenham."),
        ("name", "Staff in CAMHS work with Ofsted and the Care Quality Commission."),
        ("name", "The area was revisited in July under the Education Act."),
        ("address", "Leaders address delays quickly."),
        ("address", "They are on the road to change."),
        ("address", "Pupils in Year 11 do well."),
        ("hours", "The door is open to all parents."),
        ("hours", "Staff work long hours in the morning."),
        ("contact", "Parents can phone the team."),
        ("contact", "There were 2017 plans in 2016, and 310 are late."),
        ("website", "The website is hard to use."),
        ("website", "Families go online for help."),
        ("cost", "Leaders value the service highly."),
        ("cost", "The costume party was a success."),
    ],
)
def test_a_sentence_about_the_thing_that_does_not_tell_it_is_known_too(name: str, sentence: str) -> None:
    assert not attribute(name).told_by(sentence)


def test_whatever_may_be_missing_has_its_words_in_every_language() -> None:
    names = [entry["name"] for entry in table("attributes.toml")["attribute"]]
    assert len(set(names)) == len(names) > 5
    english = {name: wording().say("missing", name, of="") for name in names}
    assert len(set(english.values())) == len(names)
    assert {path.stem for path in (DATA / "wording").glob("*.toml")} == written() > {"en", "pl", "ur"}
    for language in written() - {"en"}:
        missing = table(f"wording/{language}.toml")["missing"]
        for name in names:
            assert missing[name].strip(), (language, name)
            assert missing[name] != english[name], (language, name)


def not_told(answer: Answer, *names: str) -> None:
    """The answer says what the documents don't tell, and shows what is near as no answer."""
    assert answer.status is Status.NOT_FOUND
    assert answer.missing == tuple(wording().say("missing", name, of="") for name in names)
    gaps = [statement.text for statement in answer.statements if statement.kind is StatementKind.GAP]
    for text in answer.missing:
        assert any(text in gap for gap in gaps)
    shown = [statement for statement in answer.statements if statement.citations]
    assert shown, "nothing related is shown"
    assert {statement.kind for statement in shown} == {StatementKind.NOTE}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What are the opening hours of the Lighthouse centre in Southend?", "hours"),
        ("is the lighthouse centre in southend open at weekends", "hours"),
        ("lighthouse centre southend opening hours", "hours"),
        ("State the postcode of the Lighthouse centre in Southend.", "address"),
        ("lighthouse centre southend phone number", "contact"),
        ("whats the website of the lighthouse centre in southend", "website"),
        ("What was the budget for the Lighthouse centre in Southend?", "cost"),
    ],
)
def test_what_is_not_told_of_a_thing_is_said_and_the_thing_is_shown(
    assistant: Assistant, question: str, name: str
) -> None:
    answer = assistant.ask(question)
    not_told(answer, name)
    assert "Lighthouse Child Development Centre" in answer.citations[0].quote
    assert all(citation.areas == ("Southend-on-Sea",) for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who do I ring about an EHC plan in Brent?", "contact"),
        ("What is the budget for speech therapy in Brent?", "cost"),
        ("what is the new panel called in brent", "name"),
        ("how much does the local offer cost in barking", "cost"),
    ],
)
def test_what_the_documents_never_tell_is_not_found(assistant: Assistant, question: str, name: str) -> None:
    not_told(assistant.ask(question), name)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the parents' forum in Southend called?", "Southend SEND Independent Forum"),
        ("name of the parents' forum in Southend", "Southend SEND Independent Forum"),
        ("What is the name of the parents' group in Barking and Dagenham?", "'Just Say"),
        ("which partners are named?", "Southend-on-Sea City Council"),
    ],
)
def test_what_is_told_is_answered_with_the_sentences_that_tell_it_alone(
    assistant: Assistant, question: str, told: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.missing) == (Status.ANSWERED, ())
    assert answer.citations
    assert all(told in citation.quote for citation in answer.citations)


def test_a_telephone_number_is_found_in_the_small_print(assistant: Assistant) -> None:
    answer = assistant.ask("What is the telephone number of Ofsted?")
    assert answer.status is Status.ANSWERED
    assert any("0300 123 1231" in citation.quote for citation in answer.citations)


def test_the_same_thing_asked_about_without_a_particular_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("What is said about the Lighthouse centre in Southend?")
    assert answer.status is Status.ANSWERED
    assert "Lighthouse Child Development Centre" in answer.citations[0].quote


# Figures


@pytest.mark.parametrize(
    ("question", "count", "duration", "figure"),
    [
        ("How many pupils are excluded?", True, False, True),
        ("what proportion of plans is late", True, False, True),
        ("number of new plans", True, False, True),
        ("How long do families wait?", False, True, True),
        ("How many weeks does a plan take?", True, True, True),
        ("How much is spent on transport?", False, False, True),
        ("How often are plans reviewed?", False, False, True),
        ("what does a plan cost", False, False, True),
        ("Why do families wait?", False, False, False),
        ("How well do pupils in Year 9 do?", False, False, False),
        ("Are 12 weeks too long?", False, False, False),
        ("What happened in 2017?", False, False, False),
    ],
)
def test_what_figure_a_question_asks_for(question: str, count: bool, duration: bool, figure: bool) -> None:
    assert (asks_count(question), asks_duration(question), asks_figure(question)) == (count, duration, figure)


@pytest.mark.parametrize(
    ("sentence", "gives"),
    [
        ("Of all plans 12 were late.", True),
        ("In 2017, 1,200 plans were late.", True),
        ("Three schools were visited.", True),
        ("Only one child was seen.", True),
        ("Half of the plans are late.", True),
        ("Some 20 per cent are late.", True),
        ("A quarter of Year 9 is absent.", True),
        ("Pupils in Year 9 and in Year 11 do well.", False),
        ("Post-16 provision is good, and so is post-19.", False),
        ("The letter of 3 July 2017 says so.", False),
        ("It was published on July 3, 2017.", False),
        ("By April 2018 every plan will have been moved.", False),
        ("Between 2016 and 2019 little changed.", False),
        ("In May all was well.", False),
        ("One of the leaders said so.", False),
        ("Someone often phones.", False),
        ("Plans are late.", False),
        ("", False),
    ],
)
def test_whether_a_sentence_gives_a_figure(sentence: str, gives: bool) -> None:
    assert gives_figure(sentence) is gives


@pytest.mark.parametrize(
    ("sentence", "gives"),
    [
        ("Families wait 12 weeks.", True),
        ("Families wait for up to a year.", True),
        ("There is a six-month wait.", True),
        ("It takes two working days.", True),
        ("It takes eighteen months.", True),
        ("He missed three terms.", True),
        ("In 2017, 12 weeks was the rule.", True),
        ("The two-year-old check is late.", False),
        ("All 5 year olds are seen.", False),
        ("Pupils in Year 9 wait.", False),
        ("In the year 2017 families waited.", False),
        ("This year families waited.", False),
        ("Families wait too long.", False),
        ("Of 60 plans 12 were late.", False),
        ("It was so on 3 July 2017.", False),
    ],
)
def test_whether_a_sentence_gives_a_duration(sentence: str, gives: bool) -> None:
    assert gives_duration(sentence) is gives


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_no_date_is_a_figure(day: date) -> None:
    month = day.strftime("%B")
    forms = (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day.day} {month}", str(day.year))
    for form in forms:
        assert not gives_figure(f"Plans were late on {form}."), form
        assert not gives_duration(f"Plans were late on {form}."), form
        assert gives_figure(f"Of the plans 17 were late on {form}."), form


@given(st.integers(1, 1899), st.sampled_from(("days", "weeks", "months", "years", "school days")))
def test_any_other_number_is_one(number: int, unit: str) -> None:
    assert gives_figure(f"There are {number} plans in Derby.")
    assert not gives_duration(f"There are {number} plans in Derby.")
    assert gives_duration(f"Since May families wait {number} {unit}.")


# How sure an answer is


QUESTIONS = (
    "What is said about speech therapy in Brent?",
    "How are hippotherapy, equine acupuncture, flying and juggling in Brent?",
    "How many pupils wait?",
    "What does a place cost?",
    "my kid was kicked out of school in Southend",
    "How is SEND?",
    "Jak jest z terapią mowy w Brent?",
    "autism",
    "1",
)


def found(question: str, retriever: Retriever, store: Store) -> tuple[Reading, Ranking]:
    reading = understood(question, store)
    return reading, retriever.search(views(reading), retriever.table.findings)


def in_range(values: dict[str, float]) -> None:
    """Every weight has its feature, and each stands where its weight was fitted."""
    assert table("confidence.toml")["weights"].keys() <= values.keys()
    assert all(0 <= value <= 1 for name, value in values.items() if name not in ("score", "similarity", "margin"))
    assert values["bias"] == 1
    assert all(values[name] in (0, 1) for name in ("asks_figure", "no_figure", "seldom", "foreign"))
    assert values["no_figure"] <= values["asks_figure"]
    assert round(values["together"] * 5, 6) in (1, 2, 3, 4, 5)
    assert 0 <= values["margin"] < 10
    assert -10 <= values["similarity"] <= 2  # a cosine


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_features_stay_in_their_ranges(retriever: Retriever, opened: Store, question: str) -> None:
    reading, ranking = found(question, retriever, opened)
    in_range(features(reading, ranking))
    assert 0 < confidence(reading, ranking) < 1


@given(st.text("abcdefghilmnoprstuw 2?", min_size=1, max_size=80).filter(str.strip))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_question_drives_a_feature_out_of_its_range(retriever: Retriever, opened: Store, question: str) -> None:
    reading, ranking = found(" ".join(question.split()), retriever, opened)
    in_range(features(reading, ranking))


def test_the_features_say_what_they_are_called(retriever: Retriever, opened: Store) -> None:
    plain, strange, many, polish = (features(*found(QUESTIONS[at], retriever, opened)) for at in (0, 1, 2, 6))
    assert (plain["heard"], plain["asks_figure"], plain["foreign"]) == (1, 0, 0)
    assert strange["heard"] < 0.5
    assert many["asks_figure"] == 1
    assert polish["foreign"] == 1
    assert plain["score"] > strange["score"]
    sure, unsure = (confidence(*found(QUESTIONS[at], retriever, opened)) for at in (0, 1))
    assert sure > unsure + 0.2


# The right passage


def test_every_sentence_gets_the_best_score_of_its_passage(derby: Store) -> None:
    assert [row.last - row.first for row in derby.rows.passages] == [1, 3, 3, 2]
    scores = np.array([0.5, 1, 3, 2, -4, -2, -3, 7, 7], dtype=np.float32)
    best = Retriever(derby)._best_of_passage(scores)
    assert best.tolist() == [0.5, 3, 3, 3, -2, -2, -2, 7, 7]


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("How long is the wait for speech and language therapists?", "therapists visit"),
        ("Is speech therapy late?", "therapists visit"),
        ("Who waits for the school bus?", "School buses"),
        ("Do school buses come on time?", "School buses"),
    ],
)
def test_the_same_words_count_for_more_in_the_right_passage(derby: Store, question: str, beside: str) -> None:
    retriever = Retriever(derby)
    hits = retriever.search([View(question)], retriever.table.all).top(9)
    first, second = (hit for hit in hits if hit.text == SAME)
    assert beside in first.document.text[first.passage.start : first.passage.end]
    assert beside not in second.document.text[second.passage.start : second.passage.end]
    assert first.similarity == pytest.approx(second.similarity, abs=1e-4)  # on their own they are alike
    assert first.score - second.score > 0.5


# What a first reader found wrong


@pytest.mark.parametrize(
    "question",
    ["zxqv wibble flooble snarf grault in Brent", "was sagen die inspektoren ueber sprachtherapie in brent"],
)
def test_words_that_nobody_knows_make_no_answer_surer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How does the council in Southend address long waits?", []),
        ("Is there an e-mail address for the clinic?", ["contact"]),
        ("How much do leaders know about their children?", []),
        ("How much does a place cost?", ["cost"]),
        ("When does the Lighthouse centre open?", ["hours"]),
        ("What is the address of the hub?", ["address"]),
    ],
)
def test_an_attribute_is_heard_only_where_it_is_asked_for(question: str, names: list[str]) -> None:
    assert [one.name for one in asked(question)] == names


def test_an_area_in_an_address_on_the_web_is_part_of_it() -> None:
    contact, website = asked("phone number")[0], asked("website")[0]
    assert contact.told_by("Write to send@brent.gov.uk.")
    assert website.told_by("See southend.gov.uk for more.")


@pytest.mark.parametrize("word", ["leavers", "practised", "assessor", "schooled", "whiting"])
def test_a_word_made_of_a_common_one_is_no_slip(speller: Speller, word: str) -> None:
    assert speller.mended(f"what about {word} here") == f"what about {word} here"


def test_a_slip_is_mended_outside_of_quotations_and_addresses(speller: Speller) -> None:
    mended = speller.mended("is provison in “no provison” at provison@example.org")
    assert mended == "is provision in “no provison” at provison@example.org"


def test_a_word_that_stands_once_can_mend_a_slip(speller: Speller) -> None:
    assert speller.mended("alternitive places") == "alternative places"


@pytest.mark.parametrize(
    "sentence", ["No one waits.", "a third-party provider", "Years 7 and 8", "in 2016/17", "on the 3rd of July"]
)
def test_these_count_nothing(sentence: str) -> None:
    assert not gives_figure(sentence)


@pytest.mark.parametrize("sentence", ["at 25 years of age", "the first five years of life"])
def test_these_last_no_time(sentence: str) -> None:
    assert not gives_duration(sentence)


@pytest.mark.parametrize("sentence", ["twenty plans", "a dozen places", "hundreds of families"])
def test_these_count_something(sentence: str) -> None:
    assert gives_figure(sentence)


@pytest.mark.parametrize("sentence", ["within twenty weeks", "a fortnight later", "for several months"])
def test_these_last_some_time(sentence: str) -> None:
    assert gives_duration(sentence)


@pytest.mark.parametrize(
    "question", ["My girl is deaf and has no teacher for it in Southend", "is there braille for blind kids in Brent?"]
)
def test_a_condition_that_nothing_in_scope_names_is_not_answered_by_what_is_near(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(question).status is Status.NOT_FOUND


def test_who_asks_about_an_area_without_documents_is_offered_no_other(assistant: Assistant) -> None:
    assert not assistant.ask("What did inspectors find in Hackney?").suggestions
    assert all("Barking" in one for one in assistant.ask("Is anything going well in Barking and Dagenham?").suggestions)
