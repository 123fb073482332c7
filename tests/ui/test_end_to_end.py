"""The whole program in a real browser: real notices, the embedded encoder, the real answers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from rag.config import Settings
from rag.pipeline import Assistant
from tests.conftest import REPOSITORY
from tests.ui.serving import Visitor, running_page, visitor

INDEXED = ("reglement-ia/cadre", "reglement-ia/deployeurs", "amendments.yaml", "thesaurus.yaml")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    documents = REPOSITORY / "documents"
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), documents_dir=documents)
    assistant = Assistant.open(settings)
    report = assistant.ingest([documents / name for name in INDEXED])
    assert not any(file.error for file in report.files)
    with running_page(lambda progress: assistant) as url:
        yield url


@pytest.fixture
def someone(chromium: Browser, page_url: str) -> Iterator[Visitor]:
    with visitor(chromium) as someone:
        someone.open(page_url)
        yield someone
        someone.check(page_url)


def test_question_to_highlighted_sentence(someone: Visitor) -> None:
    someone.ask("combien de temps faut garder les logs de l'IA")
    expect(someone.turn(1)).to_contain_text("au moins six mois")
    someone.turn(1).get_by_role("button", name="Source 1").first.click()
    card = someone.card(1, 1)
    expect(card.locator("mark")).to_be_in_viewport()
    expect(card.locator("mark")).to_contain_text("six mois")
    expect(card.get_by_role("link", name="Texte officiel")).to_have_attribute(
        "href", "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
    )


@pytest.mark.parametrize(
    "question", ["Quelle est la recette de la tarte tatin ?", "Qui a gagné le Tour de France ?"]
)
def test_out_of_corpus_question_abstains(someone: Visitor, question: str) -> None:
    someone.ask(question)
    expect(someone.turn(1)).to_contain_text("Je ne trouve pas de réponse")
    expect(someone.page.get_by_role("heading", name="Passages les plus proches")).to_be_visible()


def test_markup_in_a_question_is_shown_as_text(someone: Visitor) -> None:
    question = "<script>document.title = 'pris'</script> Qui est déployeur ?"
    someone.ask(question)
    expect(someone.turn(1)).to_contain_text(question)
    assert someone.page.title().startswith("RadIAct")


def test_follow_up_leans_on_the_question_before(someone: Visitor) -> None:
    someone.ask("Quel plafond d'amende pour un déployeur qui ne respecte pas l'article 26 ?")
    someone.ask("Et pour une PME, c'est le plus haut ou le plus bas des deux ?")
    expect(someone.turn(2)).to_contain_text("le plus bas des deux montants")


def test_suggestion_of_the_texts_is_answered(someone: Visitor) -> None:
    someone.ask("Quel plafond d'amende pour un déployeur qui ne respecte pas l'article 26 ?")
    suggestion = someone.turn(1).locator(".suggestions button").first
    asked = suggestion.inner_text()
    suggestion.click()
    expect(someone.turn(2).locator(".question")).to_contain_text(asked)
    expect(someone.turn(2).locator(".cite").first).to_be_visible()


def test_tabs_show_the_real_catalogue_and_thesaurus(someone: Visitor) -> None:
    page = someone.page
    page.get_by_role("tab", name="Textes officiels").click()
    expect(page.locator("#text-32024R1689")).to_contain_text("Non installé")
    page.get_by_role("tab", name="Glossaire").click()
    page.get_by_label("Chercher un mot").fill("scanner")
    expect(page.locator(".entry:visible").first).to_contain_text("À ne pas confondre avec")


ADDED = """# Protocole interne de l’IA

## Qui relit les alertes du logiciel Nimbus-Rx ?

Les alertes du logiciel Nimbus-Rx sont relues par le radiologue de garde avant minuit.
"""


def test_file_that_is_added_answers_until_it_is_removed(someone: Visitor) -> None:
    page, question = someone.page, "Qui relit les alertes du logiciel Nimbus-Rx ?"
    page.get_by_role("tab", name="Documents").click()
    file = {"name": "protocole.md", "mimeType": "text/markdown", "buffer": ADDED.encode()}
    page.get_by_label("Ajouter des fichiers").set_input_files(file)
    expect(page.locator(".addition")).to_contain_text("Ajouté (")
    page.get_by_role("tab", name="Questions").click()
    someone.ask(question)
    expect(someone.turn(1)).to_contain_text("relues par le radiologue de garde")
    expect(someone.card(1, 1)).to_contain_text("Protocole interne de l’IA")
    page.get_by_role("tab", name="Documents").click()
    page.get_by_role("button", name="Retirer : Protocole").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(page.locator(".document", has_text="Protocole interne")).to_have_count(0)
    page.get_by_role("tab", name="Questions").click()
    someone.ask(question)
    expect(someone.turn(2)).not_to_contain_text("radiologue de garde")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator(".filter-documents")).not_to_contain_text("Protocole interne")
