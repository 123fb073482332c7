import pytest

from rag.verification.exceptions import has_exception, sets_apart
from rag.verification.modality import FORCES, Modality
from rag.verification.stance import read_stances


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
        ("Faute de code au 2 août, la Commission peut agir.", "agir", False),
        ("Assez ! En l’absence de code, la Commission peut agir.", "agir", False),
        ("Là où le code ne convient pas, le médecin décide.", "décide", False),
        ("Sans accord, le système traite des images, pas de voix.", "voix", True),
        ("Sans préjudice de l’article 5, il traite des images, pas de voix.", "voix", True),
        ("Sans disposition de la loi, pas de traitement des données.", "données", False),
        ("Ce n’est pas interdit de scanner.", "scanner", False),
        ("Cela ne dispense pas de la déclaration.", "déclaration", False),
        ("Le texte ne vise que le fournisseur.", "fournisseur", False),
        ("Le texte le dit ; rien d’autre ne compte pas.", "dit", False),
        ("L’article 4 n’exige ni diplôme ni examen.", "diplôme", True),
        ("Ni diplôme ni examen : l’article 4 n’en réclame pas.", "examen", True),
        ("Elle a le droit de ne pas faire l’objet d’une décision.", "objet", True),
        ("Le traitement ne peut être répétitif.", "répétitif", True),
        ("L’amende ne dépasse pas quinze millions.", "quinze", False),
        ("Un certificat ne peut pas valoir plus de cinq ans.", "valoir", False),
        ("L’article 4 n’est plus qu’une obligation de moyens.", "obligation", False),
        ("Le DPO n’est pas forcément un salarié.", "salarié", False),
        ("Il ne recrute pas un autre sous-traitant sans l’autorisation.", "recrute", False),
        ("Il ne recrute pas un autre sous-traitant sans l’autorisation.", "autorisation", False),
        ("Si l’IA ne remplit plus les exigences, l’organisme le retire.", "exigences", True),
        ("Si l’IA ne remplit plus les exigences, l’organisme le retire.", "organisme", False),
        ("Une pratique interdite est punie plus sévèrement.", "punie", False),
        ("Une association à but non lucratif, annoncée en 2018.", "annoncée", False),
        ("Les mesures qu’elles aient ou non prises.", "prises", False),
        ("Ne pas garder les journaux expose à une amende.", "journaux", True),
        ("Ne pas garder les journaux expose à une amende.", "amende", False),
        ("La liste ne s’applique pas aux :\n– importateurs ;\n– distributeurs.", "distrib", True),
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
        ("Le déployeur peut, s’il le souhaite, les garder.", "garder", Modality.EXEMPTION),
        ("Il est seulement recommandé de les garder.", "garder", Modality.ADVICE),
        ("La démarche est volontaire, et non une obligation.", "obligation", Modality.EXEMPTION),
        ("Le déployeur peut se passer de cet accord.", "accord", Modality.EXEMPTION),
        ("Un transfert ne peut avoir lieu que s’il est garanti.", "lieu", Modality.LIMIT),
        ("La Commission est habilitée à modifier l’annexe.", "modifier", Modality.PERMISSION),
        ("Cela expose à une amende.", "amende", Modality.PERMISSION),
        ("Les systèmes permettent l’enregistrement.", "enregistrement", Modality.ENABLEMENT),
        ("Les recommandations de l’ESR sont parues.", "parues", None),
        ("Les exigences de la section 2 sont connues.", "connues", None),
        ("Cela est impossible.", "impossible", None),
        ("Le fabricant peut réunir :\n– un seul dossier.", "dossier", Modality.PERMISSION),
    ],
)
def test_force_bears_on_its_clause(text: str, word: str, expected: Modality | None) -> None:
    assert force(text, word) is expected


def test_exceptions_are_known_in_many_words_and_set_apart_in_few() -> None:
    assert sets_apart("Six mois, sauf autre règle.")
    assert not sets_apart("Seul le fournisseur répond.")
    assert has_exception("Le guide ne vise que l’annexe III.")
    assert not has_exception("Le guide vise l’annexe III.")
    assert sets_apart("Six mois, à moins qu’un autre texte ne le dise.")


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Des sorties telles que des recommandations.", "recommandations", None),
        ("Ce ne sont que des recommandations.", "recommandations", Modality.ADVICE),
        ("Il peut choisir une autre autorité.", "autorité", Modality.PERMISSION),
        ("Il peut choisir de ne pas répondre.", "répondre", Modality.EXEMPTION),
        ("Les maires ou préfets peuvent agir, seuls ou à deux, en ville.", "ville",
         Modality.PERMISSION),
        ("Si le code n’est pas prêt, la Commission peut, par un acte, le faire.", "faire",
         Modality.PERMISSION),
    ],
)  # fmt: skip
def test_force_bears_on_its_own_clause(text: str, word: str, expected: Modality | None) -> None:
    assert force(text, word) is expected
