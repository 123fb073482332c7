"""What every export is made of."""

from datetime import datetime, timedelta, timezone

import pytest

from rag.exports import Provenance


@pytest.fixture
def provenance() -> Provenance:
    at = datetime(2026, 11, 28, 21, 4, 5, tzinfo=timezone(timedelta(hours=1)))
    return Provenance(exported_at=at, version="0.1.0", encoder="radiact-minilm-fr")
