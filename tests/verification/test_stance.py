import pytest

from rag.verification.stance import FORCES, Modality, has_exception, read_stances, sets_apart


def denied(text: str, word: str) -> bool:
    return bool(read_stances(text).denied[text.index(word)])


def force(text: str, word: str) -> Modality | None:
    return FORCES[read_stances(text).force[text.index(word)]]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Le règlement ne remplace pas le MDR.", "remplace", True),
        ("Le règlement remplace le MDR.", "remplace", False),
        ("Aucune durée de formation n’est imposée.", "imposée", True),
        ("Il assiste aux réunions sans prendre part aux votes.", "votes", True),
        ("Il assiste aux réunions sans prendre part aux votes.", "réunions", False),
        ("Une information, et non un consentement écrit.", "consentement", True),
        ("Une information du patient, pas de consentement écrit.", "consentement", True),
        ("Personne n’est contraint de s’équiper.", "contraint", True),
        ("Nul ne doit subir une telle décision.", "subir", True),
        ("Faute de décision, des clauses sont signées.", "décision", True),
        ("Ce n’est pas interdit de scanner.", "scanner", False),
        ("Cela ne dispense pas de la déclaration.", "déclaration", False),
        ("Le texte ne vise que le fournisseur.", "fournisseur", False),
        ("Le texte le dit ; rien d’autre ne compte pas.", "dit", False),
    ],
)
def test_negation_bears_on_its_clause(text: str, word: str, expected: bool) -> None:
    assert denied(text, word) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Le déployeur doit garder les journaux.", "journaux", Modality.OBLIGATION),
        ("Le déployeur peut garder les journaux.", "journaux", Modality.PERMISSION),
        ("Le déployeur devrait garder les journaux.", "journaux", Modality.ADVICE),
        ("Le déployeur ne doit pas garder les journaux.", "journaux", Modality.PROHIBITION),
        ("Le déployeur n’est pas tenu de garder les journaux.", "journaux", Modality.EXEMPTION),
        ("Le déployeur garde les journaux.", "journaux", None),
        ("Cela n’exonère pas de la déclaration.", "déclaration", Modality.OBLIGATION),
        ("Il n’est pas interdit de le transmettre.", "transmettre", Modality.PERMISSION),
        ("Le texte n’impose aucune déclaration.", "déclaration", Modality.EXEMPTION),
        ("Il n’est pas permis de le transmettre.", "transmettre", Modality.PROHIBITION),
        ("Garder les journaux est obligatoire.", "journaux", Modality.OBLIGATION),
    ],
)
def test_force_bears_on_its_clause(text: str, word: str, expected: Modality | None) -> None:
    assert force(text, word) is expected


def test_exceptions_are_known_in_many_words_and_set_apart_in_few() -> None:
    assert sets_apart("Six mois, sauf autre règle.")
    assert not sets_apart("Seul le fournisseur répond.")
    assert has_exception("Le guide ne vise que l’annexe III.")
    assert not has_exception("Le guide vise l’annexe III.")
