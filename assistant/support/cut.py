"""What is left of a source's phrase when words of it are left out, and is then about something else.

"Waiting lists for the pathway are long" doesn't say that the pathway is long, "education, health and care plans" are
not "health plans", and who identified a need for advice did not identify advice.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from assistant.support.alignment import aligned, in_its_words
from assistant.support.predicates import ADVERB, COPULAS, Word, auxiliaries, content, statements, word_list, words
from assistant.support.subjects import heads, is_transparent
from assistant.support.words import frame, holds, lists, read
from index.lexicon import terms

_LEAD = r"(?:of|for|to|in|on|with|from|about|at)(?: (?:the|a|an|their|its|this|these))?"
_COMPLEMENT = re.compile(rf"\b(?P<head>\w+) {_LEAD} $")
_OPENING = re.compile(
    r"^\W*(?:[A-Z][\w ]{2,20}, )?(?:(?:this|that|it|which) (?:\w+ to )?(?:means?|ensures?|meant|ensured) (?:that )?)?",
    re.I,
)
_FORMS = {"be": COPULAS, "have": frozenset({"has", "have", "had"})}
_SAME = 0.5  # of the words of a predicate
_LONG = 3  # words of a term
_NEARLY = 0.8  # of them


def cut_down(sentence: str, window: str) -> Iterator[str]:
    """Phrases of the source that lost the word they turn on; each reason begins with its kind."""
    yield from _new_subject(sentence, window)
    if in_its_words(sentence, window):
        yield from _new_object(sentence, window)
    yield from _part_of_a_term(sentence, window)


def _new_subject(sentence: str, window: str) -> Iterator[str]:
    """A statement's subject that only belongs to the source's, though both have the same predicate."""
    theirs = [_parts(clause) for clause in statements(_OPENING.sub("", window))]
    for about, before, verb, says in map(_parts, statements(_OPENING.sub("", sentence))):
        for there, other, same_verb, told in theirs:
            turned_on = [head for head in there if not is_transparent(head)]
            inner = {word.stem for word in content(other[turned_on[-1].end :])} if turned_on else set()
            kept = any(holds(read(before), unit) for head in turned_on for unit in read(head.text).units)
            same = verb == same_verb and len(says & told) >= _SAME * len(says)
            if about and says and same and not kept and all(head.stem in inner for head in about):
                yield f"role: '{about[-1].text}' only belongs to what the source speaks of, '{turned_on[-1].text}'"


def _parts(clause: str) -> tuple[list[Word], str, str, frozenset[str]]:
    """What a clause is about, all before its verb, the verb, and the words of what it says up to a comma."""
    found = words(clause)
    first = next((at for at, word in enumerate(found) if word.verb), len(found))
    at = next((at for at in range(first, len(found)) if not _carries(found[at])), first)
    if first == len(found):
        return [], clause, "", frozenset()
    main = found[at] if found[at].verb or found[at].text.endswith(("ed", "ing")) else found[first]
    name = next((name for name, forms in _FORMS.items() if main.text in forms), main.stem or main.text)
    says = clause[found[first].end :].partition(", ")[0]
    return list(heads(clause)), clause[: found[first].start], name, frozenset(word.stem for word in content(says))


def _carries(word: Word) -> bool:
    """Whether a word stands before a verb and belongs to it."""
    return (
        word.text in auxiliaries() or word.text in word_list("before_participles") or bool(ADVERB.fullmatch(word.text))
    )


def _new_object(sentence: str, window: str) -> Iterator[str]:
    """What follows a verb of the statement and only belongs to what follows it in the source."""
    ours, theirs = content(sentence), content(window)
    for (i, p), (k, q) in pairwise(aligned(ours, theirs)):
        gap = window.lower()[theirs[p].end : theirs[q].start]
        found = _COMPLEMENT.search(gap)
        if k == i + 1 and ours[i].verb and found and not re.search(r"[,;:]|\band\b", gap):
            head = words(gap[: found.end("head")])[-1]
            told = head.stem in {word.stem for word in ours}
            if head.stem and not told and not is_transparent(head) and head.stem not in frame():
                yield f"role: '{ours[k].text}' only belongs to what the source speaks of, '{head.text}'"


def _part_of_a_term(sentence: str, window: str) -> Iterator[str]:
    """A term of the source, of which the statement has some words and not the others."""
    ours, theirs = [word.stem for word in content(sentence)], [word.stem for word in content(window)]
    for term, names in _terms():
        at = next((at for at in range(len(theirs)) if tuple(theirs[at : at + len(term)]) == term), None)
        if at is None or any(_within(name, ours) for name in names if len(name) > 1 or name[0] not in term):
            continue
        elsewhere = [*theirs[:at], "", *theirs[at + len(term) :]]
        for run in _runs(ours, term):
            if 1 < len(run) < _NEARLY * len(term) and run[-1] == term[-1] and not _within(run, elsewhere):
                yield f"new: '{' '.join(run)}' is only a part of a name in the source"


def _runs(stems_: Sequence[str], term: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words of a term that stand together, as they stand."""
    for same, run in groupby(stems_, key=lambda stem: stem in term):
        if same:
            yield tuple(run)


def _within(run: Sequence[str], stems_: Sequence[str]) -> bool:
    return any(tuple(stems_[at : at + len(run)]) == tuple(run) for at in range(len(stems_) - len(run) + 1))


@cache
def _terms() -> tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]:
    """The long names of ``[same]``, stemmed, each with all names of the same thing."""
    found = []
    for group in lists()["same"]["groups"]:
        names = tuple(dict.fromkeys(key for name in group if (key := tuple(terms(name)))))
        found += [(name, names) for name in names if len(name) >= _LONG]
    return tuple(found)
