"""The judge of entailment: real cross-encoders of three labels, small and untrained."""

from pathlib import Path

import numpy as np
import pytest

from rag.entailment import CrossEncoderEntailment
from rag.errors import ConfigurationError, Problem
from tests.cross_encoders import make_cross_encoder

NAMES = ("contradiction", "Entailment", "neutral")
PREMISES = ("Le deployeur garde les journaux.", "Une amende est prevue.")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modele") / "lettres"
    return make_cross_encoder(folder, labels=3, names=NAMES)


def test_probability_is_that_of_the_label_named_entailment(model: Path) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Softmax

    found = CrossEncoderEntailment(str(model)).probabilities(PREMISES, "il les garde")
    pairs = [(premise, "il les garde") for premise in PREMISES]
    library = CrossEncoder(str(model), device="cpu", local_files_only=True)
    expected = library.predict(pairs, activation_fn=Softmax(dim=-1))
    np.testing.assert_allclose(found, expected[:, 1], atol=1e-6)
    assert found.shape == (2,)
    assert CrossEncoderEntailment(str(model)).probabilities((), "rien").shape == (0,)


@pytest.mark.parametrize(("labels", "names"), [(1, ()), (3, ("a", "b", "c"))])
def test_model_that_does_not_tell_entailment_is_refused(
    tmp_path: Path, labels: int, names: tuple[str, ...]
) -> None:
    folder = make_cross_encoder(tmp_path / "autre", labels=labels, names=names)
    with pytest.raises(ConfigurationError) as raised:
        CrossEncoderEntailment(str(folder)).probabilities(PREMISES, "il les garde")
    assert raised.value.problem is Problem.NOT_AN_NLI


def test_missing_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        CrossEncoderEntailment(str(tmp_path / "rien"))
    assert raised.value.problem is Problem.NLI_NOT_FOUND
