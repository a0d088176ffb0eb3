"""The plain systems: a few sentences quoted by no more than a rule or one index, and a library to quote them from."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.sources import SourcesError
from index.areas import gazetteer
from index.errors import IndexProblem
from index.lexicon import Lexicon
from index.manifest import current_folder
from index.rows import SentenceRow, rows
from index.store import DOCUMENTS, LEXICON, read_documents
from index.types import Document, Passage

QUOTED = 3  # sentences or passages that a plain system answers with
_RANKED = 50


class Library:
    """The documents of a store, without a model."""

    def __init__(self, store: Path) -> None:
        try:
            self.folder = current_folder(store)
            self.documents = read_documents(self.folder / DOCUMENTS)
        except IndexProblem as problem:
            raise SourcesError(str(problem)) from problem
        self.sentences = rows(self.documents).sentences

    def quotation(self, row: SentenceRow) -> dict[str, Any]:
        """One sentence as a citation in format 1, without its ``id``."""
        document = self.documents[row.document]
        sentence = row.sentence
        return citation(document, document.passages[row.passage], sentence.start, sentence.end)

    def ranked(self, row: SentenceRow) -> dict[str, Any]:
        """One sentence as an entry of ``ranked``."""
        document = self.documents[row.document]
        passage, sentence = document.passages[row.passage], row.sentence
        place = {"start": sentence.start, "end": sentence.end, "passage": [passage.start, passage.end]}
        return {"document": document.name, **place}


class Abstain:
    """Answers nothing: what every other system must beat on answerable questions, and can't on the others."""

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        """Always ``not_found``."""
        return quoting(turns[-1], [])


class Lead:
    """The first sentences of a document about the area named, or of the first document: no search at all."""

    def __init__(self, store: Path) -> None:
        self._library = Library(store)

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        """The lead sentences, whatever is asked."""
        named = {mention.area for turn in turns for mention in gazetteer().mentions(turn)}
        about = [at for at, one in enumerate(self._library.documents) if named & set(one.profile.areas)]
        chosen = [row for row in self._library.sentences if row.document == (about or [0])[0]][:QUOTED]
        return quoting(turns[-1], [self._library.quotation(row) for row in chosen])


class Bm25:
    """The sentences that BM25 ranks first, with no limits on area, year or speaker; refuses where no word is known."""

    def __init__(self, store: Path) -> None:
        self._library = Library(store)
        self._lexicon = Lexicon(self._library.folder / LEXICON)

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        """The first sentences for the turns taken together."""
        scores = self._lexicon.scores(" ".join(turns))
        order = [int(at) for at in (-scores).argsort(kind="stable") if scores[at] > 0][:_RANKED]
        found = [self._library.sentences[at] for at in order]
        answer = quoting(turns[-1], [self._library.quotation(row) for row in found[:QUOTED]])
        best = float(scores[order[0]]) if order else 0.0
        return {**answer, "ranked": [self._library.ranked(row) for row in found], "confidence": best}


def quoting(question: str, quotations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An answer in format 1 that quotes and says nothing else; ``not_found`` where it quotes nothing."""
    cited = [{"id": number, **one} for number, one in enumerate(quotations, 1)]
    lines = [f"“{one['quote']}” [{one['id']}]" for one in cited]
    return {
        "format": 1,
        "question": question,
        "status": "answered" if cited else "not_found",
        "answer": "\n".join(lines) or "The documents don't answer this.",
        "statements": [
            {"text": one["quote"], "kind": "quote", "citations": [one["id"]], "period": one["period"]} for one in cited
        ],
        "citations": cited,
        "verdict": None,
    }


def citation(document: Document, passage: Passage, start: int, end: int) -> dict[str, Any]:
    """A slice of a document as a citation in format 1, with the labels that the index gives its words."""
    about = document.profile
    first = next((one for one in passage.sentences if one.start < end and start < one.end), None)
    inspection = about.inspection
    dates = {"start": inspection.start.isoformat(), "end": inspection.end.isoformat()} if inspection else None
    return {
        "document": document.name,
        "areas": list(first.areas if first else about.areas),
        "inspection": dates,
        "published": about.published.isoformat() if about.published else None,
        "period": about.period,
        "speaker": first.voice.speaker.value if first else "other",
        "first_hand": first.voice.first_hand if first else None,
        "quote": document.text[start:end],
        "start": start,
        "end": end,
    }
