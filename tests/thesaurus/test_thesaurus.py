import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ConfigurationError, Problem
from rag.messages import french
from rag.thesaurus import Match, Thesaurus

LAW, IMAGING = "droit, données et institutions", "modalités et métier"

VALUES = {
    "entries": [
        {
            "term": "tomodensitométrie",
            "family": IMAGING,
            "forms": ["TDM", "scanner"],
            "english": ["CT scan"],
            "distinct_from": [{"term": "densitométrie", "why": "elle mesure l’os"}],
        },
        {"term": "densitométrie", "family": IMAGING, "forms": ["DXA"]},
        {
            "term": "surveillance après commercialisation",
            "family": LAW,
            "forms": [{"text": "PMS", "ambiguous": True}],
            "english": ["post-market monitoring"],
        },
        {"term": "surveillance du marché", "family": LAW},
        {"term": "organisme notifié", "family": LAW, "forms": ["ON"]},
        {"term": "dispositif médical", "family": LAW, "forms": ["DM"]},
        {"term": "dispositif médical numérique", "family": LAW},
        {"term": "Agence du numérique en santé", "family": LAW, "forms": ["ANS"]},
        {"term": "marquage CE", "family": LAW, "forms": ["CE"]},
        {"term": "destination", "family": LAW, "forms": ["usage prévu"]},
        {"term": "journaux", "family": LAW, "forms": ["logs"]},
    ]
}
THESAURUS = Thesaurus.parse(VALUES)


def terms(question: str) -> list[str]:
    return [match.entry.term for match in THESAURUS.matches(question)]


@pytest.mark.parametrize(
    "question",
    [
        "Mon SCANNER est-il concerné ?",
        "les scanners",
        "l’IA lit une tdm",
        "une TDM thoracique",
        "tomodensitometries",
        "un CT-scan",
    ],
)
def test_entry_is_named_whatever_the_case_the_accents_and_the_number(question: str) -> None:
    assert terms(question) == ["tomodensitométrie"]


def test_small_words_do_not_count_inside_a_form() -> None:
    assert terms("la surveillance de marché") == ["surveillance du marché"]
    assert terms("l’agence numérique de la santé") == ["Agence du numérique en santé"]


def test_longest_form_wins() -> None:
    assert terms("un dispositif médical numérique") == ["dispositif médical numérique"]
    assert terms("surveillance après commercialisation") == ["surveillance après commercialisation"]


def test_entries_come_in_the_order_of_the_question_each_once() -> None:
    assert terms("logs d’un scanner, puis journaux") == ["journaux", "tomodensitométrie"]
    first = THESAURUS.matches("logs d’un scanner")[0]
    assert first == Match(first.entry, first.entry.forms[0])


def test_word_alone_is_not_another_word_of_its_family() -> None:
    assert terms("un système destiné aux urgences") == []
    assert terms("les documents scannés") == []


@pytest.mark.parametrize("word", ["ON", "ANS", "CE", "DM"])
def test_acronym_that_is_a_word_is_read_in_capitals(word: str) -> None:
    assert len(terms(f"Que doit faire {word} ici")) == 1
    assert len(terms(word)) == 1
    assert terms(f"Que {word.lower()} PACS") == []
    assert terms(f"Que {word.capitalize()} fait") == []


@pytest.mark.parametrize("question", ["on a dix ans et ce", "ON A DIX ANS ET CE LOGICIEL"])
def test_capitals_tell_nothing_where_all_or_none_are(question: str) -> None:
    assert terms(question) == []


def test_acronym_that_is_no_word_is_read_in_small_letters() -> None:
    assert terms("mon dm est ancien") == ["dispositif médical"]
    assert terms("Mon dm est ancien") == ["dispositif médical"]
    assert terms("MON DM EST ANCIEN") == ["dispositif médical"]
    assert terms("Mon dm et mon PACS") == []


def test_acronym_counts_inside_a_longer_form_whatever_the_case() -> None:
    assert terms("le marquage ce suffit-il") == ["marquage CE"]


def test_ambiguous_form_names_nothing_by_itself() -> None:
    assert THESAURUS.expansions("Qui fait le PMS ?") == ()
    assert "PMS" not in THESAURUS.expansions("surveillance après commercialisation")


def test_expansions_are_the_other_forms_of_what_is_named() -> None:
    assert THESAURUS.expansions("mes TDM") == ("tomodensitométrie", "scanner", "CT scan")
    assert THESAURUS.expansions("TDM, ou scanner") == ("tomodensitométrie", "CT scan")
    assert THESAURUS.expansions("tarte tatin") == ()


def test_usual_words_are_those_of_what_is_named_by_another_form() -> None:
    assert THESAURUS.usual_words("mes CT-scans") == ("tomodensitométrie", "TDM")
    assert THESAURUS.usual_words("mes TDM") == ("tomodensitométrie",)
    assert THESAURUS.usual_words("logs de l’usage prévu") == ("journaux", "destination")


