"""What a question quotes."""

import re

QUOTED = re.compile(
    r"[\"“„«]([^\"“”„«»]{12,})[\"”“»]|"
    r"(?<!\w)['‘]((?:[^'‘’]|(?<=\w)['’](?=\w)){25,}|[^'‘’\s]+(?: [^'‘’\s]+){2,})['’](?!\w)"
)
_ABOUT_WORDS = re.compile(
    r"\b(?:words?|phrases?|quot\w+|say|says|said|written|write|wrote|contains?|uses?|used)\b", re.I
)
_SHORT_QUOTATION = 3  # words; fewer are a term or a name, unless the question is about words


def quotation(question: str) -> re.Match[str] | None:
    """The first quotation of a question; ``None`` where quotation marks only stand round a term or a name."""
    quoted = QUOTED.search(question)
    if quoted is None or len((quoted[1] or quoted[2]).split()) >= _SHORT_QUOTATION:
        return quoted
    return quoted if _ABOUT_WORDS.search(question.replace(quoted[0], " ")) else None
