from dataclasses import replace

import pytest

from rag.config import Settings
from rag.explanations import explain
from rag.messages import NBSP, SIGNALS
from rag.pipeline import Assistant
from rag.ranking import Signal
from rag.serialization import answer_to_json
from rag.types import Filters, Hit, Kind, ScorePart
from tests.conftest import TokenEncoder
from tests.factories import make_hit, write_notice

PARTS = (
    ScorePart(signal="words", raw=0.6, value=0.5, weight=0.2),
    ScorePart(signal="tokens", raw=0.6, value=1.0, weight=0.25),
)


def hit_of(**changes: object) -> Hit:
    hit = replace(make_hit("Les journaux."), parts=PARTS, authority=0.9, score=0.315)
    return replace(hit, **changes)


def test_every_signal_has_a_french_name() -> None:
    assert set(SIGNALS) == {signal.value for signal in Signal}


def test_contributions_add_up_to_the_score() -> None:
    explanation = explain(hit_of())
    assert [part.name for part in explanation.contributions] == ["mot à mot", "mots"]
    assert explanation.total * explanation.authority * explanation.validity == pytest.approx(0.315)
    assert explanation.factors == f"autorité ×{NBSP}0,90, validité ×{NBSP}1,00"
    assert explanation.notes == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reference": "art. 26", "score": 1.0}, "« art. 26 »"),
        ({"instead_of": "ancien#art_1", "score": 0.5}, "à la place de ancien#art_1"),
        ({"explained_by": "notice#un"}, "Texte de droit qu’explique notice#un"),
        ({"replaced_by": "nouveau#art_1"}, "nouveau#art_1, passe devant"),
        ({"score": 0.6}, "Score du passage trouvé dont il prend la place"),
        ({"parts": (), "score": 0.0}, "La recherche ne l’a pas noté"),
    ],
)
def test_what_else_gave_a_passage_its_place_is_said(changes: dict[str, object], said: str) -> None:
    notes = explain(hit_of(**changes)).notes
    assert any(said in note.replace(NBSP, " ") for note in notes)


def test_real_scores_are_explained_in_json(settings: Settings) -> None:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    write_notice(settings.documents_dir, "amendes", "L’amende atteint quinze millions d’euros.")
    assistant = Assistant.open(settings, encoder=TokenEncoder())
    assistant.ingest()
    answer = assistant.ask("qui garde les journaux ?", filters=Filters(kinds=(Kind.NOTICE,)))
    plain, explained = answer_to_json(answer), answer_to_json(answer, explained=True)
    assert plain["filters"] == {"kinds": ["notice"]}
    assert not any("explanation" in hit for hit in plain["hits"])
    for hit in explained["hits"]:
        told = hit["explanation"]
        added = sum(part["contribution"] for part in told["contributions"])
        assert hit["score"] == pytest.approx(added * told["authority"] * told["validity"], abs=1e-3)
    assert "filters" not in answer_to_json(assistant.ask("qui garde les journaux ?"))
