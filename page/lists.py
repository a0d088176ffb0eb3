"""Lists of documents as HTML: what is loaded, when each area was inspected, and what could not be read."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from assistant.wording import Wording, wording
from index.manifest import Failure
from index.types import DateRange, Document, Outcome, Profile
from page.words import ENGLISH, dates_text

_OUTCOMES = {
    Outcome.POSITIVE: "Typically positive experiences",
    Outcome.INCONSISTENT: "Inconsistent experiences",
    Outcome.FAILINGS: "Widespread or systemic failings",
    Outcome.NARRATIVE: "No overall outcome given",
}


def documents_html(documents: Sequence[Document]) -> str:
    """A card for each document: title, what it is, about whom, when, with what outcome, and remarks."""
    return f'<ul class="documents">{"".join(_card(document) for document in documents)}</ul>'


def _card(document: Document) -> str:
    about, ours = document.profile, wording()
    facts = (
        ("Kind", ours.say("kind", about.kind.value)),
        ("Area", ours.listed(about.areas)),
        ("Inspected", inspected(about, ours)),
        ("Published", ours.day(about.published) if about.published else ""),
        ("Outcome", _OUTCOMES[about.outcome] if about.outcome else ""),
        ("Size", size(document)),
        ("File", document.name),
    )
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    remarks = "".join(f'<p class="problem">{escape(problem)}</p>' for problem in document.problems)
    return (
        f'<li><h2 {ENGLISH}><a href="{reading(document)}" target="_self">{escape(about.title)}</a></h2>'
        f'<dl class="facts">{rows}</dl>{remarks}</li>'
    )


def reading(document: Document) -> str:
    """The address at which a document can be read, at its first sentence."""
    first = next((sentence for passage in document.passages for sentence in passage.sentences), None)
    place = {"document": document.name, "start": first.start if first else 0, "end": first.end if first else 0}
    return escape(f"source?{urlencode(place)}")


def inspected(about: Profile, ours: Wording) -> str:
    """The days or at least the year of an inspection; empty where neither is known."""
    return dates_text(about.inspection, ours) if about.inspection else str(about.inspection_year or "")


def size(document: Document) -> str:
    """How much there is to read."""
    pages = f", {len(document.pages)} pages" if document.pages else ""
    return f"{len(document.passages)} passages{pages}"


def timeline_html(documents: Sequence[Document]) -> str:
    """For each area its inspections, newest first, and the documents that speak of each."""
    areas = sorted({area for document in documents for area in document.profile.areas})
    parts = []
    for area in areas:
        about = [document for document in documents if area in document.profile.areas]
        dated = sorted({_when(document.profile) for document in about}, reverse=True)
        items = "".join(_point(when, [d for d in about if _when(d.profile) == when]) for when in dated)
        parts.append(f"<h2 class='area'>{escape(area)}</h2><ol class='timeline'>{items}</ol>")
    return "".join(parts)


def _when(about: Profile) -> tuple[str, str]:
    """A key to sort by, and the time as it is shown."""
    ours = wording()
    period: DateRange | None = about.inspection
    if period:
        return period.start.isoformat(), f"Inspected {dates_text(period, ours)}"
    if about.inspection_year:
        return str(about.inspection_year), f"Inspected in {about.inspection_year}"
    if about.published:
        return about.published.isoformat(), f"Published {ours.day(about.published)}"
    return "", "No date given"


def _point(when: tuple[str, str], documents: Iterable[Document]) -> str:
    titles = "".join(
        f'<li {ENGLISH}><a href="{reading(d)}" target="_self">{escape(d.profile.title)}</a> '
        f"({escape(wording().say('kind', d.profile.kind.value).lower())})</li>"
        for d in documents
    )
    return f"<li><p>{escape(when[1])}</p><ul>{titles}</ul></li>"


def failures_html(failures: Sequence[Failure]) -> str:
    """The files that could not be read, each with its reason."""
    items = "".join(f"<li>{escape(failure.reason)}</li>" for failure in failures)
    return f'<div class="gaps"><h2>Files that are not loaded</h2><ul>{items}</ul></div>'
