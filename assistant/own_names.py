"""Names in a question that belong to none of the subject's terms: a school, a service, an abbreviation."""

import re

from assistant.vocabulary import explained, officials

_ABBREVIATION = re.compile(r"(?<![\w'’-])[A-Z][A-Z0-9]{2,}(?![\w-])")
_INSTITUTION = re.compile(
    r"\b(?!(?:Special|Primary|Secondary|Mainstream|High|Nursery|Early|The|Did|Is|Was|Does|What|How|Are|Year) )"
    r"(?:[A-Z][\w'’-]+ ){1,4}(?:School|Academy|College|Nursery|Hospital|Infants?|Juniors?)\b"
)
_OWN_NAME = re.compile(r"(?<!\w)['‘\"“](?P<name>\w[^'‘’\"“”]{2,40}?)['’\"”](?!\w)")  # 'Ask Ollie'
_TITLES = ("EHCP", "SEND", "OFSTED", "CQC", "NHS", "FAQ", "PDF", "GCSE", "NOT")
_SHOUTED = 0.4  # of the letters in capitals: a question that is shouted holds no abbreviations


def named(bare: str) -> tuple[str, ...]:
    """Names in a question, without its area names: of schools and the like, and abbreviations of no known term."""
    if sum(c.isupper() for c in bare) > _SHOUTED * sum(c.isalpha() for c in bare):
        return ()
    known = " ".join(official.said for official in officials(bare))
    short = [
        word
        for word in _ABBREVIATION.findall(bare)
        if word not in known and not explained(word) and word not in _TITLES
    ]
    own = [found["name"] for found in _OWN_NAME.finditer(bare) if found["name"][0].isupper()]
    return tuple(dict.fromkeys([*(found[0] for found in _INSTITUTION.finditer(bare)), *own, *short]))
