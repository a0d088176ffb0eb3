"""From a draft to an answer: checked, numbered, and with what belongs round it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import quotes
from assistant.clock import Clock
from assistant.conversation import StandAlone
from assistant.draft import Draft, DraftStatement
from assistant.drafting import in_words, of_translation
from assistant.format import answer_text
from assistant.grounding import ground
from assistant.opened import Opened
from assistant.reading import Reading
from assistant.scope import Rule
from assistant.suggestions import suggestions
from assistant.types import Answer, Citation, Explained, StatementKind, Status, Understood, Verdict
from assistant.vocabulary import explained
from assistant.wording import Wording, wording

_MOST_EXPLAINED = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way to an answer. ``private`` says that details were taken out of it."""

    question: str
    alone: StandAlone
    opened: Opened
    clock: Clock
    rule: Rule | None = None
    private: bool = False


def ask_back(asked: Asked, name: str) -> Answer:
    """A question back to the asker, with the areas to choose from."""
    ours = wording(asked.alone.reading.language)
    areas = ours.some(asked.opened.store.areas)
    back = DraftStatement(ours.say("ask", name, areas=areas), StatementKind.NOTE)
    return answer(asked, Status.NEEDS_CLARIFICATION, (back,))


def checked(asked: Asked, result: quotes.Checked) -> Answer:
    """The answer to a quotation that was checked: answered where the words, or words like them, stand somewhere."""
    asked.clock.stage("retrieve")
    status = Status.ANSWERED if result.found else Status.NOT_FOUND
    missing = in_words(result.missing, wording(asked.alone.reading.language))
    return answer(asked, status, result.draft, missing, result.verdict)


def answer(
    asked: Asked, status: Status, draft: Draft, missing: Sequence[str] = (), verdict: Verdict | None = None
) -> Answer:
    """The one way to an answer: nothing gets round the last check."""
    reading, opened = asked.alone.reading, asked.opened
    ours = wording(reading.language)
    whole = (*_told_first(asked, ours), *draft)
    grounded = ground((*whole, *of_translation(whole, ours)))
    asked.clock.stage("verify")
    return Answer(
        question=asked.question,
        resolved_question=asked.alone.wording,
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
        suggestions=suggestions(reading, opened.retriever.table, opened.store),
        verdict=verdict,
        timings_ms=asked.clock.timings(),
        language=ours.language,
        explained=_explained(reading, grounded.citations),
    )


def _told_first(asked: Asked, ours: Wording) -> Draft:
    """What a reader must be told before all else."""
    rule = (ours.say("scope", asked.rule.name),) if asked.rule else ()
    private = (ours.say("note", "private"),) if asked.private else ()
    return tuple(DraftStatement(text, StatementKind.NOTE) for text in (*rule, *private))


def _explained(reading: Reading, citations: Sequence[Citation]) -> tuple[Explained, ...]:
    """The words of the subject that a reader may not know: the one asked for, then those of the quotations."""
    wanted = explained(reading.english) if any(intent.name == "definition" for intent in reading.intents) else ()
    quoted = (term for citation in citations for term in explained(citation.quote) if not term.common)
    found = dict.fromkeys((*wanted, *quoted))
    return tuple(Explained(term.term, term.plain) for term in found)[:_MOST_EXPLAINED]
