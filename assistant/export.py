"""Answers to keep: Markdown, a Word file, and JSON with everything that proves each quotation later."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.docx import Paragraph, docx
from assistant.format import answer_to_dict, source_line
from assistant.types import Answer, Citation, StatementKind
from assistant.wording import wording
from index.store import Store
from index.types import Document, Kind

FORMAT = 1
_OPEN_LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
_NOT_OURS = "This tool is not run or approved by Ofsted or the Care Quality Commission."
_DISCLAIMER = (
    "Made by software that can be wrong: check the quotations in their sources. Information about published documents, "
    "not legal, medical or school advice."
)


@dataclass(frozen=True, slots=True)
class Exported:
    """Answers with the documents they quote, as they lay in one generation of a store."""

    answers: tuple[Answer, ...]
    documents: tuple[Document, ...]
    store: str
    day: str


def exported(answers: Sequence[Answer], store: Store) -> Exported:
    """Answers together with what is known of the documents they quote."""
    cited = {citation.document for answer in answers for citation in answer.citations}
    documents = tuple(document for document in store.documents if document.name in cited)
    return Exported(tuple(answers), documents, store.manifest.generation, datetime.now(UTC).date().isoformat())


def as_json(kept: Exported) -> str:
    """Every answer in format 1, and the hash and licence of each document: what ``verify`` reads."""
    documents = [
        {
            "document": document.name,
            "sha256": document.sha256,
            "title": document.profile.title,
            "publisher": document.profile.publisher,
            "licence": document.profile.licence,
            "source": attribution(document),
        }
        for document in kept.documents
    ]
    whole = {
        "export": FORMAT,
        "made": kept.day,
        "store": kept.store,
        "documents": documents,
        "answers": [answer_to_dict(answer) for answer in kept.answers],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def attribution(document: Document) -> str:
    """The line that names a document as a source, with its licence where it states one."""
    about = document.profile
    english = wording()
    when = english.days(about.inspection) if about.inspection else about.period
    parts = [part for part in (about.publisher, about.title, when) if part]
    line = f"Source: {', '.join(parts)}."
    crown = about.kind in (Kind.INSPECTION_REPORT, Kind.INSPECTION_LETTER)
    if about.licence or crown:
        year = about.published.year if about.published else about.period
        line += f" © Crown copyright{f' {year}' if year else ''}." if crown else ""
        terms = about.licence or ""
        return f"{line} {_OPEN_LICENCE if 'open government' in terms.lower() else terms}".strip()
    return f"{line} No licence is stated in it: all rights are its publisher’s."


def as_markdown(kept: Exported) -> str:
    """The answers as Markdown. What comes from questions and documents is escaped: it shows as it was written."""
    blocks = []
    for style, text in _blocks(kept):
        safe = _escaped(text)
        if style == "quote":
            safe = "\n".join(f"> {line}" for line in safe.split("\n"))
        blocks.append({"title": "# ", "heading": "## ", "lead": "### ", "item": "- "}.get(style, "") + safe)
    return "\n\n".join(blocks) + "\n"


def as_docx(kept: Exported) -> bytes:
    """The answers as a Word file."""
    return docx("What did the inspectors say?", [Paragraph(text, style) for style, text in _blocks(kept)])


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>()#+-.!|~$:&" else char for char in text)


def _blocks(kept: Exported) -> Iterator[tuple[str, str]]:
    yield "title", "What did the inspectors say?"
    yield "plain", f"Saved on {kept.day} from store {kept.store}. {_DISCLAIMER} {_NOT_OURS}"
    for answer in kept.answers:
        yield from _answer(answer)
    yield "heading", "Documents quoted"
    for document in kept.documents:
        yield "item", f"{attribution(document)} File {document.name}, SHA-256 {document.sha256}."


def _answer(answer: Answer) -> Iterator[tuple[str, str]]:
    ours = wording(answer.language)
    cited = {citation.id: citation for citation in answer.citations}
    yield "heading", answer.question
    if answer.resolved_question != answer.question:
        yield "plain", ours.say("page", "understood", question=answer.resolved_question)
    for statement in answer.statements:
        if statement.kind is StatementKind.LEAD or not statement.citations:
            yield "lead" if statement.kind is StatementKind.LEAD else "plain", statement.text
            continue
        mark = f" ({ours.say('mark', statement.polarity.value)})" if statement.polarity else ""
        if statement.kind is StatementKind.SUMMARY:
            yield "plain", f"{statement.text}{mark}"
        for number in statement.citations:
            yield "quote", f"“{cited[number].quote}” [{number}]{mark}"
    for citation in answer.citations:
        yield "item", f"{source_line(citation, ours)}; {_offsets(citation)}"


def _offsets(citation: Citation) -> str:
    return f"characters {citation.start} to {citation.end}"
