"""Questions on what every area SEND report prints: outcome, dates, next inspection, and its two lists.

The facts are read here by plain patterns on the text, apart from how the index reads them, so that one reading can be
held against the other. ``python -m evals.reports_set --store STORE`` prints the cases of ``report_facts.jsonl``.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path
from typing import Any
from zlib import crc32

from assistant.support.folding import folded
from evals.cases import split_of
from evals.sources import SourcesError, default_store, texts_of_store

FACTS = Path(__file__).with_name("questions") / "report_facts.jsonl"

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TITLE = re.compile(r"^#+ Area SEND inspection of (?:the )?(.+?) Local Area Partnership$", re.MULTILINE)
_DATES = re.compile(r"^Inspection dates: .+$", re.MULTILINE)
_PREVIOUS = re.compile(r"^Dates? of previous inspections?: .+$", re.MULTILINE)
_HEADING = r"^#+ {}\s*\n(.*?)(?=^#+ |\Z)"
_LABELS = ("Areas for improvement", "Responsible body\tAreas for priority action")
_SENTENCE_END = re.compile(r"(?<=[.!?])[’”'\"]?\s+(?=[‘“'\"]?[A-Z])")
_NEXT = re.compile(r"next full|monitoring inspection", re.IGNORECASE)
_RANGE = re.compile(rf"0?(\d{{1,2}})(?: ({_MONTHS}))?(?: (\d{{4}}))? (?:to|[-–]) 0?(\d{{1,2}}) ({_MONTHS}) (\d{{4}})")
_DAY = re.compile(rf"0?(\d{{1,2}}) ({_MONTHS}) (\d{{4}})")
_NUMBERING = re.compile(r"^\d{1,2}\. ")
_ORDINARY = {"Bedford Borough": "Bedford"}  # as the list of authorities names it
_OUTCOMES = ("positive experiences and outcomes", "inconsistent experiences and outcomes", "systemic failings")
_SPANS = (r"\b(18|eighteen) months", r"\b(3|three) years", r"\b(5|five) years")
_IN_EVERY_REPORT = ("dates", "previous", "outcome", "following", "improvement")
_OWN_WORDS = 12  # words that tell one entry of a list from the others
_ANSWERED = ["answered", "partly_answered"]
_NO = r"(\bno\b|\bnone\b|\bnot\b|\bnothing\b|n't\b)"
_NONE_STATED = [
    rf"{_NO}[^.\n]{{0,90}}priority action",
    rf"priority action[^.\n]{{0,90}}{_NO}",
    rf"\b(documents?|reports?)\b[^.\n]{{0,60}}{_NO}",
    rf"{_NO}[^.\n]{{0,60}}\b(documents?|reports?)\b",
]
_WORDINGS = {
    "outcome": (
        ("officer", "What was the outcome of the area SEND inspection of {area}? The exact sentence, please."),
        ("parent", "How did {area} do in its SEND inspection?"),
        ("officer", "Inspection outcome, {area} local area partnership"),
        ("parent", "What did the inspectors decide about {area} overall?"),
    ),
    "dates": (
        ("officer", "On which dates was {area} inspected?"),
        ("parent", "When did the inspectors come to {area}?"),
        ("officer", "{area}: inspection dates as printed"),
    ),
    "previous": (
        ("officer", "What are the dates of the previous inspection of {area}, according to the report?"),
        ("parent", "When was {area} inspected the time before?"),
    ),
    "next": (
        ("parent", "When are the inspectors coming back to {area}?"),
        ("officer", "When is the next full inspection of {area} due, in the report's words?"),
    ),
    "improvement": (
        ("officer", "List the areas for improvement for {area}, all of them, in order, word for word."),
        ("officer", "What are the areas for improvement in the report on {area}? All of them in order, please."),
        ("parent", "What does {area} have to improve? I'd like the report's whole list."),
    ),
    "priority": (
        ("officer", "Which areas for priority action does the report on {area} set out? All of them, in order."),
        ("officer", "What are the areas for priority action for {area}?"),
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its first sentence, and what else stands in it, sentences and bullets, in order."""

    lead: str
    rest: tuple[str, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """What must be cited: the first sentence, and with it the bullets that it opens."""
        return (self.lead, *self.rest) if self.lead.endswith(":") else (self.lead,)

    @property
    def context(self) -> tuple[str, ...]:
        """What else stands in it."""
        return () if self.lead.endswith(":") else self.rest


@dataclass(frozen=True, slots=True)
class Facts:
    """What one report prints, each piece a slice of its text.

    ``outcome`` holds every sentence under that heading, ``following`` those of them on the next inspections.
    ``priority`` is empty where the report has no such heading.
    """

    document: str
    area: str
    dates: str
    previous: str
    outcome: tuple[str, ...]
    following: tuple[str, ...]
    improvement: tuple[Entry, ...]
    priority: tuple[Entry, ...]


class ReportsProblem(Exception):
    """A report that these patterns can't read; the message names it and what is missing."""


def facts_of(document: str, text: str) -> Facts | None:
    """The facts of a report; ``None`` for a text without a report's title. Raises ``ReportsProblem``."""
    title = _TITLE.search(text)
    if not title:
        return None
    outcome = tuple(chain.from_iterable(map(_sentences, _lines(_section(text, "Inspection outcome")))))
    facts = Facts(
        document=document,
        area=_ORDINARY.get(title[1], title[1]),
        dates=_found(_DATES, text),
        previous=_found(_PREVIOUS, text),
        outcome=outcome,
        following=tuple(one for one in outcome if _NEXT.search(one)),
        improvement=_entries(_section(text, "Areas for improvement")),
        priority=_entries(_section(text, "Areas for priority action")),
    )
    missing = [name for name in _IN_EVERY_REPORT if not getattr(facts, name)]
    if outcome and not any(core in outcome[0] for core in _OUTCOMES):
        missing.append("one of the three outcomes")
    if missing:
        raise ReportsProblem(f"{document}: no {', '.join(missing)} found")
    return facts


def cases_of(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Six cases for every report among the texts, by area. A report that is there twice may be cited from either."""
    reports: dict[tuple[str, str], list[Facts]] = defaultdict(list)
    for document in sorted(texts):
        if facts := facts_of(document, texts[document]):
            reports[facts.area, facts.dates].append(facts)
    return [case for key in sorted(reports) for case in _cases(reports[key])]


def dates_in(line: str) -> list[str]:
    """A pattern for every date or span of dates of a line, in the ways in which people write it."""
    patterns = []
    for match in _RANGE.finditer(line):
        day, month, year, last, last_month, last_year = match.groups()
        first = rf"0?{day}( {month or last_month})?( {year or last_year})?"
        patterns.append(rf"\b{first} ?(to|until|and|-) ?0?{last} {last_month} {last_year}")
    rest = _RANGE.sub("", line)
    return patterns + [rf"\b0?{day} {month} {year}" for day, month, year in _DAY.findall(rest)]


def _cases(same: Sequence[Facts]) -> Iterator[dict[str, Any]]:
    facts = same[0]
    others = [core for core in _OUTCOMES if core not in facts.outcome[0]]
    core = next(core for core in _OUTCOMES if core not in others)
    yield _case(
        same, "outcome", "outcome", [[_gold(one, 2, one.outcome[0]) for one in same]],
        context=[(one, piece) for one in same for piece in (*one.outcome[1:], one.dates)],
        vital=[core], must_not=others, reference=facts.outcome[0],
    )  # fmt: skip
    for name, line in (("dates", facts.dates), ("previous", facts.previous)):
        yield _case(
            same, name, "fact", [[_gold(one, 2, getattr(one, name)) for one in same]],
            context=[(one, one.previous if name == "dates" else one.dates) for one in same],
            vital=dates_in(line) or [r"not previously inspected|no previous|not .{0,20}inspected before"],
            reference=line.partition(": ")[2],
        )  # fmt: skip
    spans, strange = _spans(facts.following)
    yield _case(
        same, "next", "fact",
        [[_gold(one, 2, one.following[at]) for one in same] for at in range(len(facts.following))],
        context=[(one, piece) for one in same for piece in (*one.outcome, one.dates) if piece not in one.following],
        vital=spans, must_not=strange, reference=" ".join(facts.following),
    )  # fmt: skip
    yield _listing(same, "improvement")
    yield _listing(same, "priority") if facts.priority else _without_priority(same)


def _listing(same: Sequence[Facts], name: str) -> dict[str, Any]:
    """All entries in order, by their first sentences; what else stands in them is context."""
    entries: tuple[Entry, ...] = getattr(same[0], name)
    leads = [_own_words(entry.lead, [other.lead for other in entries if other is not entry]) for entry in entries]
    bullets = [_own_words(piece, ()) for entry in entries for piece in entry.rest]
    printed = [[piece for entry in getattr(one, name) for piece in entry.needed] for one in same]
    return _case(
        same, name, "list",
        [[_gold(one, 2, piece) for one, piece in zip(same, at, strict=True)] for at in zip(*printed, strict=True)],
        context=[(one, piece) for one in same for entry in getattr(one, name) for piece in entry.context],
        vital=[*leads, r"[\s\S]*".join(leads)], other=bullets,
        reference=f"{len(entries)}, in this order: " + " / ".join(entry.lead for entry in entries),
    )  # fmt: skip


def _without_priority(same: Sequence[Facts]) -> dict[str, Any]:
    """None are stated: an answer must say so, or honestly refuse. What it cites for that is left open."""
    case = _case(
        same, "priority", "list", [], context=[], vital=[], trap="false_premise",
        must_not=[r"areas? for priority action (are|include)\b(?! (not|no|none))", "(Chief Inspector|HMCI) requires"],
        reference="None are stated; the report has areas for improvement only.",
    )  # fmt: skip
    case["expect"]["status"] = [*_ANSWERED, "not_found"]
    case["expect"]["nuggets"] = [{"any": _NONE_STATED, "vital": True}]
    return case


def _spans(following: Sequence[str]) -> tuple[list[str], list[str]]:
    """The times until the next inspections that a right answer names, and those that would be another area's."""
    text = " ".join(following)
    named = {pattern: re.search(pattern, text) is not None for pattern in _SPANS}
    return [pattern for pattern in _SPANS if named[pattern]], [pattern for pattern in _SPANS if not named[pattern]]


def _case(
    same: Sequence[Facts], name: str, kind: str, needed: Sequence[Sequence[dict[str, Any]]], *,
    context: Sequence[tuple[Facts, str]], vital: Sequence[str], reference: str,
    other: Sequence[str] = (), must_not: Sequence[str] = (), trap: str = "other_area",
) -> dict[str, Any]:  # fmt: skip
    """A case. ``needed`` holds, for each thing to cite, where it may be cited from; the sets are their product."""
    area = same[0].area
    slug = re.sub(r"\W+", "-", area.lower())
    wordings = _WORDINGS[name]
    user, question = wordings[crc32(f"{name} {slug}".encode()) % len(wordings)]
    sets = [list(one) for one in product(*needed)] if needed else []
    if sets:
        sets[0] += [_gold(facts, 1, piece) for facts, piece in context]
    expect: dict[str, Any] = {"status": _ANSWERED, "evidence": sets}
    if must_not:
        expect["must_not"] = list(must_not)
    nuggets = [{"any": [one], "vital": True} for one in vital] + [{"any": [one], "vital": False} for one in other]
    if nuggets:
        expect["nuggets"] = nuggets
    return {
        "id": f"f-{slug}-{name}",
        "family": f"report-{slug}",
        "split": split_of(f"report-{slug}"),
        "tags": [f"kind:{kind}", f"user:{user}", f"trap:{trap}", "lang:en"],
        "turns": [question.format(area=area)],
        "scope": {"area": area},
        "expect": expect,
        "reference": reference,
        "provenance": "made from the print by evals/reports_set.py",
    }


def _gold(facts: Facts, grade: int, quote: str) -> dict[str, Any]:
    return {
        "document": facts.document,
        "quote": quote,
        "grade": grade,
        "speaker": ["inspectors"],
        "first_hand": True,
        "areas": [facts.area],
    }


def _section(text: str, heading: str) -> str:
    """What stands under a heading up to the next; empty where there is no such heading."""
    found = re.search(_HEADING.format(re.escape(heading)), text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _lines(section: str) -> list[str]:
    return [line for line in section.splitlines() if line.strip() and line not in _LABELS]


def _entries(section: str) -> tuple[Entry, ...]:
    """The entries of a list. A paragraph begins one, bullets go on with it; in a table, a row with its body does."""
    lines = _lines(section)
    rows = any("\t" in line for line in lines)
    entries: list[list[str]] = []
    for line in lines:
        begins = "\t" in line if rows else not line.startswith("- ")
        pieces = _sentences(_NUMBERING.sub("", line.rpartition("\t")[2].removeprefix("- ")))
        if begins or not entries:
            entries.append(pieces)
        else:
            entries[-1] += pieces
    return tuple(Entry(pieces[0], tuple(pieces[1:])) for pieces in entries)


def _sentences(line: str) -> list[str]:
    return [piece.strip() for piece in _SENTENCE_END.split(line.strip()) if piece.strip()]


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0].strip() if match else ""


def _own_words(piece: str, others: Sequence[str]) -> str:
    """A pattern for the first words of an entry, as many as tell it from the others."""
    words = folded(piece).split(" ")
    for count in range(_OWN_WORDS, len(words) + 1):
        start = " ".join(words[:count])
        if not any(folded(other).startswith(start) for other in others):
            return re.escape(start).replace(r"\ ", " ")
    return re.escape(" ".join(words)).replace(r"\ ", " ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cases, one line each. 1 where no report is among the documents or one can't be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.reports_set", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--store", type=Path, default=default_store(), help="the index (default: .store)")
    options = parser.parse_args(arguments)
    try:
        cases = cases_of(texts_of_store(options.store))
    except (SourcesError, ReportsProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    for case in cases:
        print(json.dumps(case, ensure_ascii=False))
    print(f"{len(cases)} cases", file=sys.stderr)
    return 0 if cases else 1


if __name__ == "__main__":
    sys.exit(main())
