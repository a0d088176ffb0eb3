"""Question files in a spreadsheet: out and back without loss, every fault by its row, and the published schema."""

import csv
import errno
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evals.__main__ import main
from evals.cases import ERROR, SPEAKERS, STATUSES, VERDICTS, Case, QuestionFileError, parse_case, read_cases, split_of
from evals.cells import MOST, kept_as_text, list_cell, list_of, taken_as_text, text_cell, text_of
from evals.commands import MISUSED
from evals.strict import FormatError
from evals.tables import COLUMNS, REQUIRED, lines_of_table, row_of, table_of

QUESTIONS = Path(__file__).parents[1] / "evals" / "questions"
SETS = [QUESTIONS / f"{name}.jsonl" for name in ("seeds", "reports", "report_facts")]
SCHEMA = json.loads((QUESTIONS / "case.schema.json").read_text(encoding="utf-8"))
HERE = Path("questions.csv")
ROW = {
    "id": "visit-1",
    "kind": "finding",
    "user": "parent",
    "lang": "en",
    "turns": "Does a nurse visit before the birth?",
    "status": "answered",
    "evidence": "2 | a.txt | Too few families receive an antenatal visit.",
    "reference": "Too few families get one.",
    "provenance": "hand-written",
}
REFUSAL = {"status": "not_found", "evidence": ""}


