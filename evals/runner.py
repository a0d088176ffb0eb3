"""Asking a system: each case's turns in order, every answer in format 1, in this process or in several."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from evals.answers import Response, failed, parse_answer
from evals.cases import Case
from evals.sources import SourcesError
from evals.strict import FormatError

if TYPE_CHECKING:
    from assistant.types import Answer

REPLIES = Path("runs/replies")  # a language model's replies, by a digest of what it was asked


class Asker(Protocol):
    """Anything that answers the last turn of a conversation with an answer in format 1."""

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        """One answer, or an object with ``error`` where the system failed in a way it names itself."""
        ...


class AssistantAsker:
    """The assistant over one store. It hears its own earlier answers, as a person's conversation would have it.

    Its answers carry what retrieval ranked (``ranked``) and how sure it was (``confidence``) beside the format.
    """

    def __init__(self, store: Path) -> None:
        # Imported here: linting questions and scoring a file of answers need neither the assistant nor its weight.
        from assistant.errors import QuestionProblem
        from evals.ranking import opened
        from index.embedders import embedder
        from index.errors import IndexProblem
        from index.settings import load

        self._problems = (IndexProblem, QuestionProblem)
        try:
            self._assistant, self._ranker = opened(store, embedder(load()))
        except IndexProblem as problem:
            raise SourcesError(str(problem)) from problem

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        """Ask the turns one after the other and return the answer to the last."""
        from assistant.types import Turn

        said: tuple[Turn, ...] = ()
        try:
            for question in turns[:-1]:
                said = (*said, Turn(question, self._assistant.ask(question, turns=said).answer))
            answer = self._last(self._assistant.ask(turns[-1], turns=said))
        except self._problems as problem:
            return {"error": str(problem)}
        return {**answer, **self._ranker.ranked(turns[-1], said)}

    def _last(self, answer: "Answer") -> Mapping[str, Any]:
        """The answer to the last turn as it is given."""
        from assistant.format import answer_to_dict

        return answer_to_dict(answer)


class WriterAsker(AssistantAsker):
    """The assistant with the language model of the settings. Its replies are kept, so a second run asks nobody.

    Its answers carry beside the format what was left out and why, the tokens used, and their cost.
    """

    def __init__(self, store: Path) -> None:
        from dataclasses import replace

        from assistant.writers.llm import ModelWriter
        from assistant.writers.options import load
        from evals.replies import kept_model
        from index.errors import SettingsProblem

        super().__init__(store)
        try:
            options = load()
            self._writer = ModelWriter(replace(options, ledger=None), kept_model(options, REPLIES))
        except SettingsProblem as problem:
            raise SourcesError(str(problem)) from problem

    def _last(self, answer: "Answer") -> Mapping[str, Any]:
        from assistant.format import answer_to_dict

        grown = list(self._writer.grow(answer, self._assistant.documents))
        if not grown:
            return answer_to_dict(answer)
        last = grown[-1]
        dropped = [{"text": one.text, "reasons": list(one.reasons)} for one in last.dropped]
        used = {"sent": last.usage.sent, "received": last.usage.received, "cost": last.cost}
        return {**answer_to_dict(last.answer), "dropped": dropped, "problem": last.problem, "tokens": used}


def ask_all(cases: Sequence[Case], asker: Asker) -> Iterator[tuple[Case, Mapping[str, Any]]]:
    """The answer to every case, in order, as soon as it is there."""
    for case in cases:
        yield case, {"id": case.id, **asker.ask(case.turns)}


def ask_apart(
    cases: Sequence[Case], system: Callable[[], Asker], workers: int
) -> Iterator[tuple[Case, Mapping[str, Any]]]:
    """The same answers in the same order from several processes, each with a system of its own.

    Worth it where there are processors to spare; timings are then those of a busy machine.
    """
    # Spawned, not forked: a model's threads and an open database do not survive a fork.
    threads = max(1, (os.cpu_count() or 1) // workers)
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, (system, threads)) as pool:
        for case, answer in zip(cases, pool.map(_ask, [case.turns for case in cases]), strict=True):
            yield case, {"id": case.id, **answer}


def response_of(answer: Mapping[str, Any]) -> Response:
    """The answer for scoring; one that breaks the format is no answer at all and counts as an error."""
    try:
        return parse_answer(answer)
    except FormatError as fault:
        return failed(f"not answer format 1: {fault}")


_opened: list[Asker] = []  # the system of a worker process; empty in the main process


def _open(system: Callable[[], Asker], threads: int) -> None:
    os.environ["OMP_NUM_THREADS"] = str(threads)
    _opened[:] = [system()]


def _ask(turns: Sequence[str]) -> Mapping[str, Any]:
    return _opened[0].ask(turns)
