"""The check of a model's statement before anybody sees it. What fails is dropped, with its reasons kept for the report.

A statement must be one plain English sentence, stand on quotations of this answer that speak to readers, quote nothing
but their words, and say no more than they do (``assistant.support``).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.languages import ENGLISH, detect
from assistant.support import Source, source_of
from assistant.support.folding import folded
from assistant.support.gate import faults
from assistant.types import Citation
from assistant.wording import wording
from assistant.writers.hostile import is_plain_sentence, speaks_to_machines
from assistant.writers.reply import Claim
from index.areas import gazetteer
from index.sentences import sentence_spans

_SHORTEST, _LONGEST = 12, 320  # characters
_MOST_CITED = 3
_FEW_WORDS = 5  # an English sentence of more has some little word of English; a cipher has none
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]|(?<!\w)[‘']([^‘’']{2,}(?:['’]\w[^‘’']*)*)[’'](?!\w)")
_LEANS = re.compile(
    r"(?:[^,.]{1,30}, )?(?:for example|for instance|this|these|that|those|it|they|such|here|there,|as a result|"
    r"consequently|therefore|similarly|their|its|he|she|his|her|we|our|i|my|you|your|of these|the latter|the former|"
    r"another|both)\b",
    re.I,
)
_ORDERS = re.compile(
    r"(?:please |now |then |and |always |never |do not |don't )*(?:explain|describe|tell|say|write|make|give|ask|call|"
    r"contact|visit|ring|click|see|go|show|list|name|note|remember|let|reply|answer|summari[sz]e|ignore|replace|add|"
    r"pretend|imagine|guess|repeat|print|e-?mail|phone|join|sign|try|do not|don't|please)\b",
    re.I,
)
_INTERJECTION = re.compile(
    r"(?!However|Also|Meanwhile|Overall|Sometimes|Often|Similarly|Now|Still|Today)[A-Z][a-z]*[,!] "
)
_MARKS = re.compile(r"\s*[\[(](?:\d+(?:,\s*)?)+[\])]\s*(?=[.!]?$)")


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement as it may be shown, and what speaks against showing it; each reason begins with its kind.

    ``translation`` is one that may stand beside it, unchecked, as the model gave it.
    """

    text: str
    citations: tuple[Citation, ...]
    reasons: tuple[str, ...]
    translation: str = ""

    @property
    def holds(self) -> bool:
        """Whether it may be shown."""
        return not self.reasons


def check(
    claim: Claim, citations: Sequence[Citation], weights: Mapping[str, float], before: Checked | None = None
) -> Checked:
    """Judge one statement. ``citations`` are what the model was given; ``weights`` as ``support.rarity`` makes them.

    ``before`` is the statement shown right before it: one on the same quotation may go on with "This means".
    """
    text = " ".join(_MARKS.sub("", claim.text).split())  # a mark the model has written itself says nothing of ours
    of = {one.id: one for one in citations}
    cited = tuple(of[number] for number in claim.citations if number in of)
    reasons = [*_form(text, claim.text), *_standing(claim, cited)]
    if not reasons:
        reasons = _quoted(text, cited)
    if not reasons:
        cited, reasons = _supported(text, cited, citations, weights)
    if not reasons and _LEANS.match(text.lstrip("\"'“‘")) and not (before and before.citations[-1:] == cited[:1]):
        reasons = ["form: leans on a sentence that isn't there"]
    return Checked(text, cited, tuple(dict.fromkeys(reasons)))


def _form(text: str, raw: str) -> list[str]:
    found = []
    if not _SHORTEST <= len(text) <= _LONGEST:
        found.append(f"form: {len(text)} characters")
    if "\n" in raw.strip() or not is_plain_sentence(text):
        found.append("form: more than plain text")
    if speaks_to_machines(text):
        found.append("form: speaks to a machine")
    if not text.rstrip("\"'”’)").endswith((".", "!")):
        found.append("form: no whole sentence")
    if text.endswith("?") or _ORDERS.match(text) or _INTERJECTION.match(text):
        found.append("form: a question, an order or a call")
    language = detect(gazetteer().without(text))
    if language != ENGLISH and (language or len(text.split()) > _FEW_WORDS):
        found.append("language: not English")
    return found


def _standing(claim: Claim, cited: Sequence[Citation]) -> list[str]:
    if not claim.citations:
        return ["citation: none"]
    if len(cited) < len(claim.citations):
        return ["citation: no such quotation"]
    if len(cited) > _MOST_CITED:
        return [f"citation: {len(cited)} quotations for one statement"]
    return ["citation: the quotation speaks to machines"] if any(speaks_to_machines(c.quote) for c in cited) else []


def _quoted(text: str, cited: Sequence[Citation]) -> list[str]:
    """Words between quotation marks must stand in what is cited."""
    quotes = [folded(" ".join(one.quote.split())) for one in cited]
    inside = [folded(match[1] or match[2]).strip(" .,") for match in _QUOTED.finditer(text)]
    found = [f"quotation: '{words[:40]}' is not in the source" for words in inside if not _stands(words, quotes)]
    if len(re.findall(r"[\"“”]", text)) % 2:
        found.append("quotation: marks that do not close")
    return found


def _stands(words: str, quotes: Sequence[str]) -> bool:
    return any(words.lower() in quote.lower() for quote in quotes)


def _supported(
    text: str, cited: tuple[Citation, ...], given: Sequence[Citation], weights: Mapping[str, float]
) -> tuple[tuple[Citation, ...], list[str]]:
    """The citations that bear the statement out, or why none does.

    Each sentence must stand on one quotation alone: two quotations together say more than either of them, and a
    citation that is not needed is not shown.
    """
    needed: list[Citation] = []
    for start, end in sentence_spans(text, 0, len(text)):
        judged = [(one, _faults(text[start:end], one, given, weights)) for one in cited]
        bearing = [one for one, found in judged if not found]
        if not bearing:
            return cited, min((found for _, found in judged), key=len)
        needed += bearing[:1]
    return tuple(dict.fromkeys(needed)), []


def _faults(sentence: str, cited: Citation, given: Sequence[Citation], weights: Mapping[str, float]) -> list[str]:
    others = source_for([one for one in given if one is not cited])
    return faults(source_for([cited]), others, sentence, weights)


def source_for(cited: Sequence[Citation]) -> Source:
    """What is cited, with what is known of it: areas, dates and speakers."""
    ours = wording()
    dates = []
    for one in cited:
        if one.inspection:
            dates.append(ours.days(one.inspection))
        elif one.published:
            dates.append(ours.day(one.published))
    return source_of(
        [one.quote for one in cited],
        areas=tuple(dict.fromkeys(area for one in cited for area in one.areas)),
        dates="; ".join(dict.fromkeys(dates)),
        speakers=frozenset(one.speaker.value for one in cited),
    )
