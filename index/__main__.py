"""The command line of the index: ``python -m index build | add | remove | list | show | status | verify``."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from index import manifest as manifests
from index.console import progress_bar, until_cut_off
from index.errors import IndexProblem
from index.settings import DEFAULT_SOURCE, load
from index.types import Document

_EXAMPLES = """examples:
  python -m index build                        read seeds/ into .store/
  python -m index build --source reports/      read another folder instead
  python -m index add letter.txt               take in one more file
  python -m index show 003_47304b061fc43f47.txt --text
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index",
        description="Read documents into the store that questions are answered from.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", type=Path, metavar="DIR", help="the store (default .store, or INSPECTION_STORE)")
    common.add_argument("--json", action="store_true", help="print JSON instead of text")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, says: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=says, description=says, parents=[common])

    build = command("build", "read every file under the sources; unchanged files cost nothing")
    build.add_argument(
        "--source",
        type=Path,
        action="append",
        metavar="DIR",
        help=f"a folder of documents (default {DEFAULT_SOURCE}, later those of the last build)",
    )
    add = command("add", "take in single files, copied into the store")
    add.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    remove = command("remove", "take documents out; the files themselves stay where they are")
    remove.add_argument("names", nargs="+", metavar="DOC")
    command("list", "the documents in the store")
    show = command("show", "one document: what it is and what it says")
    show.add_argument("name", metavar="DOC")
    show.add_argument("--text", action="store_true", help="print the stored text and nothing else")
    command("status", "what is loaded, when it was built, and what could not be read")
    command("verify", "prove the store whole")
    return parser


def document_summary(document: Document) -> dict[str, Any]:
    """One document as ``index list --json`` prints it (answer format 1)."""
    about, previous = document.profile, document.profile.previous_inspections
    return {
        "document": document.name,
        "sha256": document.sha256,
        "title": about.title,
        "kind": about.kind,
        "publisher": about.publisher,
        "areas": about.areas,
        "inspection": about.inspection and dataclasses.asdict(about.inspection),
        "inspection_year": about.inspection_year,
        "previous_inspection": dataclasses.asdict(previous[0]) if previous else None,
        "published": about.published,
        "outcome": about.outcome,
        "outcome_text": about.outcome and (result.words if (result := about.fact("outcome")) else None),
        "next_inspection": about.next_inspection,
        "passages": len(document.passages),
        "pages": len(document.pages) or None,
        "licence": about.licence,
        "problems": document.problems,
    }


def _print_json(value: object) -> None:
    def plain(item: object) -> str:
        if isinstance(item, date):
            return item.isoformat()
        raise TypeError(f"not JSON: {type(item).__name__}")

    print(json.dumps(value, indent=2, ensure_ascii=False, default=plain))


def _line(document: Document) -> str:
    about = document.profile
    when = about.period or "no year"
    kind = about.kind.replace("_", " ")
    return f"{document.name}  {kind}, {when}, {', '.join(about.areas) or 'no area'}\n    {about.title}"


def _build(arguments: argparse.Namespace, store: Path) -> int:
    from index import build as building
    from index.embedders import embedder

    model = embedder(load())
    progress = progress_bar()
    if arguments.command == "add":
        report = building.add(arguments.paths, store, model, progress)
    elif arguments.command == "remove":
        report = building.remove(arguments.names, store, model, progress)
    else:
        report = building.build(arguments.source or building.last_roots(store), store, model, progress)
    if arguments.json:
        _print_json(dataclasses.asdict(report))
        return 0
    for failure in report.failures:
        print(f"left out: {failure.reason}", file=sys.stderr)
    for name in report.removed:
        print(f"left out: {name}: was removed; take it in again with: python -m index add PATH", file=sys.stderr)
    done = f"{report.documents} documents, {report.passages} passages, {report.sentences} sentences in {store}"
    if not report.changed:
        print(f"up to date: {done}")
    else:
        print(f"built: {done}, {report.embedded} newly embedded, {report.seconds:.1f} s")
    return 0


def _status(arguments: argparse.Namespace, store: Path) -> int:
    folder = manifests.current_folder(store)
    manifest = manifests.load(folder)
    if arguments.json:
        _print_json({**dataclasses.asdict(manifest), "store": str(store)})
        return 0
    print(f"{len(manifest.sources)} documents, {manifest.passages} passages, {manifest.sentences} sentences")
    print(f"built {manifest.created} in {store} with {manifest.embedding_model}")
    print(f"sources: {', '.join(manifest.roots) or 'added files only'}")
    for failure in manifest.failures:
        print(f"not read: {failure.reason}")
    for name in manifest.removed:
        print(f"removed: {name}")
    return 0


def _list(arguments: argparse.Namespace, store: Path) -> int:
    documents = _documents(store)
    if arguments.json:
        _print_json([document_summary(document) for document in documents])
    else:
        print("\n".join(_line(document) for document in documents))
    return 0


def _show(arguments: argparse.Namespace, store: Path) -> int:
    from index.errors import StoreProblem

    document = next((d for d in _documents(store) if d.name == arguments.name), None)
    if document is None:
        raise StoreProblem(f"no document called {arguments.name}; see what is loaded with: python -m index list")
    if arguments.text:
        print(document.text, end="")
    elif arguments.json:
        _print_json({**document_summary(document), "details": dataclasses.asdict(document)})
    else:
        print(_line(document))
        for passage in document.passages:
            mark = " (boilerplate)" if passage.boilerplate else ""
            print(f"\n[{passage.section or 'no heading'}]{mark} {passage.start}-{passage.end}")
            for sentence in passage.sentences:
                print(f"  {sentence.voice.speaker}: {' '.join(document.text[sentence.start : sentence.end].split())}")
    return 0


def _documents(store: Path) -> tuple[Document, ...]:
    from index.store import DOCUMENTS, read_documents

    folder = manifests.current_folder(store)
    manifests.load(folder)
    return read_documents(folder / DOCUMENTS)


def _verify(arguments: argparse.Namespace, store: Path) -> int:
    from index.verify import verify

    result = verify(manifests.current_folder(store))
    if arguments.json:
        _print_json({"whole": True, "detail": result})
    else:
        print(result)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 the work failed, 2 the call was wrong."""
    arguments = _parser().parse_args(argv)
    commands = {"list": _list, "show": _show, "status": _status, "verify": _verify}
    try:
        store = arguments.store or load().store
        return until_cut_off(lambda: commands.get(arguments.command, _build)(arguments, store))
    except IndexProblem as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the index is as it was before", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
