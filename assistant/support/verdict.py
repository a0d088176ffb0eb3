"""Does a quotation support a statement? A test by rule: every word weighed, every fact matched.

After ALCE (Gao et al. 2023) a statement has citation recall when all it cites together supports it, and a citation is
precise when it supports the statement itself or the rest no longer does without it. ALCE asks a language model whether
words support words. Here a rule does, so that the same answer gets the same score on every machine. The words of a
quotation are supported at once. Any other statement is read sentence by sentence. Each must stand in one place of the
source: a good part of its words, weighted by rarity, in those words or in others that mean the same; something of each
of its parts; its subject; and next to nothing that is missing there and stands in another sentence
(``support``). Its figures with their units, dates, places and speakers must be the source's
(``facts``), and so must what it denies, what it calls a duty or a possibility, what it calls more or less
(``turns``), how many it speaks of (``entailment_reach``), and what it makes the cause of what
(``links``). The word lists are in ``lists.toml``.

``python -m evals validate`` prints how often it is right. It can't see who does what to whom where one sentence names
both ("parents advise leaders"), two clauses of one sentence run together, which of two cited areas a sentence is about,
or an invention in words that neither the source nor its lists know, beside enough that the source says. It refuses a
sound inference in words that its lists do not know.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.support.equivalents import one_form, source_in_one_form
from assistant.support.facts import dates, numbers, places, speakers, telling
from assistant.support.folding import folded
from assistant.support.links import causes
from assistant.support.reach import altered, reach
from assistant.support.source import Source
from assistant.support.support import standings
from assistant.support.turns import denials, directions, modalities
from assistant.support.words import any_of, read
from index.lexicon import terms
from index.sentences import sentence_spans

_CHECKS = (denials, modalities, directions, reach, causes, altered)
_SAID = re.compile(r"^(?P<who>[^:]{1,60}):\s+")
_ACCORDING = re.compile(r"^According to [^,]{1,60}, ", re.I)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a source supports a statement, and if not, why: each reason begins with the kind of fault."""

    reasons: tuple[str, ...]
    support: float

    @property
    def supported(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


def rarity(sentences: Iterable[str]) -> dict[str, float]:
    """The inverse frequency of every stemmed word: one that stands in every sentence weighs next to nothing."""
    rows = [set(terms(sentence)) for sentence in sentences]
    return {word: math.log(1 + len(rows) / count) for word, count in Counter(w for row in rows for w in row).items()}


def entails(source: Source, statement: str, weights: Mapping[str, float]) -> Verdict:
    """Judge one statement. ``weights`` (see ``rarity``) maps stemmed words to weights; others count as rare."""
    said = folded(statement).strip("\"'“”‘’ ")
    whole = " ".join(source.sentences)
    if said and said in whole:
        return Verdict((), 1.0)
    source, said = source_in_one_form(source), one_form(said)
    whole = " ".join(source.sentences)
    reasons = [
        *numbers(said, whole),
        *dates(said, whole, source),
        *places(said, whole, source),
        *speakers(said, whole, source),
    ]
    least = 1.0
    facts = set(terms(f"{' '.join(source.areas)} {source.dates}"))  # judged as such
    weights = {
        word: 0.0 if word in facts else weights[word] for word in terms(said) if word in weights or word in facts
    }
    for start, end in sentence_spans(said, 0, len(said)):
        sentence = claim_of(said[start:end])
        if not any(weights.get(word, 1.0) for unit in read(sentence).bearing for word in unit.words):
            continue
        for stands in standings(source, sentence, weights):
            part, window = stands.part, stands.window
            least = min(least, stands.support)
            reasons += stands.faults
            reasons += [fault for check in _CHECKS for fault in check(part, window)]
    return Verdict(tuple(dict.fromkeys(reasons)), least)


def claim_of(sentence: str) -> str:
    """A sentence without its "Inspectors said:" or "The report says that": who said it is judged on its own."""
    lead = _SAID.match(sentence)
    if lead and any_of("words", "said").search(lead["who"]):
        sentence = sentence[lead.end() :]
    sentence = _ACCORDING.sub("", sentence)
    return sentence[told.end() :] if (told := telling().match(sentence)) else sentence
