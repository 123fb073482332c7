"""The states that the page is looked at in: a new part of the page is a new line of ``STATES``.

They follow one another in one visit, in the order of the table.
"""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, expect

from rag.ui.page import TABS
from tests.ui.serving import Visitor

ANSWERED = "Combien de temps faut-il conserver les journaux ?"
WARNED = "Que dit l’ancien texte ?"
EXPLAINED = "D’où vient le score ?"
PARTIAL = "Et le dosimètre ?"
EMPHASISED = "Combien de temps exactement ?"
ABSTAINED = "Que mange-t-on à la cantine ?"
REFUSED = "   "
WRITTEN = "Que dit une réponse rédigée ?"
EXTRACTS = "Que disent les extraits ?"
HOSTILE = "Que dit la notice hostile ?"
LOADING = '[data-state="loading"]'


def ask(question: str) -> Callable[[Visitor], None]:
    return lambda someone: someone.ask(question)


def show_tab(label: str) -> Callable[[Visitor], None]:
    """Open a tab, and wait for what it fetches."""

    def show(someone: Visitor) -> None:
        someone.page.get_by_role("tab", name=label, exact=True).click()
        expect(someone.page.get_by_role("tabpanel").locator(LOADING)).to_have_count(0)

    return show


def open_card(someone: Visitor) -> None:
    someone.turn(1).locator(".cite").last.click()
    expect(someone.page.locator(".card[open] mark").first).to_be_visible()


def press(control: Locator) -> None:
    """Press a control with a key, which works however little of the conversation is in view."""
    control.focus()
    control.press("Enter")


def show_left_out(someone: Visitor) -> None:
    press(someone.page.locator("[data-left-out]").last)
    expect(someone.page.locator(".left-out").last).to_be_visible()


def show_checks(someone: Visitor) -> None:
    press(someone.page.locator(".verified").last)
    expect(someone.page.locator("#checks")).to_be_visible()


def open_why(someone: Visitor) -> None:
    panel = someone.page.locator(".answer-sources:visible .why")
    panel.locator("> summary").click()
    expect(panel.locator("table").first).to_be_visible()


def open_filters(someone: Visitor) -> None:
    someone.page.get_by_role("button", name="Filtrer").click()
    box = someone.page.get_by_label("Règlement", exact=False).first
    box.check()
    expect(someone.page.locator(".filter-chip")).to_be_visible()


def close_filters(someone: Visitor) -> None:
    someone.page.locator(".filter-clear").click()
    someone.page.get_by_role("button", name="Filtrer").click()
    expect(someone.page.locator("#filter-panel")).to_be_hidden()


def choose_day(someone: Visitor) -> None:
    someone.page.get_by_label("Droit au").fill("2025-06-01")
    someone.page.get_by_label("Votre question").focus()
    expect(someone.page.locator('.day[data-state="other"]')).to_be_visible()


STATES: Mapping[str, Callable[[Visitor], None]] = {
    "empty": lambda _: None,
    "filters open": open_filters,
    "filters closed": close_filters,
    "answered": ask(ANSWERED),
    "card open": open_card,
    "other day": choose_day,
    "warned": ask(WARNED),
    "explained": ask(EXPLAINED),
    "why open": open_why,
    "partial": ask(PARTIAL),
    "emphasised": ask(EMPHASISED),
    "written": ask(WRITTEN),
    "left out shown": show_left_out,
    "checks shown": show_checks,
    "extracts": ask(EXTRACTS),
    "abstained": ask(ABSTAINED),
    "refused": ask(REFUSED),
    "hostile": ask(HOSTILE),
    **{f"tab {tab.label}": show_tab(tab.label) for tab in TABS[1:]},
    "back to the conversation": show_tab(TABS[0].label),
}
