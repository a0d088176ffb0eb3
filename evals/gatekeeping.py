"""How often is the gate of the language-model writer right? ``python -m evals.gatekeeping``

The paraphrases of ``validation`` must pass, alone and beside another quotation; the same statements made false in one
way each must not, nor two of them run together, nor one with the wrong citation. Word lists and thresholds were set on
the dev half.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

from assistant.support import Source, rarity
from assistant.support.gate import faults
from evals import mutations
from evals.cases import SPLITS, split_of
from evals.metrics.tally import wilson
from evals.validation import Paraphrase, Trial, framed, mutated, neighbours, read_paraphrases

_ALONE = Source(())


def trials(paraphrases: Sequence[Paraphrase]) -> Iterator[Trial]:
    """Every true and every false statement with what the gate makes of it."""
    weights = rarity({sentence for one in paraphrases for sentence in one.source.sentences})

    def trial(of: Paraphrase, kind: str, text: str, sources: Sequence[tuple[Source, Source]], true: bool) -> Trial:
        """A statement on several sources passes where it passes on one of them."""
        found = min((faults(source, others, text, weights) for source, others in sources), key=len)
        return Trial(of.id, split_of(of.family), kind, text, true, not found, tuple(found))

    for one in paraphrases:
        alone = [(one.source, _ALONE)]
        yield trial(one, f"paraphrase, batch {one.batch}", one.text, alone, True)
        for mutation in mutated(one, one.text, framed(one, one.text)):
            yield trial(one, mutation.kind, mutation.text, alone, False)
    for left, right in neighbours(paraphrases):
        yield trial(left, "paraphrase beside another", left.text, [(left.source, right.source)], True)
        yield trial(left, "wrong citation", left.text, [(right.source, left.source)], False)
        both = [(left.source, right.source), (right.source, left.source)]
        for mutation in (*mutations.crossed(left.text, right.text), *mutations.linked(left.text, right.text)):
            yield trial(left, mutation.kind, mutation.text, both, False)


def table(done: Sequence[Trial]) -> str:
    """What share of each kind the gate got right, on both halves, with n; and of all false statements."""
    kinds = dict.fromkeys(trial.kind for trial in sorted(done, key=lambda trial: not trial.true))
    rows = [_row(kind, [trial for trial in done if trial.kind == kind]) for kind in kinds]
    reworded = [trial for trial in done if trial.kind.startswith("paraphrase, batch")]
    false = [trial for trial in done if not trial.true]
    return "\n".join([*rows, _row("all paraphrases", reworded), _row("all false statements", false)])


def _row(name: str, done: Sequence[Trial]) -> str:
    return f"{name:<26}" + "".join(
        f"{split}: {_cell([trial for trial in done if split in ('all', trial.split)]):<28}"
        for split in (*SPLITS, "all")
    )


def _cell(done: Sequence[Trial]) -> str:
    right = sum(trial.true is trial.supported for trial in done)
    reach = wilson(right, len(done))
    return f"{right / len(done):.3f} [{reach.low:.2f}–{reach.high:.2f}] n={len(done)}" if reach else "n/a n=0"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and the mistakes of the dev half if asked."""
    parser = argparse.ArgumentParser(prog="python -m evals.gatekeeping", description=__doc__.splitlines()[0])
    parser.add_argument("--mistakes", action="store_true", help="also print what is wrong on the dev half")
    given = parser.parse_args(argv)
    done = list(trials(read_paraphrases()))
    print(table(done))
    for trial in done if given.mistakes else ():
        if trial.split == "dev" and trial.true is not trial.supported:
            print(f"{trial.id} [{trial.kind}] {trial.text}  {'; '.join(trial.reasons)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
