"""How often is the gate of the language-model writer right? ``python -m evals.gatekeeping``

The paraphrases of ``validation`` must pass, alone and beside another quotation, and so must their sources cut short;
the same statements made false in one way each must not, nor two of them run together, nor one with the wrong citation,
nor what can be made of the source by shuffling its own words (``shuffles``). Word lists and thresholds were set on the
dev half. With ``--store`` the sentences of any documents are made false instead (``drawn``).
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise
from pathlib import Path

from assistant.assistant import Assistant
from assistant.support import Source, rarity
from assistant.support.gate import faults
from evals import mutations
from evals.cases import SPLITS, split_of
from evals.drawn import drawn
from evals.metrics.tally import wilson
from evals.mutations import Mutation
from evals.shuffles import OF_ANY, OF_ONE, OF_TWO, Shuffle, shortened
from evals.validation import Paraphrase, Trial, framed, mutated, neighbours, read_paraphrases
from index.errors import IndexProblem

_ALONE = Source(())
_MOST_OF_A_KIND = 2


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
        for mutation in (*mutated(one, one.text, framed(one, one.text)), *_made((one.text,), OF_ANY[1:])):
            yield trial(one, mutation.kind, mutation.text, alone, False)
    for one in _families(paraphrases):
        for mutation in _made(one.source.sentences, (*OF_ONE, *OF_ANY)):
            yield trial(one, mutation.kind, mutation.text, [(one.source, _ALONE)], False)
        for text in shortened(one.source.sentences):
            yield trial(one, "source cut short", text, [(one.source, _ALONE)], True)
    for left, right in pairwise(_families(paraphrases)):
        if source := _one_quotation(left, right):
            for mutation in _made(source.sentences, OF_TWO):
                yield trial(left, mutation.kind, mutation.text, [(source, _ALONE)], False)
    for left, right in neighbours(paraphrases):
        yield trial(left, "paraphrase beside another", left.text, [(left.source, right.source)], True)
        yield trial(left, "wrong citation", left.text, [(right.source, left.source)], False)
        both = [(left.source, right.source), (right.source, left.source)]
        for mutation in (*mutations.crossed(left.text, right.text), *mutations.linked(left.text, right.text)):
            yield trial(left, mutation.kind, mutation.text, both, False)


def _made(sentences: Sequence[str], makers: Sequence[Shuffle]) -> Iterator[Mutation]:
    """At most two of a kind, so that one long quotation does not outweigh the others."""
    return chain.from_iterable(islice(make(sentences), _MOST_OF_A_KIND) for make in makers)


def _families(paraphrases: Sequence[Paraphrase]) -> list[Paraphrase]:
    """One paraphrase for each source."""
    return list({one.family: one for one in reversed(paraphrases)}.values())[::-1]


def _one_quotation(left: Paraphrase, right: Paraphrase) -> Source | None:
    """The first sentences of two sources of one document, one speaker and one half, as if quoted together."""
    one, other = left.source.sentences[0], right.source.sentences[0]
    together = left.document == right.document and split_of(left.family) == split_of(right.family)
    if together and left.source.speakers == right.source.speakers and one != other:
        return replace(left.source, sentences=(one, other), starts=frozenset({0, 1}))
    return None


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
    parser.add_argument("--store", type=Path, metavar="DIR", help="instead: copies drawn from a store's documents")
    parser.add_argument("--count", type=int, default=1000, metavar="N", help="how many quotations are drawn from it")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which")
    given = parser.parse_args(argv)
    try:
        documents = Assistant.open(given.store).documents if given.store else ()
    except IndexProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    done = list(drawn(documents, given.count, given.seed) if given.store else trials(read_paraphrases()))
    print(table(done))
    for trial in done if given.mistakes else ():
        if trial.split == "dev" and trial.true is not trial.supported:
            print(f"{trial.id} [{trial.kind}] {trial.text}  {'; '.join(trial.reasons)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
