"""The systems that can be asked, by name: the assistant, and the plain ones that stand beside it in every report.

The plain ones read the same store and answer in the same format, so that the same code scores them: the difference to
them is what the assistant's own work is worth.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from evals.plain import Abstain, Bm25, Lead
from evals.runner import Asker, AssistantAsker, WriterAsker

OURS = "assistant"


def systems(store: Path) -> dict[str, Callable[[], Asker]]:
    """What opens each system over a store. Opening is left to the caller, as worker processes open their own."""
    return {
        OURS: partial(AssistantAsker, store),
        "llm": partial(WriterAsker, store),
        "llama": partial(_llama, store),
        "bm25": partial(Bm25, store),
        "lead": partial(Lead, store),
        "abstain": Abstain,
    }


def _llama(store: Path) -> Asker:
    # Imported here: LlamaIndex takes seconds to load.
    from evals.llama_system import Llama

    return Llama(store)
