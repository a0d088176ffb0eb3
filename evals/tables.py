"""A question file as a CSV table for a spreadsheet, one row a case, and back without loss.

Rows are counted as a spreadsheet counts them: the one with the names of the columns is row 1, and a row whose cells
hold line breaks is still one row.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from evals.cases import ERROR, Case, QuestionFileError, parse_case, split_of
from evals.cells import (
    MOST,
    evidence_cell,
    evidence_of,
    kept_as_text,
    list_cell,
    list_of,
    nuggets_cell,
    nuggets_of,
    taken_as_text,
    text_cell,
    text_of,
)
from evals.strict import FormatError

COLUMNS = (
    "id", "family", "split", "kind", "user", "lang", "other tags", "turns", "area", "from", "to", "status", "evidence",
    "speaker", "verdict", "must_not", "nuggets", "reference", "provenance",
)  # fmt: skip
REQUIRED = ("id", "kind", "user", "lang", "turns", "status", "reference", "provenance")
_FIRST_TAGS, _LAST_TAG = ("kind", "user"), "lang"  # the order of tags, with the other tags in between
_OWN_COLUMN = (*_FIRST_TAGS, _LAST_TAG)
_COLON = "&#58;"
_STATUSES = ("answered", "partly_answered", "not_found", "out_of_scope", "needs_clarification", ERROR)
_DELIMITERS = ",;\t"
_LINE_ENDS = re.compile(r"\r\n?")
# JSON may hold these as they are, but a file's lines would be cut there, or could not be written as UTF-8.
_NOT_IN_A_LINE = re.compile(r"[\x85\u2028\u2029\ud800-\udfff]")


def table_of(cases: Iterable[Case], path: Path) -> str:
    """The cases as CSV. Raises ``QuestionFileError`` for cells that are longer than a spreadsheet keeps."""
    rows = [(case, row_of(case)) for case in cases]
    problems = [
        f"{path}:{case.line}: {case.id}: the cell '{column}' would hold {len(cell)} characters, "
        f"and a spreadsheet keeps {MOST}; make two cases of this one"
        for case, row in rows
        for column, cell in row.items()
        if len(cell) > MOST
    ]
    if problems:
        raise QuestionFileError(problems)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(row for _, row in rows)
    return text.getvalue()


def lines_of_table(text: str, path: Path) -> tuple[str, ...]:
    """The cases of a CSV table as JSON lines, each checked. Raises ``QuestionFileError`` with all faults at once."""
    lines: list[str] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    header, *records = _records(text, path) or [[]]
    columns = _columns(header, path)
    for number, record in enumerate(records, 2):
        if not any(cell.strip() for cell in record):
            continue
        try:
            line = line_of(_row(columns, record))
            case = parse_case(line, number)
            if case.id in seen:
                raise FormatError(f"id '{case.id}' stands already in row {seen[case.id]}; give this case its own")
            seen[case.id] = number
            lines.append(line)
        except FormatError as fault:
            problems.append(f"{path}:{number}: {fault}")
    if not lines and not problems:
        problems.append(f"{path}: holds no cases")
    if problems:
        raise QuestionFileError(problems)
    return tuple(lines)


def row_of(case: Case) -> dict[str, str]:
    """A case as the cells of its row."""
    expected, scope = case.expected, case.scope
    own = dict(tag.split(":", 1) for tag in case.tags if tag.split(":", 1)[0] in _OWN_COLUMN)
    row = {
        "id": text_cell(case.id),
        "family": text_cell(case.family) if case.family != case.id else "",
        "split": case.split,
        **{group: text_cell(own[group]).replace(":", _COLON) for group in _OWN_COLUMN},
        "other tags": list_cell(_other_tags(case.tags)),
        "turns": list_cell(case.turns),
        "area": list_cell(scope.areas),
        "from": _year_cell(scope.since),
        "to": _year_cell(scope.until),
        "status": list_cell(sorted(expected.statuses, key=_STATUSES.index)),
        "evidence": evidence_cell(expected.evidence),
        "speaker": list_cell(expected.speakers),
        "verdict": list_cell(expected.verdicts),
        "must_not": list_cell(pattern.pattern for pattern in expected.must_not),
        "nuggets": nuggets_cell(expected.nuggets),
        "reference": text_cell(case.reference),
        "provenance": text_cell(case.provenance),
    }
    return {column: kept_as_text(cell) for column, cell in row.items()}


def line_of(row: Mapping[str, str]) -> str:
    """The JSON line of a row that has every column. Raises ``FormatError`` for a cell in a wrong form."""
    blank = [column for column in REQUIRED if not row[column].strip()]
    if blank:
        raise FormatError(f"the cell '{blank[0]}' is blank; it must be filled in")
    cells = {column: taken_as_text(_LINE_ENDS.sub("\n", row[column]).strip()) for column in COLUMNS}
    identity, family = text_of(cells["id"]), text_of(cells["family"])
    areas = list_of(cells["area"])
    scope = {
        "area": areas[0] if len(areas) == 1 else areas or None,
        "from": _year(cells, "from"),
        "to": _year(cells, "to"),
    }
    expect = {
        "status": list_of(cells["status"]),
        "evidence": evidence_of(cells["evidence"]) or None,
        "speaker": list_of(cells["speaker"]) or None,
        "verdict": list_of(cells["verdict"]) or None,
        "must_not": list_of(cells["must_not"]) or None,
        "nuggets": nuggets_of(cells["nuggets"]) or None,
    }
    case = {
        "id": identity,
        "family": family or None,
        "split": text_of(cells["split"]) or split_of(family or identity),
        "tags": _tags(cells),
        "turns": list_of(cells["turns"]),
        "scope": _given(scope) or None,
        "expect": _given(expect),
        "reference": text_of(cells["reference"]),
        "provenance": text_of(cells["provenance"]),
    }
    line = json.dumps(_given(case), ensure_ascii=False)
    return _NOT_IN_A_LINE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _tags(cells: Mapping[str, str]) -> list[str]:
    for group in _OWN_COLUMN:
        if ":" in cells[group]:
            raise FormatError(f"the cell '{group}' must hold only what follows the colon of the {group}: tag")
    own = {group: f"{group}:{text_of(cells[group])}" for group in _OWN_COLUMN}
    others = list_of(cells["other tags"])
    first = [group for group in _FIRST_TAGS if group not in others]
    last = [_LAST_TAG] if _LAST_TAG not in others else []
    return [own.get(tag, tag) for tag in (*first, *others, *last)]


def _other_tags(tags: Iterable[str]) -> list[str]:
    """The tags without a column. A bare ``user`` among them marks where that column's tag stands, if not in front."""
    groups = [(tag, tag.partition(":")[0]) for tag in tags]
    marked = [group if group in _OWN_COLUMN else tag for tag, group in groups]
    for group in _FIRST_TAGS:
        if marked[0] != group:
            break
        del marked[0]
    return marked[:-1] if marked[-1] == _LAST_TAG else marked


