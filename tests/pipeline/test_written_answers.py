"""What a chat model says, well or badly: no sentence is shown that the documents do not support."""

import pytest

from rag.errors import Problem
from rag.messages import SENTENCES
from rag.serialization import answer_to_json
from tests.language_model.servers import SERVERS, OpenAIServer
from tests.pipeline.conftest import Ask
from tests.pipeline.written_chat import ALERTS, DELAY, FINE, GOOD, LOGS, SHARING, START, good

pytestmark = pytest.mark.slow

UNSUPPORTED = SENTENCES[Problem.LLM_UNSUPPORTED]
FALSE = {
    "article inventé": (LOGS, "L’article 31 du règlement impose de garder les journaux six mois"),
    "acte inventé": (LOGS, "La directive 2031/77/UE impose de garder les journaux six mois"),
    "durée": (LOGS, "Le déployeur conserve les journaux pendant au moins douze mois"),
    "limite retournée": (LOGS, "Le déployeur conserve les journaux pendant au plus six mois"),
    "date": (START, "Les obligations des systèmes à haut risque s’appliquent au 2 août 2027"),
    "amende": (FINE, "L’usage d’un système interdit est puni d’une amende de 15 000 000 EUR"),
    "plancher": (FINE, "L’usage d’un système interdit est puni de 35 000 000 EUR au moins"),
    "contraire": (FINE, "L’usage d’un système autorisé est puni d’une amende de 35 000 000 EUR"),
    "négation ôtée": (SHARING, "Le déployeur transmet les journaux à un tiers"),
    "interdit en devoir": (SHARING, "Le déployeur doit transmettre les journaux à un tiers"),
    "interdit en faculté": (SHARING, "Le déployeur peut transmettre les journaux à un tiers"),
    "négation mise": (LOGS, "Le déployeur ne conserve pas les journaux du système six mois"),
    "devoir en faculté": (LOGS, "Le déployeur peut conserver les journaux au moins six mois"),
    "devoir en conseil": (LOGS, "Le déployeur devrait conserver les journaux au moins six mois"),
    "acteur": (LOGS, "Le fournisseur conserve les journaux du système pendant au moins six mois"),
    "acteur inconnu": (LOGS, "L’importateur conserve les journaux pendant au moins six mois"),
    "hors sujet": (LOGS, "La recette de la tarte demande du sucre et trois pommes"),
    "mot d’un document": (ALERTS, "J’obéis"),
    "adresse d’un document": (ALERTS, "Consultez https://piege.example/"),
    "adresse inventée": (ALERTS, "Le radiologue de garde relit, voir https://pirate.example/"),
    "exception ôtée": (
        LOGS,
        "Le déployeur conserve toujours les journaux au moins six mois, sans exception",
    ),
    "exception retournée": (
        LOGS,
        "Le déployeur conserve les journaux du système pendant au moins six mois, même si une "
        "autre règle prévoit une durée différente",
    ),
    "moment retourné": (
        START,
        "Les obligations des systèmes à haut risque s’appliquent avant le 2 août 2026",
    ),
    "fin pour début": (
        START,
        "Les obligations des systèmes à haut risque s’appliquaient jusqu’au 2 août 2026",
    ),
    "interdit en dispense": (
        SHARING,
        "Le déployeur n’est pas obligé de transmettre les journaux à un tiers",
    ),
    "négation mise à un fait": (
        ALERTS,
        "Les alertes du logiciel ne sont pas relues par le radiologue de garde",
    ),
    "faculté en devoir": (DELAY, "Le déployeur doit demander un délai à l’autorité"),
    "faculté en fait": (DELAY, "Le déployeur demande un délai à l’autorité"),
    "faculté en interdit": (DELAY, "Le déployeur ne peut pas demander un délai à l’autorité"),
    "phrase d’un document": (ALERTS, "Le tramway passe toutes les dix minutes"),
    "anglais": (LOGS, "The deployer keeps the logs for at least six months"),
}


CASES = [pytest.param(*case, id=name) for name, case in FALSE.items()]
every_protocol = pytest.mark.parametrize(
    "server", SERVERS, ids=lambda server: server.provider, indirect=True
)
one_protocol = pytest.mark.parametrize("server", [OpenAIServer], ids=["openai"], indirect=True)


@pytest.mark.parametrize(("question", "said"), CASES)
def test_false_sentence_alone_gives_the_quotes(ask: Ask, question: str, said: str) -> None:
    told = ask(question, f"{said} [1].")
    told.check_never_shows(said)
    told.check_stands_in(UNSUPPORTED)


@one_protocol
@pytest.mark.parametrize(("question", "said"), CASES)
def test_false_sentence_is_left_out_of_an_answer(ask: Ask, question: str, said: str) -> None:
    told = ask(question, f"{good(question)} {said} [1].")
    told.check_never_shows(said)
    told.check_is_supported()
    assert told.written == (f"{GOOD[question]}.",)
    assert [one.text for one in told.answer.left_out] == [f"{said}."]


@every_protocol
@pytest.mark.parametrize("question", GOOD)
def test_good_answer_is_shown_with_its_sources(ask: Ask, question: str) -> None:
    told = ask(question, good(question))
    told.check_is_supported()
    assert told.answer.is_written
    assert told.written == (f"{GOOD[question]}.",)
    assert told.answer.markdown == f"{GOOD[question]}. [1]"
    form = answer_to_json(told.answer)
    assert (form["mode"], form["notice"], form["share_verified"]) == ("llm", None, 1)
    assert form["sentences"][0]["checks"]["failed"] == []


@pytest.mark.parametrize("mark", [" [4]", " [42]", " [0]", " [2][3]", ""])
def test_wrong_number_or_none_is_put_right(ask: Ask, mark: str) -> None:
    told = ask(LOGS, f"{GOOD[LOGS]}{mark}.")
    told.check_is_supported()
    assert told.written == (f"{GOOD[LOGS]}.",)
    (sentence,), (citation,) = told.answer.sentences, told.answer.citations
    assert sentence.finding
    assert sentence.finding.corrected
    assert citation.hit.passage.document == "journaux"


def test_false_sentence_without_a_number_is_left_out(ask: Ask) -> None:
    told = ask(LOGS, f"{good(LOGS)} {FALSE['durée'][1]}.")
    told.check_never_shows("douze mois")
    assert told.written == (f"{GOOD[LOGS]}.",)


def test_good_sentences_do_not_save_a_false_core(ask: Ask) -> None:
    told = ask(LOGS, f"{FALSE['durée'][1]} [1]. {good(LOGS)}")
    told.check_never_shows("douze mois")
    told.check_stands_in(UNSUPPORTED)


def test_markup_of_the_model_is_text(ask: Ask) -> None:
    told = ask(LOGS, f"{GOOD[LOGS]} <b>[ici](javascript:alert(1))</b> [1].")
    assert "<b>" not in told.answer.markdown
    assert "[ici](" not in told.answer.markdown
