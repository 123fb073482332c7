"""The questions kept outside the repository, and the notices to which a module may add."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rag.config import Settings
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def questions() -> Path:
    default = REPOSITORY.parent / "shared" / "benchmarks"
    folder = Path(os.environ.get("RADIACT_TEST_BENCHMARKS", default))
    if not folder.is_dir():
        pytest.skip(f"questions étiquetées absentes : {folder} (voir RADIACT_TEST_BENCHMARKS)")
    return folder


@pytest.fixture(scope="module")
def notices(indexed_notices: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The documents of the repository, to which this module adds."""
    folder = tmp_path_factory.mktemp("quality") / "data"
    shutil.copytree(indexed_notices.data_dir, folder)
    return replace(indexed_notices, data_dir=folder)
