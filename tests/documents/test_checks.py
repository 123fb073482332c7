"""Each check lets a sound notice pass and catches a faulty one."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.documents import covers, deadlines, form, questions
from tests.documents.notice import Notice
from tests.documents.test_notices import OF_EVERY_TEXT, OF_NOTICES

FACT = "Le service conserve les journaux au moins six mois. "
SOUND = f"""---
id: notice-essai
title: "Combien de temps garder les journaux ?"
publisher: RadIAct
language: fr
kind: notice
published: 2026-11-20
version_date: 2026-11-21
checked: 2026-11-22
status: non-contraignant
licence: CC-BY-4.0
url: https://eur-lex.europa.eu/eli/reg/2024/1689/oj
covers:
  - "32024R1689#art_26"
---

# Combien de temps garder les journaux ?

Le déployeur garde les journaux au moins six mois (article 26, paragraphe 6).

## À partir de quand ?

L’article 26 s’applique le 2 août 2028, voir [le calendrier](calendrier.md) ou
[le texte](https://eur-lex.europa.eu/).

- le 2 décembre 2027 pour l’annexe III ;

## Qui conserve ?

{FACT * 15}
"""


def make_notice(folder: Path, *, old: str = "", new: str = "") -> Notice:
    """Write a sound notice with one thing changed."""
    assert old in SOUND
    path = folder / "essai.md"
    path.write_text(SOUND.replace(old, new) if old else SOUND, encoding="utf-8")
    (folder / "calendrier.md").touch()
    return Notice.read(path)


@pytest.mark.parametrize("check", [*OF_EVERY_TEXT, *OF_NOTICES], ids=lambda check: check.__name__)
def test_sound_notice_passes(check: Callable[[Notice], Iterator[str]], tmp_path: Path) -> None:
    assert list(check(make_notice(tmp_path))) == []


def test_sentences_are_those_of_lines_and_points(tmp_path: Path) -> None:
    notice = make_notice(tmp_path, old="Le déployeur", new="L’an 2026. Le déployeur")
    assert list(notice.sentences())[:2] == [
        "L’an 2026.",
        "Le déployeur garde les journaux au moins six mois (article 26, paragraphe 6).",
    ]
    assert "le 2 décembre 2027 pour l’annexe III ;" in notice.sentences()


FAULTS = [
    (form.front_matter, "publisher: RadIAct\n", "", "publisher : None"),
    (form.front_matter, "language: fr", "language: en", "language : 'en'"),
    (form.front_matter, "kind: notice", "kind: guide", "kind : 'guide'"),
    (form.front_matter, "2026-11-20", "20/11/2026", "published : '20/11/2026'"),
    (form.front_matter, "checked: 2026-11-22", "checked:", "checked : None"),
    (form.front_matter, "non-contraignant", "en-vigueur", "status : 'en-vigueur'"),
    (form.front_matter, "CC-BY-4.0", "MIT", "licence : 'MIT'"),
    (form.front_matter, "https://eur-lex.europa.eu/eli", "http://eur-lex.europa.eu/eli", "url : "),
    (form.front_matter, "id: notice-essai", "id: Essai", "id : 'Essai'"),
    (form.front_matter, "id: notice-essai", "id: news-essai", "ne va pas avec kind"),
    (form.front_matter, "kind: notice", "kind: actualite", "ne va pas avec kind"),
    (form.front_matter, "licence:", "license:", "champ inconnu : license"),
    (form.front_matter, "---\nid", "id", "title : None"),
    (form.has_covers, 'covers:\n  - "32024R1689#art_26"', "covers: []", "covers : []"),
    (form.has_covers, '  - "32024R1689#art_26"', '  - "a"\n  - "a"', "a deux fois"),
    (form.dates_in_order, "2026-11-20", "2026-11-22", "en désordre"),
    (form.dates_in_order, "2026-11-22", "2099-01-01", "à venir"),
    (form.dates_in_order, "2026-11-21", "2026-02-31", "date impossible"),
    (form.structure, "# Combien de temps", "# Combien de mois", "un titre"),
    (form.structure, "## Qui conserve ?", "# Qui conserve ?", "un titre"),
    (form.structure, "# Combien de temps garder les journaux ?\n", "", "un titre"),
    (form.structure, "## Qui conserve ?\n", "", "moins de 2 sections"),
    (form.structure, "## Qui conserve ?", "### Qui conserve ?", "niveau 3"),
    (form.length, FACT * 15, FACT, "mots, au lieu de"),
    (form.length, FACT * 15, FACT * 70, "mots, au lieu de"),
    (form.first_sentence, "au moins six mois (", "au " + "moins " * 45 + "(", "phrase de"),
    (form.first_sentence, "\nLe déployeur garde", "\n## Durée\n\nLe déployeur", "aucune phrase"),
    (form.named_subjects, "Le déployeur garde", "Il garde", "Il garde"),
    (form.named_subjects, "calendrier.md) ou", "calendrier.md). Celui-ci dit, ou", "Celui-ci"),
    (form.named_subjects, "- le 2 décembre", "- Cela vaut le 2 décembre", "Cela vaut"),
    (form.named_subjects, "L’article 26 s’applique", "Ces derniers agissent", "Ces derniers"),
    (form.typography, "L’article", "L'article", "L'article"),
    (form.typography, "journaux au moins", 'journaux "au moins"', '"au moins"'),
    (form.typography, 'journaux ?"', "journaux d'IA ?\"", "journaux d'IA"),
    (form.links, "(calendrier.md)", "(absent.md)", "fichier absent : absent.md"),
    (covers.known_covers, "#art_26", "#art_126", "32024R1689#art_126 est inconnu"),
    (covers.known_covers, "#art_26", "#art_26.6", "32024R1689#art_26.6 est inconnu"),
    (covers.known_covers, "32024R1689#art_26", "esr-2026", "esr-2026 est inconnu"),
    (deadlines.possible_dates, "2 août 2028", "31 février 2028", "31 février 2028"),
    (deadlines.possible_dates, "2 août 2028", "31 juin", "31 juin"),
    (deadlines.possible_dates, "2 août 2028", "02/08/2028", "en chiffres"),
    (deadlines.superseded_deadlines, "2 août 2028", "2\N{NO-BREAK SPACE}août 2027", "périmée"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "old", "new", "problem"), FAULTS)
def test_fault_is_caught(
    check: Callable[[Notice], Iterator[str]], old: str, new: str, problem: str, tmp_path: Path
) -> None:
    found = list(check(make_notice(tmp_path, old=old, new=new)))
    assert any(problem in text for text in found), found


def test_every_check_has_a_fault() -> None:
    assert {check for check, *_ in FAULTS} == {*OF_EVERY_TEXT, *OF_NOTICES}


def test_day_to_come_is_refused(tmp_path: Path) -> None:
    notice = make_notice(tmp_path)
    assert list(form.dates_in_order(notice, today=date(2026, 11, 22))) == []
    assert list(form.dates_in_order(notice, today=date(2026, 11, 21))) != []


def test_glossary_may_cover_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "glossaire"
    folder.mkdir()
    glossary = make_notice(folder, old='covers:\n  - "32024R1689#art_26"', new="covers: []")
    assert list(form.has_covers(glossary)) == []
    assert list(form.front_matter(glossary)) == ["id : 'notice-essai' ne va pas avec kind : notice"]
    assert list(form.has_covers(make_notice(folder, old="covers:", new="couvre:"))) != []


@pytest.mark.parametrize(
    "sentence",
    [
        "Les obligations du haut risque s’appliquent le 2 août 2026.",
        "Le haut risque suit la date générale du 2 août 2026.",
        "Les IA de l’annexe III sont concernées depuis août 2026.",
        "L’article 6 vise les dispositifs médicaux à partir du 2 août 2027.",
        "Les articles 9 à 15 s’imposent au fournisseur en août 2027.",
        "L’annexe I attend le 2 août 2027, et l’annexe III le 2 décembre 2027.",
    ],
)
def test_superseded_deadline_is_caught(sentence: str) -> None:
    assert deadlines.states_superseded_deadline(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "La date d’origine de l’annexe I, le 2 août 2027, est périmée.",
        "Le haut risque s’applique le 2 août 2028 au lieu du 2 août 2027.",
        "Le haut risque, repoussé, ne s’applique pas au 2 août 2026.",
        "Avant le règlement (UE) 2026/1744, l’annexe III était due le 2 août 2026.",
        "Le 2 août 2027 n’est plus la date du haut risque.",
        "L’article 50 s’applique depuis le 2 août 2026, haut risque ou non.",
        "Les bacs à sable ouvrent aux dispositifs médicaux le 2 août 2027.",
        "Les modèles à usage général, hors haut risque, ont jusqu’au 2 août 2027.",
        "L’article 86 suit la date générale du 2 août 2026 pour l’annexe III.",
        "Les règles générales s’appliquent depuis le 2 août 2026, avant celles du haut risque.",
        "Aucune norme sur le haut risque n’était citée le 5 août 2026.",
        "Les lignes directrices sur l’annexe I sont attendues le 1er août 2027.",
        "Le haut risque de l’annexe I s’applique le 2 août 2028.",
        "Le règlement s’applique en général le 2 août 2026.",
    ],
)
def test_deadline_that_stands_passes(sentence: str) -> None:
    assert not deadlines.states_superseded_deadline(sentence)


@pytest.mark.parametrize(
    "key",
    """
    32024R1689#art_1 32024R1689#art_113 32024R1689#art_60a 32024R1689#anx_XIV 32024R1689#rct_180
    32016R0679#art_99 32017R0745#anx_VIII 32017R0745 32026R1744 csp#L5212-2 news-fit
    """.split(),
)
def test_key_of_a_unit_that_exists_is_known(key: str) -> None:
    assert covers.is_known(key)


@pytest.mark.parametrize(
    "key",
    """
    32024R1689#art_0 32024R1689#art_114 32024R1689#art_4b 32024R1689#anx_XV 32024R1689#rct_181
    32024R1689#art_I 32016R0679#art_100 32016R0679#art_4a 32016R0679#anx_I 32016R0679
    32019R0881#art_1 csp#L5212-3 esr
    """.split(),
)
def test_key_of_a_unit_that_does_not_exist_is_unknown(key: str) -> None:
    assert not covers.is_known(key)


def test_unit_without_notice_is_told(tmp_path: Path) -> None:
    missing = list(covers.uncovered([make_notice(tmp_path)]))
    assert "aucune notice ne couvre 32024R1689#art_27" in missing
    assert "aucune notice ne couvre hds-2024" in missing
    assert "aucune notice ne couvre 32024R1689#art_26" not in missing


def test_id_given_twice_is_told(tmp_path: Path) -> None:
    notice = make_notice(tmp_path)
    assert list(form.unique_ids([notice])) == []
    assert list(form.unique_ids([notice, notice])) == ["id notice-essai : 2 fichiers"]


def test_amendment_that_sends_nowhere_is_told(tmp_path: Path) -> None:
    amendments = [{"unit": "a"}, {"unit": "b", "see": "notice-essai"}, {"unit": "c", "see": "x"}]
    lost = list(covers.lost_references({"amendments": amendments}, [make_notice(tmp_path)]))
    assert lost == ["c : see x n’existe pas"]


QUESTION = {"id": "Q1", "relevant": ["32024R1689#art_26"], "answer_span": "au moins six\u202fmois"}


def test_group_with_too_few_answers_is_told(tmp_path: Path) -> None:
    notices = [make_notice(tmp_path)]
    assert list(questions.too_few([QUESTION] * 10, notices)) == []
    assert list(questions.too_few([QUESTION] * 9, notices)) != []
    lost = {**QUESTION, "answer_span": "au moins un an"}
    assert list(questions.too_few([*[QUESTION] * 9, lost], notices)) != []


@pytest.mark.parametrize(
    ("change", "is_lost"),
    [
        ({}, False),
        ({"relevant": ["notice-essai"]}, False),
        ({"answer_span": "L'article 26 s'applique"}, False),
        ({"answer_span": None}, False),
        ({"answer_span": "au moins un an"}, True),
        ({"relevant": ["hds-2024"]}, True),
    ],
)
def test_answer_that_no_relevant_notice_states_is_told(
    change: dict[str, object], is_lost: bool, tmp_path: Path
) -> None:
    asked = [{**QUESTION, **change}]
    assert bool(list(questions.lost_answers(asked, [make_notice(tmp_path)]))) is is_lost


def test_relevant_key_that_no_notice_covers_is_told(tmp_path: Path) -> None:
    notices = [make_notice(tmp_path)]
    assert list(questions.lost_keys([QUESTION], notices)) == []
    asked = [{**QUESTION, "relevant": ["hds-2024", "notice-essai"]}]
    assert list(questions.lost_keys(asked, notices)) == [
        "Q1 : hds-2024 n’est couvert par aucune notice"
    ]


def test_question_file_is_named_after_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "reglement-ia" / "cadre"
    folder.mkdir(parents=True)
    notice = make_notice(folder)
    assert questions.group(notice, documents=tmp_path) == "reglement-ia-cadre"
    assert questions.read_questions(tmp_path / "absent.jsonl") == []
