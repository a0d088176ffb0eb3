"""The words of a question that name its topic: all but those that ask, and those that every document is about."""

from functools import cache
from importlib.resources import files

from assistant.periods import without_years
from index.data_files import read_lines
from index.lexicon import terms


@cache
def asking_words() -> frozenset[str]:
    """The stemmed words that ask, or that every document is about: they tell nothing of a topic."""
    lines = read_lines(files("assistant.data") / "asking_words.txt")
    return frozenset(term for line in lines for term in terms(line))


def topic(text: str) -> tuple[str, ...]:
    """The stemmed words of a text that name a topic, apart from years, single letters and asking words."""
    found = (term for term in terms(without_years(text)) if len(term) > 1 and term not in asking_words())
    return tuple(dict.fromkeys(found))
