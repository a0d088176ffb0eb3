"""The assistant: one public verb, ``ask``."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import quotes, scope
from assistant.conversation import StandAlone, pointed_at, stand_alone
from assistant.draft import Draft, DraftStatement
from assistant.evidence import Evidence, Missing
from assistant.format import answer_text
from assistant.grounding import ground
from assistant.inquiry import find
from assistant.languages import ENGLISH
from assistant.limits import in_scope
from assistant.overview import SIDES
from assistant.privacy import without_private
from assistant.question import clean, read
from assistant.reading import Reading
from assistant.retriever import Retriever
from assistant.rewording import in_place_of, may_replace, no_worse
from assistant.spelling import Speller
from assistant.suggestions import suggestions
from assistant.types import Answer, Citation, Explained, Filters, StatementKind, Status, Turn, Understood, Verdict
from assistant.vocabulary import explained
from assistant.wording import Wording, wording
from assistant.writers import extractive
from index.areas import Gazetteer, gazetteer
from index.embedders import embedder
from index.embedders.types import Embedder
from index.errors import StoreProblem
from index.settings import load
from index.store import Store
from index.types import Document

if TYPE_CHECKING:
    from assistant.writers.llm import ModelWriter

_MOST_EXPLAINED = 5
_WORDS_OF_FINDING = 12  # by which a finding of the answer before is called


@dataclass(frozen=True)
class _Opened:
    """A store with what is derived from it once."""

    store: Store
    retriever: Retriever
    names: Gazetteer
    speller: Speller


class _Clock:
    """Milliseconds spent in each stage."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._stages: list[tuple[str, float]] = []

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self._stages.append((name, round((now - self._last) * 1000, 2)))
        self._last = now

    def timings(self) -> tuple[tuple[str, float], ...]:
        total = round((time.perf_counter() - self._started) * 1000, 2)
        return (("total", total), *self._stages)


