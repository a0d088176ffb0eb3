"""The language-model writer: an answer made of quotations grows a summary, one checked statement at a time.

It begins with a whole extractive answer and only ever adds to it, so whatever happens to the model, that answer stands.
The model is given the quotations of that answer and nothing else, and what it writes is shown only if they bear it out.
"""

import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from assistant.format import answer_text
from assistant.languages import ENGLISH
from assistant.support import rarity
from assistant.types import Answer, Citation, Statement, StatementKind
from assistant.wording import listed, wording
from assistant.writers import follow_up
from assistant.writers.attempts import reply
from assistant.writers.breaker import Breaker
from assistant.writers.chat import ChatModel, Chunk, Prompt, Usage
from assistant.writers.claims import Checked, check
from assistant.writers.endpoint import Endpoint
from assistant.writers.notices import because, say
from assistant.writers.options import Options, load
from assistant.writers.problems import Reason, WriterProblem
from assistant.writers.prompt import MOST_STATEMENTS, evidence, prompt
from assistant.writers.reply import claims
from assistant.writers.spend import Spending
from assistant.writers.translation import Pair
from assistant.writers.translation import shown as shown_translation
from index.embedders.types import Embedder
from index.tokens import count_tokens
from index.types import Document

_MOST_CLAIMS = 12  # read of one reply; a model that goes on and on is not waited for
_SHARE_OF_REWORDING = 0.3  # of an answer's time
_NOTHING = Usage()
_NOT_SENT = (Reason.PAUSED, Reason.UNREACHABLE, Reason.KEY, Reason.NOT_FOUND)  # nobody has read it
_MALFORMED = Checked("", (), ("form: no statement",))


@dataclass(frozen=True, slots=True)
class Written:
    """The answer as far as it is written. ``dropped`` are the statements left out, with their reasons.

    ``cost`` is in the currency of the price table, ``None`` where no price is known. ``problem``: why the model did not
    write, or not to the end.
    """

    answer: Answer
    dropped: tuple[Checked, ...] = ()
    problem: Reason | None = None
    usage: Usage = _NOTHING
    cost: float | None = None


class ModelWriter:
    """Writes with one model. Safe to share between threads: its breaker and its spending are for all of them."""

    def __init__(self, options: Options, model: ChatModel | None = None, breaker: Breaker | None = None) -> None:
        self._options = options
        self._model = model or Endpoint(options)
        self._breaker = breaker or Breaker()
        self._spending = Spending(options)
        self._lock = threading.Lock()
        self._weights: tuple[Sequence[Document], Mapping[str, float]] = ((), {})

    @classmethod
    def open(cls, environment: Mapping[str, str] | None = None, *, warm: bool = False) -> "ModelWriter":
        """The writer that the settings name. Raises ``index.errors.SettingsProblem``.

        ``warm`` loads some seconds' worth of libraries now, which else count against the first answer's deadline.
        """
        options = load() if environment is None else load(environment)
        endpoint = Endpoint(options)
        if warm:
            endpoint.warm()
            count_tokens("")
        return cls(options, endpoint)

    @property
    def sends_to(self) -> str:
        """Where questions and quotations go, for people to read. A name or key in the address is left out."""
        address = urlsplit(self._options.url)
        return f"{address.scheme}://{address.hostname}{f':{address.port}' if address.port else ''} ({self._model.name})"

    @staticmethod
    def has_work(answer: Answer) -> bool:
        """Whether an answer holds quotations to write from."""
        return not answer.verdict and bool(evidence(answer))

    @property
    def rewords(self) -> bool:
        """Whether follow-up questions are put to the model."""
        return self._options.rewrite

    def deadline(self) -> float:
        """When an answer that is begun now must be whole, on the monotonic clock."""
        return time.monotonic() + self._options.seconds

    def reworded(self, questions: Sequence[str], conversation: str, until: float) -> str:
        """The last of some questions, worded to stand alone; empty where none came in its share of the time."""
        counted = _Counted()
        try:
            sent = follow_up.prompt(questions)
            self._spending.check(conversation, Usage(_tokens(sent), self._options.reply))
            share = time.monotonic() + (until - time.monotonic()) * _SHARE_OF_REWORDING
            return follow_up.worded(counted.through(reply(self._model, sent, share, self._breaker), sent))
        except WriterProblem:
            return ""  # the summary comes next and will say what is wrong
        finally:
            self._spending.add(conversation, counted.usage())

    def grow(
        self,
        answer: Answer,
        documents: Sequence[Document],
        conversation: str = "",
        embedder: Embedder | None = None,
        until: float | None = None,
        stopped: threading.Event | None = None,
    ) -> Generator[Written]:
        """The answer with each statement that has passed, then with what is to be said about the whole.

        Yields nothing for an answer that ``has_work`` denies. Ends within the deadline of the options, or at
        ``until`` on the monotonic clock, whatever the endpoint does, and never raises what the endpoint has caused.
        ``conversation`` is whose limit on cost holds. ``stopped`` ends it at once, and so does closing it: the request
        is cut off, and what has come so far is counted. Without an ``embedder`` no translation is asked for.
        """
        started = time.monotonic()
        until = self.deadline() if until is None else until
        language = answer.language if embedder else ENGLISH
        if not self.has_work(answer):
            return
        shown: list[Checked] = []
        dropped: list[Checked] = []
        counted = _Counted()
        problem = None
        try:
            room = self._options.context - self._options.reply
            sent, given = prompt(answer.resolved_question, evidence(answer), room, language)
            self._spending.check(conversation, Usage(_tokens(sent), self._options.reply))
            chunks = counted.through(reply(self._model, sent, until, self._breaker, stopped), sent)
            for checked in self._checked(chunks, given, documents):
                if checked.holds and embedder and language != ENGLISH:
                    checked = _with_translation(checked, language, embedder)
                (shown if checked.holds else dropped).append(checked)
                if checked.holds:
                    yield Written(self._with(answer, shown, []), tuple(dropped))
                if len(shown) == MOST_STATEMENTS or len(shown) + len(dropped) == _MOST_CLAIMS:
                    break
        except WriterProblem as fault:
            problem = fault.reason
        finally:  # paid for, even where the page is closed in the middle
            cost = self._spending.add(conversation, counted.usage())
        if stopped and stopped.is_set():
            return
        whole = self._with(answer, shown, _notes(answer.language, shown, len(dropped), problem))
        took = round((time.monotonic() - started) * 1000, 2)
        whole = replace(whole, timings_ms=(*whole.timings_ms, ("model", took)))
        yield Written(whole, tuple(dropped), problem, counted.usage(), cost)

    def _checked(
        self, chunks: Generator[Chunk], given: Sequence[Citation], documents: Sequence[Document]
    ) -> Iterator[Checked]:
        """Each statement of a reply once, with what speaks against it."""
        said: set[str] = set()
        before: Checked | None = None
        with closing(chunks):
            for claim in claims(chunks):
                checked = check(claim, given, self._rarity(documents), before) if claim else _MALFORMED
                if claim and checked.holds:
                    checked = replace(checked, translation=claim.translation)
                if checked.text not in said or not claim:
                    yield checked
                    before = checked if checked.holds else None
                said.add(checked.text)

    def _rarity(self, documents: Sequence[Document]) -> Mapping[str, float]:
        """How rare each word is in the documents; computed once for each set of them."""
        with self._lock:
            if self._weights[0] is not documents:
                rows = (d.text[s.start : s.end] for d in documents for p in d.passages for s in p.sentences)
                self._weights = (documents, rarity(rows))
            return self._weights[1]

    def _with(self, answer: Answer, shown: Sequence[Checked], notes: Sequence[str]) -> Answer:
        """The answer with the statements before its quotations and the notes after them."""
        statements: list[Statement] = []
        if shown:
            statements.append(_note(say(answer.language, "written", model=self._model.name)))
            for one in shown:
                statements.append(_summary(one))
                if one.translation:
                    statements.append(_note(say(answer.language, "translated", text=one.translation)))
        whole = (*statements, *answer.statements, *map(_note, notes))
        return replace(
            answer,
            statements=whole,
            answer=answer_text(whole, wording(answer.language)),
            writer="llm" if shown else answer.writer,
            model=self._model.name if shown else None,
        )


