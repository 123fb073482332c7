"""``radiact sources`` on a site of this machine, with the embedded encoder."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.cli import main
from rag.cli.console import output
from tests.factories import write_notice
from tests.sources.catalogues import make_entry, write_catalogue
from tests.sources.site import Site, act, page, status

pytestmark = pytest.mark.slow


@dataclass
class Done:
    returncode: object
    stdout: str
    stderr: str


class Command:
    """Runs ``radiact`` in this process, on a data folder."""

    def __init__(self, folder: Path) -> None:
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.environment = {
            "RADIACT_DATA_DIR": str(folder / "data"),
            "RADIACT_DOCUMENTS_DIR": str(self.documents),
            "RADIACT_ALLOW_PRIVATE_SOURCES": "1",
            "no_proxy": "127.0.0.1",
        }

    def __call__(self, *arguments: str, **more: str) -> Done:
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name, value in {**self.environment, **more}.items():
                patch.setitem(os.environ, name, value)
            patch.setattr(sys, "argv", ["radiact", *arguments])
            patch.setattr(output, "width", 200)
            with pytest.raises(SystemExit) as left:
                main()
        return Done(left.value.code or 0, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def radiact(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Command:
    """Runs on a folder whose catalogue names a text, one that is lost, one for browsers."""
    command = Command(tmp_path_factory.mktemp("sources"))
    write_catalogue(
        command.documents,
        make_entry(
            "32024R1689",
            address=site.serve("/ia", page(act())),
            title="Règlement [/essai]",
            status="modifie",
            published="2024-07-12",
        ),
        make_entry("perdu", address=site.serve("/perdu", status(404))),
        make_entry("csp", address="https://exemple.fr/", access="manuel", note="Page 3."),
    )
    return command


@pytest.fixture(scope="module")
def pulled(radiact: Command) -> dict[str, Any]:
    done = radiact("sources", "pull", "--json")
    assert done.returncode == 1, done.stderr
    return dict(json.loads(done.stdout))


def test_pull_reports_each_text(pulled: dict[str, Any]) -> None:
    counts = {name: value for name, value in pulled.items() if name != "sources"}
    assert counts == {"downloaded": 1, "updated": 0, "unchanged": 0, "failed": 1, "manual": 1}
    texts = {source["id"]: source for source in pulled["sources"]}
    assert texts["32024R1689"]["document"]["outcome"] == "added"
    assert texts["32024R1689"]["reason"] is None
    assert "404" in texts["perdu"]["reason"]
    assert "radiact sources pull csp --file" in texts["csp"]["reason"]


def test_pull_of_one_text_says_so_and_exits_with_0(
    radiact: Command, pulled: dict[str, Any]
) -> None:
    done = radiact("sources", "pull", "32024R1689")
    assert done.returncode == 0
    assert "inchangé\N{NO-BREAK SPACE}: 32024R1689" in done.stdout
    assert done.stderr == ""


def test_pulled_text_answers(radiact: Command, pulled: dict[str, Any]) -> None:
    done = radiact("ask", "combien de temps garder les journaux de l’IA ?", "--json")
    (citation,) = json.loads(done.stdout)["citations"]
    assert (citation["document"], citation["anchor"]) == ("32024R1689", "art_1")


def test_list_tells_what_is_here(radiact: Command, pulled: dict[str, Any]) -> None:
    texts = {text["id"]: text for text in json.loads(radiact("sources", "list", "--json").stdout)}
    assert texts["32024R1689"]["installed"]
    assert texts["32024R1689"]["status"] == "modifie"
    assert texts["32024R1689"]["checked"] == texts["32024R1689"]["fetched_at"][:10]
    assert not texts["perdu"]["installed"]
    assert texts["csp"]["access"] == "manuel"
    shown = radiact("sources", "list").stdout
    assert "indexé" in shown
    assert "Modifié" in shown


def test_text_saved_by_hand_is_taken(
    radiact: Command, pulled: dict[str, Any], tmp_path: Path
) -> None:
    saved = tmp_path / "page.html"
    saved.write_text("<p>Le médecin tient les journaux de l’IA.</p>", encoding="utf-8")
    done = radiact("sources", "pull", "csp", "--file", str(saved))
    assert done.returncode == 0
    assert "téléchargé" in done.stdout
    assert radiact("sources", "pull", "--file", str(saved)).returncode == 2


def test_unknown_text_and_bad_catalogue_exit_with_2(
    radiact: Command, pulled: dict[str, Any], tmp_path: Path
) -> None:
    done = radiact("sources", "pull", "inconnu")
    assert done.returncode == 2
    assert "inconnu" in done.stderr
    write_catalogue(tmp_path, make_entry(kind="roman"))
    done = radiact("sources", "list", RADIACT_DOCUMENTS_DIR=str(tmp_path))
    assert done.returncode == 2
    assert "kind" in done.stderr
    assert "Traceback" not in done.stderr


def test_documents_show_their_status_and_age(radiact: Command, pulled: dict[str, Any]) -> None:
    documents = json.loads(radiact("documents", "list", "--json").stdout)
    (document,) = [entry for entry in documents if entry["id"] == "32024R1689"]
    assert document["age_days"] == 0
    shown = radiact("documents", "list").stdout
    assert "Modifié" in shown
    assert "il y a 0" in shown
    assert "Règlement [/essai]" in shown


def test_check_lists_documents_to_check_again(tmp_path: Path) -> None:
    command = Command(tmp_path)
    old = write_notice(command.documents, "ancienne", "Une notice ancienne.")
    old.write_text(
        old.read_text("utf-8").replace("---\nid", "---\nchecked: 2020-01-01\nid"), "utf-8"
    )
    write_notice(command.documents, "sans-date", "Une notice jamais vérifiée.")
    assert command("ingest").returncode == 0
    report = json.loads(command("sources", "check", "--json").stdout)
    assert report["older_than_days"] == 90
    (overdue,) = report["overdue"]
    assert (overdue["id"], overdue["checked"]) == ("ancienne", "2020-01-01")
    assert overdue["age_days"] > 90
    assert [entry["id"] for entry in report["unchecked"]] == ["sans-date"]
    patient = command("sources", "check", RADIACT_CHECK_AFTER_DAYS="60000")
    assert patient.returncode == 0
    assert "Aucun" in patient.stdout
    assert "sans-date" in patient.stdout
