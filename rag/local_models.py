"""Find a model on this machine; nothing is downloaded unless a setting allows it."""

import os
from pathlib import Path

from rag.errors import ConfigurationError, Problem


def model_folder(model: str, *, offline: bool, problem: Problem) -> Path:
    """Give the folder of a model on this machine.

    Args:
        model: a folder, or a name on the Hugging Face hub.
        offline: forbid downloads; a name must then be in the local cache.
        problem: what an absent model is called.

    Raises:
        ConfigurationError: there is none, and none may be or can be downloaded.
    """
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=offline))
    except (HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise ConfigurationError(problem, model=model) from error


def forbid_network(*, offline: bool) -> None:
    """Tell the libraries, before they are imported, whether they may download; never to report."""
    os.environ["HF_HUB_OFFLINE"] = "1" if offline else "0"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    for variable in ("LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING"):
        os.environ[variable] = "false"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
