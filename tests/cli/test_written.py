"""The commands with a chat model that writes, on this machine; with the embedded encoder."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from rag.cli.app import app
from rag.config import Settings
from rag.messages import NBSP
from tests.conftest import REPOSITORY
from tests.language_model.scripts import Chat
from tests.language_model.servers import MODEL, LanguageServer, OllamaServer, OpenAIServer, Script
from tests.pipeline.written_chat import FINE, GOOD, LOGS, START, asked, good, index_notices

pytestmark = pytest.mark.slow

WRONG = "Le déployeur conserve les journaux du système pendant au moins douze mois"
QUESTIONS = [
    {"id": "journaux", "question": LOGS, "relevant": ["journaux"], "answer_span": "six mois"},
    {"id": "amende", "question": FINE, "relevant": ["amendes"], "answer_span": "35 000 000 EUR"},
    {"id": "date", "question": START, "relevant": ["calendrier"], "answer_span": "2 août 2026"},
]


@dataclass(frozen=True)
class Commands:
    """Runs commands on the notices, in this process, with the model of a server or with none."""

    server: LanguageServer
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, llm: bool = True) -> Result:
        name = f"{self.server.provider}:{MODEL}" if llm else ""
        self.monkeypatch.setenv("RADIACT_LLM", name)
        self.monkeypatch.setenv("RADIACT_LLM_URL", self.server.url if llm else "")
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        return done

    def json(self, *arguments: str, llm: bool = True) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self(*arguments, "--json", llm=llm).stdout)
        return read


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return index_notices(tmp_path_factory.mktemp("commandes")).settings


@pytest.fixture(params=(OpenAIServer, OllamaServer), ids=lambda server: server.provider)
def server(request: pytest.FixtureRequest) -> Iterator[LanguageServer]:
    with request.param() as server:
        yield server


@pytest.fixture
def radiact(server: LanguageServer, indexed: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    monkeypatch.setenv("RADIACT_DATA_DIR", str(indexed.data_dir))
    monkeypatch.setenv("RADIACT_DOCUMENTS_DIR", str(indexed.documents_dir))
    return Commands(server, monkeypatch)


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    lines = (json.dumps({"answerable": True, **one}) for one in QUESTIONS)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def write(messages: Chat) -> str:
    """Answer the question on fines and that on dates; write of the logs what is false."""
    for question in (FINE, START):
        if question in asked(messages):
            return f"{good(question)} {WRONG} [1]." if question == FINE else good(question)
    return f"{WRONG} [1]."


def test_written_answer_is_printed_with_its_sources(radiact: Commands) -> None:
    radiact.server.play(Script(text=f"{good(LOGS)} {WRONG} [1]."))
    told = radiact("ask", LOGS).stdout.replace("\n", " ")
    assert f"{GOOD[LOGS]}. [1]" in told
    assert "[1] La conservation des journaux" in told
    assert f"1{NBSP}phrase sur{NBSP}2 vérifiée" in told
    assert f"1{NBSP}phrase non vérifiée n’est pas montrée." in told
    assert "douze" not in told


def test_written_answer_as_json(radiact: Commands) -> None:
    radiact.server.play(Script(text=f"{good(LOGS)} {WRONG} [1]."))
    answer = radiact.json("ask", LOGS)
    assert (answer["mode"], answer["share_verified"], answer["notice"]) == ("llm", 0.5, None)
    kept, left = answer["sentences"]
    assert (kept["verified"], kept["citations"]) == (True, [1])
    assert (left["verified"], left["citations"]) == (False, [])
    assert left["checks"]["words"] == ["douze mois"]
    assert "douze" not in answer["answer"]
    assert "six mois" in answer["citations"][0]["quote"]


def test_model_that_fails_gives_the_quotes_and_why(radiact: Commands) -> None:
    radiact.server.play(Script(status=401))
    told = radiact("ask", LOGS).stdout.replace("\n", " ")
    assert "Le modèle de langage refuse l’accès" in told
    assert "Voici, à sa place, des extraits cités mot pour mot." in told
    assert "Le déployeur conserve les journaux du système pendant au moins six mois" in told
    answer = radiact.json("ask", LOGS)
    assert answer["mode"] == "extractive"
    assert "réponse 401" in answer["notice"]


def test_written_answers_are_measured(radiact: Commands, golden: Path) -> None:
    radiact.server.play(Script(text=write))
    run = radiact.json("evaluate", "--questions", str(golden), "--answerer", "llm")
    assert len(radiact.server.asked) == 3
    logs, fine, start = run["questions"]
    assert [one["written"] for one in (logs, fine, start)] == [False, True, True]
    assert [(one["sentences"], one["verified"]) for one in (fine, start)] == [(2, 1), (1, 1)]
    assert all(one["fact_told"] for one in (logs, fine, start))
    assert run["written"] == pytest.approx(2 / 3, abs=1e-4)
    said = sum(one["sentences"] for one in run["questions"])
    assert run["verified"] == pytest.approx((said - 1) / said, abs=1e-4)
    assert run["fact_told"] == run["citation_recall"] == run["citation_precision"] == 1


def test_quotes_are_measured_without_the_model(radiact: Commands, golden: Path) -> None:
    run = radiact.json("evaluate", "--questions", str(golden), "--answerer", "extractive")
    assert not radiact.server.requests
    assert not any(one["written"] for one in run["questions"])
    assert run["verified"] == 1
    assert run == {**radiact.json("evaluate", "--questions", str(golden), llm=False), **_timed(run)}


def test_model_is_compared_with_the_quotes(radiact: Commands, golden: Path) -> None:
    asked_of = ("evaluate", "--questions", str(golden))
    quotes = radiact(*asked_of, "--answerer", "extractive", "--json").stdout
    former = golden.with_name("extraits.json")
    former.write_text(quotes, encoding="utf-8")
    radiact.server.play(Script(text=write))
    told = radiact(*asked_of, "--against", str(former)).stdout  # as in the page: the model writes
    assert len(radiact.server.asked) == 3
    assert "| réponses rédigées par un modèle | 0,667 |" in told
    assert "| réponses rédigées par un modèle | 3 | 0,000 | 0,667 |" in told


@pytest.mark.parametrize(
    ("answerer", "status", "said"),
    [
        ("llm", 2, "Aucun modèle de langage n’est réglé"),
        ("perroquet", 2, "'extractive', 'llm'"),
    ],
)
def test_model_that_is_not_set_is_said(golden: Path, answerer: str, status: int, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rag", "evaluate", "--questions", golden, "--answerer", answerer],
        env={**os.environ, "RADIACT_LLM": ""},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status
    assert said in " ".join(done.stderr.split(" "))
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def _timed(run: dict[str, Any]) -> dict[str, Any]:
    """Give what no two measurements share."""
    return {name: run[name] for name in ("latency_ms", "questions")}