class Assistant:
    """Answers questions from one store. Safe to share between threads; sees a rebuilt store without a restart."""

    def __init__(self, path: Path, model: Embedder) -> None:
        self._path = path
        self._model = model
        self._lock = threading.Lock()
        self._opened = self._open()

    @classmethod
    def open(cls, path: Path | None = None, model: Embedder | None = None) -> "Assistant":
        """Open a store (default: the one the settings name) with the embedder the settings name.

        Raises ``index.errors.IndexProblem``, whose one line says what is wrong and which command repairs it.
        """
        settings = load()
        return cls(path or settings.store, model or embedder(settings))

    def _open(self) -> _Opened:
        store = Store.open(self._path, self._model)
        # Load model, words and passages now: the first question is then as quick as the others, on any thread.
        store.passages.nearest(store.query_vectors(["ready"])[0], 1)
        store.lexicon.scores("ready")
        names = gazetteer().including(store.areas)
        return _Opened(store, Retriever(store), names, Speller(store.documents, names))

    def _current(self) -> _Opened:
        """The store that serves now. A question goes on with the one it began with."""
        with self._lock:
            if not self._opened.store.is_current:
                try:
                    self._opened = self._open()
                except StoreProblem:
                    # Replaced once more, and tidied away, while it was being opened; or damaged, and then said so.
                    self._opened = self._open()
            return self._opened

    def warm(self) -> None:
        """Load at once what only some questions need, and load it one time: a slip of spelling, a quotation to check.

        It takes about a second with 45 documents, and several threads that load it together get in each other's way.
        """
        self.ask("Is the spelingg of a question mended?")
        self.check("These words stand in no document.")

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are loaded."""
        return self._current().store.documents

    @property
    def store(self) -> Store:
        """The store that serves now."""
        return self._current().store

    def document(self, name: str) -> Document:
        """A loaded document by its name. Raises ``StoreProblem`` for one that isn't loaded."""
        return self._current().store.document(name)

    def areas_in(self, question: str) -> tuple[str, ...]:
        """The areas that a question names by itself, whether or not there are documents on them."""
        opened = self._current()
        reading = stand_alone(clean(_printable(question)), (), opened.names, opened.store.areas, opened.speller).reading
        return opened.store.areas if reading.everywhere else (*reading.areas, *reading.unknown_areas)

    def ask(self, question: str, turns: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """Answer a question, in the light of the turns before it.

        Raises ``QuestionProblem`` where there is no question in the words. A question that the documents don't answer
        gets an answer that says so.
        """
        clock = _Clock()
        opened = self._current()
        store = opened.store
        typed = _printable(question)
        question = without_private(typed, opened.names)
        turns = [replace(turn, question=without_private(turn.question, opened.names)) for turn in turns]
        alone = self._alone(question, turns, opened)
        limits = filters or Filters()
        if limits.area and limits.area.strip():
            alone = _within(alone, opened.names.canonical(limits.area) or limits.area, store.areas)
        clock.stage("understand")
        ours = wording(alone.reading.language)
        rule = scope.outside(alone.reading.question, alone.reading.language)
        before: Draft = (DraftStatement(ours.say("scope", rule.name), StatementKind.NOTE),) if rule else ()
        if question != typed:
            before = (*before, DraftStatement(ours.say("note", "private"), StatementKind.NOTE))
        if rule and not rule.safety:
            return self._answer(question, alone, Status.OUT_OF_SCOPE, before, clock)
        checked = quotes.check_asked(alone.reading, store, opened.retriever)
        if checked:
            return self._checked(question, alone, checked, before, clock)
        if not alone.reading.names_something:
            return self._ask_back("what", question, alone, before, clock)
        if _needs_area(alone.reading, limits, store):
            return self._ask_back("area", question, alone, before, clock)
        refusal = _no_documents(alone.reading, limits, opened, ours)
        if refusal:
            clock.stage("retrieve")
            return self._answer(question, alone, Status.NOT_FOUND, (*before, *refusal), clock, [refusal[0].text])
        evidence = find(alone, limits, opened.retriever, opened.names, store.areas)
        clock.stage("retrieve")
        draft = (*before, *_answering(evidence, alone.reading, store, ours))
        clock.stage("write")
        missing = _in_words((*evidence.missing, *_also_unknown(alone.reading)), ours)
        status = Status.NOT_FOUND if not evidence.items else Status.PARTLY_ANSWERED if missing else Status.ANSWERED
        return self._answer(question, alone, status, draft, clock, missing)

    def _alone(self, question: str, turns: Sequence[Turn], opened: _Opened) -> StandAlone:
        """The question on its own. One that points at a finding of the answer before is about that finding."""
        names, areas = opened.names, opened.store.areas
        alone = stand_alone(clean(question), turns, names, areas, opened.speller)
        number = pointed_at(question) if turns else None
        if number is None:
            return alone
        shown = [one for one in self.ask(turns[-1].question, turns[:-1]).statements if one.kind is StatementKind.QUOTE]
        if not 0 < (number or len(shown)) <= len(shown):
            return alone
        finding = shown[number - 1].text.strip("“”")
        about = replace(read(finding, names, areas), areas=alone.reading.areas, since=None, until=None, speakers=())
        return StandAlone(replace(about, quoted=None, intents=()), f"{question} ({_shortened(finding)})", ())

    def _ask_back(self, name: str, question: str, alone: StandAlone, before: Draft, clock: _Clock) -> Answer:
        """A question back to the asker, with the areas to choose from."""
        ours = wording(alone.reading.language)
        back = DraftStatement(ours.say("ask", name, areas=ours.listed(self._opened.store.areas)), StatementKind.NOTE)
        return self._answer(question, alone, Status.NEEDS_CLARIFICATION, (*before, back), clock)

    def stream(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        filters: Filters | None = None,
        writer: "ModelWriter | None" = None,
        conversation: str = "",
    ) -> Iterator[Answer]:
        """The answer of ``ask`` at once, then the same answer as a model's statements join it, each one checked.

        The last is the whole answer. Without a writer there is only the first. Where follow-ups may be worded by the
        model, an answer to its wording may take the place of the first before the statements come.
        """
        answer = self.ask(question, turns, filters)
        yield answer
        if not writer:
            return
        until = writer.deadline()
        if turns and writer.rewords and (other := self._reworded(answer, turns, filters, writer, conversation, until)):
            answer = other
            yield answer
        for written in writer.grow(answer, self.documents, conversation, self._model, until):
            yield written.answer

    def _reworded(
        self,
        answer: Answer,
        turns: Sequence[Turn],
        filters: Filters | None,
        writer: "ModelWriter",
        conversation: str,
        until: float,
    ) -> Answer | None:
        """The answer to a follow-up as the model words it, where it asks the same and fares no worse."""
        opened = self._current()
        leans = answer.resolved_question != answer.question and answer.status is not Status.OUT_OF_SCOPE
        if not leans or answer.verdict or answer.understood.language != ENGLISH:
            return None
        asked = [*(without_private(turn.question, opened.names) for turn in turns), answer.question]
        worded = writer.reworded(asked, conversation, until)
        if not may_replace(worded, answer, asked, opened.names, opened.store.areas):
            return None
        other = self.ask(worded, (), filters)
        return in_place_of(answer, other) if no_worse(other, answer) else None

    def check(self, sentence: str, area: str | None = None) -> Answer:
        """Was this said, by whom, in these words? The answer carries a verdict."""
        clock = _Clock()
        sentence = _printable(sentence)
        opened = self._current()
        alone = stand_alone(clean(sentence), (), opened.names, opened.store.areas)
        claim = _unwrapped(clean(sentence))
        reading = replace(alone.reading, quoted=claim, areas=(), unknown_areas=(), since=None, until=None, speakers=())
        alone = replace(alone, reading=reading)
        if area:
            alone = _within(alone, opened.names.canonical(area) or area, opened.store.areas)
        clock.stage("understand")
        result = quotes.check(alone.reading, opened.store, opened.retriever)
        return self._checked(sentence, alone, result, (), clock)

    def _checked(
        self, question: str, alone: StandAlone, result: quotes.Checked, before: Draft, clock: _Clock
    ) -> Answer:
        clock.stage("retrieve")
        status = Status.ANSWERED if result.found else Status.NOT_FOUND
        missing = _in_words(result.missing, wording(alone.reading.language))
        return self._answer(question, alone, status, (*before, *result.draft), clock, missing, result.verdict)

    def _answer(
        self,
        question: str,
        alone: StandAlone,
        status: Status,
        draft: Draft,
        clock: _Clock,
        missing: Sequence[str] = (),
        verdict: Verdict | None = None,
    ) -> Answer:
        reading = alone.reading
        ours = wording(reading.language)
        grounded = ground((*draft, *_of_translation(draft, ours)))
        clock.stage("verify")
        return Answer(
            question=question,
            resolved_question=alone.wording,
            status=status,
            answer=answer_text(grounded.statements, ours),
            statements=grounded.statements,
            citations=grounded.citations,
            understood=Understood(
                reading.areas,
                reading.unknown_areas,
                reading.since,
                reading.until,
                reading.speakers,
                reading.intent,
                reading.language,
            ),
            missing=tuple(missing),
            suggestions=suggestions(reading, self._opened.retriever.table, self._opened.store),
            verdict=verdict,
            timings_ms=clock.timings(),
            language=ours.language,
            explained=_explained(reading, grounded.citations),
        )


def _within(alone: StandAlone, area: str, loaded: Sequence[str]) -> StandAlone:
    """The question limited to an area the caller set from outside."""
    known = area in loaded
    reading = replace(alone.reading, areas=(area,) if known else (), unknown_areas=() if known else (area,))
    return replace(alone, reading=reading)


def _needs_area(reading: Reading, limits: Filters, store: Store) -> bool:
    """Whether a question asks for the whole picture and leaves open of which area."""
    whole = any(intent.name in SIDES for intent in reading.intents)
    named = reading.areas or reading.unknown_areas or reading.everywhere or limits.area
    return whole and not named and len(store.areas) > 1


def _explained(reading: Reading, citations: Sequence[Citation]) -> tuple[Explained, ...]:
    """The words of the subject that a reader may not know: the one asked for, then those of the quotations."""
    wanted = explained(reading.english) if any(intent.name == "definition" for intent in reading.intents) else ()
    quoted = (term for citation in citations for term in explained(citation.quote) if not term.common)
    found = dict.fromkeys((*wanted, *quoted))
    return tuple(Explained(term.term, term.plain) for term in found)[:_MOST_EXPLAINED]


def _shortened(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS_OF_FINDING]) + (" …" if len(words) > _WORDS_OF_FINDING else "")


