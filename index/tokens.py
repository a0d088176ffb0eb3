"""Counting tokens with tiktoken, offline.

tiktoken fetches its tables at first use. LlamaIndex ships the same tables inside its wheel, so the folder is named
to tiktoken before it is imported; finding it doesn't import LlamaIndex, which would take seconds.
"""

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

ENCODING = "cl100k_base"


@cache
def _encoding() -> "Encoding":
    spec = find_spec("llama_index")
    for root in (spec.submodule_search_locations or ()) if spec else ():
        tables = Path(root) / "core" / "_static" / "tiktoken_cache"
        if tables.is_dir():
            os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(tables))
    import tiktoken

    return tiktoken.get_encoding(ENCODING)


def count_tokens(text: str) -> int:
    """How many ``cl100k_base`` tokens the text has. Special tokens in a document are counted as plain text."""
    return len(_encoding().encode(text, disallowed_special=()))


def is_common(word: str) -> bool:
    """Whether a word in small letters is one token: only words that stand in many texts are."""
    return len(_encoding().encode(f" {word}", disallowed_special=())) == 1
