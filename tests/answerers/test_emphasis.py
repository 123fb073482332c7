import pytest

from rag.answerers.emphasis import with_emphasis
from rag.types import DraftSentence
from tests.factories import make_hit


def marked(question: str, *texts: str) -> list[str]:
    drafts = [
        DraftSentence(text=text, hit=make_hit(text), start=0, end=len(text)) for text in texts
    ]
    return [
        sentence.text[start:end]
        for sentence in with_emphasis(question, drafts)
        for start, end in sentence.emphasis
    ]


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("Combien de temps garder les logs ?", "Ils sont gardés au moins six mois.", "six mois"),
        ("delai pour prevenir la cnil", "La violation est notifiée en 72 heures.", "72 heures"),
        ("Quand s’applique l’article 6 ?", "Il s’applique le 2 août 2028.", "le 2 août 2028"),
        ("Combien coûte un manquement ?", "Jusqu’à 35 millions d’euros.", "35 millions d’euros"),
        ("quel article le dit", "Voir l’article 26, paragraphe 6.", "article 26, paragraphe 6"),
        ("Qui prévient l’autorité ?", "Le fournisseur informe l’autorité.", "Le fournisseur"),
    ],
)
def test_words_that_answer_are_marked(question: str, text: str, words: str) -> None:
    assert marked(question, text) == [words]


def test_first_sentence_that_answers_is_marked_alone() -> None:
    texts = ("Les journaux sont gardés.", "Six mois au moins.", "Dix ans pour le reste.")
    assert marked("Combien de temps ?", *texts) == ["Six mois"]


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("quelle amende", "L’amende atteint 15 000 000 EUR ou 3 %.", ["15 000 000 EUR", "3 %"]),
        (
            "Combien de temps un certificat reste-t-il valable ?",
            "Il l’est cinq ans pour l’annexe I et quatre ans pour l’annexe III.",
            ["cinq ans", "quatre ans"],
        ),
        ("Qui informe ?", "Le fournisseur et le déployeur l’informent.", ["Le fournisseur"]),
        ("Combien de temps ?", "Un an, deux ans, trois ans ou quatre ans selon le cas.", []),
    ],
)
def test_figures_told_side_by_side_are_marked_together(
    question: str, text: str, words: list[str]
) -> None:
    assert marked(question, text) == words


def test_words_of_the_question_are_no_answer() -> None:
    assert marked("Quand garder six mois de journaux ?", "Les journaux, six mois.") == []


def test_question_of_no_such_fact_marks_nothing() -> None:
    assert marked("Pourquoi tenir un registre ?", "Depuis le 2 août 2026, il est tenu.") == []


def test_bare_year_is_marked_only_for_want_of_a_date() -> None:
    year, day = "Elle a changé en 2026.", "Elle s’applique depuis le 2 février 2025."
    assert marked("Depuis quand ?", year, day) == ["le 2 février 2025"]
    assert marked("Depuis quand ?", year) == ["en 2026"]


def test_number_of_other_things_is_no_answer() -> None:
    assert marked("Combien d’agents compte la CNIL ?", "Elle a publié 13 fiches.") == []
    assert marked("Combien d’agents ?", "Les agents sont au nombre de 270 emplois.") == [
        "270 emplois"
    ]
    assert marked("combien de fiches a publié la CNIL", "Elle en a 2.", "13 fiches, dont 4.") == [
        "13 fiches"
    ]
