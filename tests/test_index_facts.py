"""Facts of the profile that only some documents print, read from the words that print them and from no others."""

from datetime import date

import pytest
from conftest import SEEDS

from index.areas import gazetteer
from index.facts import Found, commissioning_bodies, inspections, licence
from index.normalise import canonical
from index.reader import understand
from index.types import DateRange, Document, Framework, Kind, Statement

HEAD = "# Area SEND inspection of Suffolk Local Area Partnership\n\nInspection dates: 3 to 7 June 2024\n\n"


def read(text: str) -> Document:
    return understand(canonical(text), "a.txt", "0")


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        (
            "The London Borough of Barking and Dagenham and North East London Integrated Care Board (ICB) are "
            "responsible for the planning and commissioning of services.",
            ("London Borough of Barking and Dagenham", "North East London Integrated Care Board"),
        ),
        (
            "Durham people matter. Bedford Borough Council and the NHS Bedfordshire, Luton and Milton Keynes ICB are "
            "jointly responsible for planning and commissioning services.",
            ("Bedford Borough Council", "NHS Bedfordshire, Luton and Milton Keynes ICB"),
        ),
        (
            "The local area partnership is made up of Dudley Metropolitan Borough Council and Black Country Integrated "
            "Care Board (ICB). They are jointly responsible for the planning and commissioning of services.",
            ("Dudley Metropolitan Borough Council", "Black Country Integrated Care Board"),
        ),
        (
            "North Yorkshire Council, NHS West Yorkshire Integrated Care Board (ICB) and NHS Humber and North "
            "Yorkshire ICB are responsible for the planning and commissioning of services.",
            (
                "North Yorkshire Council",
                "NHS West Yorkshire Integrated Care Board",
                "NHS Humber and North Yorkshire ICB",
            ),
        ),
        (
            "Local authority\tIntegrated care board\nTrafford Council\tNHS Greater Manchester\nA director\tA nurse\n",
            ("Trafford Council", "NHS Greater Manchester"),
        ),
        ("The council and the NHS are responsible for commissioning services.", ()),
        ("Leaders of Trafford Council are proud of the planning and commissioning of services.", ()),
    ],
)
def test_the_commissioning_bodies_are_named_in_full(sentence: str, bodies: tuple[str, ...]) -> None:
    found = commissioning_bodies(sentence, gazetteer())
    assert tuple(body.value for body in found) == bodies
    assert all(sentence[body.start : body.end] == body.value for body in found)


@pytest.mark.parametrize(
    ("line", "previous"),
    [
        ("Dates of previous inspection: 7 to 11 February 2022", [(date(2022, 2, 7), date(2022, 2, 11))]),
        ("Date of previous inspection: 16 May 2016", [(date(2016, 5, 16), date(2016, 5, 16))]),
        (
            "Dates of previous inspection: The previous full inspection was on 19 March 2018. There was a subsequent "
            "revisit on 24 March 2020.",
            [(date(2018, 3, 19), date(2018, 3, 19)), (date(2020, 3, 24), date(2020, 3, 24))],
        ),
        (
            "Dates of previous inspections: 4 to 8 July 2016 and 1 to 3 November 2021",
            [(date(2016, 7, 4), date(2016, 7, 8)), (date(2021, 11, 1), date(2021, 11, 3))],
        ),
        ("Dates of previous inspection: Not previously inspected", []),
    ],
)
def test_previous_inspections_are_as_printed(line: str, previous: list[tuple[date, date]]) -> None:
    current, found = inspections(f"{HEAD}{line}\n\nLater words of 1 May 2020.", formal=True)
    assert current is not None and current.value == DateRange(date(2024, 6, 3), date(2024, 6, 7))
    assert [(one.value.start, one.value.end) for one in found] == previous


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        (
            "Her Majesty’s Chief Inspector has determined that a Written Statement of Action is required because of "
            "significant areas of weakness in the local area’s practice.",
            Statement.REQUIRED,
        ),
        ("The council and the CCG must write a WSoA together.", Statement.REQUIRED),
        ("The area was not required to produce a written statement of action.", Statement.NOT_REQUIRED),
        ("Progress on the written statement of action was reviewed in the spring.", None),
        ("A written statement was handed to members.", None),
    ],
)
def test_a_statement_of_action_is_required_only_where_the_document_says_so(
    sentence: str, statement: Statement | None
) -> None:
    document = read(f"Joint local area SEND inspection in Suffolk\n\nDear Ms Patel\n\n{sentence}\n\nYours sincerely")
    assert document.profile.written_statement is statement
    fact = document.profile.fact("written_statement")
    assert (fact.words if fact else None) == (sentence if statement else None)


def test_the_line_that_gives_the_licence_is_kept() -> None:
    text = "Findings.\n\nYou may re-use this under the terms of the Open Government Licence.\n\nMore."
    found = licence(text)
    assert found == Found("Open Government Licence", text.index("You may"), text.index("\n\nMore"))


@pytest.mark.parametrize(
    ("printed", "published"),
    [("Published: 6 September 2024", date(2024, 9, 6)), ("Sent to the area on 6 September 2024", None)],
)
def test_a_report_is_dated_only_where_it_prints_its_publication(printed: str, published: date | None) -> None:
    about = read(f"{HEAD}{printed}\n\n## Inspection outcome\n\nLeaders know what to do.").profile
    assert about.published == published


MINUTES = """# Minutes of Kirklees Council’s Cabinet

## 41. Apologies for absence

There were no apologies.

## 42. Parking charges

The Cabinet noted that inspections of car parks would go on. Residents object.

## 43. Outcome of the area SEND inspection

The Cabinet Member introduced the report by Ofsted on children with special educational needs.

### Resolved

That the findings be noted.

## 44. Library hours

The Cabinet agreed to open on Sundays.
"""


def test_only_the_item_on_inspections_is_offered_of_a_meetings_minutes() -> None:
    document = read(MINUTES)
    assert document.profile.kind is Kind.COUNCIL_MINUTES
    offered = "\n".join(document.text[p.start : p.end] for p in document.passages if document.offers(p))
    assert "introduced the report by Ofsted" in offered and "That the findings be noted" in offered
    assert not any(word in offered for word in ("car parks", "apologies", "Sundays"))
    assert {p.kind for p in document.passages} == {Kind.COUNCIL_MINUTES, Kind.OTHER}


def test_minutes_that_are_one_item_are_offered_whole() -> None:
    document = read((SEEDS / "001_e77929e21d662a16.txt").read_text(encoding="utf-8"))
    assert document.profile.kind is Kind.COUNCIL_MINUTES
    assert all(document.offers(p) for p in document.passages if p.sentences and not p.boilerplate)


@pytest.mark.parametrize(("year", "framework"), [("2019", Framework.LOCAL_AREA), ("2024", Framework.AREA)])
def test_a_councils_page_belongs_to_the_framework_of_its_inspections_year(year: str, framework: Framework) -> None:
    page = (
        f"Cllr Smith, cabinet member for children, welcomed the report.\n\nKirklees Council was told that the "
        f"inspection in March {year} found much to praise.\n\nTo read the report in full, please visit the website."
    )
    assert read(page).profile.framework is framework
