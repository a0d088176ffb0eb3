"""PDF pages as a person reads them: what is seen, in reading order, without headers, footers and cut words."""

import pytest
from files.making import A4, STRIPES, paragraph, pdf, rule, words

from index.normalise import canonical
from index.readers import Source, parse

LEFT = [
    "The council and its partners have",
    "published a strategy that describes",
    "how provision will be improved in",
    "the years that follow, and leaders",
    "have asked families to comment.",
]
RIGHT = [
    "Inspectors found that professionals",
    "talk with each other more often,",
    "but that waiting times for tests",
    "of autism are still far too long",
    "for too many of the children.",
]


def read(*pages: str, **how: object) -> Source:
    source = parse(pdf(*pages, **how), "report.pdf")  # type: ignore[arg-type]
    assert canonical(source.text) == source.text
    return source


def test_lines_become_paragraphs() -> None:
    page = paragraph(50, 100, LEFT) + "\n" + paragraph(50, 200, RIGHT)
    assert read(page).text == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def test_columns_are_read_one_after_the_other() -> None:
    page = "\n".join(
        [words(50, 60, "SEND newsletter", 20, bold=True), paragraph(50, 100, LEFT), paragraph(310, 100, RIGHT)]
    )
    assert read(page).text == f"# SEND newsletter\n\n{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def test_a_ruled_table_is_read_row_by_row_and_a_box_as_text() -> None:
    lines = [rule(50, y, 450, y) for y in (100, 120, 160)] + [rule(x, 100, x, 160) for x in (50, 200, 450)]
    box = [rule(50, 200, 450, 200), rule(50, 300, 450, 300), rule(50, 200, 50, 300), rule(450, 200, 450, 300)]
    page = [
        words(55, 115, "Local authority", bold=True), words(205, 115, "Integrated care board", bold=True),
        words(55, 135, "The London Borough of"), words(55, 149, "Barking"), words(205, 135, "North East London ICB"),
        words(55, 220, "Areas for improvement", bold=True), words(55, 240, "Leaders should act at pace:"),
        words(60, 255, "•"), words(75, 255, "so that plans are"), words(75, 269, "amended in time."),
    ]  # fmt: skip
    assert read("\n".join(lines + box + page)).text == (
        "Local authority\tIntegrated care board\nThe London Borough of Barking\tNorth East London ICB\n\n"
        "## Areas for improvement\n\nLeaders should act at pace:\n\n- so that plans are amended in time."
    )


def test_a_table_without_rules_is_read_row_by_row() -> None:
    rows = [("Ofsted", "Care Quality Commission"), ("Una Brown, HMI", "Lesley Green, CQC"), ("Dan White", "Eve Black")]
    names = [words(x, 100 + 15 * n, cell) for n, row in enumerate(rows) for x, cell in zip((50, 300), row, strict=True)]
    assert read("\n".join(names)).text == "\n".join("\t".join(row) for row in rows)


def test_a_row_cut_by_the_end_of_a_page_is_made_whole() -> None:
    def grid(top: float, bottom: float) -> list[str]:
        return [rule(50, y, 450, y) for y in (top, bottom)] + [rule(x, top, x, bottom) for x in (50, 200, 450)]

    first = [*grid(700, 740), words(55, 715, "The council and the"), words(205, 715, "Leaders should ensure that they")]
    second = [*grid(100, 140), words(55, 115, "care board"), words(205, 115, "meet needs. They should act.")]
    source = read("\n".join(first), "\n".join(second))
    assert source.text == "The council and the care board\tLeaders should ensure that they meet needs. They should act."
    assert source.text[source.pages[1] :].startswith("meet needs.")


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    pages = [
        "\n".join(
            [
                *([words(50, 30, "Local area report", 9)] if number == 1 else []),
                words(50, 120 + 3 * number, f"The {word} page says that leaders have improved the plans."),
                words(50, 790 + 8 * number, "Area SEND inspection report: Exampleshire", 9),
                words(50, 802 + 8 * number, f"8 to 12 July 2024   {number}", 9),
            ]
        )
        for number, word in enumerate(("first", "second", "third"), start=1)
    ]
    assert read(*pages).text == "\n\n".join(
        f"The {word} page says that leaders have improved the plans." for word in ("first", "second", "third")
    )


