"""The whole program in a process of its own, with a chat model that writes slowly, in a browser."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from rag.remarks import STAND_IN
from rag.ui import wording
from tests.conftest import REPOSITORY
from tests.language_model.servers import MODEL, Ending, OpenAIServer, Script
from tests.pipeline.written_chat import ALERTS, GOOD, LOGS, good, write_notices
from tests.sources.site import closed_port
from tests.ui.serving import Visitor, visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRONG = "Le déployeur conserve les journaux du système pendant au moins douze mois"
SLOWLY = Script(
    text=f"{good(LOGS)} {WRONG} [1]. Et ensuite vient", pieces=24, first_pause=3, pause=0.1,
    ending=Ending.ENDLESS,
)  # fmt: skip
PATIENCE = 30


@pytest.fixture(scope="module")
def model() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory, model: OpenAIServer) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("programme")
    (folder / "documents").mkdir()
    write_notices(folder / "documents")
    port = closed_port()
    environment = {
        "RADIACT_PORT": str(port),
        "RADIACT_DATA_DIR": str(folder / "data"),
        "RADIACT_DOCUMENTS_DIR": str(folder / "documents"),
        "RADIACT_LLM": f"openai:{MODEL}",
        "RADIACT_LLM_URL": model.url,
    }
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline().startswith("RadIAct est prêt")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=PATIENCE)
        process.kill()


@pytest.fixture
def someone(chromium: Browser, page_url: str) -> Iterator[Visitor]:
    with visitor(chromium) as someone:
        someone.open(page_url)
        someone.page.locator('#status [data-state="ready"]').wait_for(timeout=120_000)
        yield someone
        someone.check(page_url)


def test_answer_comes_as_it_is_verified_until_it_is_stopped(
    someone: Visitor, model: OpenAIServer
) -> None:
    model.play(SLOWLY)
    model.hung_up.clear()
    someone.ask(LOGS, wait=False)
    turn = someone.turn(1)
    expect(turn).to_contain_text(wording.WRITING, timeout=PATIENCE * 1000)
    expect(turn).to_contain_text(GOOD[LOGS], timeout=PATIENCE * 1000)
    expect(turn.get_by_role("button", name="Phrase vérifiée")).to_have_count(1)
    expect(turn.get_by_role("button", name="Source 1").first).to_be_visible()
    expect(someone.card(1, 1).locator("mark")).to_contain_text("six mois")
    assert not model.hung_up.is_set()
    someone.page.get_by_role("button", name="Arrêter").click()
    assert model.hung_up.wait(PATIENCE)
    expect(turn).to_contain_text(wording.INTERRUPTED)
    expect(turn).to_contain_text(GOOD[LOGS])
    # Read before the stop or not, the sentence that is not verified is nowhere to be seen.
    expect(turn.get_by_text(WRONG)).to_be_hidden()
    assert not model.answered.is_set()


def test_whole_answer_leaves_out_what_is_not_verified(
    someone: Visitor, model: OpenAIServer
) -> None:
    model.play(Script(text=f"{good(LOGS)} {WRONG} [1]."))
    someone.ask(LOGS)
    turn = someone.turn(1)
    expect(turn.get_by_role("button", name="Phrase vérifiée")).to_have_count(1)
    expect(turn.get_by_text(WRONG)).to_be_hidden()
    turn.get_by_role("button", name="Voir 1 phrase non vérifiée").click()
    expect(turn.get_by_text(WRONG)).to_be_visible()
    expect(turn).to_contain_text("« douze mois » ne figure pas dans les passages cités")


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (Script(status=401), "Le modèle de langage refuse l’accès"),
        (Script(text=f"{good(ALERTS)} La suite", ending=Ending.CUT), "s’est arrêté avant la fin"),
    ],
    ids=["clé refusée", "coupé"],
)
def test_model_that_fails_gives_the_extracts_with_why(
    someone: Visitor, model: OpenAIServer, script: Script, why: str
) -> None:
    model.play(script)
    someone.ask(ALERTS)
    turn = someone.turn(1)
    expect(turn.locator(".answer-notice")).to_contain_text(why)
    expect(turn.locator(".answer-notice")).to_contain_text(STAND_IN)
    expect(turn).to_contain_text("extraits vérifiés mot pour mot")
    expect(turn).to_contain_text("relues par le radiologue de garde")
    expect(turn).not_to_contain_text("La suite")
