from dataclasses import replace
from datetime import date

import pytest

from rag.answerers.contradictions import find_contradictions
from rag.types import Caveat, CaveatKind, Contradiction, DraftSentence, Kind, Settlement
from tests.factories import make_hit


def quoted(
    text: str,
    document: str,
    *,
    kind: Kind = Kind.NOTICE,
    caveats: tuple[Caveat, ...] = (),
    **facts: object,
) -> DraftSentence:
    hit = make_hit(text, id=f"{document}#un")
    metadata = replace(hit.metadata, kind=kind, **facts)
    hit = replace(hit, metadata=metadata, caveats=caveats)
    return DraftSentence(text=text, hit=hit, start=0, end=len(text))


def told(one: str, other: str) -> tuple[Contradiction, ...]:
    return find_contradictions([quoted(one, "premier"), quoted(other, "second")])


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            "Les obligations du haut risque s’appliquent aux dispositifs médicaux le 2 août 2028.",
            "Les règles du haut risque s’appliqueront aux dispositifs médicaux dès le 2 août 2027.",
            ("2 août 2028", "dès le 2 août 2027"),
        ),
        (
            "Le déployeur conserve les journaux au moins six mois.",
            "Les journaux sont conservés un an au moins par le déployeur.",
            ("au moins six mois", "un an au moins"),
        ),
        (
            "Le fournisseur garde la documentation technique dix-huit mois.",
            "La documentation technique est gardée deux ans par le fournisseur.",
            ("dix-huit mois", "deux ans"),
        ),
        (
            "Un logiciel d’aide à la détection des fractures est de classe IIa.",
            "Un logiciel d’aide à la détection des fractures relève de la classe IIb.",
            ("classe IIa", "classe IIb"),
        ),
        (
            "Le Ségur vague 2 finance le matériel DRIMbox à 100 %.",
            "Le Ségur vague 2 finance à 80 % le matériel de la DRIMbox.",
            ("100 %", "80 %"),
        ),
        (
            "Un manquement à l’article 26 expose à une amende d’au plus 15 millions d’euros.",
            "Un manquement à l’article 26 expose à une amende de 30 000 000 EUR.",
            ("au plus 15 millions d’euros", "30 000 000 EUR"),
        ),
        (
            "L’analyse d’impact est obligatoire pour un hôpital public.",
            "L’analyse d’impact n’est pas obligatoire pour un hôpital public.",
            ("est obligatoire", "n’est pas obligatoire"),
        ),
        (
            "L’information du patient est obligatoire avant l’usage de l’IA.",
            "L’information du patient est facultative avant l’usage de l’IA.",
            ("est obligatoire", "est facultative"),
        ),
    ],
)
def test_facts_that_cannot_both_hold_are_told(one: str, other: str, words: tuple[str, str]) -> None:
    (contradiction,) = told(one, other)
    assert sorted(claim.words for claim in contradiction.claims) == sorted(words)
    for claim, text in zip(contradiction.claims, (one, other), strict=True):
        assert claim.words in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Les règles du haut risque s’appliquent le 2 décembre 2027 (annexe III) et le "
            "2 août 2028 (annexe I).",
            "Les règles du haut risque s’appliquent le 2 août 2027.",
            id="two dates, of two things",
        ),
        pytest.param(
            "Les obligations du haut risque s’appliquent le 2 décembre 2027 à l’annexe III.",
            "Les obligations du haut risque s’appliquent le 2 août 2028 à l’annexe I.",
            id="another annex",
        ),
        pytest.param(
            "Un manquement à l’article 16 expose à une amende d’au plus 15 millions d’euros "
            "(article 99).",
            "Un manquement à l’article 5 expose à une amende d’au plus 35 millions d’euros "
            "(article 99).",
            id="another breach",
        ),
        pytest.param(
            "Les règles du haut risque s’appliquent aux dispositifs le 2 août 2028.",
            "Les règles du haut risque s’appliquent aux dispositifs en 2028, au lieu de 2027.",
            id="both states told",
        ),
        pytest.param(
            "Les règles du haut risque s’appliquaient initialement aux dispositifs en 2027.",
            "Les règles du haut risque s’appliquent aux dispositifs en 2028.",
            id="a former state, told as such",
        ),
        pytest.param(
            "Les règles du haut risque s’appliquent aux dispositifs en août 2028.",
            "Les règles du haut risque s’appliquent aux dispositifs le 2 août 2028.",
            id="a date less precise",
        ),
        pytest.param(
            "Le règlement sur les données de santé a été publié le 5 mars 2025.",
            "Le règlement sur les données de santé s’applique le 26 mars 2029.",
            id="another event",
        ),
        pytest.param(
            "Le règlement (UE) 2025/327 a été publié au Journal officiel le 5 mars 2025.",
            "Le règlement (UE) 2024/1689 a été publié au Journal officiel le 12 juillet 2024.",
            id="another act",
        ),
        pytest.param(
            "Le guide HAS du 5 mars 2026 parle de la tenue des journaux par le déployeur.",
            "Le guide HAS du 30 octobre 2025 parle de la tenue des journaux par le déployeur.",
            id="dates that name texts",
        ),
        pytest.param(
            "Le déployeur conserve les journaux au moins six mois.",
            "Le déployeur conserve les journaux du système pendant un an.",
            id="a duration above the minimum",
        ),
        pytest.param(
            "L’amende pour ce manquement au règlement atteint au plus 15 millions d’euros.",
            "L’amende pour ce manquement au règlement atteint 2 millions d’euros.",
            id="a sum under the maximum",
        ),
        pytest.param(
            "Le fournisseur signale un incident au plus tard quinze jours après sa découverte.",
            "En cas de décès, le fournisseur signale un incident au plus tard dix jours après sa "
            "découverte.",
            id="a case apart",
        ),
        pytest.param(
            "Le fournisseur signale un incident grave dans les quinze jours.",
            "Le déployeur signale un incident grave dans les dix jours.",
            id="another actor",
        ),
        pytest.param(
            "Le fournisseur garde la documentation technique dix ans.",
            "Le déployeur garde les journaux du système six mois.",
            id="another thing",
        ),
        pytest.param(
            "Un logiciel qui aide à la décision est de classe IIa.",
            "Un logiciel dont la décision peut causer la mort est de classe III.",
            id="another use of software",
        ),
        pytest.param(
            "Un logiciel d’aide à la détection est au moins de classe IIa, soit IIa, IIb ou III.",
            "Un logiciel d’aide à la détection est de classe IIb.",
            id="a class above the least",
        ),
        pytest.param(
            "Au plus tard le 25 mai 2020, la Commission présente un rapport sur l’évaluation du "
            "présent règlement.",
            "Au plus tard le 2 août 2029, la Commission présente un rapport sur l’évaluation du "
            "présent règlement.",
            id="each act of itself",
        ),
        pytest.param(
            "Deux nouvelles interdictions de l’article 5 s’appliquent le 2 décembre 2026.",
            "Les huit interdictions de l’article 5 s’appliquent le 2 février 2025.",
            id="others of the same sort",
        ),
        pytest.param(
            "La sensibilité du logiciel pour les fractures du poignet atteint 89 %.",
            "La sensibilité du logiciel pour les fractures du poignet atteint 94 %.",
            id="results of two studies",
        ),
        pytest.param(
            "L’analyse d’impact est obligatoire pour un hôpital public.",
            "L’analyse d’impact n’est pas obligatoire pour un cabinet libéral.",
            id="obligatory for others",
        ),
        pytest.param(
            "L’analyse d’impact est obligatoire avant l’usage de l’IA.",
            "L’analyse d’impact n’est obligatoire que si le système est à haut risque.",
            id="obligatory in one case",
        ),
        pytest.param(
            "Une version antérieure du guide demandait un délai de réponse de trois à six mois.",
            "Une version antérieure du guide demandait un délai de réponse de douze mois.",
            id="a range",
        ),
        pytest.param(
            "Le compte rendu est signé par le radiologue dans les 72 heures.",
            "Le compte rendu est signé par le radiologue dans les trois jours.",
            id="the same in other units",
        ),
        pytest.param(
            "Le projet fixe la durée de conservation des journaux du déployeur à un an.",
            "La durée de conservation des journaux du déployeur est de six mois.",
            id="a draft",
        ),
        pytest.param(
            "Le déployeur conserve les journaux du système six mois.",
            "Il conserve les journaux du système un an.",
            id="a subject that is not named",
        ),
    ],
)
def test_near_misses_are_not_told(one: str, other: str) -> None:
    assert told(one, other) == ()
    assert told(other, one) == ()


