"""One cell of a question table: how texts, quotations and nuggets are written for people, and read back without loss.

Several values in a cell stand one a line. What would be taken for something else is written ``&#N;``, the character
with that number, as in a web page: backslashes and quotation marks belong to the patterns and the questions themselves.
"""

import re
import sys
from collections.abc import Iterable, Sequence

from evals.cases import Gold, Nugget
from evals.strict import FormatError

MOST = 32_767  # characters in a cell; Excel cuts off what is longer without a word
_UNSAFE = (
    r"&(?=#[0-9]*;)"  # would be read as one of these signs
    r"|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"  # lost by spreadsheets or by UTF-8
    r"|\A\s|\s\Z"  # reading strips blanks around a value
)
_IN_TEXT = re.compile(_UNSAFE)
_IN_LINE = re.compile(_UNSAFE + r"|\n")
_IN_FIELD = re.compile(_UNSAFE + r"|[\n|]")
_SIGN = re.compile(r"&#([0-9]*);")
_NOTHING = "&#;"

_FORMULA = r"[=+\-@＝＋－＠].*"
_NUMBER = r"(?=[\W_]*\d)[\W\d_]+(?:[^\W\d_]+[\W\d_]*)?"  # with one word it may be a date, a time or an amount
_MONTH = (
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|(octo|novem|decem)ber|oct|nov|dec"
)
_DAY = "(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?"
_DATE = rf"(?=.*\d)([\W\d_]|({_MONTH}|{_DAY}|[ap]m)(?![^\W\d_]))+"
_CHANGED = re.compile(rf"{_FORMULA}|{_NUMBER}|{_DATE}|true|false", re.IGNORECASE | re.DOTALL)
_UNCHANGED = re.compile(r"0|[1-9][0-9]{0,9}")

_LABELS = {"speaker": "speaker", "first_hand": "first_hand", "area": "areas"}  # in a cell, and in a line of JSON
_TRUTH = {"yes": True, "no": False}
_WEIGHTS = {"vital": True, "extra": False}
_QUOTATION_FORM = "grade | document | quotation, then any of | speaker: ... | first_hand: yes or no | area: ..."


def kept_as_text(cell: str) -> str:
    """The cell with an apostrophe before it, if a spreadsheet would take it for a formula, a number or a date.

    An apostrophe of its own is written as a sign, as a spreadsheet may hide it when the cell is edited.
    """
    if cell.startswith("'"):
        return f"&#39;{cell[1:]}"
    return f"'{cell}" if _is_changed(cell) else cell


def taken_as_text(cell: str) -> str:
    """The cell without the apostrophe that ``kept_as_text`` sets."""
    return cell[1:] if cell.startswith("'") and _is_changed(cell[1:]) else cell


def _is_changed(cell: str) -> bool:
    return bool(_CHANGED.fullmatch(cell)) and not _UNCHANGED.fullmatch(cell)


def text_cell(text: str) -> str:
    """A cell that holds one text, line breaks and all."""
    return _written(text, _IN_TEXT)


def text_of(cell: str) -> str:
    """The one text of a cell, '' if it is blank."""
    return _SIGN.sub(_character, cell.strip())


def list_cell(texts: Iterable[str]) -> str:
    """A cell that holds several texts, one a line."""
    return "\n".join(_written(text, _IN_LINE) for text in texts)


def list_of(cell: str) -> list[str]:
    """The texts of a cell, one a line. Blank lines don't count."""
    return [text_of(line) for line in _lines(cell)]


def evidence_cell(evidence: Iterable[Sequence[Gold]]) -> str:
    """A cell that holds gold quotations, one a line, with a line ``or`` between alternative sets."""
    return "\nor\n".join("\n".join(_quotation(gold) for gold in group) for group in evidence)


def evidence_of(cell: str) -> list[list[dict[str, object]]]:
    """The sets of quotations of a cell, as a case's line has them. Raises ``FormatError``."""
    groups: list[list[dict[str, object]]] = [[]]
    for line in _lines(cell):
        if line.lower() == "or":
            groups.append([])
        else:
            groups[-1].append(_gold(line))
    if groups == [[]]:
        return []
    if not all(groups):
        raise FormatError("an 'or' in 'evidence' must have a quotation before it and after it")
    return groups


