"""What a statement joins and its source does not: there the source has another verb and its subject in between."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.support.alignment import aligned, line
from assistant.support.predicates import ADVERB, Word, auxiliaries, word_list, words

_ASIDE = re.compile(r"\s*(?:,|\(|- ).*(?:,|\)| -)\s*(?:and |but )?(?:\w{1,4} ){0,2}", re.S)
_RELATIVE = re.compile(r"\s*,?\s*(?:and |or )?(?:who|which|whose|where)\b")
_PARTED = re.compile(r"[;:.,]|\b(?:and|but|which|who|that|so|because|while)\b")
_JOINTS = frozenset({"and", "but", "or", "to"})


def spliced(sentence: str, window: str) -> Iterator[str]:
    """Places where the source goes on with another verb and its subject, and the statement leaves both out."""
    ours, theirs = line(sentence), line(window)
    for (i, p), (k, q) in pairwise(aligned(ours.words, theirs.words)):
        gap = theirs.between(p, q)
        verbs = [
            word for word in words(sentence) if word.verb and ours.words[i].end <= word.start < ours.words[k].start
        ]
        parted = _PARTED.search(ours.between(i, k)) or any(word.text not in auxiliaries() for word in verbs)
        if q > p + 1 and not (parted or _ASIDE.fullmatch(gap) or _RELATIVE.match(gap)):
            inside = [word for word in words(window) if theirs.words[p].end <= word.start < theirs.words[q].end]
            whole = not (verbs or _verbal(ours.words[k])) and _whole_clause(inside)
            if whole or _new_subject(inside):
                yield f"order: joined over '{gap.strip()}' of the source"


def _verbal(word: Word) -> bool:
    return word.verb or word.text.endswith("ed")


def _whole_clause(inside: Sequence[Word]) -> bool:
    """Whether a verb stands there with something before it that it is said of."""
    verb = next((at for at, word in enumerate(inside) if word.verb), 0)
    return any(
        word.stem and word.text not in word_list("ends_phrase") and not ADVERB.fullmatch(word.text)
        for word in inside[:verb]
    )


def _new_subject(inside: Sequence[Word]) -> bool:
    """Whether something stands between two verbs, after the last "and" or "to"."""
    verbs = [at for at, word in enumerate(inside) if word.verb]
    if len(verbs) < 2:
        return False
    middle = inside[verbs[0] + 1 : verbs[-1]]
    joint = max((at for at, word in enumerate(middle) if word.text in _JOINTS), default=-1)
    one_verb = inside[verbs[0]].text in auxiliaries() and joint < 0  # "has today promised"
    if one_verb and not any(word.text in word_list("somebody") for word in middle):
        return False
    return any(word.stem and not word.verb and not ADVERB.fullmatch(word.text) for word in middle[joint + 1 :])