def _year_cell(year: int | None) -> str:
    return "" if year is None else str(year)


def _year(cells: Mapping[str, str], column: str) -> int | None:
    cell = cells[column]
    if not cell:
        return None
    if not re.fullmatch("-?[0-9]+", cell):
        raise FormatError(f"the cell '{column}' must be a year in digits, not '{cell[:40]}'")
    return int(cell)


def _given(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}


def _records(text: str, path: Path) -> list[list[str]]:
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise QuestionFileError([f"{path}:{len(records) + 1}: is not CSV from this row on ({error})"]) from error
    return records


def _columns(header: Sequence[str], path: Path) -> list[str]:
    """The names of the columns in the order of the file; '' for one without a name."""
    names = [name.strip().lower() for name in header]
    if not set(names) & set(COLUMNS):
        raise QuestionFileError([f"{path}:1: row 1 must name the columns: {', '.join(COLUMNS)}"])
    unknown = [name for name in names if name and name not in COLUMNS]
    missing = [name for name in REQUIRED if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    problems = [
        *(f"{path}:1: unknown column '{name[:40]}'; known are {', '.join(COLUMNS)}" for name in unknown),
        *(f"{path}:1: the column '{name}' is missing" for name in missing),
        *(f"{path}:1: the column '{name}' stands there twice" for name in twice),
    ]
    if problems:
        raise QuestionFileError(problems)
    return names


def _row(columns: Sequence[str], record: Sequence[str]) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    for column, cell in zip_longest(columns, record, fillvalue=""):
        if column:
            row[column] = cell
        elif cell.strip():
            raise FormatError(f"the cell '{cell[:40]}' stands in a column without a name")
    return row
