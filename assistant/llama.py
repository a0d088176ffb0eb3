"""The seam to LlamaIndex: our retrieval as a LlamaIndex retriever.

Importing any part of LlamaIndex takes seconds, so nothing else in this package imports this module.
"""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from assistant.conversation import stand_alone
from assistant.limits import in_scope
from assistant.retriever import Retriever, views
from assistant.types import Filters
from index.areas import gazetteer
from index.llama import text_node
from index.store import Store


class InspectionRetriever(BaseRetriever):
    """Passages for a question, best first, each once, with the score of its best sentence.

    Areas, years and speakers named in the question limit what is found, as they do for the assistant.
    """

    def __init__(self, store: Store, top_k: int = 5) -> None:
        super().__init__()
        self._store = store
        self._top_k = top_k
        self._names = gazetteer().including(store.areas)
        self._retriever = Retriever(store)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        alone = stand_alone(query_bundle.query_str, (), self._names, self._store.areas)
        allowed = in_scope(self._retriever.table, alone.reading, Filters())
        found: dict[tuple[str, int], NodeWithScore] = {}
        ranking = self._retriever.search(views(alone.reading), allowed)
        for hit in ranking.top(len(ranking)):
            number = hit.document.passages.index(hit.passage)
            key = (hit.document.name, number)
            if key not in found:
                found[key] = NodeWithScore(node=text_node(hit.document, number), score=hit.score)
            if len(found) == self._top_k:
                break
        return list(found.values())
