"""What is on a page of a PDF, in points from its top left corner: words, ruled lines, and nothing of the vendor."""

from dataclasses import dataclass

# Of the type size: a gap narrower than this can't be seen as a space ("20 23" in print is 2023). Spaces set close have
# 0.2; a ligature's box can leave 0.12 before the next letter.
VISIBLE_GAP = 0.15


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without a visible space in it. ``base`` is the line it stands on, ``size`` its type size.

    ``x0`` and ``x1`` include the letters' own side room, so that the gap to the next word is the space one sees.
    ``spaced`` says that the file has a space after it: the last word of a line tells by it how the line was broken.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    symbol: bool
    spaced: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line on the page, level or upright: ``x0 == x1`` for an upright one."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        """Whether the line runs down the page."""
        return self.x0 == self.x1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. ``hidden`` counts the words that were left out because nobody can see them.

    ``tilted`` counts those set at an angle, such as a watermark, and ``unreadable`` the letters without a meaning.
    ``pictured`` is true where a picture fills most of the page, ``recognised`` where the words come from such a
    picture, by machine.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    hidden: int
    tilted: int
    unreadable: int
    letters: int
    pictured: bool
    recognised: bool
