import pytest

from rag.references import ActNames
from rag.understanding.follow_ups import complete, is_follow_up

LEANING = """
Et pour une PME ?
et si je suis salarié ?
et le RGPD ?
Et en 2025 ?
pourquoi ?
combien ?
et sinon ?
pour une clinique privée ?
dans le RGPD ?
depuis quand ?
Elle est encore valable vu le report des dates ?
il doit signer un consentement ?
ça s'applique aux manips ?
c'est obligatoire ?
ce délai est-il le même partout ?
celui-ci est-il payant ?
dans ce cas, qui prévenir ?
les manipulateurs aussi ?
le fournisseur ?
du coup qui est responsable ?
ok et pour un CHU
""".strip().splitlines()

STANDING_ALONE = """
Tarte tatin ?
Combien de temps garder les journaux ?
c koi un VLM
c'est quoi le PACS ?
c'est qui Chevilley ?
SIAHR, ça veut dire quoi ?
algorithmovigilance
revendeur contrôles avant vente CE notice
doctrine du numérique en santé dernière édition
il faut former qui à l'IA ?
Il y a combien de radiologues en France ?
pour la sfr un robot peut faire mon CR ?
si je vire le nom du patient et que je mets un code c encore du rgpd ?
ça coute combien en moyenne la mise en conformité AI act pour un cabinet libéral ?
les logs ca doit etre automatique ou un cahier rempli a la main suffit
faut il passer devant le CSE avant de mettre l'IA en salle
Que dit l'article 26 ?
MERM signification
""".strip().splitlines()


@pytest.mark.parametrize("question", LEANING)
def test_a_question_that_leans_on_the_one_before_is_told(question: str) -> None:
    assert is_follow_up(question)


@pytest.mark.parametrize("question", STANDING_ALONE)
def test_a_question_that_stands_alone_is_told(question: str) -> None:
    assert not is_follow_up(question)


def readable(question: str, *history: str) -> str:
    return complete(question, history, ActNames()).readable.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        (
            "Quelles sont les amendes prévues par le règlement IA ?",
            "Et pour une PME ?",
            "Quelles sont les amendes prévues par le règlement IA ? Et pour une PME ?",
        ),
        (
            "combien de temps le déployeur garde-t-il les journaux",
            "et le fournisseur ?",
            "Combien de temps le fournisseur garde-t-il les journaux ?",
        ),
        (
            "Que prévoit le RGPD sur la durée de conservation ?",
            "et le règlement IA ?",
            "Que prévoit le règlement IA sur la durée de conservation ?",
        ),
        (
            "Quelles règles s'appliquent en 2026 ?",
            "et en 2028 ?",
            "Quelles règles s'appliquent en 2028 ?",
        ),
        (
            "Le radiologue doit-il informer le patient ?",
            "et le manipulateur ?",
            "Le radiologue doit-il informer le patient ? Et le manipulateur ?",
        ),
        (
            "Que risque l'hôpital ?",
            "et une PME ?",
            "Que risque l'hôpital ? Et une PME ?",
        ),
    ],
)
def test_a_follow_up_is_completed(history: str, question: str, expected: str) -> None:
    assert readable(question, history) == expected


def test_a_chain_leans_on_the_last_complete_question() -> None:
    history = (
        "Qui nomme le délégué à la protection des données ?",
        "Combien de temps le déployeur garde-t-il les journaux ?",
        "Et le fournisseur ?",
        "pourquoi ?",
    )
    assert readable("Et pour une PME ?", *history) == (
        "Combien de temps le fournisseur garde-t-il les journaux ? Et pour une PME ?"
    )


def test_a_chain_of_nothing_but_follow_ups_leans_on_its_first() -> None:
    assert (
        readable("et pour une PME ?", "Et alors ?", "pourquoi ?") == "Et alors ? Et pour une PME ?"
    )


def test_what_is_new_is_searched_beside_what_it_replaces() -> None:
    history = ["Combien de temps le déployeur garde-t-il les journaux ?"]
    searched = complete("et le fournisseur ?", history, ActNames()).searched
    assert searched.count("fournisseur") == 2
    assert "déployeur" not in searched
