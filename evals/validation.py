"""How often is the citation test right? It is held against statements whose truth is known.

``paraphrases.jsonl`` holds faithful rewordings, written by hand at three reading levels, each beside the sentences it
rewords; they must pass, also where another quotation stands beside their own. The same statements made false in one
way each (``mutations``), the sources' own sentences made false likewise, and statements beside a quotation of something
else must not. The word lists and the thresholds were set on the dev half; the test half tells.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.support import Source, entails, rarity
from assistant.support.folding import folded
from evals import mutations
from evals.cases import SPEAKERS, SPLITS, split_of
from evals.metrics.tally import wilson
from evals.mutations import SPEAKER_NAMES
from evals.strict import Fields, FormatError

PARAPHRASES = Path(__file__).with_name("questions") / "paraphrases.jsonl"
LEVELS = frozenset({"plain", "everyday", "official"})
KINDS = (
    "number", "unit", "date", "area", "speaker", "negation", "qualifier", "modality", "comparison", "fused",
    "false cause", "wrong quotation",
)  # fmt: skip
_NEIGHBOURS = 3  # how many of the following statements each is run together with


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A true statement beside the sentences it rewords. ``family`` is one for all rewordings of the same sentences.

    ``batch`` tells apart what was written before the tests existed (1) and after, on other documents (2).
    """

    id: str
    family: str
    document: str
    source: Source
    level: str
    text: str
    line: int
    batch: int = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """One statement given to the test: whether it is true, whether the test said so, and its reasons if not."""

    id: str
    split: str
    kind: str
    text: str
    true: bool
    supported: bool
    reasons: tuple[str, ...]


def read_paraphrases(path: Path = PARAPHRASES) -> tuple[Paraphrase, ...]:
    """The paraphrases of a file. Raises ``FormatError`` with file and line."""
    read: list[Paraphrase] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise FormatError(f"{path}: can't be read as UTF-8 text ({problem}); give a file of paraphrases") from None
    for number, line in enumerate(lines, 1):
        try:
            read.append(_paraphrase(Fields(json.loads(line), "the line"), number))
        except (FormatError, json.JSONDecodeError) as fault:
            raise FormatError(f"{path}:{number}: {fault}") from None
    return tuple(read)


def trials(paraphrases: Sequence[Paraphrase]) -> list[Trial]:
    """Every paraphrase and the sentences themselves as true statements, and every mutation of both as a false one."""
    weights = rarity({sentence for one in paraphrases for sentence in one.source.sentences})
    done: list[Trial] = []
    firsts = {one.family: one for one in reversed(paraphrases)}.values()
    own = [(one, " ".join(one.source.sentences), "source's own words") for one in firsts]
    worded = [(one, one.text, f"paraphrase, {one.level}") for one in paraphrases]
    for one, text, kind in (*own, *worded):
        with_frame = framed(one, text)
        done += [_trial(one, kind, said, True, weights) for said in (text, with_frame)]
        for mutation in mutated(one, text, with_frame):
            done.append(_trial(one, mutation.kind, mutation.text, False, weights))
    for left, right in neighbours(paraphrases):
        done += _together(left, right, weights)
    return done


def table(done: Sequence[Trial]) -> str:
    """What share of each kind the test got right, on both halves, and its precision and recall as a whole."""
    rows = [f"{'':<28}" + "".join(f"{split:<26}" for split in (*SPLITS, "all"))]
    truths = sorted({trial.kind for trial in done if trial.true})
    rows += ["accepted, of true statements", *(_row(done, kind) for kind in truths)]
    rows += ["refused, of false statements", *(_row(done, kind) for kind in KINDS if _of(done, kind))]
    for name, wanted in (("supported", True), ("not supported", False)):
        said = [trial for trial in done if trial.supported is wanted]
        truly = [trial for trial in done if trial.true is wanted]
        right = sum(trial.true is wanted for trial in said)
        rows.append(
            f"verdict '{name}': precision {right / max(1, len(said)):.3f} of {len(said)}, "
            f"recall {right / max(1, len(truly)):.3f} of {len(truly)}"
        )
    return "\n".join(rows)


def mistakes(done: Sequence[Trial], split: str, shown: int) -> str:
    """What the test got wrong on one half, with its reasons."""
    wrong = [trial for trial in done if trial.true is not trial.supported and trial.split == split]
    rows = [f"{len(wrong)} mistakes on the {split} half"]
    rows += [
        f"  {trial.id} [{trial.kind}] {'refused' if trial.true else 'accepted'}: {trial.text}"
        + "".join(f"\n      {reason}" for reason in trial.reasons)
        for trial in wrong[:shown]
    ]
    return "\n".join(rows)


