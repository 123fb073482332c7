"""The documents in a real browser: found, sorted, added by dropping them, removed."""

import pytest
from playwright.sync_api import JSHandle, Page, expect

from tests.ui.fake_assistant import FakeAssistant
from tests.ui.serving import Visitor

pytestmark = pytest.mark.browser

LAW, SHEETS, HOSTILE = "Règlement (UE)", "Évaluer un système", "Notice <script>"
DROPPED = """files => {
  const transfer = new DataTransfer();
  for (const { name, text } of files) transfer.items.add(new File([text], name));
  return transfer;
}"""


@pytest.fixture
def page(someone: Visitor, assistant: FakeAssistant) -> Page:
    someone.page.get_by_role("tab", name="Documents").click()
    expect(someone.page.locator(".document")).to_have_count(3)
    return someone.page


def titles(page: Page) -> list[str]:
    shown = page.locator(".document:visible .document-title").all_inner_texts()
    return [next(one for one in (LAW, SHEETS, HOSTILE) if one in title) for title in shown]


def drop(page: Page, **files: str) -> JSHandle:
    """Drag files over the tab and drop them; names are keys, with ``__`` for the dot."""
    listed = [{"name": name.replace("__", "."), "text": text} for name, text in files.items()]
    transfer = page.evaluate_handle(DROPPED, listed)
    panel = page.locator("#panel-documents")
    panel.dispatch_event("dragover", {"dataTransfer": transfer})
    expect(page.locator("#documents-add")).to_have_attribute("data-dragged", "")
    panel.dispatch_event("drop", {"dataTransfer": transfer})
    return transfer


def test_documents_are_found_and_sorted(page: Page):
    count = page.locator("#documents-count")
    expect(count).to_have_text("3 documents, triés par titre (ordre croissant)")
    assert titles(page) == [SHEETS, HOSTILE, LAW]
    for column, first, last in [("Publié", LAW, SHEETS), ("Nature", LAW, HOSTILE)]:
        button = page.get_by_role("button", name=column, exact=True)
        header = page.get_by_role("columnheader", name=column)
        button.click()
        expect(header).to_have_attribute("aria-sort", "ascending")
        assert titles(page)[0] == first
        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", "descending")
        assert titles(page)[0] == last
    page.get_by_role("button", name="Publié", exact=True).click()
    assert titles(page)[-1] == HOSTILE  # it has no date
    box = page.get_by_label("Chercher un titre")
    for typed, found in {"EVALUER ia": [SHEETS], "cnil": [SHEETS], "zzz": []}.items():
        box.fill(typed)
        assert titles(page) == found
    expect(count).to_have_text("Aucun document ne correspond.")
    box.fill("")
    page.get_by_role("button", name="Détails : Évaluer").click()
    facts = page.locator(".document-facts:visible")
    expect(facts).to_contain_text("a" * 64)
    expect(facts).to_contain_text("cnil/fiches.pdf")


def test_hostile_document_is_only_text(page: Page):
    row = page.locator(".document", has_text="pirate")
    expect(row.get_by_role("button", name="Lire")).to_have_attribute(
        "data-read-document", 'x"><script>'
    )
    expect(row.get_by_role("link")).to_have_count(0)
    assert page.evaluate("window.pirate") is None


def test_dropped_files_are_followed_to_their_outcome(page: Page, assistant: FakeAssistant):
    assistant.register.may_end.clear()
    drop(page, Guide__md="# Guide", chiffré__pdf="%PDF-", photo__png="x", **{"<b>__md": "# B"})
    lines = page.locator(".addition")
    expect(lines).to_have_count(4)
    expect(lines.nth(0)).to_contain_text("Encodage des passages (25")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "0.25")
    expect(lines.nth(2)).to_contain_text("format non pris en charge")
    assistant.register.may_end.set()
    expect(lines.nth(0)).to_contain_text("Ajouté (12")
    expect(lines.nth(1)).to_contain_text("protégé par un mot de passe")
    expect(lines.nth(3).locator(".addition-name")).to_have_text("<b>.md")
    expect(page.locator("#additions-status")).to_contain_text("<b>.md : Ajouté")
    expect(page.locator(".document")).to_have_count(5)
    assert assistant.register.received == {"Guide.md": b"# Guide", "-b-.md": b"# B"}


def test_chosen_file_may_be_sent_again_after_a_failure(page: Page, assistant: FakeAssistant):
    assistant.register.is_locked = True
    file = {"name": "guide.md", "mimeType": "text/markdown", "buffer": b"# Guide"}
    page.get_by_label("Ajouter des fichiers").set_input_files(file)
    line = page.locator(".addition")
    expect(line).to_contain_text("une autre indexation est en cours")
    assistant.register.is_locked = False
    line.get_by_role("button", name="Réessayer").click()
    expect(line).to_contain_text("Ajouté (12")


def test_document_is_removed_with_the_keyboard(
    someone: Visitor, page: Page, assistant: FakeAssistant
):
    button = page.get_by_role("button", name="Retirer : Évaluer")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Le texte de ses versions reste au registre")
    expect(dialog).to_contain_text("cnil/fiches.pdf")
    expect(dialog.get_by_role("button", name="Garder")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    assistant.register.is_locked = True
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Une autre indexation est en cours")
    assistant.register.is_locked = False
    expect(dialog.get_by_role("button", name="Retirer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".document")).to_have_count(2)
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Retirer : Notice")).to_be_focused()
    expect(page.locator("#documents-outcome")).to_contain_text("retiré des réponses")
    assert assistant.register.removed == ["cnil-ia-fiches"]
    someone.problems[:] = [one for one in someone.problems if "409 (Conflict)" not in one]


def test_about_tells_the_installation(someone: Visitor):
    page = someone.page
    page.get_by_role("tab", name="À propos").click()
    panel = page.get_by_role("tabpanel", name="À propos")
    expect(panel).to_contain_text("1\N{NO-BREAK SPACE}310\N{NO-BREAK SPACE}passages")
    expect(panel).to_contain_text("/srv/<radiact>")
    expect(panel).to_contain_text("article 50, paragraphe 1")
