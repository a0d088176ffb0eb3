"""The command line of the assistant: ``python -m assistant ask | chat | check | verify``."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.console import until_cut_off
from index.types import Kind, Speaker

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.types import Answer, Filters, Turn
    from assistant.writers.llm import ModelWriter

_EXAMPLES = """examples:
  python -m assistant ask "How many children have an EHC plan in Barking and Dagenham?"
  python -m assistant ask "My son can't talk. Does anyone ask what he wants?" --json
  python -m assistant check "swift and positive action is taken to support them"
  python -m assistant ask --batch questions.jsonl > answers.jsonl
  python -m assistant chat
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="Ask what the inspectors actually said. Every answer is quoted from its documents.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", type=Path, metavar="DIR", help="the store (default .store, or INSPECTION_STORE)")
    common.add_argument(
        "--view",
        choices=["plain", "officer"],
        default="plain",
        help="officer: each quotation with its document, section, page and dates",
    )
    limits = argparse.ArgumentParser(add_help=False)
    limits.add_argument("--area", metavar="AREA", help="only what is said of this area")
    limits.add_argument("--since", type=int, metavar="YEAR", help="only findings from this year or later")
    limits.add_argument("--until", type=int, metavar="YEAR", help="only findings from this year or earlier")
    limits.add_argument("--speaker", type=Speaker, choices=list(Speaker), help="only these speakers' words")
    limits.add_argument("--kind", type=Kind, choices=list(Kind), help="only documents of this kind")
    limits.add_argument(
        "--writer",
        choices=["extractive", "llm"],
        help="who writes (default extractive, or INSPECTION_WRITER); llm sends questions to your endpoint",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="ask one question, or many from a file", parents=[common, limits])
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--batch", type=Path, metavar="FILE", help='lines of {"id": …, "turns": [question, follow-up …]}')
    ask.add_argument("--json", action="store_true", help="print answer format 1 instead of text")
    commands.add_parser("chat", help="a conversation in the terminal", parents=[common, limits])
    check = commands.add_parser("check", help="was this said, by whom, in these words?", parents=[common])
    check.add_argument("sentence", metavar="SENTENCE")
    check.add_argument("--area", metavar="AREA", help="the area it is said to be about")
    check.add_argument("--json", action="store_true", help="print answer format 1 instead of text")
    verify = commands.add_parser("verify", help="does a saved answer still match the store?", parents=[common])
    verify.add_argument("file", type=Path, metavar="FILE.json")
    verify.add_argument("--json", action="store_true", help="print JSON instead of text")
    return parser


def _filters(arguments: argparse.Namespace) -> "Filters":
    from assistant.types import Filters

    return Filters(arguments.area, arguments.since, arguments.until, arguments.speaker, arguments.kind)


def _writer(arguments: argparse.Namespace) -> "ModelWriter | None":
    """The language model's writer, if it is asked for. Where questions go then is said on standard error."""
    from assistant.writers.options import chosen

    if (arguments.writer or chosen()) != "llm":
        return None
    from assistant.writers.llm import ModelWriter

    writer = ModelWriter.open()
    print(f"Questions and the quotations found are sent to {writer.sends_to}.", file=sys.stderr)
    return writer


@dataclass(frozen=True)
class _Asking:
    """How the questions of one run are answered."""

    assistant: "Assistant"
    filters: "Filters"
    writer: "ModelWriter | None"

    def ask(self, question: str, turns: "Sequence[Turn]" = (), conversation: str = "terminal") -> "Answer":
        """The whole answer."""
        *_, answer = self.assistant.stream(question, turns, self.filters, self.writer, conversation)
        return answer


def _print(answer: "Answer", as_json: bool, view: str) -> None:
    from assistant.format import VIEWS, answer_to_dict

    print(json.dumps(answer_to_dict(answer), ensure_ascii=False, indent=2) if as_json else VIEWS[view](answer))


