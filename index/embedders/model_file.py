"""Finding a model in the package that carries it, and proving that it is the one this index is built with."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from index.errors import EmbeddingProblem


def model_file(package: str, name: str, sha256: str) -> Path:
    """A package's file of a known hash. The package is not imported. Raises ``EmbeddingProblem``."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddingProblem(f"the package {package} is not installed; run: make app")
    file = Path(spec.origin).parent / name
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if digest != sha256:
        raise EmbeddingProblem(f"{name} is not the expected model file; reinstall with: make clean app")
    return file
