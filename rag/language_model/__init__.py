"""The chat model of ``RADIACT_LLM``: its name and host, and how it is made to write.

The prompt and what is checked of the answer are elsewhere. Importing this package imports none of
LangChain's chat models: the default mode has none.
"""

from rag.language_model.names import PROVIDERS, ModelName, describe_model
from rag.language_model.reaching import check_reachable
from rag.language_model.speaking import MOST_CHARACTERS, ChatModel, Messages, count_tokens

__all__ = [
    "MOST_CHARACTERS",
    "PROVIDERS",
    "ChatModel",
    "Messages",
    "ModelName",
    "check_reachable",
    "count_tokens",
    "describe_model",
]