SIX_MONTHS = "Le déployeur conserve les journaux au moins six mois."
ONE_YEAR = "Le déployeur conserve les journaux au moins un an."


def test_sentences_of_one_document_never_contradict_each_other() -> None:
    one, other = quoted(SIX_MONTHS, "notice"), quoted(ONE_YEAR, "notice")
    assert find_contradictions([one, other]) == ()


def test_two_states_of_an_act_are_not_told_again() -> None:
    former = quoted(SIX_MONTHS, "32024R1689", kind=Kind.REGULATION)
    present = quoted(ONE_YEAR, "02024R1689-20260727", kind=Kind.REGULATION)
    assert find_contradictions([former, present]) == ()


@pytest.mark.parametrize(
    "kind", [CaveatKind.AMENDED, CaveatKind.AMENDED_LATER, CaveatKind.OUTDATED, CaveatKind.DRAFT]
)
def test_what_a_caveat_tells_is_not_told_again(kind: CaveatKind) -> None:
    one = quoted(SIX_MONTHS, "premier", caveats=(Caveat(kind=kind),))
    assert find_contradictions([one, quoted(ONE_YEAR, "second")]) == ()


def test_another_language_is_not_compared() -> None:
    one = quoted(SIX_MONTHS, "premier", language="en")
    assert find_contradictions([one, quoted(ONE_YEAR, "second")]) == ()


