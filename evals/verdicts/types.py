"""What a trial of a verdict is made of."""

from dataclasses import dataclass

TRUE = frozenset({"verbatim", "verbatim_normalised"})
SAME = frozenset({"verbatim"})
NORMALISED = frozenset({"verbatim_normalised"})
ALTERED = frozenset({"altered"})
# The contract calls a claim of the opposite "contradicted" and any other wording "altered"; what turns a statement
# round is both.
TURNED = frozenset({"altered", "contradicted"})


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence on one line, with the one after it, one that stands further on in its document, and what is known."""

    document: str
    text: str
    following: str
    elsewhere: str
    areas: tuple[str, ...]
    year: int | None
    speaker: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation to be checked, and the verdicts that are right.

    ``asked`` is what is asked if that is more than the bare claim. ``change`` is what a reader would mark: the claim's
    words and the source's, where they differ in one place.
    """

    kind: str
    document: str
    text: str
    allowed: frozenset[str]
    asked: str | None = None
    area: str | None = None
    source: str = ""
    change: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim and what was said of it. ``marked`` is ``None`` where there is no one right way to mark it."""

    claim: Claim
    split: str
    verdict: str
    differences: tuple[tuple[str, str], ...]
    nearest: str
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the verdict is one of the right ones, with its differences where it says altered."""
        return self.verdict in self.claim.allowed and (self.verdict != "altered" or bool(self.differences))

    @property
    def false_yes(self) -> bool:
        """The one mistake that must never happen: words that were changed, called those of the document."""
        return self.verdict in TRUE and not self.claim.allowed & TRUE

    @property
    def marked(self) -> bool | None:
        """Whether the differences are exactly what was changed."""
        if self.claim.change is None or self.verdict not in TURNED:
            return None
        return [_plain(pair) for pair in self.differences] == [_plain(self.claim.change)]


def _plain(pair: tuple[str, str]) -> tuple[str, str]:
    claimed, source = ("".join(c.lower() if c.isalnum() or c in "%£" else " " for c in side) for side in pair)
    return " ".join(claimed.split()), " ".join(source.split())