def _printable(text: str) -> str:
    """A text that can be written out again: half of a surrogate pair can't."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _unwrapped(claim: str) -> str:
    """A claim without the quotation marks round the whole of it; one that only holds a quotation stays whole."""
    inner = claim[1:-1]
    wrapped = len(claim) > 2 and claim[0] in "\"“'‘" and claim[-1] in "\"”'’"
    return inner if wrapped and not any(mark in inner for mark in '"“”') else claim


def _of_translation(draft: Draft, ours: Wording) -> Draft:
    """What a reader of a translation must know of it."""
    if not ours.translated:
        return ()
    names = (*(("english",) if any(statement.evidence for statement in draft) else ()), "unchecked")
    return tuple(DraftStatement(ours.say("note", name), StatementKind.NOTE) for name in names)


def _no_documents(reading: Reading, limits: Filters, opened: _Opened, ours: Wording) -> Draft:
    """Why no document can answer: none on the area, or none from the years; empty where some can."""
    store = opened.store
    if reading.unknown_areas and not reading.areas:
        return (_no_area(ours.listed(reading.unknown_areas), store, ours),)
    allowed = in_scope(opened.retriever.table, replace(reading, speakers=()), replace(limits, speaker=None))
    if allowed.any():
        return ()
    area = ours.listed(reading.areas or store.areas)
    since = max((y for y in (reading.since, limits.since) if y is not None), default=None)
    until = min((y for y in (reading.until, limits.until) if y is not None), default=None)
    if since is None and until is None:
        return (DraftStatement(ours.say("gap", "no_kind", area=area), StatementKind.GAP),)
    years = _span(since, until, ours)
    return (DraftStatement(ours.say("gap", "no_period", area=area, years=years), StatementKind.GAP),)


def _no_area(area: str, store: Store, ours: Wording) -> DraftStatement:
    text = ours.say("gap", "no_documents", area=area, loaded=ours.listed(store.areas))
    return DraftStatement(text, StatementKind.GAP)


def _span(since: int | None, until: int | None, ours: Wording) -> str:
    """Years in words: ``2017``, ``2017 to 2020``, ``2030 on``, ``until 2001``."""
    if since == until:
        return str(since)
    name = "until" if since is None else "since" if until is None else "between"
    return ours.say("years", name, since=since, until=until)


def _answering(evidence: Evidence, reading: Reading, store: Store, ours: Wording) -> Draft:
    """The writer's draft; where there is no evidence, what was searched comes first."""
    written = extractive.write(evidence, store.documents, ours)
    if any(intent.name == "definition" for intent in reading.intents):
        meant = explained(reading.english)[:1]
        written = (*(DraftStatement(f"{term.term}: {term.plain}", StatementKind.NOTE) for term in meant), *written)
    gaps = tuple(_no_area(area, store, ours) for area in reading.unknown_areas)
    if evidence.items:
        return (*written, *gaps)
    areas = ours.listed(reading.areas or store.areas)
    searched = ours.say("gap", "searched", count=len(store.documents), areas=areas)
    refusal = (
        DraftStatement(ours.say("gap", "not_found"), StatementKind.GAP),
        DraftStatement(searched, StatementKind.NOTE),
    )
    return (*refusal, *gaps, *written)


def _also_unknown(reading: Reading) -> tuple[Missing, ...]:
    return tuple(Missing("area", area) for area in reading.unknown_areas)


def _in_words(missing: Sequence[Missing], ours: Wording) -> list[str]:
    return [ours.say("missing", one.name, of=one.of) for one in missing]
