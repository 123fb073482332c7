from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import LoadError
from rag.loaders import load
from tests.loaders.checks import anchors, check_document, words, write

MEMO = """OBJET

Le présent texte concerne les journaux conservés par le
déployeur.

1. Durée

Six mois :
- au moins ;
- sauf exception.

1.1 Exceptions

Aucune.
"""


def test_obvious_headings_are_sections(tmp_path: Path) -> None:
    document = load(write(tmp_path, "memo.txt", MEMO))
    check_document(document)
    assert anchors(document) == ["objet", "1-duree", "1-1-exceptions"]
    assert words(document, "objet").endswith("conservés par le déployeur.")


def test_list_keeps_its_lines(tmp_path: Path) -> None:
    document = load(write(tmp_path, "memo.txt", MEMO))
    assert "Six mois :\n- au moins ;\n- sauf exception." in words(document, "1-duree")


def test_text_without_headings_is_one_unit(tmp_path: Path) -> None:
    document = load(write(tmp_path, "note.txt", "Première phrase.\r\n\r\nSeconde phrase.\r\n"))
    assert anchors(document) == ["texte"]
    assert document.text == "Première phrase.\n\nSeconde phrase."


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_sound_units(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = write(tmp_path_factory.getbasetemp(), "hasard.txt", text.encode(errors="replace"))
    try:
        document = load(path)
    except LoadError:
        return
    check_document(document)
    assert load(path) == document
