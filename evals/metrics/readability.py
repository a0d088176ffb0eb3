"""How hard are our own words to read? Measured on what an answer says around its quotations, never on the quotations.

Reading age is the school grade of Kincaid and others (1975) plus five years. Syllables are counted by rule, as groups
of vowels; the formula was made for running English prose, so a short label counts as one sentence and other languages
are not judged.
"""

import re
from collections.abc import Sequence

from evals.answers import Response
from evals.metrics.tally import Tally

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_MARK = re.compile(r"\[\d+\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![^aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouycsxzg])es$")
_GRADE_TO_AGE = 5.0


def own_sentences(response: Response) -> list[str]:
    """The sentences of an answer that are not quoted: leads, summaries, gaps and notes, each at least one sentence."""
    ours = (_MARK.sub("", _QUOTED.sub("", said.text)) for said in response.statements if said.kind != "quote")
    pieces = (piece for text in ours for piece in _SENTENCE_END.split(text))
    return [piece for piece in pieces if _WORD.search(piece)]


def sentence_length(response: Response) -> Tally | None:
    """Words in our own sentences, of our own sentences; not applicable to an answer without any."""
    sentences = own_sentences(response)
    return Tally(sum(len(_WORD.findall(one)) for one in sentences), len(sentences)) if sentences else None


def reading_age(response: Response) -> float | None:
    """The age in years at which our own words of an answer can be read; not applicable to one without any."""
    sentences = own_sentences(response)
    return age_of(sentences) if sentences else None


def age_of(sentences: Sequence[str]) -> float:
    """0.39 × words a sentence + 11.8 × syllables a word − 15.59, and five years. ``sentences`` must hold a word."""
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + _GRADE_TO_AGE


def syllables(word: str) -> int:
    """The groups of vowels of a word without a silent ending, at least one; a figure counts as one."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))
