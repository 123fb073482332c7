"""Data of patients at the command line; the number is invented."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

DATUM = "1 85 05 78 006 084 91"


@pytest.mark.parametrize("options", [(), ("--json",), ("--explain",)])
def test_question_is_refused_with_its_masked_form(options: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rag", "ask", f"peut-on envoyer {DATUM} à l’IA", *options],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "un numéro de sécurité sociale" in done.stderr
    assert "peut-on envoyer [numéro de sécurité sociale] à l’IA" in done.stderr
    assert DATUM not in done.stderr
    assert "Traceback" not in done.stderr


def test_earlier_question_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rag", "ask", "et lui", "--history", "ddn 12/03/1954"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert "Une question précédente semble contenir une date de naissance" in done.stderr
    assert "1954" not in done.stderr
