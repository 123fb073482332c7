from dataclasses import fields
from pathlib import Path

import pytest

from rag.config import Settings
from rag.errors import ConfigurationError
from tests.conftest import REPOSITORY


def test_defaults_serve_on_this_machine_only_and_offline() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.offline) == ("127.0.0.1", 7860, True)
    assert Path(settings.embedding_model).name == "radiact-minilm-fr"
    assert settings.reranker == ""


def test_reranker_is_read_from_the_environment() -> None:
    assert Settings.from_environment({"RADIACT_RERANKER": " un/modele "}).reranker == "un/modele"


def test_environment_overrides_defaults() -> None:
    settings = Settings.from_environment(
        {"RADIACT_DATA_DIR": "/srv/radiact", "RADIACT_PORT": "8080", "RADIACT_OFFLINE": "non"}
    )
    assert (settings.data_dir, settings.port, settings.offline) == (
        Path("/srv/radiact"),
        8080,
        False,
    )
    assert settings.register_url == "sqlite:////srv/radiact/register.sqlite"


def test_database_url_replaces_sqlite() -> None:
    url = "postgresql+psycopg://hopital/radiact"
    assert Settings.from_environment({"RADIACT_DATABASE_URL": url}).register_url == url


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("0.5", 0.5), ("2,5", 2.5)])
def test_limits_of_the_language_model_are_seconds(text: str, seconds: float) -> None:
    assert Settings.from_environment({"RADIACT_LLM_SECONDS": text}).llm_seconds == seconds


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("RADIACT_PORT", "http"),
        ("RADIACT_PORT", "70000"),
        ("RADIACT_OFFLINE", "peut-être"),
        ("RADIACT_LLM_SECONDS", "longtemps"),
        ("RADIACT_LLM_SECONDS", "0"),
        ("RADIACT_LLM_SECONDS", "nan"),
        ("RADIACT_LLM_FIRST_TOKEN_SECONDS", "inf"),
    ],
)
def test_unusable_value_is_named(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Settings.from_environment({variable: value})
    assert raised.value.details == {"variable": variable, "value": value}


def test_every_setting_is_documented_once() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    for setting in fields(Settings):
        assert readme.count(f"| `RADIACT_{setting.name.upper()}`") == 1
