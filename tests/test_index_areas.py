"""Areas, dates, structure and sections: small tables of what is and what isn't meant."""

from datetime import date

import pytest

from index.areas import gazetteer
from index.data_files import read_table
from index.dates import date_ranges, dates, weekday_date
from index.headings import heading_polarity
from index.normalise import canonical
from index.reader import understand
from index.sentences import sentence_spans
from index.structure import BlockKind, blocks
from index.types import Polarity


def areas_in(text: str) -> list[str]:
    return [mention.area for mention in gazetteer().mentions(text)]


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Children in Kirklees wait.", ["Kirklees"]),
        ("KIRKLEES COUNCIL", ["Kirklees"]),
        ("Suffolk County Council’s plan", ["Suffolk"]),
        ("Dorset Council's plan", ["Dorset"]),
        ("Leeds, Bradford and Calderdale", ["Leeds", "Bradford", "Calderdale"]),
        ("Telford & Wrekin", ["Telford and Wrekin"]),
        ("Southend and Southend-on-Sea City Council", ["Southend-on-Sea", "Southend-on-Sea"]),
        ("Bournemouth, Christchurch and Poole", ["Bournemouth, Christchurch and Poole"]),
        ("Newcastle-under-Lyme", ["Staffordshire"]),
        ("St Helen’s", ["St Helens"]),
        ("West Northamptonshire", ["West Northamptonshire"]),
        # longer words and other places
        ("Brentwood", ["Essex"]),
        ("Brentford's schools", ["Hounslow"]),
        ("the Suffolks", []),
        ("East Kent and West Kent", []),
        ("Greater Manchester", []),
        ("West Yorkshire", []),
        ("Suffolk-based teams", []),
        ("London", []),
        # ordinary words
        ("the reading of books, reading ages, we bury it, a bath", []),
        ("in Reading, and in Bury", ["Reading", "Bury"]),
        ("children in reading, near bath", ["Reading", "Bath and North East Somerset"]),
        ("Reading is taught well in most primary schools.", []),
        ("Reading and writing are assessed each term.", []),
        ("Reading Borough Council", ["Reading"]),
        # people
        ("Cllr Helen Bolton said so", []),
        ("Councillor Paul Kent, cabinet member", []),
        ("Ms Lancaster wrote to us", []),
        # other bodies that carry a name
        ("Mid and South Essex Integrated Care Board", []),
        ("Mid and South Essex ICB", []),
        ("Essex Partnership University Trust (EPUT)", []),
        ("Suffolk and North East Essex ICB", []),
        ("Bristol, North Somerset and South Gloucestershire Integrated Care Board", []),
        ("Hampshire and Isle of Wight Integrated Care Board", []),
        ("Leicester, Leicestershire and Rutland ICB", []),
        ("Bath and North East Somerset, Swindon and Wiltshire ICB", []),
        ("Dorset HealthCare University NHS Foundation Trust", []),
        ("Suffolk Police", []),
        ("12 Essex Road", []),
        # … and bodies of others that merely stand next to the area
        ("Kirklees Council and NHS England", ["Kirklees"]),
        ("Kirklees Council, NHS partners and schools", ["Kirklees"]),
        ("Dorset Council, NHS Dorset and parents", ["Dorset"]),
        ("In Kirklees, NHS leaders agreed", ["Kirklees"]),
    ],
)
def test_an_area_is_found_where_it_is_meant_and_only_there(text: str, areas: list[str]) -> None:
    assert areas_in(text) == areas


def names_of_areas() -> list[tuple[str, str]]:
    from importlib.resources import files

    rows = read_table(files("index.data") / "areas.csv")
    return [(name, row["name"]) for row in rows for name in (row["name"], *filter(None, row["aliases"].split("|")))]


