from hypothesis import given
from hypothesis import strategies as st

from rag.loaders.builder import TextBuilder, collapse


def test_collapse_keeps_apostrophes_and_drops_soft_hyphens() -> None:
    assert collapse("l’IA\u202f: l'hô\u00adpital\n") == "l’IA : l'hôpital"


def test_unit_starts_after_its_heading() -> None:
    builder = TextBuilder()
    with builder.unit("art_1", label="article 1"):
        builder.heading("Article 1")
        builder.block("Le texte.")
    (unit,) = builder.units
    assert builder.text == "Article 1\n\nLe texte."
    assert builder.text[unit.start : unit.end] == "Le texte."


def test_unit_without_text_is_forgotten() -> None:
    builder = TextBuilder()
    with builder.unit("vide", label="vide"):
        builder.heading("Rien dessous")
    assert builder.units == ()


def test_repeated_anchor_is_numbered() -> None:
    builder = TextBuilder()
    for _ in range(2):
        with builder.unit("durée", label="durée"):
            builder.block("Six mois.")
    assert [unit.anchor for unit in builder.units] == ["durée", "durée-2"]


@given(st.text())
def test_collapse_is_idempotent(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)
