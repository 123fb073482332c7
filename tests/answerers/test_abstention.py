from dataclasses import replace

import pytest

from rag.answerers.abstention import (
    DECLINED,
    NOTHING_CLOSE,
    NOTHING_INDEXED,
    judge,
    partial_reason,
    unstated_reason,
)
from rag.answerers.confidence import Feature, Model, features_of, shipped_model
from rag.out_of_scope import Reason
from rag.types import DraftSentence, Resemblance
from tests.factories import make_hit, make_query

QUESTION = make_query("Combien de temps garder les journaux ?")
NEAR, FAR = make_hit("Les journaux.", contrast=8, coverage=0.9), make_hit("Rien.", contrast=-1)


def resembling(reason: str, contrast: float, *, is_told: bool = True) -> Resemblance:
    return Resemblance(reason=reason, contrast=contrast, tokens=0.8, is_told=is_told)


def test_what_is_close_is_answered_and_what_is_not_is_declined() -> None:
    near = judge(QUESTION, [NEAR])
    far = judge(QUESTION, [replace(FAR, coverage=0.0)])
    assert near.reason is None
    assert far.reason == NOTHING_CLOSE
    assert near.confidence > shipped_model().least > far.confidence


def test_nothing_indexed_is_told() -> None:
    assert judge(QUESTION, []).reason == NOTHING_INDEXED


def test_unit_that_the_question_names_is_always_given() -> None:
    assert judge(QUESTION, [replace(FAR, reference="article 26")]).reason is None


def test_word_whose_meaning_is_asked_is_always_given() -> None:
    entry = make_hit("Il réalise les examens.", contrast=-1, headings=("Manipulateur (MERM)",))
    assert judge(make_query("MERM signification"), [entry]).reason is None
    assert judge(make_query("Que signifie PCCP ?"), [replace(entry, coverage=0.0)]).reason


@pytest.mark.parametrize("reason", list(Reason))
def test_reason_is_that_of_the_examples_that_the_question_resembles(reason: Reason) -> None:
    query = replace(QUESTION, resemblance=resembling(reason.value, 9))
    assert judge(query, [replace(FAR, coverage=0.0)]).reason == DECLINED[reason]


def test_reason_that_no_word_of_the_question_tells_is_not_given() -> None:
    query = replace(QUESTION, resemblance=resembling("redaction", 9, is_told=False))
    assert judge(query, [replace(FAR, coverage=0.0)]).reason == NOTHING_CLOSE


def test_question_nearer_to_the_texts_than_to_the_examples_is_only_said_to_be_unanswered() -> None:
    query = replace(QUESTION, resemblance=resembling("clinique", 6))
    hit = replace(FAR, coverage=0.0, contrast=7.0)
    assert judge(query, [hit]).reason == NOTHING_CLOSE
    assert judge(query, [replace(hit, contrast=5.0)]).reason == DECLINED["clinique"]


def test_resembling_what_is_declined_lowers_the_confidence() -> None:
    query = replace(QUESTION, resemblance=resembling("clinique", 9))
    assert judge(query, [NEAR]).confidence < judge(QUESTION, [NEAR]).confidence


def test_what_only_asks_is_never_said_to_be_missing() -> None:
    query = make_query("Combien de temps le déployeur garde-t-il le dosimètre ?")
    (hit,) = (make_hit("Le déployeur garde les journaux."),)
    quoted = DraftSentence(text=hit.passage.text, hit=hit, start=0, end=hit.passage.end)
    assert partial_reason(query, [quoted]).replace("\N{NO-BREAK SPACE}", " ") == (
        "Réponse partielle : les passages cités ne parlent pas de « dosimètre »."
    )


def test_answer_of_middling_confidence_is_partial() -> None:
    model = replace(shipped_model(), least=0.0, whole=1.0)
    assert judge(QUESTION, [NEAR], model).is_partial
    assert not judge(QUESTION, [NEAR], replace(model, whole=0.0)).is_partial


def test_feature_that_is_not_known_counts_for_nothing() -> None:
    one = {Feature.CONTRAST: 2.0}
    model = Model(
        intercept=0.0,
        mean=one,
        scale=one,
        coefficient={Feature.CONTRAST: 3.0},
        least=0.5,
        whole=0.7,
    )
    assert model.probability({}) == 0.5
    assert model.probability({Feature.CONTRAST: 4.0}) > 0.9


def test_features_left_out_are_those_that_nothing_tells() -> None:
    assert set(features_of(QUESTION, [NEAR])) == {Feature.CONTRAST, Feature.COVERAGE}
    query = replace(QUESTION, resemblance=resembling("absent", 1))
    hit = replace(NEAR, described=3.0)
    assert features_of(query, [hit])[Feature.DESCRIBED] == 3
    assert features_of(query, [hit])[Feature.OUTSIDE] == 1


def test_partial_answer_says_what_nothing_speaks_of() -> None:
    quoted = DraftSentence(text=NEAR.passage.text, hit=NEAR, start=0, end=13)
    query = make_query("Combien de temps garder les journaux de l’échographe ?")
    assert "« garder », « échographe »." in partial_reason(query, [quoted])
    assert "sans répondre à tout" in partial_reason(make_query("Les journaux ?"), [quoted])


def test_answer_without_the_date_asked_says_so() -> None:
    def reason(question: str, text: str) -> str | None:
        quoted = DraftSentence(text=text, hit=NEAR, start=0, end=len(text))
        return unstated_reason(make_query(question), [quoted])

    undated = "Le déployeur forme son personnel."
    assert "ne donnent pas la date" in str(reason("Depuis quand former ?", undated))
    assert "ne donnent pas la durée" in str(reason("Combien de temps former ?", undated))
    assert reason("Depuis quand former ?", "Depuis le 2 février 2025.") is None
    assert reason("Quand faut-il former ?", undated) is None


def test_name_of_the_act_that_is_quoted_is_not_said_to_be_missing() -> None:
    act = replace(NEAR, metadata=replace(NEAR.metadata, id="32024R1689"))
    quoted = DraftSentence(text="Les sanctions.", hit=act, start=0, end=14)
    assert "Act" not in partial_reason(make_query("Les sanctions de l’AI Act ?"), [quoted])


def test_number_of_other_things_than_asked_is_said_to_be_missing() -> None:
    def missing(text: str) -> str | None:
        quoted = DraftSentence(text=text, hit=NEAR, start=0, end=len(text))
        return unstated_reason(make_query("Combien d’agents compte la CNIL ?"), [quoted])

    assert "le nombre" in (missing("La série de la CNIL compte 13 fiches.") or "")
    assert missing("La CNIL emploie 270 agents.") is None
