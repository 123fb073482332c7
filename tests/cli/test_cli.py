"""The commands as a user runs them, in processes of their own, with the embedded encoder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag.cli.app import app
from rag.messages import NBSP
from tests.conftest import REPOSITORY
from tests.cross_encoders import make_cross_encoder
from tests.exports.opened import word_text
from tests.factories import write_notice

pytestmark = pytest.mark.slow


class Command:
    """Runs ``python -m rag`` on a data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.environment = {
            **os.environ,
            "RADIACT_DATA_DIR": str(folder / "data"),
            "RADIACT_DOCUMENTS_DIR": str(self.documents),
        }

    def __call__(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "rag", *arguments],
            env={**self.environment, **more},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=300,
        )


@pytest.fixture(scope="module")
def radiact(tmp_path_factory: pytest.TempPathFactory) -> Command:
    command = Command(tmp_path_factory.mktemp("cli"))
    write_notice(
        command.documents,
        "journaux",
        "Le déployeur conserve les journaux de l’IA au moins six mois.",
    )
    assert command("ingest").returncode == 0
    return command


def test_ask_prints_the_answer_with_its_citation(radiact: Command) -> None:
    done = radiact("ask", "combien de temps faut garder les journaux de l'ia")
    assert done.returncode == 0
    assert "au moins six mois. [1]" in done.stdout
    assert "[1] Notice d’essai" in done.stdout
    assert done.stderr == ""


def test_abstention_shows_the_nearest_passages(radiact: Command) -> None:
    done = radiact("ask", "recette de la tarte tatin pour huit personnes")
    assert done.returncode == 0
    assert "Je ne trouve pas de réponse" in done.stdout
    assert "- Notice d’essai" in done.stdout


def test_ask_json_follows_the_contract(radiact: Command) -> None:
    answer = json.loads(radiact("ask", "qui conserve les journaux ?", "--json").stdout)
    assert set(answer) == {
        "question", "understood", "answer", "abstained", "reason", "as_of", "mode", "sentences",
        "citations", "hits", "suggestions", "timings_ms", "notice", "share_verified",
    }  # fmt: skip
    (citation,) = answer["citations"]
    assert set(citation) == {
        "n", "document", "title", "publisher", "kind", "language", "published", "reference",
        "anchor", "page", "url", "quote", "start", "end", "sha256", "warnings",
    }  # fmt: skip
    assert citation["document"] == "journaux"
    assert citation["language"] == "fr"
    assert answer["understood"] is None
    assert answer["hits"][0]["covers"] == ["32024R1689#art_26"]
    assert answer["sentences"][0] == {
        "text": "Le déployeur conserve les journaux de l’IA au moins six mois.",
        "citations": [1],
        "verified": True,
        "context": "",
        "emphasis": [[0, len("Le déployeur")]],
        "checks": None,
    }


def test_ask_says_how_it_understood_the_question(radiact: Command) -> None:
    done = radiact("ask", "qui conserve les journuax de l ia ?")
    first, blank, *_ = done.stdout.splitlines()
    assert first == f"Question comprise{NBSP}: Qui conserve les journaux de l'ia{NBSP}?"
    assert not blank