def unfindable(paraphrases: Sequence[Paraphrase], texts: Mapping[str, str]) -> list[str]:
    """Sentences that do not stand in their document, for those documents that are there."""
    documents = {name: folded(text) for name, text in texts.items()}
    return [
        f"{PARAPHRASES.name}:{one.line}: not in {one.document}: '{sentence[:60]}'"
        for one in paraphrases
        for sentence in one.source.sentences
        if one.document in documents and folded(sentence) not in documents[one.document]
    ]


def _paraphrase(fields: Fields, line: int) -> Paraphrase:
    speakers = fields.texts("speakers")
    if not SPEAKERS.issuperset(speakers):
        raise FormatError(f"unknown speaker among {', '.join(speakers)}")
    source = Source(fields.texts("source"), fields.texts("areas"), fields.text("dates", ""), frozenset(speakers))
    one = Paraphrase(
        id=fields.text("id"),
        family=fields.text("family"),
        document=fields.text("document"),
        source=source,
        level=fields.text("level"),
        text=fields.text("text"),
        line=line,
        batch=fields.whole("batch") or 1,
    )
    if one.level not in LEVELS:
        raise FormatError(f"'level' must be one of {', '.join(sorted(LEVELS))}")
    fields.text("provenance")
    fields.done()
    return one


def framed(one: Paraphrase, text: str) -> str:
    """The statement with the area, the date and the speaker before it, as answers give them."""
    when = f" ({one.source.dates})" if one.source.dates else ""
    speaker = SPEAKER_NAMES[min(one.source.speakers)]
    return f"{' and '.join(one.source.areas)}{when}. {speaker} said: {text}"


def mutated(one: Paraphrase, text: str, with_frame: str) -> list[mutations.Mutation]:
    """At most two of a kind for a statement, so that one long sentence does not outweigh the others."""
    found: list[mutations.Mutation] = []
    for make in mutations.EACH:
        made = list(make(text))
        if not made and make in (mutations.date, mutations.area):
            made = list(make(with_frame))[:1]
        found += made[:2]
    return [*found, *mutations.speaker(text, [min(one.source.speakers)])]


def neighbours(paraphrases: Sequence[Paraphrase]) -> Iterator[tuple[Paraphrase, Paraphrase]]:
    """Pairs that stand near each other, of one speaker and one half, on different sentences; each both ways round."""
    for at, left in enumerate(paraphrases):
        families = {left.family}
        for right in paraphrases[at + 1 :]:
            if right.family in families or set(left.source.sentences) & set(right.source.sentences):
                continue
            if left.source.speakers == right.source.speakers and split_of(left.family) == split_of(right.family):
                yield left, right
                yield right, left
            families.add(right.family)
            if len(families) > _NEIGHBOURS:
                break


def _together(left: Paraphrase, right: Paraphrase, weights: Mapping[str, float]) -> list[Trial]:
    """A statement over its own source and another's: alone it stays true; run together with the other it is not."""
    both = Source(
        (*left.source.sentences, *right.source.sentences),
        tuple(dict.fromkeys((*left.source.areas, *right.source.areas))),
        "; ".join(dict.fromkeys((left.source.dates, right.source.dates))),
        left.source.speakers,
        frozenset({0, len(left.source.sentences)}),
    )
    joined = replace(left, source=both)
    made = [*mutations.crossed(left.text, right.text), *mutations.linked(left.text, right.text)]
    done = [_trial(joined, one.kind, one.text, False, weights) for one in made]
    done.append(_trial(replace(left, source=right.source), "wrong quotation", left.text, False, weights))
    return [_trial(joined, "paraphrase, two sources", left.text, True, weights), *done]


def _trial(one: Paraphrase, kind: str, text: str, true: bool, weights: Mapping[str, float]) -> Trial:
    verdict = entails(one.source, text, weights)
    return Trial(one.id, split_of(one.family), kind, text, true, verdict.supported, verdict.reasons)


def _of(done: Sequence[Trial], kind: str, split: str = "all") -> list[Trial]:
    return [trial for trial in done if trial.kind == kind and split in ("all", trial.split)]


def _row(done: Sequence[Trial], kind: str) -> str:
    return f"  {kind:<26}" + "".join(f"{_cell(_of(done, kind, split)):<26}" for split in (*SPLITS, "all"))


def _cell(group: Sequence[Trial]) -> str:
    right = sum(trial.true is trial.supported for trial in group)
    reach = wilson(right, len(group))
    return f"{right / len(group):.3f} [{reach.low:.2f}–{reach.high:.2f}] n={len(group)}" if reach else "n/a n=0"
