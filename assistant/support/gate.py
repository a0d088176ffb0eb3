"""The gate a model's sentence passes: on one quotation, with the other quotations it was given beside.

It must stand on that quotation as ``entails`` asks, and as ``strict`` does; and nothing of it may be taken from
another quotation, or joined from two.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.support.conditions import conditional
from assistant.support.equivalents import one_form, source_in_one_form
from assistant.support.folding import folded
from assistant.support.predicates import words
from assistant.support.source import Source
from assistant.support.strict import astray, stricter
from assistant.support.verdict import entails

_OPENING = re.compile(r"(?:However|For example|In addition|Additionally|Moreover|Furthermore|Consequently), ")
_ADDED = re.compile(r"(?:, (?:and|which) |; )(?=\S)")


def faults(source: Source, others: Source, sentence: str, weights: Mapping[str, float]) -> list[str]:
    """What speaks against a sentence on its source; each reason begins with its kind, and none is good.

    ``others`` has no sentences where the source is the only quotation.
    """
    if _cut_from(source, sentence):
        return []
    source, others, sentence = source_in_one_form(source), source_in_one_form(others), one_form(sentence)
    found = [*entails(source, sentence, weights).reasons, *stricter(source, sentence, weights)]
    if found or not others.sentences:
        return found
    mixed = entails(_beside(source, others), sentence, weights).reasons
    return [*(one for one in mixed if one.startswith("fused")), *astray(source, others, sentence, weights)]


def _cut_from(source: Source, sentence: str) -> bool:
    """Whether a sentence is, word for word, a first clause of the source to which the next one only adds."""
    clause = folded(sentence).rstrip(". ")
    for one in source.sentences:
        whole = _OPENING.sub("", folded(one))
        rest = whole[len(clause) :]
        if whole.lower().startswith(clause.lower()) and _ADDED.match(rest) and any(w.verb for w in words(clause)):
            first, second, *_ = (*_ADDED.split(rest, maxsplit=1), "")
            return not first and any(word.verb for word in words(f"x {second}")) and not conditional(rest)
    return False


def _beside(source: Source, others: Source) -> Source:
    """Both as one source. The second begins a quotation of its own: it leans on nothing in the first."""
    at = len(source.sentences)
    return replace(
        source,
        sentences=(*source.sentences, *others.sentences),
        areas=tuple(dict.fromkeys((*source.areas, *others.areas))),
        dates="; ".join(filter(None, dict.fromkeys((source.dates, others.dates)))),
        speakers=source.speakers | others.speakers,
        starts=frozenset({0, *source.starts, *(at + start for start in others.starts or {0})}),
    )
