"""The texts of the documents that questions are about: from the store that answers, or from a folder of text files."""

import os
from pathlib import Path

STORE_VARIABLE = "INSPECTION_STORE"


class SourcesError(Exception):
    """The documents can't be read; the message says what to do."""


def default_store() -> Path:
    """The store named in the environment, else ``.store``."""
    return Path(os.environ.get(STORE_VARIABLE) or ".store")


def texts_in(folder: Path) -> dict[str, str]:
    """The text files of a folder by name. They are compared folded, so the store's own clean-up does not matter."""
    if not folder.is_dir():
        raise SourcesError(f"{folder}: no such folder; give the folder of the source texts with --sources")
    try:
        texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesError(f"{folder}: a source can't be read as UTF-8 text ({error})") from error
    if not texts:
        raise SourcesError(f"{folder}: holds no .txt files; give the folder of the source texts with --sources")
    return texts


def texts_of_store(store: Path) -> dict[str, str]:
    """The stored texts, without opening a model. Raises ``SourcesError`` where the store can't be read."""
    from index.errors import IndexProblem
    from index.manifest import current_folder
    from index.store import DOCUMENTS, read_documents

    try:
        return {document.name: document.text for document in read_documents(current_folder(store) / DOCUMENTS)}
    except IndexProblem as problem:
        raise SourcesError(str(problem)) from problem
