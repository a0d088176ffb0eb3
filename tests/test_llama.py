"""The seam to LlamaIndex: our pieces work inside its own classes."""

from pathlib import Path

import numpy as np
from llama_index.core import VectorStoreIndex

from assistant.assistant import Assistant
from assistant.llama import InspectionRetriever
from index.embedders import local
from index.embedders.types import Placed
from index.llama import InspectionEmbedding, text_nodes
from index.store import Store


def test_its_own_vector_index_finds_our_passages_with_our_embedding(assistant: Assistant) -> None:
    nodes = list(text_nodes(assistant.documents[:2]))
    index = VectorStoreIndex(nodes=nodes, embed_model=InspectionEmbedding(local()))
    found = index.as_retriever(similarity_top_k=3).retrieve("Do parents know about the local offer?")
    assert any("Local Offer" in node.get_content() for node in found)


def test_a_node_holds_the_exact_slice_it_names(assistant: Assistant) -> None:
    texts = {document.name: document.text for document in assistant.documents}
    for node in text_nodes(assistant.documents):
        assert node.text == texts[node.metadata["document"]][node.start_char_idx : node.end_char_idx]


def test_both_ways_of_embedding_agree() -> None:
    embedding, model = InspectionEmbedding(local()), local()
    assert np.allclose(embedding.get_query_embedding("short breaks"), model.queries(["short breaks"])[0])
    assert np.allclose(embedding.get_text_embedding("short breaks"), model.passages([Placed("", "short breaks")])[0])


def test_our_retriever_keeps_to_the_area_that_is_asked_about(store: Path) -> None:
    retriever = InspectionRetriever(Store.open(store, local()), top_k=3)
    found = retriever.retrieve("What is said about speech therapy in Brent?")
    assert len(found) == 3
    assert all("Brent" in node.metadata["areas"] for node in found)
    assert [node.score for node in found] == sorted((node.score for node in found), reverse=True, key=lambda s: s or 0)
