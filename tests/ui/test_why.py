"""The panel that tells why passages were found."""

import pytest
from playwright.sync_api import expect

from rag.messages import NBSP
from rag.ui.sources import cards
from rag.ui.why import reasons
from tests.ui.fake_assistant import make_abstention, make_explained_answer
from tests.ui.serving import Visitor

OTHER = "article 26, paragraphe 6 (règlement, 02024R1689-20260727#art_26.6)"


def test_each_passage_found_has_its_bars() -> None:
    first, second = reasons(make_explained_answer("?"))
    assert (first.rank, second.rank) == (1, 2)
    assert first.score == "0,41"
    assert [(bar.name, bar.amount, bar.share) for bar in first.bars] == [
        ("mot à mot", "0,250", 100),
        ("sens", "0,117", 47),
        ("description : mots", "0,048", 19),
    ]
    assert first.notes == ()
    assert second.notes == ("Score du passage trouvé dont il prend la place.",)


def test_abstention_is_explained_too() -> None:
    assert len(reasons(make_abstention("?"))) == 4


def test_card_names_the_other_documents_with_its_words() -> None:
    first, second = cards(make_explained_answer("?"))
    assert first.also_in == (f"Règlement IA, version consolidée, {OTHER}",)
    assert second.also_in == ()


@pytest.mark.browser
@pytest.mark.parametrize("question", ["D’où vient le score ?", "Que mange-t-on à la cantine ?"])
def test_panel_opens_under_the_sources(someone: Visitor, question: str) -> None:
    someone.ask(question)
    panel = someone.page.locator("#sources-1 .why")
    table = panel.get_by_role("table", name="D’où vient le score").first
    expect(table).to_be_hidden()
    panel.get_by_text("Pourquoi ces passages").click()
    expect(table.get_by_role("row").nth(1)).to_contain_text("mot à mot")
    expect(table.get_by_role("row").nth(1)).to_contain_text("1,00 × 0,25")
    expect(table.get_by_role("row").nth(1)).to_contain_text("0,250")
    longest, next_one = (table.locator(".why-bar span").nth(n).bounding_box() for n in (0, 1))
    assert longest["width"] > next_one["width"] > 0


@pytest.mark.browser
def test_other_documents_are_named_on_the_card(someone: Visitor) -> None:
    someone.ask("D’où vient le score ?")
    expect(someone.card(1, 1)).to_contain_text(f"Aussi dans{NBSP}: Règlement IA")
