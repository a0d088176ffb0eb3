"""Two texts beside each other with the words marked in which they differ."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape

_NEAR = 0.45  # of the words in common and in order; below, everything differs and marks would say nothing
_WORD = re.compile(r"\S+")


def marked(text: str, others: Sequence[str], mark: str) -> str:
    """``text`` as HTML with the words in ``<mark>`` that the nearest of the other texts does not have.

    Unmarked where nothing is near: then the whole text differs, and the page says so in words.
    """
    words = _WORD.findall(text)
    matcher = _nearest(words, others)
    if matcher is None:
        return escape(text)
    shared = {at for block in matcher.get_matching_blocks() for at in range(block.a, block.a + block.size)}
    shown: list[str] = []
    run: list[str] = []
    for at, word in enumerate(words):
        if at in shared:
            shown += [*_flushed(run, mark), escape(word)]
            run = []
        else:
            run.append(escape(word))
    return " ".join([*shown, *_flushed(run, mark)])


def near(text: str, others: Sequence[str]) -> bool:
    """Whether some other text has most of the words of this one, in order."""
    return _nearest(_WORD.findall(text), others) is not None


def _nearest(words: Sequence[str], others: Sequence[str]) -> SequenceMatcher[str] | None:
    """The comparison with the other text that holds the largest share of the words."""
    best: tuple[float, SequenceMatcher[str]] | None = None
    plain = [_plain(word) for word in words]
    for other in others:
        matcher = SequenceMatcher(None, plain, [_plain(word) for word in _WORD.findall(other)], autojunk=False)
        held = sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(words))
        if held >= _NEAR and (best is None or held > best[0]):
            best = held, matcher
    return best[1] if best else None


def _plain(word: str) -> str:
    return re.sub(r"[^\w]+", "", word).lower()


def _flushed(run: Sequence[str], mark: str) -> list[str]:
    return [f'<mark class="{mark}">{" ".join(run)}</mark>'] if run else []
