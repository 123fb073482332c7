"""``radiact feedback``: what readers think of the answers, read on the machine that keeps it."""

import csv
import io
import json
import os
import sys
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rag.cli import main
from rag.register import Register
from rag.types import Feedback, QuotedSource, Verdict

QUOTE = "Les journaux sont gardés six mois."


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    register = Register(f"sqlite:///{tmp_path / 'register.sqlite'}")
    register.feedback.record(
        Feedback(
            key="a",
            given_at=datetime(2026, 11, 28, 9, 30, tzinfo=UTC),
            question="Combien [bold] de temps ?",
            as_of=date(2026, 11, 28),
            abstained=False,
            verdict=Verdict.INACCURATE,
            comment="=HYPERLINK(1); c’est cinq ans",
            citations=(QuotedSource(document="loi", anchor="art_1", version=3, quote=QUOTE),),
            program="0.1.0",
        )
    )
    register.close()
    return tmp_path


def radiact(data_dir: Path, *arguments: str) -> str:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.setitem(os.environ, "RADIACT_DATA_DIR", str(data_dir))
        patch.setattr(sys, "argv", ["radiact", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
    assert not left.value.code
    return out.getvalue()


def test_verdicts_are_listed(data_dir: Path) -> None:
    told = radiact(data_dir, "feedback", "list")
    assert "Inexact" in told
    assert "[bold]" in told


@pytest.mark.parametrize("command", ["list", "export"])
def test_verdicts_are_given_in_json(data_dir: Path, command: str) -> None:
    (given,) = json.loads(radiact(data_dir, "feedback", command, "--json"))
    assert given == {
        "given_at": "2026-11-28T09:30:00+00:00",
        "question": "Combien [bold] de temps ?",
        "as_of": "2026-11-28",
        "abstained": False,
        "verdict": "inexact",
        "comment": "=HYPERLINK(1); c’est cinq ans",
        "citations": [{"document": "loi", "anchor": "art_1", "version": 3, "quote": QUOTE}],
        "program": "0.1.0",
    }


def test_spreadsheet_computes_nothing_of_a_comment(data_dir: Path) -> None:
    exported = radiact(data_dir, "feedback", "export")
    header, line = csv.reader(io.StringIO(exported), delimiter=";")
    given = dict(zip(header, line, strict=True))
    assert given["commentaire"] == "'=HYPERLINK(1); c’est cinq ans"
    assert given["avis"] == "Inexact"
    assert QUOTE in given["sources"]


def test_no_verdict_is_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(radiact(tmp_path, "feedback", "list", "--json")) == []
