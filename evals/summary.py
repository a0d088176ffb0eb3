"""Comparisons and the gate in words: for a terminal, for a pull request (Markdown), for a CI server (JUnit XML)."""

from collections.abc import Sequence
from xml.etree import ElementTree

from evals.compare import Change, Comparison, Finding
from evals.gate import INCOMPARABLE, PASSES, Gate
from evals.records import Record
from evals.runs import RunInfo
from evals.scoring import MEASURES

_TITLES = {measure.name: measure.title for measure in MEASURES}
_VERDICTS = {PASSES: "passes", INCOMPARABLE: "not comparable"}


def comparison_text(comparison: Comparison, open_splits: Sequence[str]) -> str:
    """A comparison for people: measures first, then the cases that changed sides."""
    head = f"{comparison.same_answers} of {comparison.cases} answers are the same to the byte"
    rows = [
        f"  {_TITLES[c.measure]:<37}{_move(c):<26}{_verdict(c)}" for c in comparison.changes if c.old != c.new or c.test
    ]
    parts = [head, "\n".join(["Measures (old → new)", *rows])]
    for title, cases in (("Newly failed", comparison.newly_failed), ("Newly passed", comparison.newly_passed)):
        parts.append("\n".join([f"{title}: {len(cases)}", *_case_lines(cases, open_splits)]))
    parts.append(f"Failed in both: {len(comparison.still_failed)}")
    return "\n\n".join(parts)


def gate_text(gate: Gate, open_splits: Sequence[str]) -> str:
    """The gate's decision for people, the decision last, where a terminal ends."""
    if gate.incomparable or gate.comparison is None:
        why = "\n".join(f"  {line}" for line in gate.incomparable)
        return (
            f'Not comparable with the baseline:\n{why}\nIf this is meant, move it: python -m evals bless --reason "…"'
        )
    parts = [comparison_text(gate.comparison, open_splits), *gate.broken]
    parts += [f"worse: {_TITLES[change.measure]} {_move(change)}" for change in gate.regressions]
    return "\n\n".join([*parts, f"The gate {decision(gate)}"])


def decision(gate: Gate) -> str:
    """The decision in one sentence."""
    if gate.code:
        return _VERDICTS.get(gate.code, f"refuses: {len(gate.broken) + len(gate.regressions)} regressions")
    changes = gate.comparison.changes if gate.comparison else ()
    unsure = [change for change in changes if change.finding is Finding.INCONCLUSIVE]
    if not unsure:
        return "passes"
    return f"passes, inconclusive on {', '.join(_TITLES[change.measure] for change in unsure)}"


def markdown(gate: Gate, info: RunInfo, open_splits: Sequence[str]) -> str:
    """A summary for a pull request."""
    lines = [
        f"## Evaluation: {decision(gate)}",
        "",
        f"Run `{info.id}`, {info.cases} cases, {info.documents} documents.",
        "",
    ]
    lines += [f"- {line}" for line in (*gate.incomparable, *gate.broken)]
    if gate.comparison:
        lines += ["", "| measure | baseline | now | finding |", "|---|---|---|---|"]
        lines += [
            f"| {_TITLES[c.measure]} | {_number(c.old)} | {_number(c.new)} | {_verdict(c)} |"
            for c in gate.comparison.changes
            if c.test or c.old != c.new
        ]
        for title, cases in (
            ("Newly failed", gate.comparison.newly_failed),
            ("Newly passed", gate.comparison.newly_passed),
        ):
            lines += ["", f"<details><summary>{title}: {len(cases)}</summary>", ""]
            lines += [f"-{line}" for line in _case_lines(cases, open_splits)]
            lines += ["", "</details>"]
    return "\n".join(lines) + "\n"


def junit(gate: Gate, info: RunInfo, cases: Sequence[Record], open_splits: Sequence[str]) -> str:
    """JUnit XML: a suite of the gate's checks, and one of the cases.

    A case that failed in the baseline too is skipped, not failed: a server that counts failures must see what is new.
    """
    root = ElementTree.Element("testsuites", name="evaluation")
    checks = [("comparable with the baseline", gate.incomparable), ("floors and critical cases", gate.broken)]
    changes = gate.comparison.changes if gate.comparison else ()
    checks += [
        (_TITLES[c.measure], (f"{_move(c)} {_verdict(c)}",) if c.finding is Finding.WORSE else ())
        for c in changes
        if c.test
    ]
    suite = ElementTree.SubElement(root, "testsuite", name="gate", tests=str(len(checks)))
    for name, faults in checks:
        one = ElementTree.SubElement(suite, "testcase", classname="gate", name=name)
        for fault in faults:
            ElementTree.SubElement(one, "failure", message=fault)
    suite.set("failures", str(sum(bool(faults) for _, faults in checks)))
    known = {record.id for record in gate.comparison.still_failed} if gate.comparison else set()
    _case_suite(root, info, cases, known, open_splits)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case_suite(
    root: ElementTree.Element, info: RunInfo, cases: Sequence[Record], known: set[str], open_splits: Sequence[str]
) -> None:
    failed = [record for record in cases if not record.passed and record.id not in known]
    suite = ElementTree.SubElement(
        root, "testsuite", name=info.questions, timestamp=info.started,
        tests=str(len(cases)), failures=str(len(failed)), skipped=str(len(known)),
    )  # fmt: skip
    for record in cases:
        one = ElementTree.SubElement(suite, "testcase", classname=record.split, name=record.id)
        if record.id in known:
            ElementTree.SubElement(one, "skipped", message="failed in the baseline too")
        elif not record.passed:
            ElementTree.SubElement(one, "failure", message=_reasons(record, open_splits))


def _case_lines(cases: Sequence[Record], open_splits: Sequence[str]) -> list[str]:
    shown = [f"  {record.id}: {_reasons(record, open_splits)}" for record in cases if record.split in open_splits]
    closed = len(cases) - len(shown)
    return [
        *shown,
        *([f"  {closed} more in the other split, kept closed so that nobody tunes to them"] if closed else []),
    ]


def _reasons(record: Record, open_splits: Sequence[str]) -> str:
    if record.passed:
        return "passes now"
    return (
        "; ".join(record.reasons) if record.split in open_splits else "failed (the reasons of this split stay closed)"
    )


def _move(change: Change) -> str:
    return f"{_number(change.old)} → {_number(change.new)}"


def _verdict(change: Change) -> str:
    test = change.test
    if test is None or change.p is None:
        return ""
    if change.finding is Finding.UNCHANGED:
        return f"unchanged (n={test.n})"
    if change.finding is not Finding.INCONCLUSIVE:
        return f"{change.finding} (p={change.p:.3f}, n={test.n})"
    if test.detectable is None:
        return f"inconclusive: {test.n} cases are too few to see any loss"
    return f"inconclusive (p={change.p:.2f}, n={test.n}; a loss under {test.detectable:.3f} would not be seen)"


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"
