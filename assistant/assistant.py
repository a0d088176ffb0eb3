"""The assistant: one public verb, ``ask``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import answering, quotes, scope
from assistant.answering import Asked
from assistant.clock import Clock
from assistant.conversation import StandAlone, pointed_at, stand_alone
from assistant.drafting import also_unknown, drafted, in_words, no_documents
from assistant.inquiry import find
from assistant.languages import ENGLISH
from assistant.opened import Opened, Opening
from assistant.overview import SIDES
from assistant.privacy import without_private
from assistant.question import clean, read
from assistant.reading import Reading
from assistant.rewording import in_place_of, may_replace, no_worse
from assistant.types import Answer, Filters, StatementKind, Status, Turn
from assistant.wording import wording
from index.embedders import embedder
from index.embedders.types import Embedder
from index.settings import load
from index.store import Store
from index.types import Document

if TYPE_CHECKING:
    from assistant.writers.llm import ModelWriter

_WORDS_OF_FINDING = 12  # by which a finding of the answer before is called


class Assistant:
    """Answers questions from one store. Safe to share between threads; sees a rebuilt store without a restart."""

    def __init__(self, path: Path, model: Embedder) -> None:
        self._model = model
        self._opening = Opening(path, model)

    @classmethod
    def open(cls, path: Path | None = None, model: Embedder | None = None) -> "Assistant":
        """Open a store (default: the one the settings name) with the embedder the settings name.

        Raises ``index.errors.IndexProblem``, whose one line says what is wrong and which command repairs it.
        """
        settings = load()
        return cls(path or settings.store, model or embedder(settings))

    def warm(self) -> None:
        """Load at once what only some questions need, and load it one time: a slip of spelling, a quotation to check.

        It takes about a second with 45 documents, and several threads that load it together get in each other's way.
        """
        self.ask("Is the spelingg of a question mended?")
        self.check("These words stand in no document.")

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are loaded."""
        return self._opening.current().store.documents

    @property
    def store(self) -> Store:
        """The store that serves now."""
        return self._opening.current().store

    def document(self, name: str) -> Document:
        """A loaded document by its name. Raises ``StoreProblem`` for one that isn't loaded."""
        return self._opening.current().store.document(name)

    def areas_in(self, question: str) -> tuple[str, ...]:
        """The areas that a question names by itself, whether or not there are documents on them."""
        opened = self._opening.current()
        reading = stand_alone(clean(_printable(question)), (), opened.names, opened.store.areas, opened.speller).reading
        return opened.store.areas if reading.everywhere else (*reading.areas, *reading.unknown_areas)

    def ask(self, question: str, turns: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """Answer a question, in the light of the turns before it.

        Raises ``QuestionProblem`` where there is no question in the words. A question that the documents don't answer
        gets an answer that says so.
        """
        limits = filters or Filters()
        asked = self._asked(question, turns, limits)
        return _without_search(asked, limits) or _searched(asked, limits)

    def _asked(self, question: str, turns: Sequence[Turn], limits: Filters) -> Asked:
        """The question as it is understood, without private details."""
        clock = Clock()
        opened = self._opening.current()
        typed = _printable(question)
        question = without_private(typed, opened.names)
        turns = [replace(turn, question=without_private(turn.question, opened.names)) for turn in turns]
        alone = self._alone(question, turns, opened)
        if limits.area and limits.area.strip():
            alone = _within(alone, opened.names.canonical(limits.area) or limits.area, opened.store.areas)
        clock.stage("understand")
        rule = scope.outside(alone.reading.question, alone.reading.language)
        return Asked(question, alone, opened, clock, rule, private=question != typed)

    def _alone(self, question: str, turns: Sequence[Turn], opened: Opened) -> StandAlone:
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
        opened = self._opening.current()
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
        clock = Clock()
        sentence = _printable(sentence)
        opened = self._opening.current()
        alone = stand_alone(clean(sentence), (), opened.names, opened.store.areas)
        claim = _unwrapped(clean(sentence))
        reading = replace(alone.reading, quoted=claim, areas=(), unknown_areas=(), since=None, until=None, speakers=())
        alone = replace(alone, reading=reading)
        if area:
            alone = _within(alone, opened.names.canonical(area) or area, opened.store.areas)
        clock.stage("understand")
        result = quotes.check(alone.reading, opened.store, opened.retriever)
        return answering.checked(Asked(sentence, alone, opened, clock), result)


def _without_search(asked: Asked, limits: Filters) -> Answer | None:
    """The answer, where the documents need not or can't be searched for it."""
    reading, opened = asked.alone.reading, asked.opened
    if asked.rule and not asked.rule.safety:
        return answering.answer(asked, Status.OUT_OF_SCOPE, ())
    verdict = quotes.check_asked(reading, opened.store, opened.retriever)
    if verdict:
        return answering.checked(asked, verdict)
    if not reading.names_something:
        return answering.ask_back(asked, "what")
    if _needs_area(reading, limits, opened.store):
        return answering.ask_back(asked, "area")
    refusal = no_documents(reading, limits, opened.retriever.table, opened.store, wording(reading.language))
    if refusal:
        asked.clock.stage("retrieve")
        return answering.answer(asked, Status.NOT_FOUND, refusal, [refusal[0].text])
    return None


def _searched(asked: Asked, limits: Filters) -> Answer:
    """The answer that the documents give, or what lies near where they give none."""
    opened, reading = asked.opened, asked.alone.reading
    ours = wording(reading.language)
    evidence = find(asked.alone, limits, opened.retriever, opened.names, opened.store.areas)
    asked.clock.stage("retrieve")
    draft = drafted(evidence, reading, opened.store, ours)
    asked.clock.stage("write")
    missing = in_words((*evidence.missing, *also_unknown(reading)), ours)
    status = Status.NOT_FOUND if not evidence.items else Status.PARTLY_ANSWERED if missing else Status.ANSWERED
    return answering.answer(asked, status, draft, missing)


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
