import json

import pytest

from rag.cli.answers import print_answer
from rag.config import Settings
from rag.messages import NBSP
from rag.pipeline import Assistant
from rag.serialization import answer_to_json
from rag.types import Answer
from tests.factories import write_notice

pytestmark = pytest.mark.slow

QUESTION = "Combien de temps conserver les journaux de l’IA ?"
LOGS = "Le déployeur conserve les journaux de l’IA au moins six mois."
OTHERS = (
    "Le fournisseur conserve les journaux de l’IA dix ans.",
    "L’amende atteint quinze millions d’euros.",
    "Le fournisseur tient une documentation technique.",
    "Le patient est informé de l’usage de l’IA.",
)
NEWS = """---
id: news-journaux
title: Thema Radiologie
kind: actualite
published: 2025-10-07
---
# Les journaux

{body}
"""


def ask(settings: Settings, *, news: str) -> Answer:
    """Ask of a notice, of an item of news, and of others; with the encoder that is shipped."""
    folder = settings.documents_dir
    write_notice(folder, "journaux", LOGS, title="Les journaux")
    for number, body in enumerate(OTHERS):
        write_notice(folder, f"autre-{number}", body, title="Autre chose")
    (folder / "news.md").write_text(NEWS.format(body=news), encoding="utf-8")
    assistant = Assistant.open(settings)
    assistant.ingest()
    answer = assistant.ask(QUESTION)
    assert {"journaux", "news-journaux"} <= {one.hit.passage.document for one in answer.citations}
    return answer


def test_notice_and_older_news_that_disagree_are_told_with_their_dates(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(
        settings, news="Les journaux de l’IA sont conservés un an au moins par le déployeur."
    )
    (told,) = json.loads(json.dumps(answer_to_json(answer)))["contradictions"]
    assert told["remark"].replace(NBSP, " ") == (
        "Ces sources ne concordent pas : « Les journaux » (notice, 23 novembre 2026) dit "
        "« au moins six mois » ; « Thema Radiologie » (actualité, 7 octobre 2025) dit "
        "« un an au moins ». La plus récente l’emporte sans doute ; vérifiez le texte officiel."
    )
    assert told["claims"] == [
        {"document": "journaux", "date": "2026-11-23", "words": "au moins six mois"},
        {"document": "news-journaux", "date": "2025-10-07", "words": "un an au moins"},
    ]
    assert (told["settled_by"], told["citations"]) == ("recent", [1, 2])
    quotes = {citation.quote for citation in answer.citations}
    assert {LOGS, "Les journaux de l’IA sont conservés un an au moins par le déployeur."} <= quotes
    print_answer(answer)
    printed = " ".join(capsys.readouterr().out.replace(NBSP, " ").split())
    assert "Sources 1 et 2 — Ces sources ne concordent pas" in printed


def test_sources_that_agree_are_told_nothing_of(settings: Settings) -> None:
    answer = ask(
        settings, news="Les journaux de l’IA sont conservés six mois au moins par le déployeur."
    )
    assert answer.contradictions == ()
    assert "contradictions" not in answer_to_json(answer)
