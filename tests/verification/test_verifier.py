"""Sentences verified against passages by the real encoder."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.verification import CITATION, TRUE, caught
from benchmarks.verification_pairs import HELD_OUT, load_pairs
from rag.config import EMBEDDED_MODEL
from rag.embeddings import SentenceEncoder
from rag.entailment import Entailment
from rag.types import Check, WrittenSentence
from rag.verification import Verifier, states_only
from rag.verification.checks import examine
from rag.verification.evidence import Evidence
from tests.conftest import HashingEncoder
from tests.factories import make_hit

LOGS = (
    "Le déployeur conserve les journaux pendant au moins six mois, sauf autre règle. "
    "Il ne les efface pas avant. Il peut les confier au fournisseur."
)
FINE = "Le fournisseur qui manque à ses obligations encourt 15 000 000 EUR ou 3 %."
START = "Cette obligation s’applique à partir du 2 août 2028. Elle doit être affichée."


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(str(EMBEDDED_MODEL))


def check(
    encoder: SentenceEncoder, text: str, *cited: int, entailment: Entailment | None = None
) -> WrittenSentence:
    hits = [
        make_hit(LOGS, id="32024R1689#art_26.6"),
        make_hit(FINE, id="32024R1689#art_99.4"),
        make_hit(START, id="notice#debut"),
    ]
    verifier = Verifier(encoder, entailment)
    return verifier.read([(hit,) for hit in hits]).check(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Le déployeur garde les journaux six mois au minimum, sauf autre règle.", 1),
        ("Selon l’article 26, paragraphe 6, le déployeur garde les journaux au moins 6 mois.", 1),
        ("L’amende encourue par le fournisseur est de 15 M€ ou de 3 %.", 2),
        (
            "Quinze millions d’euros, c’est ce qu’encourt le fournisseur qui manque à ses devoirs.",
            2,
        ),
        ("L’obligation s’applique dès le 02/08/2028.", 3),
        ("L’obligation s’applique à compter d’août 2028.", 3),
        (FINE, 2),
    ],
)
def test_what_a_passage_says_in_other_words_is_verified(
    encoder: SentenceEncoder, text: str, cited: int
) -> None:
    written = check(encoder, text, cited)
    assert written.finding.is_verified, written.finding
    assert not written.finding.corrected
    assert written.supports


@pytest.mark.parametrize(
    ("text", "cited", "failed"),
    [
        ("Le déployeur garde les journaux au moins huit mois, sauf autre règle.", 1, Check.FIGURE),
        ("Le déployeur garde les journaux au plus six mois, sauf autre règle.", 1, Check.FIGURE),
        ("Selon l’article 27, le déployeur garde les journaux six mois.", 1, Check.REFERENCE),
        ("Selon le RGPD, le déployeur garde les journaux six mois.", 1, Check.REFERENCE),
        ("Le fournisseur encourt 35 M€ ou 3 %.", 2, Check.AMOUNT),
        ("Le fournisseur encourt 15 M€ ou 7 %.", 2, Check.FIGURE),
        ("L’importateur encourt 15 M€ ou 3 %.", 2, Check.ACTOR),
        ("La CNIL inflige au fournisseur 15 M€ ou 3 %.", 2, Check.BODY),
        ("Le fournisseur établi à Bruxelles encourt 15 M€ ou 3 %.", 2, Check.NAME),
        ("Cette obligation s’applique à partir du 2 août 2027.", 3, Check.DATE),
        ("Cette obligation s’applique à partir du 3 août 2028.", 3, Check.DATE),
        ("The deployer keeps the logs for at least six months.", 1, Check.LANGUAGE),
        ("Il les efface avant.", 1, Check.NEGATION),
        ("Le fournisseur encourt 15 M€ ou 3 %, sauf s’il est une PME.", 2, Check.EXCEPTION),
        ("Les tramways passent le dimanche matin.", 1, Check.MEANING),
    ],
)
def test_what_no_passage_says_is_not_verified(
    encoder: SentenceEncoder, text: str, cited: int, failed: Check
) -> None:
    written = check(encoder, text, cited)
    assert not written.supports
    assert failed in written.finding.failed


@pytest.mark.parametrize("cited", [(), (2,), (9,), (9, 2)])
def test_wrong_number_is_put_right(encoder: SentenceEncoder, cited: tuple[int, ...]) -> None:
    written = check(encoder, "Le déployeur garde les journaux au moins six mois.", *cited)
    assert written.finding.corrected
    assert [one.hit.passage.anchor for one in written.supports] == ["art_26.6"]


def test_number_that_supports_nothing_beside_one_that_does_is_left_out(
    encoder: SentenceEncoder,
) -> None:
    written = check(encoder, "Le déployeur garde les journaux au moins six mois.", 1, 2)
    assert [one.hit.passage.anchor for one in written.supports] == ["art_26.6"]


@pytest.mark.parametrize(
    ("neighbour", "cited"),
    [
        ("Le compte rendu dit quels outils ont servi.", "art_2"),
        ("Il est mentionné au compte rendu qu’un logiciel a aidé le radiologue.", "art_1"),
    ],
)
def test_neighbour_that_says_it_less_plainly_is_left_for_the_right_passage(
    encoder: SentenceEncoder, neighbour: str, cited: str
) -> None:
    right = "Le radiologue mentionne dans le compte rendu qu’un logiciel a aidé à lire les images."
    hits = [make_hit(neighbour, id="loi#art_1"), make_hit(right, id="loi#art_2")]
    text = "Le compte rendu dit qu’un logiciel a aidé le radiologue à lire les images."
    written = Verifier(encoder).read([(hit,) for hit in hits]).check(text, (1,))
    assert [one.hit.passage.anchor for one in written.supports] == [cited]
    assert written.finding.corrected == (cited == "art_2")


def test_words_that_fail_are_named(encoder: SentenceEncoder) -> None:
    written = check(encoder, "L’obligation s’applique à partir du 2 août 2027.", 3)
    assert written.finding.words == ("2 août 2027",)


class Sure(Entailment):
    """Gives one probability to whatever it reads."""

    def __init__(self, value: float) -> None:
        self.value = value

    def probabilities(self, premises: object, hypothesis: str) -> NDArray[np.float32]:
        return np.array([self.value], dtype=np.float32)


@pytest.mark.parametrize(("probability", "expected"), [(0.9, True), (0.2, False)])
def test_judge_of_entailment_has_its_say(
    encoder: SentenceEncoder, probability: float, expected: bool
) -> None:
    text = "Le déployeur garde les journaux au moins six mois."
    written = check(encoder, text, 1, entailment=Sure(probability))
    assert written.finding.is_verified is expected


def test_encoder_without_token_vectors_verifies_facts_as_well() -> None:
    verifier = Verifier(HashingEncoder())
    proof = verifier.read([(make_hit(LOGS),)])
    assert proof.check(
        "Le déployeur conserve les journaux pendant au moins six mois.", [1]
    ).supports
    assert not proof.check("Le déployeur conserve les journaux neuf mois.", [1]).supports


def test_text_that_states_nothing_new() -> None:
    other = "Le fournisseur garde les journaux six mois selon l’article 26."
    assert states_only("Combien de temps le fournisseur garde-t-il les journaux ?", other)
    assert not states_only("Le fournisseur garde-t-il les journaux huit mois ?", other)
    assert not states_only("Le fournisseur, selon l’article 27 ?", other)
    assert not states_only("Et la CNIL ?", other)


@pytest.mark.slow
def test_altered_facts_of_the_pairs_held_out_are_caught(encoder: SentenceEncoder) -> None:
    """On the notices, which are everywhere; ``python -m benchmarks.verification`` has the rest."""
    facts = {"date", "duration", "figure", "amount", "percentage", "reference", CITATION}
    pairs = load_pairs(HELD_OUT).pairs
    found = caught([pair for pair in pairs if pair.kind in {*facts, TRUE}][::2], encoder)
    caught_facts = [share for kind, share in found.items() if kind in facts]
    assert sum(share.count for share in caught_facts) >= 0.9 * sum(
        share.of for share in caught_facts
    )
    assert found[TRUE].value <= 0.2


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("La directive 2002/58/CE reste applicable.", "La directive de 2002 reste applicable."),
        ("La directive 95/46/CE est abrogée.", "La directive de 1995 est abrogée."),
        ("Les clauses sont libres, à condition d’être écrites.", "Libre, sauf si c’est oral."),
        ("Les données se trouvent sur plusieurs sites.", "Il y a un second site."),
        ("La règle 11 fixe la classe du logiciel.", "La classe d’un logiciel suit la règle 11."),
        ("Les données sont gardées peu de temps.", "Vouloir répondre un jour ne suffit pas."),
        ("Les opérateurs déclarent.", "Un fournisseur de services Internet déclare."),
        ("Le point reste ouvert.", "Le point reste ouvert : la question n’est pas tranchée."),
    ],
)
def test_rules_do_not_take_words_for_facts(source: str, said: str) -> None:
    assert examine(said, [Evidence(hits=(make_hit(source),), tokens=())]).missed == ()


@pytest.mark.parametrize(
    "said",
    [
        "La directive de 2003 reste applicable.",
        "La directive reste applicable en 2002.",
        "Il dure un jour de plus.",
    ],
)
def test_other_year_or_term_is_missed(said: str) -> None:
    source = make_hit("La directive 2002/58/CE reste applicable.")
    assert examine(said, [Evidence(hits=(source,), tokens=())]).missed


def test_number_of_an_act_is_known_in_its_own_text() -> None:
    source = make_hit("Les essais sont conformes au présent règlement.", id="32024R1689#art_76.1")
    evidence = [Evidence(hits=(source,), tokens=())]
    assert examine("Les essais respectent le règlement 2024/1689.", evidence).missed == ()
    assert examine("Les essais respectent le règlement 2024/1698.", evidence).missed
