"""The check itself: word for word first, then the nearest wording, and of several claims the worst verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft import Draft
from assistant.evidence import Missing
from assistant.quotes.claims import Claim, claim_of, claims
from assistant.quotes.finding import Found, word_for_word
from assistant.quotes.nearest import nearest
from assistant.quotes.reporting import absent, not_there, report, verdict_on
from assistant.quotes.scope import wrong_of, wrong_scope
from assistant.reading import Reading
from assistant.retriever import Hit, Retriever, View
from assistant.types import Verdict, VerdictResult
from assistant.wording import wording
from index.store import Store

_CANDIDATES = 12
_SURELY = 0.75  # agreement from which a version is the one that is meant, and unmarked words are meant as a quotation
# Of two quotations in one question the one that is less true tells the verdict.
_WORST_FIRST = (
    VerdictResult.NOT_FOUND,
    VerdictResult.CONTRADICTED,
    VerdictResult.ALTERED,
    VerdictResult.PARAPHRASE,
    VerdictResult.OTHER_AREA,
    VerdictResult.OTHER_DATE,
    VerdictResult.OTHER_SPEAKER,
    VerdictResult.VERBATIM_NORMALISED,
    VerdictResult.VERBATIM,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: the verdict, and a draft that shows it."""

    verdict: Verdict
    draft: Draft
    found: bool
    missing: tuple[Missing, ...]


def check(reading: Reading, store: Store, retriever: Retriever) -> Checked:
    """Hold the quotation of a reading, or else all of its words, against every document."""
    claim = claim_of(reading.quoted or reading.question)
    return _checked(reading, claim, *_find(reading, claim, store, retriever), store)


def check_asked(reading: Reading, store: Store, retriever: Retriever) -> Checked | None:
    """Check what a question quotes; ``None`` where it quotes nothing, so that it is answered like any other."""
    done = []
    for claim in claims(reading):
        found, hits = _find(reading, claim, store, retriever)
        if claim.sure or (found and found.agreement >= _SURELY and found.result is not VerdictResult.PARAPHRASE):
            done.append(_checked(reading, claim, found, hits, store))
    if not done:
        return None
    worst = min(done, key=lambda one: _WORST_FIRST.index(one.verdict.result))
    together = tuple(statement for one in done for statement in one.draft)
    return Checked(worst.verdict, together, any(one.found for one in done), worst.missing)


def _find(reading: Reading, claim: Claim, store: Store, retriever: Retriever) -> tuple[Found | None, Sequence[Hit]]:
    """The best version of a claim, and what is near it in meaning where that had to be looked for."""
    found = word_for_word(reading, claim, store.documents)
    if found:
        return found, ()
    near = nearest(reading, claim.text, (), store.documents)
    if near and near.agreement >= _SURELY and wrong_scope(near.items[0], reading) is None:
        return near, ()  # searching by meaning takes most of the time, and could find nothing nearer
    hits = retriever.search([View(claim.text)], retriever.table.all).top(_CANDIDATES)
    return nearest(reading, claim.text, hits, store.documents), hits


def _checked(reading: Reading, claim: Claim, found: Found | None, hits: Sequence[Hit], store: Store) -> Checked:
    ours, searched = wording(reading.language), len(store.documents)
    if found:
        wrong = wrong_of(found.items, reading)
        draft = (*not_there(found, wrong, reading, store, ours), *report(found, wrong, ours))
        return Checked(verdict_on(claim.text, found, searched), draft, True, ())
    verdict = Verdict(VerdictResult.NOT_FOUND, claim.text, None, (), searched)
    return Checked(verdict, absent(hits, searched, ours), False, (Missing("words"),))