def test_every_name_and_alias_has_its_canonical_name_and_is_found_in_a_sentence() -> None:
    wrong = [
        (name, gazetteer().canonical(name), areas_in(f"Children in {name} said so."))
        for name, area in names_of_areas()
        if gazetteer().canonical(name) != area or areas_in(f"Children in {name} said so.") != [area]
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("kirklees", "Kirklees"),
        ("Kirklees Metropolitan Borough Council", "Kirklees"),
        ("Kirklees Metropolitan Council", "Kirklees"),
        ("the London Borough of Barking and Dagenham", "Barking and Dagenham"),
        ("Suffolk County Council", "Suffolk"),
        ("City of York Council", "York"),
        ("City of London", "City of London"),
        ("  Dorset ", "Dorset"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_a_council_by_any_name_is_the_same_area(name: str, area: str | None) -> None:
    assert gazetteer().canonical(name) == area


def test_an_area_off_the_list_can_be_added() -> None:
    names = gazetteer().including(["Kirklees", "Mercia"])
    assert [m.area for m in names.mentions("Mercia and Kirklees, not Mercian")] == ["Mercia", "Kirklees"]


def test_names_that_begin_alike_or_oddly_are_all_found_and_the_longest_wins() -> None:
    odd = ["(New) Town", "'s Hill", "Brent", "Brent Cross", "Bre"]
    text = "Of Brent, BRENT-CROSS, bre and (new) town, of ’S HILL too, not of Brenty."
    found = gazetteer().including(odd).mentions(text)
    assert [m.area for m in found] == ["Brent", "Brent Cross", "Bre", "(New) Town", "'s Hill"]


def on(year: int, month: int, day: int) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("8 to 12 July 2024", on(2024, 7, 8), on(2024, 7, 12)),
        ("8th to 12th July, 2024", on(2024, 7, 8), on(2024, 7, 12)),
        ("8–12 July 2024", on(2024, 7, 8), on(2024, 7, 12)),
        ("8 - 12 July 2024", on(2024, 7, 8), on(2024, 7, 12)),
        ("28 February to 4 March 2022", on(2022, 2, 28), on(2022, 3, 4)),
        ("28 February 2022 to 4 March 2022", on(2022, 2, 28), on(2022, 3, 4)),
        ("Between 27 March and 31 March 2017", on(2017, 3, 27), on(2017, 3, 31)),
        ("30 November 2020 to 4 December 2020", on(2020, 11, 30), on(2020, 12, 4)),
        ("29 December 2019 to 3 January 2020", on(2019, 12, 29), on(2020, 1, 3)),
        ("from Monday 8 July to Friday 12 July 2024", on(2024, 7, 8), on(2024, 7, 12)),
        ("Monday 8 to Friday 12 July 2024", on(2024, 7, 8), on(2024, 7, 12)),
    ],
)
def test_a_range_of_dates_is_read_as_it_is_printed(text: str, start: date, end: date) -> None:
    found = list(date_ranges(text))
    assert [(f.value.start, f.value.end) for f in found] == [(start, end)]
    assert text[found[0].start : found[0].end] in text


@pytest.mark.parametrize(
    "text", ["12 to 8 July 2024", "30 to 31 February 2024", "8 to 12 2024", "5 to 16 years", "July"]
)
def test_what_is_no_range_of_dates_is_not_read_as_one(text: str) -> None:
    assert not list(date_ranges(text))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 July 2017", [on(2017, 7, 3)]),
        ("Monday, July 3, 2017", [on(2017, 7, 3)]),
        ("1st May 2023 and 29 February 2024", [on(2023, 5, 1), on(2024, 2, 29)]),
        ("29 February 2023", []),
        ("May 2023", []),
    ],
)
def test_a_date_is_read_as_it_is_printed(text: str, days: list[date]) -> None:
    assert [found.value for found in dates(text)] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday 9 June", on(2023, 6, 9)),
        ("Friday 9 June 2017", None),
        ("Saturday 9 June", None),
        ("9 June", None),
    ],
)
def test_a_weekday_gives_the_year_only_where_it_fits(text: str, day: date | None) -> None:
    found = weekday_date(text, range(2022, 2024))
    assert (found and found.value) == day


