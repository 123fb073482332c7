"""The thesaurus that is shipped, ``documents/thesaurus.yaml``."""

import re
from itertools import permutations

import pytest

from rag.loaders.metadata import read_yaml
from rag.messages import NBSP, typographic
from rag.thesaurus import Entry, Family, Thesaurus
from tests.conftest import REPOSITORY

PATH = REPOSITORY / "documents" / "thesaurus.yaml"
TEXT = PATH.read_text(encoding="utf-8")
THESAURUS = Thesaurus.parse(read_yaml(TEXT, path=PATH))
ENTRIES = {entry.term: entry for entry in THESAURUS.entries}

FALSE_FRIENDS = {
    "TDM": "ostéodensitométrie",
    "densitométrie": "tomodensitométrie",
    "mammographie": "tomosynthèse",
    "AIPD": "analyse d’impact sur les droits fondamentaux",
    "AIDF": "analyse d’impact relative à la protection des données",
    "EDS": "espace européen des données de santé",
    "EEDS": "entrepôt de données de santé",
    "DRIMbox": "DRIM France IA",
    "DRIM France IA": "DRIMbox",
    "post-market surveillance": "surveillance du marché",
    "surveillance du marché": "surveillance après commercialisation",
    "matériovigilance": "algorithmovigilance",
    "opposition": "consentement",
    "Bureau de l’IA": "Comité IA",
    "MDR": "règlement sur les dispositifs médicaux de diagnostic in vitro",
    "ANS": "Agence nationale de sécurité du médicament et des produits de santé",
    "Journal officiel de l’UE": "journaux",
    "mammo 3D": "mammographie",
    "TEP-TDM": "tomodensitométrie",
}


def named(question: str) -> list[str]:
    return [match.entry.term for match in THESAURUS.matches(question)]


@pytest.mark.parametrize(("form", "double"), FALSE_FRIENDS.items(), ids=list(FALSE_FRIENDS))
def test_false_friends_are_kept_apart(form: str, double: str) -> None:
    assert len(named(f"Que dit le texte sur {form} ?")) == 1
    assert double not in named(f"Que dit le texte sur {form} ?")
    others = {name.text for name in ENTRIES[double].names}
    assert not others & set(THESAURUS.expansions(f"Que dit le texte sur {form} ?"))


def test_distinct_entries_share_no_form() -> None:
    for one, other in permutations(THESAURUS.entries, 2):
        assert not {form.text for form in one.names} & {form.text for form in other.names}


@pytest.mark.parametrize("form", ["CR", "DNS", "SFR", "EIG", "SAC", "PMS", "US", "RCP", "CRU"])
def test_ambiguous_acronym_names_nothing(form: str) -> None:
    assert THESAURUS.expansions(f"Que dit le texte sur {form} ?") == ()


def test_official_journal_of_some_country_is_no_log() -> None:
    assert named("publié au Journal officiel du 6 novembre 2018") == []


def test_double_reading_is_not_the_verification_by_two_persons() -> None:
    assert named("double lecture en mammo") == ["double lecture", "mammographie"]
    assert not any("14" in form for form in THESAURUS.expansions("double lecture"))
    assert any(
        "14, paragraphe 5" in other.text for other in ENTRIES["double lecture"].distinct_from
    )


def test_what_is_typed_reaches_the_term_of_the_law() -> None:
    assert "analyse d’impact sur les droits fondamentaux" in THESAURUS.expansions("faut-il un FRIA")
    assert "contrôle humain" in THESAURUS.expansions("human oversight en radiologie")
    assert "journaux" in THESAURUS.expansions("combien de temps garder les logs")
    assert "maîtrise de l’IA" in THESAURUS.expansions("formation à l’IA des manips")


@pytest.mark.parametrize("question", ["on a fait mes examens il y a dix ans", "c.à.d. 15 mn"])
def test_ordinary_words_are_no_acronyms(question: str) -> None:
    assert named(question) == []


def test_every_family_is_filled() -> None:
    assert {entry.family for entry in THESAURUS.entries} == set(Family)


@pytest.mark.parametrize("entry", THESAURUS.entries, ids=lambda entry: entry.term)
def test_entry_is_fit_to_be_read(entry: Entry) -> None:
    assert entry.definition.endswith(".")
    assert not re.match(r"(?:Il|Elle|Ils|Elles|Cela|Ce|Cet|Cette|Ces|Celui)\b", entry.definition)
    assert not entry.reference.endswith(".")
    for form in entry.names:
        assert named(form.text) == ([] if form.ambiguous else [entry.term])


def test_typography_is_french() -> None:
    prose = re.sub(r'"[^"\n]*"', "", TEXT)
    assert "'" not in prose
    assert typographic(prose) == prose
    assert f"«{NBSP}" in prose


def test_form_listed_twice_in_an_entry_is_a_slip() -> None:
    for entry in THESAURUS.entries:
        texts = [form.text for form in entry.names]
        assert len(set(texts)) == len(texts), entry.term


def test_plain_text_of_a_relation_is_no_entry() -> None:
    for entry in THESAURUS.entries:
        for related in (*entry.near, *entry.distinct_from):
            assert related.term in ENTRIES if related.term else related.text not in ENTRIES


def test_acronym_of_an_entry_stands_first() -> None:
    acronyms = {entry.term: entry.acronym for entry in THESAURUS.entries}
    assert acronyms["tomodensitométrie"] == "TDM"
    assert acronyms["compte rendu"] == "CR"
    assert acronyms["contrôle humain"] == ""
