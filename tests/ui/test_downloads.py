import threading
from dataclasses import dataclass, field

import pytest

from rag.errors import Problem, StoreError
from rag.types import PullOutcome
from rag.ui import official_texts, wording
from rag.ui.downloads import Downloads
from rag.ui.loading import Loading, Step
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.fake_texts import CATALOGUE, UNREACHABLE


@dataclass
class Refusing(FakeAssistant):
    error: Exception = field(default_factory=Exception)

    def pull(self, ids=(), *, progress=None):
        raise self.error


def downloads_of(assistant):
    return Downloads(Loading(lambda progress: assistant).start())


def finish(downloads):
    for thread in threading.enumerate():
        if thread.name == "radiact-downloads":
            thread.join(timeout=10)
    assert not downloads.running


def test_download_runs_in_the_background_and_one_at_a_time(assistant):
    assistant.texts.may_end.clear()
    downloads = downloads_of(assistant)
    assert downloads.start(["32024R1689"])
    assert downloads.running
    assert not downloads.start([])
    assistant.texts.may_end.set()
    finish(downloads)
    assert assistant.texts.pulled == [("32024R1689",)]
    assert downloads.step == Step("Téléchargement de 32024R1689 (Ko)", 512, 2048)
    assert downloads.start([])
    finish(downloads)


def test_outcomes_of_earlier_runs_are_kept(assistant):
    downloads = downloads_of(assistant)
    for id in ("32024R1689", UNREACHABLE):
        assert downloads.start([id])
        finish(downloads)
    assert {id: report.outcome for id, report in downloads.outcomes.items()} == {
        "32024R1689": PullOutcome.DOWNLOADED,
        UNREACHABLE: PullOutcome.FAILED,
    }


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StoreError(Problem.LOCKED, holder="processus 7"), "Une autre indexation est en cours"),
        (ValueError("détail interne"), wording.PANEL_UNEXPECTED),
    ],
)
def test_run_that_fails_as_a_whole_is_told_in_french(error, told):
    downloads = downloads_of(Refusing(error=error))
    downloads.start([])
    finish(downloads)
    assert told in downloads.problem
    html = official_texts.download(downloads)
    assert told in html
    assert "détail interne" not in html


def test_end_gives_the_counts_and_each_failure(assistant):
    downloads = downloads_of(assistant)
    downloads.start([])
    finish(downloads)
    html = official_texts.download(downloads)
    assert "1\N{NO-BREAK SPACE}échec" in html
    assert f'href="#text-{UNREACHABLE}"' in html
    assert "Le site www.cnil.fr est injoignable." in html


def test_list_escapes_what_the_catalogue_says(assistant):
    states = assistant.official_texts()
    html = official_texts.listing(states, outcomes={})
    assert html.count('<li class="text"') == len(CATALOGUE)
    assert "0\N{NO-BREAK SPACE}texte installé sur 3" in html.replace("&nbsp;", "\N{NO-BREAK SPACE}")
    assert "eur-lex.europa.eu, publications.europa.eu, www.cnil.fr." in html
    assert "legifrance" not in html.split("<ul")[0]
