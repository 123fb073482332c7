"""The commands of ``training``, one after the other, on a data folder of a few lines."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from training import contrastive, distillation, export, transplant, vocabulary, weighting
from training.data import corpora
from training.models.teacher import Teacher

SENTENCES = [
    ("la maison est bleue", "the house is blue"),
    ("la fleur est bleue", "the flower is blue"),
    ("la maison de la fleur", "the house of the flower"),
    ("une fleur dans la maison", "a flower in the house"),
]
NOTES = [("Maison bleue", "Blue house"), ("Fleur", "Flower")]
TERMS = """\
entries:
  - {term: maison, forms: [demeure], english: [house]}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    laws = [
        {"doc": f"loi-{act}", "kind": kind, "fr": french, "en": english}
        for act in range(3)
        for kind, pairs in (("note", NOTES), ("text", SENTENCES))
        for french, english in pairs
    ]
    _write(folder / corpora.LAWS, laws)
    lines = "".join(f"{english}\t{french}\n" for french, english in SENTENCES)
    (folder / corpora.EVERYDAY).write_bytes(gzip.compress(lines.encode()))
    _write(
        folder / corpora.SECTIONS,
        [
            {"loi": "loi", "note": note, "texte": f"{french} et {french} " * 4}
            for (note, _), (french, _) in zip(NOTES, SENTENCES, strict=False)
        ],
    )
    return folder


@pytest.fixture
def commands(teacher: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands with a teacher that is not the one they look for."""
    for module in (vocabulary, transplant, distillation):
        monkeypatch.setattr(module, "find_teacher", lambda: teacher.folder)
    monkeypatch.setattr(transplant, "load_teacher", lambda _: teacher)


@pytest.mark.usefixtures("commands")
def test_commands_make_an_encoder_that_loads(data: Path, tmp_path: Path) -> None:
    thesaurus = tmp_path / "thesaurus.yaml"
    thesaurus.write_text(TERMS, encoding="utf-8")
    work, out = tmp_path / "work", tmp_path / "model"
    vocabulary.main(data, work, thesaurus, size=200)
    transplant.main(data, work, thesaurus)
    distillation.main(data, work, thesaurus)
    contrastive.main(data, work, thesaurus)
    export.main(work, out)
    weighting.main(out, data)
    model = SentenceTransformer(str(out), device="cpu", local_files_only=True)
    vectors = model.encode(["la maison", "the house"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def _write(path: Path, records: Sequence[Mapping[str, str]]) -> None:
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_bytes(gzip.compress(lines.encode()))
