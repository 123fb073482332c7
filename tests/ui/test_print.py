"""An answer on paper, as the browser prints it."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from rag.messages import NBSP
from tests.ui.fake_hits import RETENTION
from tests.ui.serving import Visitor

pytestmark = pytest.mark.browser


def printed(someone: Visitor) -> str:
    document = pypdfium2.PdfDocument(someone.page.pdf(prefer_css_page_size=True))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).replace(NBSP, " ").split())


def test_answer_prints_with_its_sources_in_full(someone: Visitor):
    someone.ask("Que dit l’ancien texte ?")
    text = printed(someone)
    assert "Vous échangez avec un système d’intelligence artificielle" in text
    assert "Que dit l’ancien texte ?" in text
    assert "sauf disposition contraire du droit de l’Union ou du droit national. [1]" in text
    assert "Attention : sources 1 et 3." in text
    assert "Droit au 23 novembre 2026" in text
    assert text.count(" ".join(RETENTION.split())) == 5  # cards that are closed are printed open
    assert text.count("Union européenne, 12 juillet 2024") == 4
    assert text.count("Texte officiel : https://eur-lex.europa.eu/eli/reg/2024/1689/oj") == 5


def test_what_one_can_only_click_is_not_printed(someone: Visitor):
    someone.ask("Combien de temps ?")
    text = printed(someone)
    for words in ("Textes officiels", "Glossaire", "Envoyer", "Filtrer", "Nouvelle conversation"):
        assert words not in text
    for words in ("Revenir à la phrase", "Pourquoi ces passages", "données de patient"):
        assert words not in text


def test_sources_of_every_answer_are_printed(someone: Visitor):
    someone.ask("Combien de temps ?")
    someone.ask("Que mange-t-on à la cantine ?")
    expect(someone.page.locator("#sources-1")).to_be_hidden()
    text = printed(someone)
    assert "« Combien de temps ? »" in text
    assert "Passages les plus proches « Que mange-t-on à la cantine ? »" in text


def test_paper_is_white_whatever_the_scheme(someone: Visitor):
    someone.page.emulate_media(media="print", color_scheme="dark")
    expect(someone.page.locator("body.dark")).to_have_count(1)
    colours = someone.page.evaluate(BACKGROUNDS)
    assert set(colours) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    someone.page.emulate_media(media="screen", color_scheme="light")


BACKGROUNDS = """() => ["body", ".gradio-container", "#shell", "#top", "#sources"]
  .map((name) => getComputedStyle(document.querySelector(name)).backgroundColor)"""