H, P, B, R = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.ROW


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("# Title\n\nWords stand here.", [H, P]),
        ("- one\n- two", [B, B]),
        ("1. one\n2) two\n(i) three\n(b) four", [B, B, B, B]),
        ("a\tb\nc\td", [R, R]),
        ("#hashtag is no heading.", [P]),
        ("2017 was a year.\n\n5 children wait.", [P, P]),
        ("-\tone\n-\ttwo", [B, B]),
        ("\uf0b7 one\n\uf0b7 two", [B, B]),
        (
            "What is going well\n\nChildren in Kirklees are helped early by staff who know them well and listen to them.",  # noqa: E501 - a case reads best as one line
            [H, P],
        ),
        ("The council said:\n- one\n- two", [H, B, B]),
    ],
)
def test_headings_bullets_and_rows_are_told_apart(text: str, kinds: list[BlockKind]) -> None:
    assert [block.kind for block in blocks(canonical(text))] == kinds


def test_a_paragraph_broken_to_a_width_is_one_block() -> None:
    text = (
        "Leaders in Suffolk have worked together to reduce the time that\n"
        "families wait for an assessment. They know where the gaps are and\nhave plans to close them."
    )
    assert len(blocks(text)) == 1


@pytest.mark.parametrize(
    ("heading", "polarity"),
    [
        ("What is the area partnership doing that is effective?", Polarity.STRENGTH),
        ("What does the area partnership need to do better?", Polarity.NEEDS_IMPROVEMENT),
        ("Areas for improvement", Polarity.NEEDS_IMPROVEMENT),
        ("Areas for priority action", Polarity.PRIORITY_ACTION),
        ("Areas of significant weakness", Polarity.PRIORITY_ACTION),
        ("Strengths", Polarity.STRENGTH),
        ("Areas for development", Polarity.NEEDS_IMPROVEMENT),
        ("Inspection outcome", Polarity.CONTEXT),
        ("Dear Ms Smith", None),
        ("The effectiveness of the local area in identifying needs", None),
    ],
)
def test_a_heading_says_what_stands_under_it(heading: str, polarity: Polarity | None) -> None:
    assert heading_polarity(heading) == polarity


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Dr. Smith and Cllr. Jones agreed. They left.", ["Dr. Smith and Cllr. Jones agreed.", "They left."]),
        ("Support, e.g. Portage, helps. It is No. 1.", ["Support, e.g. Portage, helps.", "It is No. 1."]),
        ("It fell by 2.5 per cent. In 2023 it rose.", ["It fell by 2.5 per cent.", "In 2023 it rose."]),
        ("“We wait.” “Too long.” (Again.) Yes.", ["“We wait.”", "“Too long.”", "(Again.)", "Yes."]),
        ("J. Smith leads. A. Jones follows.", ["J. Smith leads.", "A. Jones follows."]),
        ("an unpunctuated bullet", ["an unpunctuated bullet"]),
        ("Wait… Then go.", ["Wait…", "Then go."]),
        ("   \n ", []),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text, 0, len(text))] == sentences


@pytest.mark.parametrize(
    "line",
    [
        "© Crown copyright 2024",
        "T: 0300 123 1231",
        "You may reuse this information (not including logos) free of charge.",
        "From £15 / month",
        "Picture: Google",
        "To read the full report, visit the Ofsted website.",
    ],
)
def test_the_publishers_small_print_is_never_a_finding(line: str) -> None:
    body = "Leaders in Suffolk know what children need and act on it without delay every single week."
    document = understand(f"# Title of the page\n\n{body}\n\n{body}\n\n{body}\n\n{line}", "a.txt", "0")
    assert document.passages[-1].boilerplate
    assert not any(passage.boilerplate for passage in document.passages[1:-1])
