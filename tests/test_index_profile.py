"""What a document is, about whom, when, and who says what in it: on texts of areas that are in no seed."""

from datetime import date
from pathlib import Path

import pytest
from conftest import SEEDS

from index.normalise import canonical
from index.reader import read_file, understand
from index.types import DateRange, Document, Framework, Kind, Outcome, Polarity, Speaker

REPORT = """# Area SEND inspection of Kirklees Local Area Partnership

Inspection dates: 3 to 7 June 2024

Dates of previous inspection: 7 to 11 February 2022

## Inspection outcome

There are widespread and/or systemic failings leading to significant concerns about the experiences and outcomes of \
children and young people with special educational needs and/or disabilities (SEND), which the local area partnership \
must address urgently.

A monitoring inspection will be carried out within approximately 18 months. The next full reinspection will be within \
approximately three years.

## What is the area partnership doing that is effective?

- Health visitors in Kirklees see most families on time.

## What does the area partnership need to do better?

- Too many children wait more than 100 weeks for an assessment. Leaders do not know who they are.

## Areas for priority action

Responsible body\tAreas for priority action
Kirklees Council\tLeaders must act on waiting times.

## Areas for improvement

Leaders should publish clear information.

© Crown copyright 2024
"""
LETTER = """12 May 2018

Dear Ms Patel

Joint local area SEND inspection in Suffolk

Between 5 March 2018 and 9 March 2018, Ofsted and the Care Quality Commission (CQC) conducted a joint inspection of \
the local area of Suffolk to judge the effectiveness of the area in implementing the reforms.

Main findings

- Leaders do not plan services together.
- Parents told inspectors: “We are never asked.”

The effectiveness of the local area in meeting the needs of children

Strengths

- Portage workers are praised by parents.

Areas for development

- Waiting times for autism assessments are too long.

Yours sincerely

Jane Doe
Her Majesty’s Inspector
"""
COUNCIL_NEWS = """Inspectors praise progress in Dorset

Services for children with SEND in Dorset have improved, a report published today (Tuesday 4 June 2024) says.

Inspectors visited Dorset Council in March 2024. They said that children are listened to.

Cllr Clare Sutton, cabinet member for children, said: “We are proud of our staff.

“But there is more to do, and waiting times are too long.”

“Families tell us that they still fight for help,” said Jo Bloggs, chair of Dorset Parent Carer Forum.

“We will cut waiting lists,” the chief nurse of NHS Dorset Integrated Care Board added.

The report says: “Leaders know their area well.”

To read the report in full, visit the Ofsted website.
"""
MINUTES = """Agenda item

SEND inspection outcome

Minutes:

The Cabinet received a report on the joint inspection of services in Wakefield.

The Cabinet noted that inspectors found long waits for therapy. Members agreed that this was unacceptable.

Resolved: that the report be noted.
"""
ARTICLE = """Two areas told to act on SEND failings

Sam Writer
Thursday, September 12, 2019

Inspectors have criticised services for children with SEND in Oldham and Rochdale.

In Oldham, the letter states that "plans are often late".

Meanwhile, in Rochdale, inspectors found that therapy is hard to get.

"Children wait for up to two years," the letter adds.

A spokeswoman for Rochdale Council said: "We accept these findings."

Subscribe to CYP Now
"""


def read(text: str) -> Document:
    return understand(canonical(text), "a.txt", "0")


def voice(document: Document, words: str) -> tuple[Speaker, bool]:
    sentence = sentence_with(document, words)
    return sentence.voice.speaker, sentence.voice.first_hand


def sentence_with(document: Document, words: str):  # type: ignore[no-untyped-def]
    found = [
        sentence
        for passage in document.passages
        for sentence in passage.sentences
        if words in " ".join(document.text[sentence.start : sentence.end].split())
    ]
    assert len(found) == 1, f"{words!r} stands in {len(found)} sentences"
    return found[0]


def passage_with(document: Document, words: str):  # type: ignore[no-untyped-def]
    return next(p for p in document.passages if words in document.text[p.start : p.end])


@pytest.mark.parametrize(
    ("text", "kind", "areas"),
    [
        (REPORT, Kind.INSPECTION_REPORT, ("Kirklees",)),
        (LETTER, Kind.INSPECTION_LETTER, ("Suffolk",)),
        (COUNCIL_NEWS, Kind.COUNCIL_NEWS, ("Dorset",)),
        (MINUTES, Kind.COUNCIL_MINUTES, ("Wakefield",)),
        (ARTICLE, Kind.NEWS_ARTICLE, ("Oldham", "Rochdale")),
        ("A recipe for soup\n\nPeel the carrots and boil them for an hour in plenty of salted water.", Kind.OTHER, ()),
    ],
    ids=["report", "letter", "council news", "minutes", "article", "soup"],
)
def test_a_documents_kind_and_areas_are_read_from_its_words(text: str, kind: Kind, areas: tuple[str, ...]) -> None:
    profile = read(text).profile
    assert (profile.kind, profile.areas) == (kind, areas)


