"""A chat model that fails, in each way that a server may: the quotes are given, with why."""

import time
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from rag.config import Settings
from rag.embeddings import SentenceEncoder
from rag.language_model import MOST_CHARACTERS
from rag.messages import typographic
from rag.pipeline import Assistant
from tests.language_model.servers import SERVERS, Ending, LanguageServer, Script
from tests.pipeline.conftest import Ask
from tests.pipeline.written_chat import GOOD, LOGS, PATIENCE, Told, good
from tests.sources.site import closed_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.provider, indirect=True),
]
BEGUN = f"{good(LOGS)} La suite"


@dataclass(frozen=True)
class Failure:
    """What a server does, what is told of it, and the limits that are set, in seconds."""

    line: str
    script: Script
    limits: dict[str, float] = field(default_factory=dict)
    asked: int = 1


SOON = {"llm_first_token_seconds": 0.6, "llm_seconds": 2.0}
FAILURES = {
    "rien": Failure("Le modèle de langage n’a rien écrit ({host}).", Script(text="")),
    "rien que ce qui manque": Failure(
        "Le modèle de langage n’a pas trouvé de réponse dans les passages.",
        Script(text="MANQUE : la durée de conservation"),
    ),
    "sans fin": Failure(
        "Le modèle de langage n’en finit pas d’écrire ({host}).",
        Script(text=BEGUN, ending=Ending.ENDLESS, pause=0.02),
        {"llm_seconds": 1.5},
    ),
    "trop long": Failure(
        "Le modèle de langage n’en finit pas d’écrire ({host}).",
        Script(text=BEGUN + " encore" * MOST_CHARACTERS, pieces=40),
    ),
    "muet après un début": Failure(
        "Le modèle de langage n’en finit pas d’écrire ({host}).",
        Script(text=BEGUN, ending=Ending.SILENT),
        {"llm_seconds": 1.5},
    ),
    "coupé": Failure(
        "Le modèle de langage s’est arrêté avant la fin de sa réponse ({host}).",
        Script(text=BEGUN, ending=Ending.CUT),
    ),
    "sans fin déclarée": Failure(
        "Le modèle de langage s’est arrêté avant la fin de sa réponse ({host}).",
        Script(text=BEGUN, ending=Ending.UNFINISHED),
    ),
    "à court de place": Failure(
        "Le modèle de langage s’est arrêté avant la fin de sa réponse ({host}).",
        Script(text=BEGUN, finish="length"),
    ),
    "lent": Failure(
        "Le modèle de langage n’a encore rien écrit après 0.6 s ({host}).",
        Script(text=BEGUN, first_pause=60),
        SOON,
    ),
    "clé refusée": Failure(
        "Le modèle de langage refuse l’accès ({host}, réponse 401) : vérifiez la clé.",
        Script(status=401),
    ),
    "modèle absent": Failure(
        "Le modèle de langage « modele-essai » est introuvable ({host}) : vérifiez RADIACT_LLM et "
        "RADIACT_LLM_URL.",
        Script(status=404),
    ),
    "toujours occupé": Failure(
        "Le modèle de langage a trop de demandes ({host}) : réessayez plus tard.",
        Script(status=429),
        asked=3,
    ),
    "occupé pour longtemps": Failure(
        "Le modèle de langage a trop de demandes ({host}) : réessayez plus tard.",
        Script(status=429, headers={"Retry-After": "600"}),
        SOON,
    ),
    "toujours en panne": Failure(
        "Le modèle de langage a échoué ({host}, réponse 500).", Script(status=500), asked=3
    ),
    "illisible": Failure(
        "La réponse du modèle de langage est illisible ({host}).",
        Script(text=BEGUN, garbage="{pas du JSON"),
    ),
}


@pytest.mark.parametrize("failure", [pytest.param(one, id=name) for name, one in FAILURES.items()])
def test_failure_gives_the_quotes_and_why_in_time(
    ask: Ask, server: LanguageServer, failure: Failure
) -> None:
    if server.provider == "ollama" and failure.script.headers:
        pytest.skip("la bibliothèque d’Ollama ne donne pas les en-têtes de la réponse")
    started = time.monotonic()
    told = ask(LOGS, failure.script, **failure.limits)
    took = time.monotonic() - started
    told.check_stands_in(_line(failure.line, server.host))
    assert GOOD[LOGS] not in told.answer.markdown
    told.check_never_shows("La suite", "encore")
    assert len(server.asked) == failure.asked
    assert took < failure.limits.get("llm_seconds", 0) + 2 * PATIENCE


@pytest.mark.parametrize("status", [429, 500])
def test_failure_that_passes_is_not_told(ask: Ask, server: LanguageServer, status: int) -> None:
    told = ask(LOGS, Script(status=status), Script(text=good(LOGS)))
    assert told.written == (f"{GOOD[LOGS]}.",)
    assert told.answer.failure is None
    assert len(server.asked) == 2


def test_no_server_gives_the_quotes_and_why(
    server: LanguageServer, indexed: Assistant, embedded: SentenceEncoder
) -> None:
    host = f"127.0.0.1:{closed_port()}"
    settings: Settings = server.settings(indexed.settings)
    absent = replace(settings, llm_url=settings.llm_url.replace(server.host, host))
    answer = Assistant.open(absent, encoder=embedded).ask(LOGS)
    Told(answer).check_stands_in(_line("Le modèle de langage ne répond pas ({host}).", host))
    assert not server.requests


def test_writing_that_fails_was_only_told_as_far_as_it_was_verified(ask: Ask) -> None:
    told = ask(LOGS, Script(text=BEGUN, ending=Ending.CUT, pieces=30, pause=0.02))
    shown: list[Any] = [[one.text for one in answer.sentences] for answer in told.before]
    assert shown == [[], [f"{GOOD[LOGS]}."]]
    assert not told.answer.is_written


def _line(text: str, host: str) -> str:
    return typographic(text.replace(" s (", "\N{NO-BREAK SPACE}s (").format(host=host))
