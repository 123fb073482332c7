"""Names that no list holds, told by their capital letter."""

import pytest

from rag.verification.named import proper_names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("En 2026, RadNet a racheté Gleamer, à Paris.", ["radnet", "gleamer", "paris"]),
        ("ChatGPT et DeepHealth le disent.", ["chatgpt", "deephealth"]),
        ("C’est au salon d’Orlando, selon l’Autriche.", ["orlando", "autriche"]),
        ("Selon « Radiologie Demain », rien n’est sûr.", ["demain"]),
    ],
)
def test_names_are_told_wherever_they_stand(text: str, names: list[str]) -> None:
    assert [name.key for name in proper_names_in(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Le médecin lit. Il signe ensuite : Rien ne l’en dispense.",
        "Oui : « Nul n’est tenu de le faire » (Article 4, Annexe III).",
        "La CNIL, la Haute Autorité de santé, l’ANSM et la Commission européenne le disent.",
        "Le RGPD, l’AIPD, le DPO, l’IA, l’IRM et l’AI Act n’y changent rien.",
        "En France, les États membres et l’Union attendent.",
        "Écrire à equipe@Exemple.fr ou lire https://Exemple.fr/Page.",
    ],
)
def test_first_words_acronyms_and_bodies_are_none(text: str) -> None:
    assert not proper_names_in(text)
