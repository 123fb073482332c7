from datetime import date
from pathlib import Path

import pytest

from rag.errors import LoadError, Problem
from rag.loaders import load
from tests.loaders.checks import anchors, check_document, words, write

PAGE = """<!doctype html><html lang="fr-FR"><head><title>Onglet</title>
<meta name="date" content="2024-05-02"><meta property="og:site_name" content="HAS">
<link rel="canonical" href="https://exemple.fr/guide"><style>p {}</style></head><body>
<nav>Menu</nav><main><h1>Guide</h1><p>Intro <b>grasse</b>,<br>suite.</p>
<h2>Durée de l'accès</h2><ul><li>un<ul><li>deux</li></ul></li><li><p>trois</p></li></ul>
<ol start="3"><li>c</li></ol><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>
</table><div hidden>caché</div><p style="display: none">caché</p><script>alert(1)</script>
<h3>Détail</h3><div>Libre <span>texte</span></div></main><footer>Pied</footer></body></html>"""


def test_page_is_read_without_what_surrounds_it(tmp_path: Path) -> None:
    document = load(write(tmp_path, "guide.html", PAGE))
    check_document(document)
    assert anchors(document) == ["introduction", "duree-de-l-acces", "detail"]
    assert words(document, "introduction") == "Intro grasse,\nsuite."
    assert words(document, "duree-de-l-acces").startswith(
        "– un\n– deux\n– trois\n3. c\n\nA | B\n1 | 2"
    )
    assert words(document, "detail") == "Libre texte"
    for hidden in ("Menu", "caché", "alert", "Pied", "Onglet"):
        assert hidden not in document.text


def test_page_says_who_published_it_and_when(tmp_path: Path) -> None:
    metadata = load(write(tmp_path, "guide.html", PAGE)).metadata
    assert (metadata.title, metadata.publisher, metadata.language) == ("Guide", "HAS", "fr")
    assert metadata.published == date(2024, 5, 2)
    assert metadata.url == "https://exemple.fr/guide"


@pytest.mark.parametrize(
    "markup",
    ["<html><script>var a = 1</script></html>", "<!-- rien -->", "<p>", "<div>" * 50_000 + "x"],
)
def test_page_without_text_is_refused(tmp_path: Path, markup: str) -> None:
    with pytest.raises(LoadError) as caught:
        load(write(tmp_path, "vide.html", markup))
    assert caught.value.problem is Problem.NO_TEXT


def test_declared_charset_is_honoured(tmp_path: Path) -> None:
    prolog = '<?xml version="1.0" encoding="iso-8859-15"?><meta charset="iso-8859-15">'
    document = load(write(tmp_path, "a.html", f"{prolog}<p>5 €, l'œil".encode("iso-8859-15")))
    assert document.text == "5 €, l'œil"
