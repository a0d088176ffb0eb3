"""Do the words of the answer hold the facts they must, and none that they must not?"""

from collections.abc import Sequence

from assistant.support.folding import readable
from evals.answers import Response
from evals.cases import Expected, Nugget


def nugget_recall(nuggets: Sequence[Nugget], text: str, vital: bool) -> float | None:
    """The share of nuggets, vital ones or all, of which some wording stands in the text."""
    counted = [nugget for nugget in nuggets if nugget.vital or not vital]
    if not counted:
        return None
    return sum(any(pattern.search(text) for pattern in nugget.patterns) for nugget in counted) / len(counted)


def judged_text(expected: Expected, response: Response) -> str:
    """The text in which nuggets are looked for.

    A fact that stands only in a note answers nothing; but where refusing is right too, as with a safety message,
    a note is as good a place as any.
    """
    return readable(response.claimed() if expected.answerable else response.answer)


def forbidden(expected: Expected, response: Response) -> tuple[str, ...]:
    """The forbidden patterns that the answer's claims match, as they are written in the case."""
    text = readable(response.claimed())
    return tuple(pattern.pattern for pattern in expected.must_not if pattern.search(text))
