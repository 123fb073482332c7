from datetime import date
from pathlib import Path

from rag.loaders import load
from rag.types import Kind
from tests.loaders.checks import check_document, write

NEWS = """Une société savante publie ses recommandations.
Elles sont en ligne.

Un assistant vocal arrive en France.
08/10/2025 -

Un directeur répond à nos questions...
07/10/2025 -
Deux chercheurs s’expriment.
28 août 2025
Ne manquez aucune actualité !
Inscrivez-vous à notre lettre d’information hebdomadaire.
"""


def test_each_teaser_has_the_date_below_it(tmp_path: Path) -> None:
    document = load(write(tmp_path, "revue-imagerie-12.txt", NEWS))
    check_document(document)
    found = [(document.text[u.start : u.end], u.published) for u in document.units]
    assert found == [
        ("Une société savante publie ses recommandations.\n\nElles sont en ligne.", None),
        ("Un assistant vocal arrive en France.", date(2025, 10, 8)),
        ("Un directeur répond à nos questions...", date(2025, 10, 7)),
        ("Deux chercheurs s’expriment.", date(2025, 8, 28)),
    ]
    assert document.units[1].label == "actualité du 8 octobre 2025"


def test_news_page_is_named_after_its_site(tmp_path: Path) -> None:
    metadata = load(write(tmp_path, "revue-imagerie-12.txt", NEWS)).metadata
    assert (metadata.id, metadata.publisher) == ("revue-imagerie-12", "Revue Imagerie")
    assert metadata.kind is Kind.NEWS
    assert load(write(tmp_path, "copie.txt", NEWS)).metadata.publisher == ""


def test_text_with_one_date_is_no_news(tmp_path: Path) -> None:
    document = load(write(tmp_path, "lettre.txt", "Bonjour.\n\n08/10/2025\n\nCordialement."))
    assert document.metadata.kind is Kind.GUIDE