def test_a_report_gives_its_dates_outcome_and_next_inspection() -> None:
    document = read(REPORT)
    about = document.profile
    assert about.title == "Area SEND inspection of Kirklees Local Area Partnership"
    assert about.inspection == DateRange(date(2024, 6, 3), date(2024, 6, 7))
    assert about.previous_inspections == (DateRange(date(2022, 2, 7), date(2022, 2, 11)),)
    assert (about.outcome, about.period, about.published) == (Outcome.FAILINGS, "2024", None)
    assert about.next_inspection == "The next full reinspection will be within approximately three years."
    assert about.framework is Framework.AREA
    for fact in about.facts:
        assert document.text[fact.start : fact.end] == fact.words != ""
    result = about.fact("outcome")
    assert result is not None and result.words.startswith("There are widespread and/or systemic failings")


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        ("Health visitors in Kirklees", Polarity.STRENGTH),
        ("Too many children wait", Polarity.NEEDS_IMPROVEMENT),
        ("Leaders must act on waiting times", Polarity.PRIORITY_ACTION),
        ("Leaders should publish", Polarity.NEEDS_IMPROVEMENT),
        ("widespread and/or systemic failings", Polarity.CONTEXT),
    ],
)
def test_a_finding_has_the_polarity_of_its_section(words: str, polarity: Polarity) -> None:
    assert sentence_with(read(REPORT), words).polarity is polarity


def test_a_letter_is_narrative_and_dated_by_its_inspection() -> None:
    about = read(LETTER).profile
    assert about.inspection == DateRange(date(2018, 3, 5), date(2018, 3, 9))
    assert (about.outcome, about.fact("outcome"), about.published) == (Outcome.NARRATIVE, None, None)
    assert about.framework is Framework.LOCAL_AREA


def test_every_sentence_of_a_report_or_letter_is_the_inspectors_own() -> None:
    for text in (REPORT, LETTER):
        for passage in read(text).passages:
            assert all((s.voice.speaker, s.voice.first_hand) == (Speaker.INSPECTORS, True) for s in passage.sentences)


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("Area SEND inspection of Bournemouth, Christchurch and Poole Local Area Partnership", "Bournemouth, Christchurch and Poole"),  # noqa: E501 - a case reads best as one line
        ("Area SEND inspection of the Isle of Wight Local Area Partnership", "Isle of Wight"),
        ("Area SEND inspection of St. Helens Local Area Partnership", "St Helens"),
        ("Area SEND inspection of Stoke-on-Trent Local Area Partnership", "Stoke-on-Trent"),
        ("Area SEND full inspection of Kingston upon Hull Local Area Partnership", "Kingston upon Hull"),
        ("Area SEND monitoring inspection of Kirklees Local Area Partnership", "Kirklees"),
        ("Area SEND inspection of Mercia Local Area Partnership", "Mercia"),
    ],
)  # fmt: skip
def test_a_reports_area_is_the_one_in_its_title(title: str, area: str) -> None:
    heading, body = REPORT.split("\n", 1)
    assert read(f"# {title}\n{body.replace('Kirklees', 'the area')}").profile.areas == (area,), heading


def test_an_article_that_names_one_areas_inspection_is_still_about_both() -> None:
    text = ARTICLE.replace(
        "Inspectors have criticised",
        "After the area SEND inspection of Oldham, published in May, inspectors criticised",
    )
    document = read(text)
    assert document.profile.areas == ("Oldham", "Rochdale")
    assert sentence_with(document, "therapy is hard to get").areas == ("Rochdale",)


@pytest.mark.parametrize(
    ("words", "areas"),
    [
        ("criticised services", ("Oldham", "Rochdale")),
        ("plans are often late", ("Oldham",)),
        ("therapy is hard to get", ("Rochdale",)),
        ("Children wait for up to two years", ("Rochdale",)),
        ("We accept these findings", ("Rochdale",)),
    ],
)
def test_each_sentence_of_an_article_on_two_areas_has_its_own(words: str, areas: tuple[str, ...]) -> None:
    assert sentence_with(read(ARTICLE), words).areas == areas


