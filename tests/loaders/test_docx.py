import io
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import LoadError, Problem
from rag.loaders import load
from tests.loaders.checks import anchors, check_document, unit_at, words, write


def make_docx() -> bytes:
    word = docx.Document()
    word.core_properties.title = "Guide de l’IA"
    word.core_properties.author = "Service de radiologie"
    word.add_heading("Guide", 0)
    word.add_paragraph("Une introduction.")
    word.add_heading("Journaux", 1)
    word.add_paragraph("Six mois au moins.")
    word.add_paragraph("premier", "List Bullet")
    word.add_heading("Détail", 2)
    table = word.add_table(2, 2)
    for row, cells in enumerate([("Rôle", "Durée"), ("Déployeur", "6 mois")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def archive(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return buffer.getvalue()


def test_styles_give_sections_lists_and_tables(tmp_path: Path) -> None:
    document = load(write(tmp_path, "guide.docx", make_docx()))
    check_document(document)
    assert anchors(document) == ["introduction", "journaux", "detail"]
    assert unit_at(document, "detail").parent == "journaux"
    assert words(document, "journaux").startswith("Six mois au moins.\n– premier")
    assert words(document, "detail") == "Rôle | Durée\nDéployeur | 6 mois"


def test_properties_give_metadata(tmp_path: Path) -> None:
    metadata = load(write(tmp_path, "guide.docx", make_docx())).metadata
    assert metadata.title == "Guide de l’IA"
    assert metadata.publisher == "Service de radiologie"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (archive("word/document.xml", bytes(30_000_000)), Problem.ZIP_BOMB),
        (archive("a.txt", b"x"), Problem.WRONG_EXTENSION),
        (archive("word/document.xml", b"<a>"), Problem.UNREADABLE),
        (make_docx()[:2000], Problem.UNREADABLE),
    ],
)
def test_bad_archive_is_refused(tmp_path: Path, content: bytes, problem: Problem) -> None:
    with pytest.raises(LoadError) as caught:
        load(write(tmp_path, "a.docx", content))
    assert caught.value.problem is problem


WHOLE = make_docx()


@settings(deadline=None)
@given(position=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
def test_damaged_file_is_loaded_or_refused(
    tmp_path_factory: pytest.TempPathFactory, position: int, byte: int
) -> None:
    damaged = WHOLE[:position] + bytes([byte]) + WHOLE[position + 1 :]
    path = write(tmp_path_factory.getbasetemp(), "abime.docx", damaged)
    with suppress(LoadError):
        check_document(load(path))