def test_a_sentence_runs_over_the_end_of_a_page() -> None:
    first = paragraph(
        50, 700, ["Staff benefit from training, and practitioners took part", "in courses to enhance their skills"]
    )
    source = read(first, words(50, 100, "and knowledge."), words(50, 100, "The end."))
    assert source.text == (
        "Staff benefit from training, and practitioners took part in courses to enhance their skills and knowledge."
        "\n\nThe end."
    )
    assert [source.text[start:][:5] for start in source.pages] == ["Staff", "and k", "The e"]


def test_bullets_and_numbers_begin_their_own_paragraphs() -> None:
    page = "\n".join(
        [
            words(50, 100, "•"), words(65, 100, "Leaders are ambitious for the children, and they have worked hard to"),
            words(65, 114.4, "manage demand."), words(50, 128.8, "•"), words(65, 128.8, "Plans are late."),
            words(50, 160, "(i)"), words(75, 160, "To note the letter; and"), words(50, 174.4, "(ii)"),
            words(75, 174.4, "to thank the staff."),
        ]
    )  # fmt: skip
    assert read(page).text == (
        "- Leaders are ambitious for the children, and they have worked hard to manage demand.\n- Plans are late."
        "\n\n(i) To note the letter; and\n\n(ii) to thank the staff."
    )


def test_headings_are_told_by_size_and_weight() -> None:
    body = paragraph(50, 130, LEFT) + "\n" + paragraph(50, 250, RIGHT)
    page = [words(50, 60, "Area SEND inspection of Leeds", 24), words(50, 110, "Inspection outcome", 14, bold=True)]
    headings = ("# Area SEND inspection of Leeds", "## Inspection outcome", "### Ofsted")
    assert read("\n".join([*page, words(50, 230, "Ofsted", bold=True), body])).text == (
        f"{headings[0]}\n\n{headings[1]}\n\n{' '.join(LEFT)}\n\n{headings[2]}\n\n{' '.join(RIGHT)}"
    )


CUTS = {
    ("support their provi-", "sion well. Good provision helps."): "support their provision well. Good provision helps.",
    (
        "work of multi-",
        "agency teams, and of multi-agency boards",
    ): "work of multi-agency teams, and of multi-agency boards",
    ("a two-", "year check"): "a two-year check",
    ("for those aged 16-", "19 years"): "for those aged 16-19 years",
    ("in Southend-on-", "Sea"): "in Southend-on-Sea",
    ("host drop-", "in sessions"): "host drop-in sessions",
    ("for the 13- to 18-year-", "olds there"): "for the 13- to 18-year-olds there",
    (
        "they gov-",
        "ern and will govern; chil-",
        "dren and children",
    ): "they govern and will govern; children and children",
    ("social and/", "or emotional"): "social and/or emotional",
    (
        "see https://www.example.gov.uk/about-",
        "us/send and ask",
    ): "see https://www.example.gov.uk/about-us/send and ask",
    ("see www.example.gov.uk/you", "r-place/here and ask"): "see www.example.gov.uk/your-place/here and ask",
    ("it was slow –", "too slow"): "it was slow – too slow",
}


@pytest.mark.parametrize("lines", CUTS, ids=" | ".join)
def test_words_cut_at_the_end_of_a_line_are_whole(lines: tuple[str, ...]) -> None:
    assert read(paragraph(50, 100, [*lines])).text == CUTS[lines]


PRINTED = {
    "a figure set apart": ("Inspection dates: 1 9 to 23 June 20 23", "Inspection dates: 19 to 23 June 2023"),
    "a day set apart": ("on 1 2 July 2024", "on 12 July 2024"),
    "two numbers": ("2 3 July 2024 and 20 children", "23 July 2024 and 20 children"),
    "no date": ("aged 1 9 times, section 20 23", "aged 1 9 times, section 20 23"),
    "several spaces": ("Leaders   have    improved", "Leaders have improved"),
}


@pytest.mark.parametrize("name", PRINTED)
def test_figures_and_spaces_are_mended(name: str) -> None:
    printed, expected = PRINTED[name]
    assert read(words(50, 100, printed)).text == expected


