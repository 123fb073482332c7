"""The official texts in a real browser: what is here, and a download beside a question."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.ui.fake_assistant import RETENTION_QUOTE, FakeAssistant
from tests.ui.fake_texts import UNREACHABLE
from tests.ui.serving import Visitor, running_page, visiting

pytestmark = pytest.mark.browser

UNREACHABLE_SITE = "Le site www.cnil.fr est injoignable."


@pytest.fixture
def own_assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def own_url(own_assistant: FakeAssistant) -> Iterator[str]:
    """A server for one test: its downloads are those of no other."""
    with running_page(lambda progress: own_assistant) as address:
        yield address


@pytest.fixture
def reader(shared_context: BrowserContext, own_url: str) -> Iterator[Visitor]:
    """Someone who has opened the tab."""
    with visiting(shared_context) as reader:
        reader.open(own_url)
        reader.page.get_by_role("tab", name="Textes officiels").click()
        reader.page.locator(".texts").wait_for()
        yield reader
        reader.problems[:] = [one for one in reader.problems if "409 (Conflict)" not in one]
        reader.check(own_url)


def test_catalogue_tells_each_text_and_the_site_that_a_download_contacts(reader: Visitor):
    page = reader.page
    expect(
        page.get_by_text("c’est le seul moment où RadIAct sort de cette machine")
    ).to_be_visible()
    law = page.locator("#text-32024R1689")
    expect(law).to_contain_text("Non installé")
    expect(law).to_contain_text("depuis eur-lex.europa.eu, sinon publications.europa.eu")
    expect(law.get_by_role("link")).to_have_attribute(
        "href", "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
    )


def test_text_to_save_by_hand_gives_the_address_and_the_command(reader: Visitor):
    by_hand = reader.page.locator("#text-csp-l4001-3")
    expect(by_hand).to_contain_text("À télécharger à la main")
    expect(by_hand.get_by_role("link")).to_have_attribute(
        "href", "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006072665/"
    )
    expect(by_hand.locator("code")).to_have_text("radiact sources pull csp-l4001-3 --file FICHIER")
    expect(by_hand.get_by_role("button")).to_have_count(0)


def test_download_shows_its_progress_beside_a_question(
    reader: Visitor, own_assistant: FakeAssistant
):
    page = reader.page
    own_assistant.texts.may_end.clear()
    button = page.locator("#text-32024R1689").get_by_role("button")
    button.click()
    expect(page.locator("#download")).to_contain_text("512 sur 2\N{NO-BREAK SPACE}048")
    expect(page.get_by_role("progressbar", name="Avancement")).to_have_attribute("value", "512")
    expect(page.locator("#download-announcement")).to_have_text("Téléchargement de 32024R1689 (Ko)")
    page.get_by_role("tab", name="Questions").click()
    reader.ask("Combien de temps ?")
    expect(reader.turn(1)).to_contain_text(RETENTION_QUOTE)
    page.get_by_role("tab", name="Textes officiels").click()
    own_assistant.texts.may_end.set()
    law = page.locator("#text-32024R1689")
    expect(law).to_contain_text("Installé le 20 novembre 2026")
    expect(law).to_contain_text("Téléchargé et indexé (812\N{NO-BREAK SPACE}passages)")
    expect(page.locator("#download-announcement")).to_contain_text("1\N{NO-BREAK SPACE}téléchargé")


def test_focus_stays_on_the_button_of_the_text(reader: Visitor):
    button = reader.page.locator("#text-32024R1689").get_by_role("button")
    button.focus()
    reader.page.keyboard.press("Enter")
    expect(button).to_contain_text("Télécharger de nouveau")
    expect(button).to_be_focused()


def test_failure_is_told_in_french_beside_what_succeeded(reader: Visitor):
    page = reader.page
    page.get_by_role("button", name="Tout télécharger").click()
    expect(page.locator("#download")).to_contain_text("1\N{NO-BREAK SPACE}échec")
    expect(page.locator(f"#text-{UNREACHABLE} .outcome")).to_contain_text(UNREACHABLE_SITE)
    expect(page.locator("#text-32024R1689 .outcome")).to_contain_text("Téléchargé et indexé")


def test_second_download_is_refused_while_one_runs(reader: Visitor, own_assistant: FakeAssistant):
    page = reader.page
    own_assistant.texts.may_end.clear()
    page.get_by_role("button", name="Tout télécharger").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.locator(f"#text-{UNREACHABLE}").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Un téléchargement est déjà en cours")
    own_assistant.texts.may_end.set()
    expect(page.locator("#download")).to_contain_text("Terminé")
    expect(page.locator("#download-busy")).to_be_empty()
    assert own_assistant.texts.pulled == [()]


def test_other_sites_cannot_start_a_download(url: str, assistant: FakeAssistant):
    sent = httpx.post(f"{url}radiact/pull", content=b'{"ids": []}')
    assert sent.status_code == 422
    form = {"Content-Type": "text/plain", "Origin": "https://ailleurs.example"}
    assert httpx.post(f"{url}radiact/pull", content=b'{"ids": []}', headers=form).is_error
    asked_first = httpx.options(
        f"{url}radiact/pull",
        headers={"Origin": form["Origin"], "Access-Control-Request-Method": "POST"},
    )
    assert "access-control-allow-origin" not in asked_first.headers
    assert assistant.texts.pulled == []
