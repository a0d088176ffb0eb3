"""The seam to LlamaIndex: our embedder and passages in its types, so that its users can plug them in.

Importing any part of LlamaIndex takes seconds, so nothing else in this package imports this module.
"""

from collections.abc import Iterator, Sequence

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import TextNode

from index.embedders.types import Embedder, Placed
from index.types import Document


class InspectionEmbedding(BaseEmbedding):
    """Any of our embedders as a LlamaIndex embedding."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.model)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, self._embedder.queries([query])[0]))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return list(map(float, self._embedder.passages([Placed("", text)])[0]))

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in self._embedder.passages([Placed("", text) for text in texts])]


def text_node(document: Document, number: int) -> TextNode:
    """Passage ``number`` of a document as a LlamaIndex node, with its offsets and what is known of it."""
    passage, about = document.passages[number], document.profile
    return TextNode(
        id_=f"{document.name}#{number}",
        text=document.text[passage.start : passage.end],
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document": document.name,
            "title": about.title,
            "kind": about.kind.value,
            "areas": ", ".join(about.areas),
            "period": about.period or "",
            "section": passage.section or "",
        },
    )


def text_nodes(documents: Sequence[Document]) -> Iterator[TextNode]:
    """Every passage that carries more than boilerplate, as LlamaIndex nodes."""
    for document in documents:
        for number, passage in enumerate(document.passages):
            if document.offers(passage):
                yield text_node(document, number)