def test_a_neighbour_named_in_passing_does_not_take_the_findings_over() -> None:
    text = COUNCIL_NEWS.replace(
        "Inspectors visited Dorset Council",
        "As in neighbouring Somerset, work goes on. Inspectors visited Dorset Council",
    )
    assert sentence_with(read(text), "Leaders know their area well").areas == ("Dorset",)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (COUNCIL_NEWS, 2024),
        (
            "News\n\nDorset was last inspected in 2018. Since then much has changed, as leaders and families say.\n\n"
            "Inspectors visited Dorset Council in May 2024 and found that children are listened to.\n\nCllr Sutton said so.",  # noqa: E501 - a case reads best as one line
            2024,
        ),
    ],
    ids=["one inspection", "an earlier inspection named first"],
)
def test_findings_belong_to_the_inspection_they_report_and_not_to_an_earlier_one(text: str, year: int) -> None:
    assert read(text).profile.inspection_year == year


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (ARTICLE, date(2019, 9, 12)),
        (COUNCIL_NEWS, date(2024, 6, 4)),
        (MINUTES, None),
        (REPORT, None),
        (LETTER, None),
    ],
    ids=["article", "council news", "minutes", "report", "letter"],
)
def test_a_date_of_publication_is_read_and_never_made_up(text: str, published: date | None) -> None:
    assert read(text).profile.published == published


@pytest.mark.parametrize(
    ("text", "words", "speaker", "first_hand"),
    [
        # named before the quotation, which goes on in the next paragraph
        (COUNCIL_NEWS, "We are proud of our staff", Speaker.COUNCIL, True),
        (COUNCIL_NEWS, "But there is more to do", Speaker.COUNCIL, True),
        # named after it
        (COUNCIL_NEWS, "they still fight for help", Speaker.PARENTS_FORUM, False),
        (COUNCIL_NEWS, "We will cut waiting lists", Speaker.NHS, False),
        # the inspectors, quoted and reported
        (COUNCIL_NEWS, "Leaders know their area well", Speaker.INSPECTORS, False),
        (COUNCIL_NEWS, "They said that children are listened to", Speaker.INSPECTORS, False),
        (ARTICLE, "plans are often late", Speaker.INSPECTORS, False),
        (ARTICLE, "therapy is hard to get", Speaker.INSPECTORS, False),
        (ARTICLE, "Children wait for up to two years", Speaker.INSPECTORS, False),
        (ARTICLE, "We accept these findings", Speaker.COUNCIL, False),
        (MINUTES, "long waits for therapy", Speaker.INSPECTORS, False),
        (MINUTES, "Members agreed that this was unacceptable", Speaker.MINUTES, True),
        (MINUTES, "The Cabinet received a report", Speaker.MINUTES, True),
    ],
)
def test_a_sentence_belongs_to_whoever_says_it(text: str, words: str, speaker: Speaker, first_hand: bool) -> None:
    assert voice(read(text), words) == (speaker, first_hand)


HEAD = "Dorset news\n\nDorset Council has welcomed a report on SEND services, published today, to read the full report see below.\n\n"  # noqa: E501 - a case reads best as one line


@pytest.mark.parametrize(
    ("words", "text", "speaker"),
    [
        ("It is late", "Cllr Ann Smith said: “It is late.”", Speaker.COUNCIL),
        ("It is late", "“It is late,” said Cllr Ann Smith.", Speaker.COUNCIL),
        ("It is late", "“It is late,” Cllr Ann Smith said, “and it was late last year.”", Speaker.COUNCIL),
        ("It is late", "“It is late,” the parent carer forum told us.", Speaker.PARENTS_FORUM),
        ("It is late", "According to inspectors, it was clear. “It is late,” the letter adds.", Speaker.INSPECTORS),
        ("It is late", "Jane Roe, chief nurse of the ICB, said: “It is late.”", Speaker.NHS),
        ("It is late", "\"It is late,\" a spokesman for Dorset Council said.", Speaker.COUNCIL),
        # who is named inside a quotation does not say it
        ("The council lied", "The parent carer forum said: “The council lied. Inspectors said so too.”", Speaker.PARENTS_FORUM),  # noqa: E501 - a case reads best as one line
        ("The council lied", "“The council lied,” said the parent carer forum.", Speaker.PARENTS_FORUM),
        # a quotation that is over is over
        ("Work goes on", "Inspectors said: “It is late.”\n\nThe council has acted. Work goes on in every part of Dorset.", Speaker.COUNCIL),  # noqa: E501 - a case reads best as one line
        # over three paragraphs, closed in the last
        ("Third part", "Inspectors said: “First part.\n\n“Second part.\n\n“Third part.”", Speaker.INSPECTORS),
        ("New words", "Inspectors said: “First part.\n\n“Second part.”\n\nCllr Ann Smith said: “New words.”", Speaker.COUNCIL),  # noqa: E501 - a case reads best as one line
    ],
)  # fmt: skip
def test_a_quotation_belongs_to_the_one_named_before_inside_or_after_it(
    words: str, text: str, speaker: Speaker
) -> None:
    document = read(HEAD + text)
    assert document.profile.kind is Kind.COUNCIL_NEWS
    assert sentence_with(document, words).voice.speaker is speaker