def test_question_in_usual_words_stays_as_it_is() -> None:
    assert THESAURUS.usual_words("la tomodensitométrie") == ()
    assert THESAURUS.usual_words("TDM, ou tomodensitométrie") == ()


@pytest.mark.parametrize("question", ["TDM", "la TDM ?", "C’est quoi un DPO ?", "PMS"])
def test_question_about_words_is_known(question: str) -> None:
    assert THESAURUS.is_about_words(question)


@pytest.mark.parametrize("question", ["Combien de temps garder les logs ?", "TDM de contrôle", ""])
def test_question_about_the_thing_is_told_from_one_about_words(question: str) -> None:
    assert not THESAURUS.is_about_words(question)


def test_false_friend_never_comes_with_its_double() -> None:
    assert not {"DXA", "densitométrie"} & set(THESAURUS.expansions("TDM"))


def test_empty_thesaurus_names_nothing() -> None:
    assert Thesaurus().matches("TDM") == ()
    assert Thesaurus.parse({}) == Thesaurus()


def test_json_form_gives_the_same_thesaurus() -> None:
    assert Thesaurus.parse(json.loads(json.dumps(THESAURUS.to_json()))) == THESAURUS


def test_first_of_merged_thesauri_keeps_the_form() -> None:
    other = Thesaurus.parse({"entries": [{"term": "DXA", "family": IMAGING}]})
    merged = Thesaurus.merge([THESAURUS, other, THESAURUS])
    assert len(merged.entries) == len(THESAURUS.entries) + 1
    assert merged.matches("DXA")[0].entry.term == "densitométrie"


def entry(**fields: object) -> dict[str, object]:
    return {"entries": [{"term": "scanner", "family": IMAGING, **fields}]}


@pytest.mark.parametrize(
    ("values", "name", "field"),
    [
        ({"entries": "scanner"}, "", "entries"),
        ({"entrees": []}, "", "entrees"),
        ({"entries": ["scanner"]}, "n° 1", ""),
        ({"entries": [{"family": IMAGING}]}, "n° 1", "term"),
        (entry(family="médecine"), "scanner", "family"),
        (entry(form=["TDM"]), "scanner", "form"),
        (entry(forms="TDM"), "scanner", "forms"),
        (entry(forms=[True]), "scanner", "forms › 0"),
        (entry(forms=["de la"]), "scanner", "forms"),
        (entry(forms=[{"text": "CR", "ambigu": True}]), "scanner", "forms › 0 › ambigu"),
        (entry(near=["IRM"]), "scanner", "near"),
        (entry(near=["scanner"]), "scanner", "near"),
        (entry(near=[{"why": "voisin"}]), "scanner", "near › 0"),
        (entry(distinct_from=[{"text": "l’IRM"}]), "scanner", "distinct_from › why"),
        ({"entries": [*entry()["entries"], {"term": "TDM", "family": IMAGING,
          "english": ["Scanners"]}]}, "TDM", "forms"),
    ],
)  # fmt: skip
def test_value_that_cannot_be_read_is_refused_by_name(
    values: dict[str, object], name: str, field: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Thesaurus.parse(values)
    error = raised.value
    assert error.problem is Problem.BAD_THESAURUS
    assert (error.details["entry"], error.details["field"]) == (name, field)
    assert field in french(error)


def test_family_is_read_with_either_apostrophe() -> None:
    values = entry(family="systèmes d'information")
    assert Thesaurus.parse(values).entries[0].family == "systèmes d’information"


_FORMS = sorted({form.text for entry in THESAURUS.entries for form in entry.names})
_PIECES = st.sampled_from([*_FORMS, "le", "de", "et", "radiologue", "article 26", "?", "l’", "ON"])


@given(st.lists(_PIECES, max_size=12).map(" ".join))
def test_expansions_add_only_forms_of_what_is_named(question: str) -> None:
    named = {match.entry for match in THESAURUS.matches(question)}
    forms = {form.text for entry in named for form in entry.names if not form.ambiguous}
    expansions = THESAURUS.expansions(question)
    assert set(expansions) <= forms
    assert len(set(expansions)) == len(expansions)
    assert not set(expansions) & set(question.split())


@given(st.text(max_size=300))
def test_any_text_can_be_asked(question: str) -> None:
    THESAURUS.matches(question)
    THESAURUS.expansions(question)


@given(st.sampled_from(_FORMS), st.sampled_from(["une question sur {}", "{} ?", "et {} alors"]))
def test_each_form_names_its_own_entry(form: str, question: str) -> None:
    named = [match.form.text for match in THESAURUS.matches(question.format(form))]
    assert named == ([] if form == "PMS" else [form])