def test_two_documents_are_told_of_once_and_at_most_two_contradictions() -> None:
    sentences = [quoted(SIX_MONTHS, "a"), quoted(ONE_YEAR, "b"), quoted(ONE_YEAR, "b")]
    assert len(find_contradictions(sentences)) == 1
    others = [quoted(f"Le déployeur conserve les journaux {n} mois.", f"d{n}") for n in range(2, 9)]
    assert len(find_contradictions(others)) == 2


OLD, NEW = date(2025, 10, 7), date(2026, 11, 20)


def settled(one: DraftSentence, other: DraftSentence) -> tuple[Settlement, list[str]]:
    (contradiction,) = find_contradictions([one, other])
    return contradiction.settlement, [claim.passage.document for claim in contradiction.claims]


def test_law_prevails_over_what_explains_it_even_an_earlier_law() -> None:
    law = quoted(ONE_YEAR, "loi", kind=Kind.LAW, published=OLD)
    assert settled(quoted(SIX_MONTHS, "notice", checked=NEW), law) == (
        Settlement.LAW,
        ["loi", "notice"],
    )


def test_the_more_recent_of_two_of_a_kind_prevails() -> None:
    older = quoted(SIX_MONTHS, "ancien", kind=Kind.GUIDE, published=OLD)
    newer = quoted(ONE_YEAR, "recent", kind=Kind.GUIDE, published=NEW)
    assert settled(older, newer) == (Settlement.RECENT, ["recent", "ancien"])


def test_a_notice_prevails_over_older_news() -> None:
    news = quoted(SIX_MONTHS, "actualite", kind=Kind.NEWS, published=OLD, version_date=NEW)
    notice = quoted(ONE_YEAR, "notice", checked=NEW)
    assert settled(news, notice) == (Settlement.RECENT, ["notice", "actualite"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (quoted(SIX_MONTHS, "a", checked=NEW), quoted(ONE_YEAR, "b", checked=NEW)),
        (quoted(SIX_MONTHS, "a"), quoted(ONE_YEAR, "b", checked=NEW)),
        (
            quoted(SIX_MONTHS, "a", kind=Kind.REGULATION, published=OLD),
            quoted(ONE_YEAR, "b", kind=Kind.REGULATION, published=NEW),
        ),
        (
            quoted(SIX_MONTHS, "a", kind=Kind.RECOMMENDATION, published=OLD),
            quoted(ONE_YEAR, "b", kind=Kind.NEWS, published=NEW),
        ),
    ],
    ids=["same day", "no day", "two acts of law", "news after a recommendation"],
)
def test_what_is_not_known_stays_open(one: DraftSentence, other: DraftSentence) -> None:
    assert settled(one, other) == (Settlement.OPEN, ["a", "b"])