SEED = {path.name[:3]: path for path in sorted(Path(SEEDS).glob("*.txt"))}


@pytest.mark.parametrize(
    ("seed", "kind", "areas", "period", "published"),
    [
        ("000", Kind.NEWS_ARTICLE, ("Barking and Dagenham",), "2017", date(2017, 7, 3)),
        ("001", Kind.COUNCIL_MINUTES, ("Barking and Dagenham",), "2017", None),
        ("002", Kind.NEWS_ARTICLE, ("Brent", "Telford and Wrekin"), "2017", date(2017, 7, 24)),
        ("003", Kind.INSPECTION_REPORT, ("Barking and Dagenham",), "2024", None),
        ("004", Kind.COUNCIL_NEWS, ("Southend-on-Sea",), "2023", date(2023, 6, 9)),
    ],
)
def test_the_seeds_are_read_for_what_they_are(
    seed: str, kind: Kind, areas: tuple[str, ...], period: str, published: date | None
) -> None:
    about = read_file(SEED[seed], "a.txt").profile
    assert (about.kind, about.areas, about.period, about.published) == (kind, areas, period, published)


@pytest.mark.parametrize(
    ("seed", "words", "speaker", "first_hand", "areas"),
    [
        ("000", "All partners in the local area show a high level", Speaker.INSPECTORS, False, "Barking and Dagenham"),
        ("000", "We are confident these new arrangements", Speaker.COUNCIL, False, "Barking and Dagenham"),
        ("001", "overall, the outcome of Barking", Speaker.MINUTES, True, "Barking and Dagenham"),
        ("001", "insufficient numbers of parents", Speaker.INSPECTORS, False, "Barking and Dagenham"),
        ("002", "does not have a cohesive strategy", Speaker.INSPECTORS, False, "Brent"),
        ("002", "The role of parents and carers at this strategic", Speaker.INSPECTORS, False, "Telford and Wrekin"),
        ("002", "the outcomes and services are rapidly improving", Speaker.INSPECTORS, False, "Telford and Wrekin"),
        ("002", "tell their story repeatedly", Speaker.INSPECTORS, False, "Telford and Wrekin"),
        ("002", "designated medical officer", Speaker.INSPECTORS, False, "Brent"),
        ("002", "There is no access to speech and language therapy", Speaker.INSPECTORS, False, "Brent"),
        ("003", "report areas of concern that families", Speaker.INSPECTORS, True, "Barking and Dagenham"),
        ("004", "There is better multi-agency working in Southend", Speaker.INSPECTORS, False, "Southend-on-Sea"),
        ("004", "long wait times are unacceptable", Speaker.COUNCIL, True, "Southend-on-Sea"),
        ("004", "We recognise that a collaborative approach", Speaker.NHS, False, "Southend-on-Sea"),
        ("004", "too often our children", Speaker.PARENTS_FORUM, False, "Southend-on-Sea"),
        ("004", "There are more families taking advantage", Speaker.COUNCIL, True, "Southend-on-Sea"),
    ],
)
def test_the_key_voices_of_the_seeds_are_heard(
    seed: str, words: str, speaker: Speaker, first_hand: bool, areas: str
) -> None:
    document = read_file(SEED[seed], "a.txt")
    sentence = sentence_with(document, words)
    assert (sentence.voice.speaker, sentence.voice.first_hand, sentence.areas) == (speaker, first_hand, (areas,))


def test_the_bullet_that_a_page_break_cut_is_whole() -> None:
    document = read_file(SEED["003"], "a.txt")
    assert "enhance their skills and knowledge around neurodiversity" in " ".join(document.text.split())


def test_the_three_areas_for_improvement_are_all_found_in_spite_of_stray_markup() -> None:
    document = read_file(SEED["003"], "a.txt")
    for words in (
        "Considerations to support young people",
        "The processes around writing",
        "Too few families receive an ant",
    ):
        passage = passage_with(document, words)
        assert (passage.section, passage.boilerplate) == ("Areas for improvement", False)
        assert passage.sentences[0].polarity is Polarity.NEEDS_IMPROVEMENT