def nuggets_cell(nuggets: Iterable[Nugget]) -> str:
    """A cell that holds nuggets: a line ``vital:`` or ``extra:`` begins one, lines ``or:`` hold its other wordings."""
    lines: list[str] = []
    for nugget in nuggets:
        words = ["vital" if nugget.vital else "extra", *["or"] * (len(nugget.patterns) - 1)]
        lines += [
            f"{word}: {_written(pattern.pattern, _IN_LINE)}"
            for word, pattern in zip(words, nugget.patterns, strict=True)
        ]
    return "\n".join(lines)


def nuggets_of(cell: str) -> list[dict[str, object]]:
    """The nuggets of a cell, as a case's line has them. Raises ``FormatError``."""
    found: list[tuple[bool, list[str]]] = []
    for line in _lines(cell):
        word, _, wording = line.partition(":")
        word = word.strip().lower()
        if word in _WEIGHTS:
            found.append((_WEIGHTS[word], [_value(wording, "nuggets", line)]))
        elif word == "or" and found:
            found[-1][1].append(_value(wording, "nuggets", line))
        else:
            raise FormatError(
                "a line of 'nuggets' must begin with vital: or extra:, or with or: for another wording of the fact "
                f"above it, not '{_start(line)}'"
            )
    return [{"any": wordings, "vital": vital} for vital, wordings in found]


def _quotation(gold: Gold) -> str:
    labels = [("speaker", speaker) for speaker in gold.speakers]
    if gold.first_hand is not None:
        labels.append(("first_hand", "yes" if gold.first_hand else "no"))
    labels += [("area", area) for area in gold.areas]
    fields = [str(gold.grade), _written(gold.document, _IN_FIELD), _written(gold.quote, _IN_FIELD)]
    return " | ".join(fields + [f"{label}: {_written(value, _IN_FIELD)}" for label, value in labels])


def _gold(line: str) -> dict[str, object]:
    grade, *fields = (field.strip() for field in line.split("|"))
    if grade not in ("1", "2") or len(fields) < 2:
        raise FormatError(f"a line of 'evidence' must be: {_QUOTATION_FORM}; not '{_start(line)}'")
    document, quote, *labels = fields
    gold: dict[str, object] = {
        "document": _value(document, "evidence", line),
        "quote": _value(quote, "evidence", line),
        "grade": int(grade),
    }
    for label in labels:
        name, colon, value = label.partition(":")
        name = name.strip().lower()
        if not colon or name not in _LABELS:
            raise FormatError(f"in 'evidence' '{_start(label)}' is no label; known are {', '.join(_LABELS)}, "
                              "and a | inside a quotation is written &#124;")  # fmt: skip
        _add(gold, name, _value(value, "evidence", line))
    return gold


def _add(gold: dict[str, object], name: str, value: str) -> None:
    """Speakers and areas may stand several times, one value each."""
    key = _LABELS[name]
    if name != "first_hand":
        before = gold.get(key)
        gold[key] = [*before, value] if isinstance(before, list) else [value]
    elif key in gold or value.lower() not in _TRUTH:
        raise FormatError(f"'first_hand' in 'evidence' must be yes or no, once, not '{_start(value)}'")
    else:
        gold[key] = _TRUTH[value.lower()]


def _lines(cell: str) -> list[str]:
    """Only a line feed ends a line here: ``splitlines`` would also cut at characters that belong to the text."""
    return [line.strip() for line in cell.split("\n") if line.strip()]


def _value(text: str, column: str, line: str) -> str:
    if not text.strip():
        raise FormatError(f"in '{column}' a value is missing in the line '{_start(line)}'")
    return text_of(text)


def _written(text: str, unsafe: re.Pattern[str]) -> str:
    return unsafe.sub(lambda found: f"&#{ord(found[0])};", text) or _NOTHING


def _character(found: re.Match[str]) -> str:
    if not found[1]:
        return ""
    if len(found[1]) > 7 or int(found[1]) > sys.maxunicode:
        raise FormatError(f"'{found[0][:12]}' is no character; write &#38; for an & that means itself")
    return chr(int(found[1]))


def _start(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}..."
