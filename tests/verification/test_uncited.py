"""Sentences as a small model writes them: it cites nothing, repeats the question, speaks of itself.

Those here were written by Qwen2.5-Coder 1.5B, asked the common questions.
"""

import pytest

from rag.config import EMBEDDED_MODEL
from rag.embeddings import SentenceEncoder
from rag.types import Check, WrittenSentence
from rag.verification import Proof, Verifier
from tests.factories import make_hit

PASSAGES = (
    "Ni la garantie humaine ni l’article 14 n’imposent une double lecture des images médicales.",
    "Le règlement IA (AI Act) n’impose pas deux lecteurs humains en dépistage par mammographie.",
    "L’article L. 4001-3 demande une information du patient, et non un consentement signé.",
    "Le déployeur garde les journaux (logs) de l’IA placés sous son contrôle au moins six mois.",
    "La classification d’un système d’IA comme étant à haut risque n’est pas mise en question.",
)
DENIED = "Oui, le règlement IA (AI Act) impose deux lecteurs humains en dépistage par mammographie."


@pytest.fixture(scope="module")
def proof() -> Proof:
    hits = [make_hit(text, id=f"notice#{place}") for place, text in enumerate(PASSAGES)]
    return Verifier(SentenceEncoder(str(EMBEDDED_MODEL))).read([(hit,) for hit in hits])


def verified(sentence: WrittenSentence) -> bool:
    return sentence.finding.is_verified


@pytest.mark.parametrize(
    "text",
    [
        DENIED,
        "Il doit signer un consentement alors.",
        "La question est incorrecte.",
        "Il existe des questions qui ne répondent pas aux passages donnés.",
        "Cependant, il est important de noter que cette réponse dépend de l’usage réel.",
        "Oui.",
        "Réponse :",
    ],
)
def test_sentence_that_cites_nothing_and_that_nothing_says_finds_no_source(
    proof: Proof, text: str
) -> None:
    assert not verified(proof.check(text, ()))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Le règlement IA n’impose pas deux lecteurs humains en dépistage par mammographie.", 1),
        ("Le déployeur garde les journaux de l’IA placés sous son contrôle au moins six mois.", 3),
    ],
)
def test_sentence_that_cites_nothing_is_given_the_source_that_says_it(
    proof: Proof, text: str, source: int
) -> None:
    found = proof.check(text, ())
    assert verified(found)
    assert found.finding.corrected
    assert [one.hit.passage.text for one in found.supports] == [PASSAGES[source]]


@pytest.mark.parametrize("cited", [(1,), (2,), (1, 2), (3,)])
def test_what_the_sources_deny_is_not_verified_whatever_is_cited(
    proof: Proof, cited: tuple[int, ...]
) -> None:
    found = proof.check(DENIED, cited)
    assert not verified(found)
    assert (Check.NEGATION in found.finding.failed) == (not {1, 2}.isdisjoint(cited))


@pytest.mark.parametrize(
    ("text", "cited", "words"),
    [
        ("Le passage 4 dit que le déployeur garde les journaux au moins six mois.", 4, "passage 4"),
        (
            "D’après les passages, le déployeur garde les journaux au moins six mois.",
            4,
            "D’après les passages",
        ),
        (
            "Pour répondre à cette question, le déployeur garde les journaux six mois.",
            4,
            "à cette question",
        ),
    ],
)
def test_answer_does_not_speak_of_its_passages_or_its_question(
    proof: Proof, text: str, cited: int, words: str
) -> None:
    found = proof.check(text, (cited,))
    assert not verified(found)
    assert words in found.finding.words


def test_passage_in_another_sense_is_no_such_word(proof: Proof) -> None:
    found = proof.check("Le passage au scanner laisse des journaux gardés six mois.", (4,))
    assert Check.REFERENCE not in found.finding.failed


def test_heading_that_asks_says_nothing() -> None:
    text = (
        "Les données des patients d’un médecin qui exerce à titre individuel ne devraient pas être "
        "vues comme un traitement à grande échelle, et l’AIPD ne devrait pas être obligatoire "
        "(considérant 91 du RGPD)."
    )
    heading = "Un radiologue seul dans son cabinet doit-il faire une étude d’impact (AIPD) ?"
    hit = make_hit(text, id="notice#aipd", headings=(heading,))
    proof = Verifier(SentenceEncoder(str(EMBEDDED_MODEL))).read([(hit,)])
    said = "Oui, un radiologue exerçant seul doit faire une analyse d’impact (AIPD)."
    assert not verified(proof.check(said, ()))


def test_question_states_nothing(proof: Proof) -> None:
    text = "Le déployeur garde-t-il les journaux placés sous son contrôle au moins six mois ?"
    assert not verified(proof.check(text, (4,)))