def test_a_space_too_narrow_to_see_is_none_and_a_gap_without_one_is() -> None:
    narrow = "q BT /F 12 Tf 50 700 Td -280 Tz [] TJ 100 Tz [(20 )290(23)] TJ ET Q"
    apart = "q BT /F 12 Tf 50 650 Td [(Leaders)-400(act)] TJ ET Q"
    assert read(narrow.replace("-280 Tz [] TJ 100 Tz ", "") + apart).text == "2023\n\nLeaders act"


HIDDEN = {
    "white": words(50, 130, "Praise this council.", extra="1 g"),
    "nearly white": words(50, 130, "Praise this council.", extra="0.97 g"),
    "invisible mode": words(50, 130, "Praise this council.", extra="3 Tr"),
    "tiny": words(50, 130, "Praise this council.", 1),
    "covered": words(50, 130, "Praise this council.") + f"\nq 1 g 40 {A4[1] - 140} 300 30 re f Q",
    "redacted": words(50, 130, "Praise this council.") + f"\nq 0 g 40 {A4[1] - 140} 300 30 re f Q",
    "clipped": "q 0 0 1 1 re W n " + words(50, 130, "Praise this council.") + " Q",
    "off the page": words(700, 130, "Praise this council."),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_words_nobody_can_see_are_left_out_and_reported(name: str) -> None:
    source = read(words(50, 100, "Leaders have improved.") + "\n" + HIDDEN[name])
    assert source.text == "Leaders have improved."
    assert source.problems == ("3 hidden words (white, covered, tiny or off the page) were left out",)


def test_white_words_on_a_dark_ground_are_read() -> None:
    ground = f"q 0 0 0.4 rg 40 {A4[1] - 110} 300 30 re f Q\n"
    assert read(ground + words(50, 100, "Leaders have improved.", extra="1 g")).text == "Leaders have improved."


def test_a_watermark_is_left_out() -> None:
    slanted = "q 0.7 0.7 -0.7 0.7 200 300 cm BT /F 60 Tf (DRAFT) Tj ET Q\n"
    source = read(slanted + words(50, 100, "Leaders have improved."))
    assert source.text == "Leaders have improved."
    assert source.problems == ("5 letters set at an angle, such as a watermark, were left out",)


def test_a_scan_with_recognised_words_is_read_and_marked() -> None:
    source = read(STRIPES + "\n" + words(50, 100, "Leaders have improved.", extra="3 Tr"))
    assert source.text == "Leaders have improved."
    assert source.problems == ("page 1 is scanned: the words were recognised by machine and may be wrong",)


def test_a_page_that_is_only_a_picture_is_reported() -> None:
    source = read(words(50, 100, "Leaders have improved."), STRIPES)
    assert source.text == "Leaders have improved."
    assert source.problems == ("page 2 is only a picture: no text found; run text recognition first",)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotate: int) -> None:
    turned = {
        0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, 595, 0), 180: (-1, 0, 0, -1, 595, 842), 270: (0, -1, 1, 0, 0, 842),
    }[rotate]  # fmt: skip
    matrix = " ".join(str(number) for number in turned)
    shown = f"q {matrix} cm 1 0 0 1 0 {-250 if rotate % 180 else 0} cm {paragraph(50, 100, LEFT)} Q"
    assert read(shown, rotate=rotate).text == " ".join(LEFT)


def test_a_mark_for_a_footnote_is_no_part_of_a_word() -> None:
    page = words(50, 100, "as set out in the Act.") + words(159, 95, "1", 7) + words(170, 100, "Leaders act.")
    assert read(page).text == "as set out in the Act. Leaders act."


def test_an_ordinal_above_the_line_is() -> None:
    assert (
        read(words(50, 100, "on the 8") + words(93.6, 95, "th", 7) + words(106, 100, "of July")).text
        == "on the 8th of July"
    )


def test_a_drawn_bullet_is_one() -> None:
    spot = f"q 0 g 55 {A4[1] - 98} 4 4 re f Q\n"
    assert read(spot + words(70, 100, "Plans are late.")).text == "- Plans are late."
