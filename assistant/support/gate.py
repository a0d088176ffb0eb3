"""The gate a model's sentence passes: on one quotation, with the other quotations it was given beside.

It must stand on that quotation as ``entails`` asks, and as ``strict`` does; and nothing of it may be taken from
another quotation, or joined from two.
"""

from collections.abc import Mapping
from dataclasses import replace

from assistant.support.equivalents import one_form, source_in_one_form
from assistant.support.source import Source
from assistant.support.strict import astray, stricter
from assistant.support.verdict import entails


def faults(source: Source, others: Source, sentence: str, weights: Mapping[str, float]) -> list[str]:
    """What speaks against a sentence on its source; each reason begins with its kind, and none is good.

    ``others`` has no sentences where the source is the only quotation.
    """
    source, others, sentence = source_in_one_form(source), source_in_one_form(others), one_form(sentence)
    found = [*entails(source, sentence, weights).reasons, *stricter(source, sentence, weights)]
    if found or not others.sentences:
        return found
    mixed = entails(_beside(source, others), sentence, weights).reasons
    return [*(one for one in mixed if one.startswith("fused")), *astray(source, others, sentence, weights)]


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
