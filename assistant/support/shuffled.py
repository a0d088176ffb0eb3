"""What a weak model does to a quotation: it puts its words in another order. Here each sentence gets its window."""

from collections.abc import Iterator

from assistant.support.alignment import aligned
from assistant.support.attributions import unattributed
from assistant.support.conditions import done, had, unconditional, wished
from assistant.support.cut import cut_down
from assistant.support.order import rearranged
from assistant.support.predicates import content
from assistant.support.roles import mistaken
from assistant.support.source import Source
from assistant.support.subjects import unfounded
from assistant.support.support import windows


def shuffled(source: Source, sentence: str) -> Iterator[str]:
    """What of a statement stands in the source, but elsewhere; each reason begins with its kind."""
    ours = content(sentence)

    def shared(window: str) -> tuple[int, int, int]:
        theirs = content(window)
        stems = {word.stem for word in theirs}
        return sum(word.stem in stems for word in ours), len(aligned(ours, theirs)), -len(window)

    window, others = max(windows(source), key=lambda one: shared(one[0]))
    sentence, window = unattributed(sentence, window)
    yield from rearranged(sentence, window)
    yield from mistaken(sentence, window, others)
    yield from unconditional(sentence, window)
    yield from done(sentence, window)
    yield from wished(sentence, window)
    yield from had(sentence, window)
    yield from cut_down(sentence, window)
    yield from unfounded(source, sentence)
