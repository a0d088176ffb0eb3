"""Reading every source file of a build, and saying of each one that isn't taken in why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index import sources
from index.carried import Previous, known_document
from index.errors import SourceProblem
from index.manifest import Failure
from index.progress import Progress
from index.reader import read_file
from index.types import Document


@dataclass(slots=True)
class Intake:
    """What a build took in. ``duplicates`` are second copies with the first's name; ``read`` the names newly read."""

    documents: list[Document] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)


def take_in(found: Sequence[sources.Found], previous: Previous | None, progress: Progress) -> Intake:
    """Read what is new, carry over what is known. A file that can't be read is a failure and stops nothing."""
    intake = Intake()
    files: dict[str, str] = {}  # the name of the first file with these bytes
    texts: dict[str, str] = {}  # and with these words: saved twice, or in two formats, one reading is enough
    for at, file in enumerate(found):
        progress("read", at, len(found))
        if file.problem:
            intake.failures.append(Failure(file.name, file.sha256, file.problem))
        elif file.sha256 in files:
            _twice(intake, file, files[file.sha256], "is the same file as")
        elif document := _document(intake, file, previous):
            files[file.sha256] = file.name
            first = texts.setdefault(document.text, file.name)
            if first != file.name:
                _twice(intake, file, first, "has the same words as")
            else:
                intake.documents.append(document)
    progress("read", len(found), len(found))
    return intake


def _twice(intake: Intake, file: sources.Found, first: str, how: str) -> None:
    intake.duplicates.append((file.name, first))
    intake.failures.append(Failure(file.name, file.sha256, f"{file.name}: {how} {first}"))


def _document(intake: Intake, file: sources.Found, previous: Previous | None) -> Document | None:
    document = known_document(file, previous)
    if document:
        return document
    try:
        document = read_file(file.path, file.name)
    except SourceProblem as problem:
        intake.failures.append(Failure(file.name, file.sha256, str(problem)))
        return None
    intake.read.append(file.name)
    return document
