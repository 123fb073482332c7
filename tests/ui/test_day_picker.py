"""The day whose law is asked for, chosen in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.ui.fake_assistant import FakeAssistant
from tests.ui.serving import Visitor

pytestmark = pytest.mark.browser

QUESTION = "Combien de temps faut-il conserver les journaux ?"
OTHER_DAY = date(2025, 6, 1)


def choose(someone: Visitor, day: str) -> Locator:
    field = someone.page.get_by_label("Droit au")
    field.fill(day)
    field.blur()
    return someone.page.locator(".day")


def test_today_is_the_default(someone: Visitor, assistant: FakeAssistant):
    field = someone.page.get_by_label("Droit au")
    assert date.fromisoformat(field.input_value()) == date.today()
    expect(someone.page.get_by_role("button", name="Aujourd’hui")).to_be_hidden()
    someone.ask(QUESTION)
    assert assistant.days == [None]
    expect(someone.turn(1).locator(".is-other-day")).to_have_count(0)


def test_chosen_day_reaches_the_assistant_and_stays(someone: Visitor, assistant: FakeAssistant):
    expect(choose(someone, OTHER_DAY.isoformat())).to_contain_text(
        "1er juin 2025, et non aujourd’hui"
    )
    someone.ask(QUESTION)
    someone.ask("Et à la cantine ?")
    assert assistant.days == [OTHER_DAY, OTHER_DAY]
    expect(someone.turn(1)).to_contain_text("Droit au 1er juin 2025, et non celui d’aujourd’hui")
    expect(someone.turn(2).locator(".is-other-day")).to_be_visible()


def test_example_is_asked_as_of_the_chosen_day(someone: Visitor, assistant: FakeAssistant):
    choose(someone, OTHER_DAY.isoformat())
    someone.page.locator("#examples button").first.click()
    expect(someone.turn(1)).to_contain_text("Droit au 1er juin 2025")
    assert assistant.days == [OTHER_DAY]


def test_one_comes_back_to_today(someone: Visitor, assistant: FakeAssistant):
    choose(someone, OTHER_DAY.isoformat())
    someone.page.get_by_role("button", name="Aujourd’hui").click()
    expect(someone.page.locator(".day")).to_have_attribute("data-state", "today")
    expect(someone.page.get_by_label("Droit au")).to_be_focused()
    someone.ask(QUESTION)
    assert assistant.days == [None]


def test_new_conversation_is_about_today(someone: Visitor, assistant: FakeAssistant):
    choose(someone, OTHER_DAY.isoformat())
    someone.ask(QUESTION)
    someone.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(someone.page.locator(".day")).to_have_attribute("data-state", "today")
    someone.ask(QUESTION)
    assert assistant.days == [OTHER_DAY, None]


def test_day_out_of_bounds_is_told_and_the_question_kept(
    someone: Visitor, assistant: FakeAssistant
):
    box = choose(someone, "1989-12-31")
    expect(box).to_contain_text("Choisissez un jour entre le 1er janvier 1990")
    expect(someone.page.get_by_label("Droit au")).to_have_attribute("aria-invalid", "true")
    someone.ask(QUESTION)
    expect(someone.turn(1)).to_contain_text("La date choisie est incomplète ou hors limites")
    expect(someone.page.get_by_label("Votre question")).to_have_value(QUESTION)
    assert assistant.asked == []
    choose(someone, OTHER_DAY.isoformat())
    someone.ask(QUESTION)
    expect(someone.turn(2)).to_contain_text("Droit au 1er juin 2025")
    assert assistant.days == [OTHER_DAY]


def test_day_that_does_not_exist_is_refused(someone: Visitor, assistant: FakeAssistant):
    field = someone.page.get_by_label("Droit au")
    field.focus()
    someone.page.keyboard.type("02312025")  # 31 February, in the order of this browser
    field.blur()
    expect(someone.page.locator(".day")).to_have_attribute("data-state", "bad")
    someone.ask(QUESTION)
    expect(someone.turn(1)).to_contain_text("La date choisie est incomplète")
    assert assistant.asked == []
