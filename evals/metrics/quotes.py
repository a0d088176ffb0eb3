"""Are the quoted words the document's own, at the place the citation names?"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise

from assistant.support.folding import Folded, folded
from evals.answers import Cited

_NEAR = 0.5  # half of the word pairs of an altered quotation still stand in its source; an invented one shares few


class Fidelity(StrEnum):
    """What became of a quotation on its way from the document; only ``EXACT`` keeps the contract."""

    EXACT = "exact"
    MISPLACED = "misplaced"
    MISATTRIBUTED = "misattributed"
    STITCHED = "stitched"
    ALTERED = "altered"
    INVENTED = "invented"


def fidelity(cited: Cited, texts: Mapping[str, str], documents: Mapping[str, Folded]) -> Fidelity:
    """Judge one quotation: ``texts`` are the stored texts its offsets refer to, ``documents`` the same, folded.

    ``MISPLACED`` has the right words at another offset or in other typography; ``MISATTRIBUTED`` has them in
    another document; ``STITCHED`` joins whole sentences that stand apart.
    """
    text = texts.get(cited.document)
    if text is not None and cited.start >= 0 and text[cited.start : cited.end] == cited.quote:
        return Fidelity.EXACT
    quote = folded(cited.quote)
    holders = [name for name, document in documents.items() if quote in document.text]
    if cited.document in holders:
        return Fidelity.MISPLACED
    if holders:
        return Fidelity.MISATTRIBUTED
    home = documents[cited.document].text if cited.document in documents else ""
    pieces = [piece for piece in _sentences(quote) if piece]
    if len(pieces) > 1 and all(piece in home for piece in pieces):
        return Fidelity.STITCHED
    return Fidelity.ALTERED if _shared_pairs(quote, home) >= _NEAR else Fidelity.INVENTED


def _sentences(quote: str) -> list[str]:
    for stop in (". ", "! ", "? ", "… ", "... "):
        quote = quote.replace(stop, stop.rstrip() + "\n")
    return [piece.strip(" .…") for piece in quote.split("\n")]


def _shared_pairs(quote: str, home: str) -> float:
    pairs = list(pairwise(quote.lower().split()))
    known = set(pairwise(home.lower().split()))
    return sum(pair in known for pair in pairs) / len(pairs) if pairs else 0.0
