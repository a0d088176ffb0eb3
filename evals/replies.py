"""A model whose replies are kept, so that a run can be repeated offline, for nothing and with the same outcome.

A reply is kept under a digest of the model's name, its parameters, the prompt and the number of the repeat.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.writers.chat import ChatModel, Chunk, Prompt, Usage
from assistant.writers.endpoint import Endpoint
from assistant.writers.options import Options
from assistant.writers.problems import Reason, WriterProblem


class KeptReplies:
    """A ``ChatModel`` that asks another one only for what it has not been asked before.

    Without another one it is offline: what was never asked is then a fault of the endpoint. A reply that failed is
    not kept. ``parameters`` are all that changes a reply beside the prompt; ``repeat`` tells the repeats of one apart.
    """

    def __init__(
        self, folder: Path, name: str, parameters: dict[str, Any], model: ChatModel | None = None, repeat: int = 0
    ) -> None:
        self._folder, self._name, self._model = folder, name, model
        self._about = {"model": name, "parameters": parameters, "repeat": repeat}

    @property
    def name(self) -> str:
        """The model's name as the endpoint knows it."""
        return self._name

    def stream(self, prompt: Prompt, seconds: float) -> Iterator[Chunk]:
        """See ``ChatModel``."""
        file = self._folder / f"{self._digest(prompt)}.json"
        if file.exists():
            yield from _read(file)
        elif self._model is None:
            raise WriterProblem(Reason.UNREACHABLE)
        else:
            chunks: list[Chunk] = []
            try:
                for chunk in self._model.stream(prompt, seconds):
                    chunks.append(chunk)
                    yield chunk
            except GeneratorExit:  # who read it had enough, and would have again
                _write(file, chunks)
                raise
            _write(file, chunks)

    def _digest(self, prompt: Prompt) -> str:
        asked = json.dumps({**self._about, "system": prompt.system, "user": prompt.user}, sort_keys=True)
        return hashlib.sha256(asked.encode()).hexdigest()


def kept_model(options: Options, folder: Path, *, offline: bool = False, repeat: int = 0) -> KeptReplies:
    """The model of the options behind kept replies; ``offline``: only these."""
    parameters = {"temperature": 0.0, "max_tokens": options.reply}
    return KeptReplies(folder, options.model, parameters, None if offline else Endpoint(options), repeat)


def _read(file: Path) -> Iterator[Chunk]:
    kept = json.loads(file.read_text(encoding="utf-8"))
    yield Chunk(kept["text"], kept["finish"], Usage(kept["sent"], kept["received"]) if "sent" in kept else None)


def _write(file: Path, chunks: list[Chunk]) -> None:
    finish = next((chunk.finish for chunk in reversed(chunks) if chunk.finish), None)
    usage = next((chunk.usage for chunk in reversed(chunks) if chunk.usage), None)
    kept: dict[str, Any] = {"text": "".join(chunk.text for chunk in chunks), "finish": finish}
    if usage:
        kept |= {"sent": usage.sent, "received": usage.received}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
