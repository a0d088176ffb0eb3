"""Whether a follow-up worded by a model asks what our rules understood: only then is it asked in its place."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.format import answer_text
from assistant.question import clean, read
from assistant.topic import asking_words
from assistant.types import Answer, Statement, StatementKind, Status
from assistant.wording import wording
from assistant.writers.notices import say
from index.areas import Gazetteer
from index.lexicon import terms

_AS_GOOD = (Status.ANSWERED, Status.PARTLY_ANSWERED)


def may_replace(worded: str, answer: Answer, asked: Sequence[str], names: Gazetteer, loaded: Sequence[str]) -> bool:
    """Whether a model's wording names the areas, years and speakers that the rules read, in nobody's words but ours.

    ``asked`` are the questions of the conversation, the last included. A word that stands in none of them is the
    model's own, and what it might ask for nobody has asked.
    """
    if not worded or worded == answer.resolved_question:
        return False
    understood, reading = answer.understood, read(clean(worded), names, loaded)
    same = (
        set(reading.areas) == set(understood.areas)
        and set(reading.unknown_areas) == set(understood.unknown_areas)
        and (reading.since, reading.until) == (understood.since, understood.until)
        and set(reading.speakers) == set(understood.speakers)
        and reading.language == understood.language
    )
    known = {term for question in (*asked, *understood.areas) for term in terms(question)} | asking_words()
    return same and set(terms(worded)) <= known


def no_worse(other: Answer, answer: Answer) -> bool:
    """Whether another answer may stand in the place of one: it answers, or neither does."""
    return other.verdict is None and (other.status in _AS_GOOD or other.status == answer.status)


def in_place_of(answer: Answer, other: Answer) -> Answer:
    """The other answer as one to the same question, with a note of how the model worded it."""
    note = Statement(say(other.language, "reworded", question=other.resolved_question), StatementKind.NOTE)
    statements = (note, *other.statements)
    text = answer_text(statements, wording(other.language))
    return replace(other, question=answer.question, statements=statements, answer=text)