def test_ask_takes_a_date_and_a_history(radiact: Command) -> None:
    done = radiact(
        "ask", "et au moins ?", "--as-of", "2025-06-01", "--json",
        "--history", "Combien de temps le déployeur conserve-t-il les journaux ?",
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert answer["as_of"] == "2025-06-01"
    assert answer["understood"].endswith(f"les journaux{NBSP}? Et au moins{NBSP}?")
    assert answer["citations"][0]["document"] == "journaux"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", ""), "La question est vide"),
        (("ask", "x" * 10_000), "trop longue"),
        (("ask", "Quoi ?", "--as-of", "demain"), "Date inutilisable"),
        (("ask", "Quoi ?", "--kind", "roman"), "reglement, loi"),
        (("inconnue",), "inconnue"),
        (("evaluate",), "--questions"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(
    radiact: Command, arguments: tuple[str, ...], said: str
) -> None:
    done = radiact(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_model_is_unusable_configuration(radiact: Command) -> None:
    done = radiact("ask", "Quoi ?", RADIACT_EMBEDDING_MODEL="modele/absent")
    assert done.returncode == 2
    assert "RADIACT_EMBEDDING_MODEL" in done.stderr


def test_absent_reranker_is_unusable_configuration(radiact: Command) -> None:
    done = radiact("ask", "Quoi ?", RADIACT_RERANKER="modele/absent")
    assert done.returncode == 2
    assert "RADIACT_RERANKER" in done.stderr
    assert "Traceback" not in done.stderr


def test_score_of_a_reranker_is_explained(radiact: Command, tmp_path: Path) -> None:
    model = make_cross_encoder(tmp_path / "modele")
    question = ("ask", "combien de temps faut garder les journaux de l'ia", "--explain")
    done = radiact(*question, "--json", RADIACT_RERANKER=str(model))
    assert done.returncode == 0
    assert done.stderr == ""
    told = json.loads(done.stdout)
    contributions = told["hits"][0]["explanation"]["contributions"]
    assert any(part["signal"] == "reranker" and 0 < part["raw"] < 1 for part in contributions)
    assert "reclassement" not in radiact(*question).stdout


def test_failed_file_is_named_and_exits_with_1(radiact: Command, tmp_path: Path) -> None:
    (tmp_path / "vide.txt").touch()
    (tmp_path / "bon.txt").write_text("Le contrôle humain est confié à des personnes formées.")
    done = radiact("ingest", str(tmp_path), "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert (report["added"], report["failed"]) == (1, 1)
    failed = next(file for file in report["files"] if file["outcome"] == "failed")
    assert failed["path"].endswith("vide.txt")
    assert failed["reason"] == "Fichier vide."


def test_documents_are_listed_shown_and_removed(radiact: Command, tmp_path: Path) -> None:
    path = write_notice(tmp_path, "a-retirer", "Une notice de passage.")
    radiact("ingest", str(path))
    listed = json.loads(radiact("documents", "list", "--json").stdout)
    assert {"a-retirer", "journaux"} <= {document["id"] for document in listed}
    shown = json.loads(radiact("documents", "show", "a-retirer", "--json").stdout)
    assert shown["texts"][0]["text"] == "Une notice de passage."
    assert radiact("documents", "remove", "a-retirer").returncode == 0
    assert radiact("documents", "show", "a-retirer").returncode == 1
    assert radiact("documents", "remove", "inconnu").returncode == 1


def test_index_is_checked_and_rebuilt(radiact: Command) -> None:
    assert json.loads(radiact("index", "check", "--json").stdout)["sound"]
    assert json.loads(radiact("index", "rebuild", "--json").stdout)["missing"] == 0


def test_doctor_sees_nothing_leave_the_machine(radiact: Command) -> None:
    diagnosis = json.loads(radiact("doctor", "--json").stdout)
    assert diagnosis["connections_outside"] == []
    assert diagnosis["documents"] >= 1
    assert diagnosis["model"]["fingerprint"]
    assert diagnosis["sound"]


def test_evaluate_prints_one_object(radiact: Command, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"id": "a", "question": "qui conserve les journaux ?", "history": [], '
        '"answerable": true, "relevant": ["32024R1689#art_26"]}\n'
    )
    result = json.loads(radiact("evaluate", "--questions", str(questions), "--json").stdout)
    assert result["recall@1"] == 1
    assert result["questions"][0]["hits"][0] == "journaux#texte"


def test_every_command_is_documented() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    commands = (
        "serve", "ingest", "ask", "documents list", "documents show", "documents remove",
        "sources list", "sources pull", "sources check", "index check", "index rebuild",
        "evaluate", "doctor",
    )  # fmt: skip
    for command in commands:
        assert f"radiact {command}" in readme
        assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0


def test_ask_is_narrowed_and_explained(radiact: Command) -> None:
    question = ("ask", "qui conserve les journaux ?", "--kind", "notice", "--publisher", "radiact")
    answer = json.loads(radiact(*question, "--explain", "--json").stdout)
    assert answer["filters"] == {"kinds": ["notice"], "publishers": ["radiact"]}
    assert answer["hits"][0]["explanation"]["contributions"]
    done = radiact(*question, "--document", "absent", "--explain")
    assert done.returncode == 0
    assert "ne laissent aucun document" in done.stdout
    assert "Pourquoi ces passages" in done.stdout


def test_answer_is_exported(radiact: Command, tmp_path: Path) -> None:
    question = ("ask", "combien de temps faut garder les journaux de l'ia", "--export")
    done = radiact(*question, str(tmp_path / "réponse.docx"), "--json")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert "Réponse exportée" in done.stderr
    told = word_text((tmp_path / "réponse.docx").read_bytes())
    assert answer["citations"][0]["quote"] in told
    assert answer["citations"][0]["sha256"] in told
    assert "radiact-minilm-fr" in told
    refused = radiact(*question, "réponse.odt")
    assert refused.returncode == 2
    assert f"Format d’export inconnu{NBSP}:" in refused.stderr
