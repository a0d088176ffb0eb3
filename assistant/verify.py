"""Does an old export still match the store? Every quotation is held against its document again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import QuestionProblem
from index.types import Document


class ExportProblem(QuestionProblem):
    """The file is no export of ours; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proved: how many quotations were looked up, and each one that doesn't hold, in a sentence."""

    quotations: int
    documents: int
    problems: tuple[str, ...]


def verify(file: Path, documents: Sequence[Document]) -> Verified:
    """Hold an export, or a single answer in format 1, against the loaded documents.

    Raises ``ExportProblem`` for a file that is neither.
    """
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ExportProblem(f"{file}: can't be read ({problem.strerror})") from None
    except (ValueError, RecursionError):
        raise ExportProblem(f"{file}: is not JSON; give a file that was saved as JSON") from None
    known = {document.name: document for document in documents}
    try:
        citations = list(_citations(given))
        hashes = _hashes(given)
        problems = [problem for name in hashes for problem in _changed(name, hashes[name], known)]
        problems += [problem for citation in citations for problem in _misquoted(citation, known)]
    except (KeyError, TypeError, AttributeError):
        raise ExportProblem(f"{file}: is no answer that was saved here; save it again as JSON") from None
    return Verified(len(citations), len({citation["document"] for citation in citations}), tuple(problems))


def _citations(given: Any) -> Iterator[Mapping[str, Any]]:
    answers = given["answers"] if "export" in given else [given]
    for answer in answers:
        if answer["format"] != 1:
            raise KeyError("format")
        yield from answer["citations"]


def _hashes(given: Mapping[str, Any]) -> dict[str, str]:
    return {entry["document"]: entry["sha256"] for entry in given.get("documents", ())}


def _changed(name: str, sha256: str, known: Mapping[str, Document]) -> Iterator[str]:
    if name in known and known[name].sha256 != sha256:
        yield f"{name}: the file has changed since this was saved"


def _misquoted(citation: Mapping[str, Any], known: Mapping[str, Document]) -> Iterator[str]:
    name, start, end, quote = (citation[field] for field in ("document", "start", "end", "quote"))
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(quote, str):
        raise TypeError("offsets")
    document = known.get(name)
    if document is None:
        yield f"{name}: is no longer loaded"
    elif start < 0 or document.text[start:end] != quote:
        found = quote and document.text.find(quote)
        where = f"they now stand at {found}" if found and found >= 0 else "they stand nowhere in it"
        yield f"{name}: the words at {start} to {end} are not those that were saved; {where}"
