from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import LoadError
from rag.loaders import load
from rag.types import Document, Kind
from tests.loaders.checks import anchors, check_document, unit_at, words, write

NOTICE = """# Journaux

En *bref*.

## Combien de temps conserver les journaux ?

Six **mois** [au moins](https://exemple.fr).

- un
- deux
    1. trois

| Rôle | Durée |
|------|-------|
| Déployeur | `6` mois |

<script>alert(1)</script>

### Exceptions

Aucune.

## Combien de temps conserver les journaux ?

Encore.
"""


def load_notice(folder: Path, text: str = NOTICE, name: str = "notice.md") -> Document:
    document = load(write(folder, name, text))
    check_document(document)
    return document


def test_headings_are_nested_sections(tmp_path: Path) -> None:
    document = load_notice(tmp_path)
    question = "Combien de temps conserver les journaux ?"
    assert anchors(document) == [
        "introduction",
        "combien-de-temps-conserver-les-journaux",
        "exceptions",
        "combien-de-temps-conserver-les-journaux-2",
    ]
    exceptions = unit_at(document, "exceptions")
    assert exceptions.parent == "combien-de-temps-conserver-les-journaux"
    assert exceptions.headings == (question, "Exceptions")
    assert words(document, "introduction") == "En bref."


def test_markup_is_dropped_and_words_are_kept(tmp_path: Path) -> None:
    section = words(load_notice(tmp_path), "combien-de-temps-conserver-les-journaux")
    assert section.startswith(
        "Six mois au moins.\n– un\n– deux\n1. trois\n\nRôle | Durée\nDéployeur | 6 mois"
    )
    assert "alert" not in section


def test_title_is_the_first_heading_or_the_file_name(tmp_path: Path) -> None:
    assert load_notice(tmp_path).metadata.title == "Journaux"
    bare = load_notice(tmp_path, "Juste du texte.", name="Mémo_interne-2025.md")
    assert (bare.metadata.title, bare.id) == ("Mémo interne 2025", "memo-interne-2025")
    assert bare.metadata.kind is Kind.GUIDE
    assert anchors(bare) == ["texte"]


def test_law_has_articles(tmp_path: Path) -> None:
    law = (
        "# Loi n° 78-17 du 6 janvier 1978\n\n**Version en vigueur au :** 01 juin 2019\n\n"
        "## Titre Ier\n\n#### Article 8 (abrogé)\n\nLa commission veille.\n\n"
        "###### 1° Informations\n\nElle informe.\n\n#### Article 9\n\nElle siège.\n"
    )
    document = load_notice(tmp_path, law, name="loi-78-17.md")
    assert document.id == "loi-78-17"
    assert document.metadata.kind is Kind.LAW
    assert document.metadata.version_date == date(2019, 6, 1)
    assert anchors(document)[1:] == ["titre-ier", "art_8", "art_8.1-informations", "art_9"]
    assert unit_at(document, "art_8").label == "article 8"
    assert words(document, "art_8.1-informations") == "Elle informe."


def test_article_of_a_code_is_known_by_its_number(tmp_path: Path) -> None:
    document = load_notice(tmp_path, "# Code\n\n## Article L. 4001-3\n\nLe patient est informé.\n")
    assert unit_at(document, "L4001-3").label == "article L. 4001-3"


LINES = st.sampled_from(
    ["# Un", "## Deux", "### Article 5", "## Deux", "- point", "  - sous-point", "1. premier",
     "| a | b |", "|---|---|", "```", "> cité", "texte **gras** l’IA.", "<b>x</b>", "", "\\", "---",
     "fin de phrase.  ", "\u00a0 espace", "#"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=25))
def test_any_markdown_gives_sound_units(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    text = "\n".join(lines).encode(errors="replace")
    path = write(tmp_path_factory.getbasetemp(), "hasard.md", text)
    try:
        document = load(path)
    except LoadError:
        return
    check_document(document)
    assert load(path) == document
