import io

import pytest
from rich.console import Console

from rag.cli import console
from rag.cli.console import progress_bar


def shown(monkeypatch: pytest.MonkeyPatch, *steps: tuple[str, int, int]) -> str:
    screen = io.StringIO()
    monkeypatch.setattr(console, "errors", Console(file=screen, force_terminal=True, width=120))
    with progress_bar() as progress:
        for step in steps:
            progress(*step)
    return screen.getvalue()


def test_every_phase_has_its_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown(
        monkeypatch,
        ("Ouverture des index", 0, 0),
        ("Encodage des passages", 64, 128),
        ("Questions", 3, 20),
    )
    for said in ("Ouverture des index", "0/?", "Encodage", "64/128", "Questions", "3/20"):
        assert said in screen


def test_bar_starts_again_with_the_next_set(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown(monkeypatch, ("Questions", 20, 20), ("Questions", 1, 80))
    assert "1/80" in screen
    assert screen.count("Questions", screen.index("1/80")) <= 1
