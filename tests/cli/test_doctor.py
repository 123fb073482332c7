"""What ``radiact doctor`` says of the language model: real servers on this machine."""

from dataclasses import replace
from typing import Any

import pytest

from rag.cli.doctor import diagnose, print_diagnosis
from rag.config import Settings
from tests.language_model.servers import LanguageServer, OllamaServer, OpenAIServer

pytestmark = pytest.mark.slow


def examine(settings: Settings, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], str]:
    diagnosis = diagnose(settings)
    print_diagnosis(diagnosis)
    return diagnosis, capsys.readouterr().out


def test_no_language_model_by_default(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    diagnosis, told = examine(settings, capsys)
    assert diagnosis["language_model"] is None
    assert "Modèle de langage\N{NO-BREAK SPACE}: aucun" in told
    assert diagnosis["sound"]


@pytest.mark.parametrize("protocol", [OpenAIServer, OllamaServer])
def test_local_model_is_asked_no_question(
    settings: Settings, capsys: pytest.CaptureFixture[str], protocol: type[LanguageServer]
) -> None:
    with protocol() as server:
        diagnosis, told = examine(server.settings(settings), capsys)
        assert not server.asked
        assert len(server.requests) == 1
    assert diagnosis["language_model"]["host"] == server.host
    assert diagnosis["language_model"]["remote"] is False
    assert diagnosis["language_model"]["problem"] is None
    assert server.host in told
    assert "Le serveur du modèle de langage répond." in told
    assert "envoyés" not in told
    assert diagnosis["sound"]


def test_remote_model_is_said_to_receive_the_questions(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    remote = replace(settings, llm="openai:m", llm_url="http://modele.invalid/v1")
    diagnosis, told = examine(remote, capsys)
    assert diagnosis["language_model"]["remote"] is True
    assert "sont envoyés à modele.invalid, hors de cette machine" in told
    assert "ne répond pas (modele.invalid)" in told
    assert diagnosis["connections_outside"] == []
    assert not diagnosis["sound"]


def test_unusable_setting_is_a_problem(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    diagnosis, told = examine(replace(settings, llm="inconnu:m"), capsys)
    assert "fournisseurs possibles" in told
    assert not diagnosis["sound"]
