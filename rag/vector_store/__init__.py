"""The vectors, in an embedded Chroma: the only importer of chromadb.

Derived from the register and rebuilt from it at need. A collection is bound to the fingerprint of
the encoder that filled it, so that vectors of two models never meet.
"""

from rag.vector_store.collection import Collection, vector_id
from rag.vector_store.store import VectorStore
from rag.vector_store.tokens import TokenStore

__all__ = ["Collection", "TokenStore", "VectorStore", "vector_id"]