def _batch_line(asking: _Asking, line: str) -> dict[str, Any]:
    """The answer to the last turn of one line; a line that fails gives its id and the reason."""
    from assistant.errors import QuestionProblem
    from assistant.format import answer_to_dict
    from assistant.types import Turn

    identity = None
    try:
        entry = json.loads(line)
        if not isinstance(entry, dict):
            return {"id": None, "error": "the line is not a JSON object"}
        identity, questions = entry.get("id"), entry.get("turns")
        if not isinstance(questions, list) or not questions or not all(isinstance(q, str) for q in questions):
            return {"id": identity, "error": 'the line has no "turns": a list of questions'}
        turns: list[Turn] = []
        for question in questions[:-1]:
            turns.append(Turn(question, asking.assistant.ask(question, turns, asking.filters).answer))
        answer = asking.ask(questions[-1], turns, f"line {identity}")
    except QuestionProblem as problem:
        return {"id": identity, "error": str(problem)}
    except (ValueError, RecursionError) as problem:  # a number of thousands of digits is a ValueError of its own
        return {"id": None, "error": f"the line is not JSON: {problem}"}
    return {**answer_to_dict(answer), "id": identity}


def _batch(asking: _Asking, file: Path) -> int:
    try:
        lines = file.read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError as problem:
        print(f"error: {file} can't be read ({problem.strerror}); name a file of questions", file=sys.stderr)
        return 2
    for line in lines:
        if line.strip():
            written = json.dumps(_batch_line(asking, line), ensure_ascii=False)
            print(written.encode("utf-8", "replace").decode("utf-8"), flush=True)
    return 0


def _chat(asking: _Asking, view: str) -> int:
    from assistant.errors import QuestionProblem
    from assistant.format import VIEWS
    from assistant.types import Turn

    areas = ", ".join(dict.fromkeys(area for d in asking.assistant.documents for area in d.profile.areas))
    print(
        f"{len(asking.assistant.documents)} documents about {areas}. An empty line ends the conversation.",
        file=sys.stderr,
    )
    turns: list[Turn] = []
    while True:
        try:
            question = input("\n? ")
        except EOFError:
            return 0
        if not question.strip():
            return 0
        try:
            answer = asking.ask(question, turns)
        except QuestionProblem as problem:
            print(problem)
            continue
        turns.append(Turn(question, answer.answer))
        print(f"\n{VIEWS[view](answer)}")


def _verify(arguments: argparse.Namespace) -> int:
    """Hold a saved answer against the documents. They are read without the model that searches them."""
    import dataclasses

    from assistant.verify import verify
    from index import manifest
    from index.settings import load
    from index.store import DOCUMENTS, read_documents

    folder = manifest.current_folder(arguments.store or load().store)
    result = verify(arguments.file, read_documents(folder / DOCUMENTS))
    if arguments.json:
        print(json.dumps({"whole": not result.problems, **dataclasses.asdict(result)}, ensure_ascii=False, indent=2))
    else:
        for problem in result.problems:
            print(problem)
        count = f"{result.quotations} quotations from {result.documents} documents"
        print(f"{count}: {len(result.problems)} problems" if result.problems else f"{count}: all as they were saved")
    return 1 if result.problems else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done (an honest "not found" too), 1 the work failed, 2 the call was wrong."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.command == "ask" and (arguments.question is None) == (arguments.batch is None):
        parser.error('give either a question in quotation marks or --batch FILE, as in: ask "What is going well?"')
    from assistant.errors import QuestionProblem
    from index.errors import IndexProblem

    try:
        return until_cut_off(lambda: _run(arguments))
    except QuestionProblem as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    except IndexProblem as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "verify":
        return _verify(arguments)
    from assistant.assistant import Assistant

    if arguments.command == "check":
        _print(
            Assistant.open(arguments.store).check(arguments.sentence, arguments.area), arguments.json, arguments.view
        )
        return 0
    writer = _writer(arguments)  # wrong settings are said before a store is opened
    asking = _Asking(Assistant.open(arguments.store), _filters(arguments), writer)
    if arguments.command == "chat":
        return _chat(asking, arguments.view)
    if arguments.batch:
        return _batch(asking, arguments.batch)
    _print(asking.ask(arguments.question), arguments.json, arguments.view)
    return 0


if __name__ == "__main__":
    sys.exit(main())