class _Counted:
    """What a request has sent and received, as the endpoint says or, if it doesn't, as we count."""

    def __init__(self) -> None:
        self._sent: Prompt | None = None
        self._told: Usage | None = None
        self._text = ""

    def through(self, chunks: Generator[Chunk], sent: Prompt) -> Generator[Chunk]:
        """The chunks of a reply, counted as they pass."""
        try:
            with closing(chunks):
                for chunk in chunks:
                    self._sent = sent
                    self._told = chunk.usage or self._told
                    self._text += chunk.text
                    yield chunk
        except WriterProblem as problem:
            if problem.reason not in _NOT_SENT:
                self._sent = sent
            raise

    def usage(self) -> Usage:
        """What was used so far."""
        return self._told or (Usage(_tokens(self._sent), count_tokens(self._text)) if self._sent else _NOTHING)


def _with_translation(checked: Checked, language: str, embedder: Embedder) -> Checked:
    pair = Pair(checked.text, checked.translation, tuple(one.id for one in checked.citations))
    return replace(checked, translation=shown_translation(pair, language, embedder))


def _tokens(sent: Prompt) -> int:
    return count_tokens(sent.system) + count_tokens(sent.user)


def _note(text: str) -> Statement:
    return Statement(text, StatementKind.NOTE)


def _summary(one: Checked) -> Statement:
    """A statement with what its citations have in common: a period or a voice of only some of them is not its own."""
    first: Citation = one.citations[0]
    voices = {citation.speaker for citation in one.citations}
    areas = {citation.areas for citation in one.citations}
    years = {citation.inspection.start.year for citation in one.citations if citation.inspection}
    return Statement(
        one.text,
        StatementKind.SUMMARY,
        tuple(citation.id for citation in one.citations),
        first.speaker if len(voices) == 1 else None,
        str(min(years)) if len(years) == 1 else None,
        listed(first.areas) or None if len(areas) == 1 else None,
    )


def _notes(language: str, shown: Sequence[Checked], dropped: int, problem: Reason | None) -> list[str]:
    """What is said about the whole, in one line, or two where some was shown."""
    if not shown:
        return [because(language, "failed", problem) if problem else say(language, "nothing")]
    translated = any(one.translation for one in shown)
    notes = [say(language, "in_english")] if language != ENGLISH and not translated else []
    if dropped:
        notes.append(say(language, "dropped", count=dropped))
    return [*notes, because(language, "stopped", problem)] if problem else notes
