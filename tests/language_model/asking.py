"""Ask a model, and look at how it fails."""

import traceback

import pytest

from rag.errors import LanguageModelError
from rag.language_model import ChatModel
from rag.messages import french

ASKED = (("system", "Tu réponds en français."), ("human", "Combien de temps, monsieur ZEBRE ?"))
ANSWER = "Le déployeur garde les journaux six mois [1]."
SOON = 10
"""Seconds within which a server hears that its client has gone; it takes a few milliseconds."""


def fail(model: ChatModel, **options: object) -> LanguageModelError:
    """Ask, and give the error; it must say nothing of the question, nor of the key."""
    with pytest.raises(LanguageModelError) as raised:
        model.write(ASKED, **options)  # type: ignore[arg-type]
    error = raised.value
    told = "".join(traceback.format_exception(error))
    assert "ZEBRE" not in f"{told}{error.details}{french(error)}"
    assert "aucune" not in told
    return error