def rows_of(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def saved(rows: Iterable[Sequence[str]], delimiter: str = ",", line_end: str = "\r\n", **style: Any) -> str:
    """What a spreadsheet saves."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, **style).writerows(rows)
    return text.getvalue()


def table(*rows: dict[str, str], columns: Sequence[str] = COLUMNS) -> str:
    return saved([columns, *([row.get(column, "") for column in columns] for row in rows)])


def read(text: str) -> list[Case]:
    return [parse_case(line, 0) for line in lines_of_table(text, HERE)]


def only(**cells: str) -> Case:
    (case,) = read(table({**ROW, **{column.replace("_tags", " tags"): cell for column, cell in cells.items()}}))
    return case


def refused(text: str) -> tuple[str, ...]:
    with pytest.raises(QuestionFileError) as caught:
        lines_of_table(text, HERE)
    return caught.value.problems


def without_lines(cases: Iterable[Case]) -> list[Case]:
    return [replace(case, line=0) for case in cases]


# Our own sets, out and back


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_case_of_our_sets_comes_back_as_it_was(path: Path) -> None:
    cases = read_cases(path)
    assert read(table_of(cases, path)) == without_lines(cases)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("delimiter", "line_end", "style"),
    [
        (",", "\r\n", {}),
        (";", "\r\n", {}),
        (";", "\n", {"quoting": csv.QUOTE_ALL}),
        ("\t", "\n", {}),
    ],
)
def test_every_case_comes_back_from_what_a_spreadsheet_saves(
    path: Path, delimiter: str, line_end: str, style: dict[str, Any]
) -> None:
    cases = read_cases(path)
    rows = [row[::-1] for row in rows_of(table_of(cases, path))]
    rows += [[""] * len(COLUMNS)] * 3
    text = saved(rows, delimiter, line_end, **style)
    if line_end == "\r\n":
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")  # within cells too
    assert read(text + line_end * 2) == without_lines(cases)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_second_journey_writes_the_same_lines(path: Path) -> None:
    lines = lines_of_table(table_of(read_cases(path), path), HERE)
    assert lines_of_table(table_of([parse_case(line, 0) for line in lines], path), HERE) == lines


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_nearly_all_lines_come_back_to_the_byte(path: Path) -> None:
    """What may differ is the order of statuses and an empty list of evidence, and both mean nothing."""
    before = path.read_text(encoding="utf-8").splitlines()
    after = lines_of_table(table_of(read_cases(path), path), HERE)
    for old, new in zip(before, after, strict=True):
        if old != new:
            plain, again = json.loads(old), json.loads(new)
            assert plain["expect"].pop("evidence", []) == again["expect"].pop("evidence", [])
            assert set(plain["expect"].pop("status")) == set(again["expect"].pop("status"))
            assert plain == again


# Odd characters

ODD = st.text(st.sampled_from("ab'\"\\|/;,=+-@&#0192 .:\n\r\t\0\x85\u2028\u00a0\ufeffé漢😀\ud800"), max_size=12)
FILLED = ODD.filter(str.strip)
WORDS = st.lists(ODD, min_size=1, max_size=3)
PATTERNS = st.lists(ODD.map(lambda text: text.replace("\\", r"\\").replace("+", r"\+")), min_size=1, max_size=3)


def golds() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"document": FILLED, "quote": FILLED, "grade": st.just(2)},
        optional={
            "speaker": st.lists(st.sampled_from(sorted(SPEAKERS)), min_size=1, max_size=2),
            "first_hand": st.booleans(),
            "areas": WORDS,
        },
    )


@st.composite
def json_cases(draw: st.DrawFn) -> dict[str, Any]:
    identity, family = draw(FILLED), draw(st.none() | FILLED)
    tags = [f"{group}:{draw(FILLED)}" for group in ("kind", "user", "lang")]
    tags += draw(st.lists(FILLED.map(lambda text: f"trap:{text}"), max_size=2))
    case = {
        "id": identity,
        "family": family,
        "split": split_of(family or identity),
        "tags": draw(st.permutations(tags)),
        "turns": draw(st.lists(FILLED, min_size=1, max_size=3)),
        "scope": draw(
            st.none() | st.fixed_dictionaries({}, optional={"area": WORDS, "from": st.integers(), "to": st.integers()})
        ),
        "expect": draw(
            st.fixed_dictionaries(
                {
                    "status": st.just(["answered", "not_found"]),
                    "evidence": st.lists(st.lists(golds(), min_size=1, max_size=3), max_size=3),
                },
                optional={
                    "speaker": st.lists(st.sampled_from(sorted(SPEAKERS)), min_size=1, max_size=2),
                    "verdict": st.lists(st.sampled_from(sorted(VERDICTS)), min_size=1, max_size=2),
                    "must_not": PATTERNS,
                    "nuggets": st.lists(
                        st.fixed_dictionaries({"any": PATTERNS}, optional={"vital": st.booleans()}), max_size=3
                    ),
                },
            )
        ),
        "reference": draw(FILLED),
        "provenance": draw(FILLED),
    }
    return {name: value for name, value in case.items() if value is not None}


@given(json_cases(), st.sampled_from(",;\t"))
def test_odd_characters_come_back_from_a_file(made: dict[str, Any], delimiter: str) -> None:
    case = parse_case(json.dumps(made), 0)
    rows = rows_of(table_of([case], HERE).encode().decode())
    (line,) = lines_of_table(saved(rows, delimiter).replace("\r\n", "\n").replace("\n", "\r\n"), HERE)
    assert line.splitlines() == [line]
    assert parse_case(line.encode().decode(), 0) == case


@given(json_cases())
def test_a_spreadsheet_finds_only_text_and_may_hide_the_first_apostrophe(made: dict[str, Any]) -> None:
    case = parse_case(json.dumps(made), 0)
    row = row_of(case)
    assert not any(looks_like_more_than_text(cell) for column, cell in row.items() if column not in ("from", "to"))
    hidden = {column: cell.removeprefix("'") for column, cell in row.items()}
    assert read(table(hidden)) == [case]


def looks_like_more_than_text(cell: str) -> bool:
    """Told apart from the rule that is tested: what Python takes for a number that would be printed otherwise."""
    if cell[:1] in tuple("=+-@"):
        return True
    with suppress(ValueError):
        number = float(cell.replace(",", ""))
        return f"{number:.0f}" != cell
    return False


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "+44 20 7946 0000", "-", "@SUM(A1)", "＝1+1", "=\n", "2,914", "2.", "007", "12345678901", "1e5", "5%",
        "£5", "(5)", "1/2", "12/03/2015", "12-03-2015", "10:30", "5 pm", "21 June 2017", "21. Juni 2017", "June 2017",
        "may-1", "Sept 3", "Jul24", "Tuesday 4 July 2017", "Thurs, Oct. 4 2017 5 pm", "True", "FALSE",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_change_is_kept_as_text(cell: str) -> None:
    assert kept_as_text(cell) == f"'{cell}"
    assert taken_as_text(f"'{cell}") == cell


@pytest.mark.parametrize(
    "date", ["%d %B %Y", "%B %Y", "%b-%y", "%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%H:%M", "%I %p", "%A %d %B %Y, %H:%M"]
)
@given(when=st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))
def test_no_date_is_left_to_a_spreadsheet(date: str, when: datetime) -> None:
    cell = when.strftime(date)
    assert kept_as_text(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    ["0", "2017", "visit-1", "In 2017 or so", "5-day week", "vital: 2,914", "a=b", "May", "monitoring-1", "Decision 3"],
)
def test_what_no_spreadsheet_changes_is_left_alone(cell: str) -> None:
    assert kept_as_text(cell) == cell


def test_an_apostrophe_of_the_text_stays_even_if_a_spreadsheet_hides_the_first() -> None:
    for text in ("'Too variable' (2017)", "'=1", "''", "'"):
        cell = kept_as_text(text_cell(text))
        assert not cell.startswith("'")
        assert text_of(taken_as_text(cell)) == text
    assert taken_as_text("'Too variable', they said") == "'Too variable', they said"


@given(ODD)
@example("&#10;")
@example("&#;")
@example("\ufffe")
def test_a_cell_gives_back_its_text(text: str) -> None:
    assert text_of(text_cell(text)) == text


@given(st.lists(ODD, max_size=4))
@example([""])
@example(["", " ", "\n"])
def test_a_cell_gives_back_its_lines(texts: list[str]) -> None:
    cell = list_cell(texts)
    assert list_of(cell) == texts
    assert len(cell.splitlines()) == len(texts)


# What people write


def test_a_row_of_a_person_needs_neither_split_nor_family() -> None:
    case = only()
    assert (case.id, case.family, case.split) == ("visit-1", "visit-1", split_of("visit-1"))
    assert case.tags == ("kind:finding", "user:parent", "lang:en")
    assert case.expected.evidence[0][0].quote == "Too few families receive an antenatal visit."


def test_the_split_of_a_family_is_filled_in_from_the_family() -> None:
    families = [f"family-{number}" for number in range(20)]
    assert {only(family=name).split for name in families} == {"dev", "test"}
    assert all(only(family=name).split == split_of(name) for name in families)


def test_several_values_stand_one_a_line() -> None:
    case = only(
        turns="Do nurses visit?\r\n\r\n And in 2019? ",
        area="Brent\nBournemouth, Christchurch and Poole",
        status="answered\npartly_answered",
        must_not="\\b18 months\nfive|5",
        **{"from": "2017", "to": "2019"},
    )
    assert case.turns == ("Do nurses visit?", "And in 2019?")
    assert case.scope.areas == ("Brent", "Bournemouth, Christchurch and Poole")
    assert (case.scope.since, case.scope.until) == (2017, 2019)
    assert case.expected.statuses == {"answered", "partly_answered"}
    assert [pattern.pattern for pattern in case.expected.must_not] == ["\\b18 months", "five|5"]


def test_only_a_line_break_ends_a_value() -> None:
    assert only(turns="One\u2028two?\rThree\x85four?").turns == ("One\u2028two?", "Three\x85four?")


def test_statuses_stand_in_a_fixed_order() -> None:
    case = only(status="error\nnot_found\npartly_answered\nanswered")
    assert row_of(case)["status"] == "answered\npartly_answered\nnot_found\nerror"


def test_evidence_as_people_write_it() -> None:
    case = only(
        evidence="2|a.txt|One two.\nor\n\n2 | b.txt | Two. | Speaker: nhs | speaker: council | area: Brent\n"
        "1 | b.txt | Three. | first_hand: No\nOR\n2 | c.txt | a &#124; b",
    )
    first, second, third = case.expected.evidence
    assert [gold.quote for gold in first] == ["One two."]
    assert [(gold.grade, gold.speakers, gold.areas, gold.first_hand) for gold in second] == [
        (2, ("nhs", "council"), ("Brent",), None),
        (1, (), (), False),
    ]
    assert third[0].quote == "a | b"


def test_nuggets_as_people_write_them() -> None:
    case = only(nuggets="vital: 5 years\n  or: five years?\nExtra: note: this\nvital:x|y / z")
    assert [([pattern.pattern for pattern in one.patterns], one.vital) for one in case.expected.nuggets] == [
        (["5 years", "five years?"], True),
        (["note: this"], False),
        (["x|y / z"], True),
    ]


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("trap:two_sided\nform:caps", "kind user trap:two_sided form:caps lang"),
        ("trap:two_sided\nuser", "kind trap:two_sided user lang"),
        ("lang\nform:caps", "kind user lang form:caps"),
        ("", "kind user lang"),
    ],
)
def test_the_place_of_a_tag_is_kept_by_a_bare_word(cell: str, tags: str) -> None:
    case = only(other_tags=cell)
    own = {"kind": "kind:finding", "user": "user:parent", "lang": "lang:en"}
    assert case.tags == tuple(own.get(tag, tag) for tag in tags.split())
    assert row_of(case)["other tags"] == cell


def test_columns_may_stand_in_another_order_and_optional_ones_may_be_absent() -> None:
    header, row = rows_of(table(ROW, columns=[*reversed(ROW)]))
    assert len(header) < len(COLUMNS)
    assert read(saved([[f" {name.title()}" for name in header], row])) == [only()]


def test_a_column_without_a_name_may_be_empty() -> None:
    header, row = rows_of(table(ROW))
    assert read(saved([[*header, "", ""], [*row, "", " "]])) == [only()]


# What is refused


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"reference": " "}, "the cell 'reference' is blank"),
        ({"split": "train"}, "split must be"),
        ({"id": "&#99999999;"}, "'&#99999999;' is no character"),
        ({"id": "&#1114112;"}, "'&#1114112;' is no character"),
        ({"kind": "kind:finding"}, "the cell 'kind' must hold only what follows the colon"),
        ({"other tags": "two_sided"}, "tag 'two_sided' must be one of"),
        ({"other tags": "kind:list"}, "exactly one kind: tag"),
        ({"from": "March 2017"}, "the cell 'from' must be a year in digits, not 'March 2017'"),
        ({"to": "2017.5"}, "the cell 'to' must be a year in digits"),
        ({"status": "answered, not_found"}, "unknown status 'answered, not_found'"),
        ({"evidence": ""}, "needs 'evidence'"),
        ({"status": "not_found"}, "can't have 'evidence'"),
        ({"evidence": "a.txt | Words"}, "a line of 'evidence' must be: grade | document | quotation"),
        ({"evidence": "3 | a.txt | Words"}, "a line of 'evidence' must be: grade | document | quotation"),
        ({"evidence": "2 | a.txt"}, "a line of 'evidence' must be: grade | document | quotation"),
        ({"evidence": "2 | a.txt | "}, "a value is missing in the line '2 | a.txt |'"),
        ({"evidence": "1 | a.txt | Words"}, "needs a quote of grade 2"),
        ({"evidence": "2 | a.txt | One | two"}, "'two' is no label; known are speaker, first_hand, area, and a | ins"),
        ({"evidence": "2 | a.txt | One | areas: Brent"}, "'areas: Brent' is no label"),
        ({"evidence": "2 | a.txt | One | speaker: me"}, "unknown speaker 'me'"),
        ({"evidence": "2 | a.txt | One | area: "}, "a value is missing"),
        ({"evidence": "2 | a.txt | One | first_hand: perhaps"}, "must be yes or no, once, not 'perhaps'"),
        ({"evidence": "2 | a.txt | One | first_hand: yes | first_hand: no"}, "must be yes or no, once"),
        ({"evidence": "2 | a.txt | One\nor"}, "an 'or' in 'evidence' must have a quotation before it and after it"),
        ({"evidence": "or\n2 | a.txt | One"}, "an 'or' in 'evidence' must have a quotation before it and after it"),
        ({"evidence": "2 | a.txt | One\nor\nor\n2 | a.txt | One"}, "an 'or' in 'evidence' must have a quotation"),
        ({"nuggets": "5 years"}, "must begin with vital: or extra:, or with or:"),
        ({"nuggets": "or: 5 years"}, "must begin with vital: or extra:, or with or:"),
        ({"nuggets": "vital: "}, "a value is missing in the line 'vital:'"),
        ({"nuggets": "vital: ("}, "pattern '(' is not a regular expression"),
        ({"must_not": "("}, "pattern '(' is not a regular expression"),
        ({"verdict": "true"}, "unknown verdict 'true'"),
    ],
)
def test_a_faulty_row_is_refused_with_its_file_row_and_fault(cells: dict[str, str], complaint: str) -> None:
    (problem,) = refused(table(ROW, {**ROW, "id": "b", **cells}))
    assert problem.startswith("questions.csv:3: ")
    assert complaint in problem


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    tall = {**ROW, "turns": "One?\n\nTwo?\nThree?"}
    text = table(tall, {}, {**ROW, "id": "b", "turns": " "}, {**tall, "id": "c"}, ROW)
    assert refused(text) == (
        "questions.csv:4: the cell 'turns' is blank; it must be filled in",
        "questions.csv:6: id 'visit-1' stands already in row 2; give this case its own",
    )


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_missing_column_is_named(missing: str) -> None:
    columns = [column for column in COLUMNS if column != missing]
    assert refused(table(ROW, columns=columns)) == (f"questions.csv:1: the column '{missing}' is missing",)


def test_unknown_and_double_columns_are_named_together() -> None:
    problems = refused(table(ROW, columns=[*COLUMNS, "colour", "id", "refrence"]))
    assert [problem.partition(";")[0] for problem in problems] == [
        "questions.csv:1: unknown column 'colour'",
        "questions.csv:1: unknown column 'refrence'",
        "questions.csv:1: the column 'id' stands there twice",
    ]


@pytest.mark.parametrize("text", ["", "\r\n", '{"id": "visit-1"}\n', "visit-1,visit,dev\n"])
def test_a_file_that_is_no_such_table_is_told_what_row_one_must_be(text: str) -> None:
    (problem,) = refused(text)
    assert problem.startswith("questions.csv:1: row 1 must name the columns: id, family, split")


def test_a_table_without_rows_holds_no_cases() -> None:
    assert refused(table({}, {})) == ("questions.csv: holds no cases",)


def test_a_cell_beyond_the_columns_is_refused() -> None:
    header, row = rows_of(table(ROW))
    assert refused(saved([header, [*row, "stray"]])) == (
        "questions.csv:2: the cell 'stray' stands in a column without a name",
    )


def test_a_quotation_mark_that_never_closes_is_told_by_its_row() -> None:
    (problem,) = refused(table(ROW, ROW) + '"open')
    assert problem.startswith("questions.csv:4: is not CSV from this row on")


def test_a_cell_that_excel_would_cut_is_refused_on_the_way_out() -> None:
    case = replace(only(), reference="x" * (MOST + 1), line=7)
    with pytest.raises(QuestionFileError) as caught:
        table_of([case, replace(case, id="b", reference="x" * MOST)], Path("questions.jsonl"))
    (problem,) = caught.value.problems
    assert problem.startswith("questions.jsonl:7: visit-1: the cell 'reference' would hold 32768 characters")


# The commands


def test_out_and_back_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, back = tmp_path / "seeds.csv", tmp_path / "seeds.jsonl"
    assert main(["to-csv", str(SETS[0]), str(out)]) == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,family,split,")
    assert main(["from-csv", str(out), str(back)]) == 0
    assert without_lines(read_cases(back)) == without_lines(read_cases(SETS[0]))
    count = len(read_cases(SETS[0]))
    assert [line.partition(";")[0].partition(",")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"{out}: {count} cases",
        f"{back}: {count} cases",
    ]
    assert sorted(tmp_path.iterdir()) == [out, back]


def test_a_dash_is_standard_output(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    source = tmp_path / "q.csv"
    source.write_text(table(ROW), encoding="utf-8")
    assert main(["from-csv", str(source), "-"]) == 0
    line = capsysbinary.readouterr().out.decode()
    assert parse_case(line, 0) == only()
    questions = tmp_path / "q.jsonl"
    questions.write_text(line, encoding="utf-8")
    assert main(["to-csv", str(questions), "-"]) == 0
    assert capsysbinary.readouterr().out == table_of([only()], questions).encode("utf-8-sig")


def test_nothing_is_written_over_unless_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    assert main(["to-csv", str(SETS[0]), str(out)]) == MISUSED
    assert capsys.readouterr().err == f"{out}: exists already; give another name, or --force to write over it\n"
    assert out.read_text() == "mine"
    assert main(["to-csv", "--force", str(SETS[0]), str(out)]) == 0
    assert out.read_text(encoding="utf-8-sig").startswith("id,family")
    assert main(["to-csv", "--force", str(SETS[0]), str(tmp_path)]) == MISUSED
    assert capsys.readouterr().err == f"{tmp_path}: is not a file; give another name\n"


@pytest.mark.parametrize("out", ["no/such/folder/q.jsonl", "q.csv/q.jsonl", f"{'x' * 300}.jsonl"])
def test_where_nothing_can_be_written_one_line_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    source = tmp_path / "q.csv"
    source.write_text(table(ROW), encoding="utf-8")
    assert main(["from-csv", str(source), str(tmp_path / out)]) == MISUSED
    assert f"{out}: can't be written (" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [source]


def test_a_faulty_table_leaves_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "q.csv", tmp_path / "q.jsonl"
    source.write_text(table(ROW, {**ROW, "id": "b", "kind": ""}, {**ROW, "id": "c", "to": "x"}), encoding="utf-8")
    out.write_text("mine")
    assert main(["from-csv", "--force", str(source), str(out)]) == MISUSED
    assert capsys.readouterr().err == (
        f"{source}:3: the cell 'kind' is blank; it must be filled in\n"
        f"{source}:4: the cell 'to' must be a year in digits, not 'x'\n"
    )
    assert out.read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == [source, out]


@pytest.mark.parametrize("before", ["mine", None])
def test_a_full_disk_leaves_things_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    def fill(path: Path, content: bytes) -> int:
        with path.open("wb") as opened:
            opened.write(content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "out.csv"
    if before:
        out.write_text(before)
    monkeypatch.setattr(Path, "write_bytes", fill)
    assert main(["to-csv", "--force", str(SETS[0]), str(out)]) == MISUSED
    assert capsys.readouterr().err == f"{out}: can't be written (No space left on device); give another name\n"
    assert [path.read_text() for path in tmp_path.iterdir()] == ([before] if before else [])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (table(ROW).replace("few", "’few").encode("cp1252"), "is not UTF-8 text; save it as 'CSV UTF-8' in Excel"),
        (table(ROW).encode("utf-16"), "is not UTF-8 text"),
        (None, "can't be read (No such file or directory)"),
    ],
)
def test_a_file_in_another_encoding_or_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, complaint: str
) -> None:
    source = tmp_path / "q.csv"
    if content is not None:
        source.write_bytes(content)
    assert main(["from-csv", str(source), "-"]) == MISUSED
    assert f"{source}: {complaint}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "before",
    [["lint", "--sources", str(QUESTIONS.parents[1] / "seeds")], ["run", "--questions"], ["to-csv", "--force"]],
)
def test_a_table_in_place_of_a_question_file_names_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: list[str]
) -> None:
    source = tmp_path / "q.CSV"
    source.write_text(table(ROW), encoding="utf-8")
    after = ["-"] if before[0] == "to-csv" else []
    assert main([*before, str(source), *after]) == MISUSED
    assert f"{source}: is a table; first run: python -m evals from-csv {source} " in capsys.readouterr().err


# The schema

VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker(["regex"]))


def parser_takes(value: object) -> bool:
    try:
        parse_case(json.dumps(value), 0)
    except FormatError:
        return False
    return True


def schema_takes(value: object) -> bool:
    return bool(VALIDATOR.is_valid(value))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_lists_what_the_parser_knows() -> None:
    listed = SCHEMA["$defs"]
    assert set(listed["status"]["enum"]) == STATUSES | {ERROR}
    assert set(listed["speaker"]["enum"]) == SPEAKERS
    assert set(listed["verdict"]["enum"]) == VERDICTS


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_schema_takes_every_line_of_our_sets(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        VALIDATOR.validate(json.loads(line))


SOUND = json.loads(lines_of_table(table({**ROW, "area": "Brent", "nuggets": "vital: few"}), HERE)[0])


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"id": ""},
        {"id": 7},
        {"family": None},
        {"split": "train"},
        {"turns": []},
        {"turns": ["one", " "]},
        {"tags": ["kind:finding", "user:parent"]},
        {"tags": ["kind:finding", "kind:list", "user:parent", "lang:en"]},
        {"tags": ["kind:finding", "user:parent", "lang:en", "colour:red"]},
        {"tags": ["kind:finding", "user:parent", "lang:en", "trap:"]},
        {"scope": []},
        {"scope": {"town": "Brent"}},
        {"scope": {"area": []}},
        {"scope": {"from": "2017"}},
        {"scope": {"from": True}},
        {"expect": None},
        {"expect": {}},
        {"expect": {"status": []}},
        {"expect": {"status": "maybe"}},
        {"expect": {"status": "answered"}},
        {"expect": {"status": ["answered"], "evidence": []}},
        {"expect": {"status": "answered", "evidence": [[]]}},
        {"expect": {"status": "not_found", "evidence": [[{"document": "a", "quote": "x", "grade": 2}]]}},
        {"expect": {"status": "answered", "evidence": [[{"document": "a", "quote": "x", "grade": 1}]]}},
        {"expect": {"status": "answered", "evidence": [[{"document": "a", "quote": "x", "grade": 3}]]}},
        {"expect": {"status": "answered", "evidence": [[{"document": "a", "grade": 2}]]}},
        {"expect": {"status": "answered", "evidence": [[{"document": "a", "quote": "x", "grade": 2, "page": 1}]]}},
        {"expect": {"status": "not_found", "speaker": "me"}},
        {"expect": {"status": "not_found", "verdict": ["true"]}},
        {"expect": {"status": "not_found", "must_not": "("}},
        {"expect": {"status": "not_found", "nuggets": {"any": "x"}}},
        {"expect": {"status": "not_found", "nuggets": [{"any": []}]}},
        {"expect": {"status": "not_found", "nuggets": [{"any": "x", "vitale": True}]}},
        {"expect": {"status": "not_found", "nuggets": [{"any": "x", "vital": "yes"}]}},
        {"reference": "\n"},
        {"provenance": None},
    ],
    ids=json.dumps,
)
def test_what_the_parser_refuses_the_schema_refuses(changes: dict[str, Any]) -> None:
    assert parser_takes(SOUND)
    assert schema_takes(SOUND)
    assert not parser_takes({**SOUND, **changes})
    assert not schema_takes({**SOUND, **changes})


@pytest.mark.parametrize("required", ["id", "split", "tags", "turns", "expect", "reference", "provenance"])
def test_what_the_parser_misses_the_schema_misses(required: str) -> None:
    short = {name: value for name, value in SOUND.items() if name != required}
    assert not parser_takes(short)
    assert not schema_takes(short)


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON value."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from places(part, (*path, key))


def changed(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    """The value with another one in that place."""
    if not path:
        return new
    copy: Any = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


FULL = {
    **SOUND,
    "family": "visit",
    "scope": {"area": ["Brent"], "from": 2017, "to": 2019},
    "expect": {
        "status": ["answered", "not_found"],
        "evidence": [
            [
                {"document": "a", "quote": "x", "grade": 2, "speaker": ["nhs"], "first_hand": True, "areas": ["Brent"]},
                {"document": "a", "quote": "y", "grade": 1},
            ]
        ],
        "speaker": ["nhs"],
        "verdict": ["verbatim"],
        "must_not": ["x"],
        "nuggets": [{"any": ["x", "y"], "vital": True}],
    },
}
OTHERS: list[object] = [
    "", " ", "x", "(", "answered", "not_found", "inspectors", "verbatim", "kind:x", 0, 1, 2, True, False, None,
    [], [""], ["x"], ["("], ["answered"], ["not_found"], ["not_found", "answered"], ["error"], [[]], {}, {"any": "x"},
    {"area": None, "to": 1}, {"status": "not_found", "evidence": None}, {"status": "error", "nuggets": None},
]  # fmt: skip
EXAMPLES = [json.loads(line) for path in SETS for line in path.read_text(encoding="utf-8").splitlines()[::7]]


def both_take(case: Any, path: tuple[str | int, ...], other: object) -> bool:
    """What the parser and the schema say to a change. The split follows the family: a schema can't know a hash."""
    made = changed(case, path, other)
    family = made.get("family", made.get("id")) if isinstance(made, dict) else None
    if isinstance(family, str) and path != ("split",):
        made["split"] = split_of(family)
    taken = parser_takes(made)
    assert schema_takes(made) == taken, f"{path} as {other!r}: the parser {'takes' if taken else 'refuses'} it"
    return taken


def test_the_schema_and_the_parser_agree_on_every_change_of_a_full_case() -> None:
    said = [both_take(FULL, path, other) for path in places(FULL) for other in OTHERS]
    assert 50 < sum(said) < len(said) / 2


@given(st.sampled_from(EXAMPLES), st.sampled_from(OTHERS), st.data())
def test_the_schema_and_the_parser_agree_on_any_change_of_a_line(case: Any, other: object, data: st.DataObject) -> None:
    both_take(case, data.draw(st.sampled_from(list(places(case)))), other)
