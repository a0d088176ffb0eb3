"""Plain retrieval by LlamaIndex as its manual shows it: its sentence splitter, its vector index, the first passages.

The vectors are from our own embedding model, so that what differs is the reading, the cutting and the choosing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import TextNode

from evals.plain import QUOTED, Library, citation, quoting
from index.embedders import embedder
from index.llama import InspectionEmbedding
from index.settings import load

_TOKENS, _OVERLAP = 256, 32  # the default of 1,024 tokens makes whole pages of these short documents
_RANKED = 50


class Llama:
    """The first passages of LlamaIndex for the turns taken together. It never refuses: nothing in it could."""

    def __init__(self, store: Path) -> None:
        self._library = Library(store)
        documents = [Document(text=one.text, id_=one.name) for one in self._library.documents]
        splitter = SentenceSplitter(chunk_size=_TOKENS, chunk_overlap=_OVERLAP)
        nodes = splitter.get_nodes_from_documents(documents)
        index = VectorStoreIndex(nodes, embed_model=InspectionEmbedding(embedder(load())))
        self._retriever = index.as_retriever(similarity_top_k=_RANKED)
        self._by_name = {one.name: one for one in self._library.documents}

    def ask(self, turns: Sequence[str]) -> Mapping[str, Any]:
        """The first passages, whole."""
        found = self._retriever.retrieve(" ".join(turns))
        nodes = [one.node for one in found if isinstance(one.node, TextNode)]
        answer = quoting(turns[-1], [self._citation(node) for node in nodes[:QUOTED]])
        ranked = [self._ranked(node) for node in nodes]
        return {**answer, "ranked": ranked, "confidence": found[0].score if found else 0.0}

    def _citation(self, node: TextNode) -> dict[str, Any]:
        document = self._by_name[str(node.ref_doc_id)]
        start, end = _span(node)
        passage = next((one for one in document.passages if one.end > start and one.sentences), document.passages[0])
        return citation(document, passage, start, end)

    def _ranked(self, node: TextNode) -> dict[str, Any]:
        start, end = _span(node)
        return {"document": str(node.ref_doc_id), "start": start, "end": end}


def _span(node: TextNode) -> tuple[int, int]:
    """Where a node stands in its document; LlamaIndex counts characters, as we do."""
    return int(node.start_char_idx or 0), int(node.end_char_idx or 0)
