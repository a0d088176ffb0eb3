"""Question files out to a spreadsheet's table and back: ``python -m evals to-csv`` and ``from-csv``."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from evals.cases import QuestionFileError, read_cases
from evals.commands import DONE
from evals.tables import lines_of_table, table_of

STANDARD_OUTPUT = Path("-")


def to_csv(options: argparse.Namespace) -> int:
    """Write a question file as a CSV table."""
    cases = read_cases(options.file)
    # Excel reads a CSV file as UTF-8 only if it begins with this mark.
    _write(options.output, table_of(cases, options.file).encode("utf-8-sig"), options.force)
    _tell(options.output, f"{len(cases)} cases, one a row; bring it back with: python -m evals from-csv")
    return DONE


def from_csv(options: argparse.Namespace) -> int:
    """Write a CSV table as a question file, if every row of it is sound."""
    lines = lines_of_table(_text(options.file), options.file)
    _write(options.output, "".join(f"{line}\n" for line in lines).encode(), options.force)
    _tell(options.output, f"{len(lines)} cases; check their quotations with: python -m evals lint {options.output}")
    return DONE


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QuestionFileError([f"{path}: can't be read ({error.strerror}); give a table in CSV"]) from error
    except UnicodeDecodeError as error:
        raise QuestionFileError(
            [f"{path}: is not UTF-8 text; save it as 'CSV UTF-8' in Excel, as 'Text CSV' with UTF-8 in LibreOffice"]
        ) from error


def _write(output: Path, content: bytes, force: bool) -> None:
    """Write all or nothing: beside the file first, then in its place."""
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    beside = output.with_name(f"{output.name}.part")
    try:
        if output.exists() and not force:
            raise QuestionFileError([f"{output}: exists already; give another name, or --force to write over it"])
        if output.exists() and not output.is_file():
            raise QuestionFileError([f"{output}: is not a file; give another name"])
        beside.write_bytes(content)
        beside.replace(output)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise QuestionFileError([f"{output}: can't be written ({error.strerror}); give another name"]) from error


def _tell(output: Path, what: str) -> None:
    if output != STANDARD_OUTPUT:
        print(f"{output}: {what}")
