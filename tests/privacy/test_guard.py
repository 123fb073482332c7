"""What is stopped of patients' data, and what is not; every person and number is invented."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import nir

from benchmarks import privacy as measure
from rag.errors import PatientDataError, Problem
from rag.messages import french
from rag.privacy import IdentifierKind, check, check_question, find, mask
from tests.conftest import REPOSITORY

ORDINARY = (
    "Selon le règlement (UE) 2024/1689 du 13 juin 2024, article 26, paragraphe 6, combien de temps "
    "un établissement de santé déployeur garde-t-il les journaux d’un système d’IA à haut risque, "
    "et que dit la loi n° 78-17 du 6 janvier 1978 au DPO (dpo@chu-exemple.fr, 01 53 73 22 22) ?"
)


def kinds(text: str) -> list[str]:
    return [one.kind.value for one in find(text)]


@pytest.mark.parametrize("part", measure.PARTS)
def test_made_up_identifiers_are_stopped_and_ordinary_questions_are_not(part: str) -> None:
    marked = measure.sentences(part)
    total = sum(measure.stopped(marked).values(), measure.Share(0, 0))
    assert total.value >= 0.98
    assert measure.by_mistake(measure.ordinary(marked)).value <= 0.01


def test_there_are_enough_sentences_of_every_kind() -> None:
    marked = [sentence for part in measure.PARTS for sentence in measure.sentences(part)]
    assert len(marked) >= 300
    assert {kind for sentence in marked for kind, _, _ in sentence.data} == set(IdentifierKind)
    assert len(measure.ordinary(marked)) >= 100


def test_no_golden_question_is_stopped() -> None:
    shared = Path(os.environ.get("RADIACT_TEST_BENCHMARKS", REPOSITORY / "absent"))
    questions = list(measure.golden_questions((measure.QUESTIONS, shared)))
    assert len(questions) >= 500
    assert [question for question in questions if find(question)] == []


def test_no_file_of_the_project_has_a_name_that_is_refused() -> None:
    names = [path.name for path in (REPOSITORY / "documents").rglob("*")]
    assert len(names) > 50
    assert [name for name in names if find(name)] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Mme Dupont née le 12/03/1954, IPP 8004512",
            "Mme [nom] née le [date de naissance], IPP [numéro de patient]",
        ),
        ("nir 1 85 05 78 006 084 91 ?", "nir [numéro de sécurité sociale] ?"),
        ("INS\N{NO-BREAK SPACE}: 285116912345617.", "INS\N{NO-BREAK SPACE}: [matricule INS]."),
        (
            "tél\N{NARROW NO-BREAK SPACE}06–12\N{NO-BREAK SPACE}34\N{THIN SPACE}56.78",
            "tél\N{NARROW NO-BREAK SPACE}[numéro de téléphone]",
        ),
        ("IRM_DUPONT_JEAN_1954-03-12.dcm", "IRM_[nom]_[date de naissance].dcm"),
        ("e\N{COMBINING ACUTE ACCENT}crire à a.b@free.fr", None),
        ("０６１２３４５６７８", "[numéro de téléphone]"),
        ("06\N{ZERO WIDTH SPACE}12345678", "[numéro de téléphone]"),
    ],
)
def test_each_datum_is_masked_where_it_stands(text: str, masked: str | None) -> None:
    assert mask(text) == (masked or text.replace("a.b@free.fr", "[adresse électronique]"))


@given(
    sex=st.sampled_from("12"),
    birth=st.dates(),
    place=st.sampled_from(["75114", "2A004", "2b033", "99350", "97411"]),
    order=st.integers(1, 999),
    separator=st.sampled_from(["", " ", ".", "-", "\N{NO-BREAK SPACE}", " / "]),
)
def test_every_valid_social_security_number_is_stopped(
    sex: str, birth: object, place: str, order: int, separator: str
) -> None:
    body = f"{sex}{birth:%y%m}{place}{order:03d}"
    number = body + nir.calc_check_digits(body.upper() + "00")
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    written = separator.join(number[first:last] for first, last in pairwise(cuts))
    assert kinds(f"peut-on envoyer {written} à un éditeur ?") == ["nir"]


def test_number_with_a_wrong_key_is_no_social_security_number_unless_it_is_said_so() -> None:
    assert kinds("référence 185057800608492") == []
    assert kinds("sécu 185057800608492") == ["nir"]


@pytest.mark.parametrize(
    ("personal", "ordinary"),
    [
        ("Scanner de M. Breton le 8 décembre 2023", "Le commissaire M. Breton le 8 décembre 2023"),
        ("Le ministre M. Breton 12/03/1954", "Le ministre M. Breton le 12 mars 2024"),
        ("rapport de M. Breton 12/03/1954", "le rapport du 12 mars 2024"),
        ("Déclaration pour Mme Breton du 12/03/1954", "la déclaration du 12 mars 2024"),
        ("Téléphone de la patiente : 01 44 55 66 77", "Support de l’éditeur : 01 44 55 66 77"),
        ("julie.robert@chu-rennes.fr", "rssi@chu-rennes.fr"),
        ("la patiente du 14/07/1999", "les journaux du 14/07/1999"),
        ("rdv n°4587123", "ticket n°4587123"),
        ("M. Kone né le vingt mai mille neuf cent dix", "un délai de mille jours"),
    ],
)
def test_someone_is_told_from_a_service_and_from_an_office(personal: str, ordinary: str) -> None:
    assert find(personal)
    assert not find(ordinary)


def test_oid_of_a_standard_passes_and_that_of_an_image_does_not() -> None:
    assert kinds("1.2.250.1.213.1.4.8 et 1.2.840.10008.5.1.4.1.1.2") == []
    assert kinds("1.2.840.113619.2.55.3.604688119.971.1268219245.371") == ["uid"]


PIECES = st.one_of(
    st.text(max_size=12),
    st.text("0123456789 ./-", max_size=24),
    st.sampled_from(
        "Mme Dupont née le,12/03/1954,IPP,dossier n°,12 rue de la Paix,75002 Paris,a@b.fr,tel,"
        "DUPONT^JEAN,1.2.840.113619.2.55.3.604688119,[nom],[date de naissance],accession,"
        "Jean,ddn,06 12 34 56 78,INS,185057800608491,le,patient".split(",")
    ),
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_masked_text_passes_and_masking_it_changes_nothing(text: str) -> None:
    masked = mask(text)
    check(masked)
    assert mask(masked) == masked


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_places_are_in_the_text_in_order_and_apart(text: str) -> None:
    bounds = [bound for one in find(text) for bound in (one.start, one.end)]
    assert bounds == sorted(bounds)
    assert all(one.start < one.end <= len(text) for one in find(text))


def test_error_tells_the_kinds_and_never_the_data() -> None:
    with pytest.raises(PatientDataError) as caught:
        check("Mme Dupont née le 12/03/1954, tel 06 12 34 56 78")
    error = caught.value
    assert error.kinds == ("name", "birth_date", "phone")
    assert error.masked == "Mme [nom] née le [date de naissance], tel [numéro de téléphone]"
    for told in (str(error), repr(error), repr(error.args), french(error)):
        assert not any(datum in told for datum in ("Dupont", "1954", "34 56"))
    assert "un nom, une date de naissance et un numéro de téléphone" in french(error)


def test_earlier_questions_are_checked_too() -> None:
    check_question(ORDINARY, [ORDINARY])
    with pytest.raises(PatientDataError) as caught:
        check_question("Et pour lui ?", ["Qui est déployeur ?", "ddn 12/03/1954"])
    assert caught.value.problem is Problem.PATIENT_DATA_IN_HISTORY
    assert caught.value.masked == "ddn [date de naissance]"


@pytest.mark.parametrize(
    "text", ["1 2 3 4 5 6 7 8 9 0 ", "a", "1.2.", "a-", "12/03/1954 ", "Mme de ", "rue ", "@ at "]
)
def test_text_that_repeats_itself_is_read_to_its_end(text: str) -> None:
    """A pattern whose time is more than that of the length would not come back from it."""
    find(text * (50_000 // len(text)) + "1@")


def test_tables_of_telephone_numbers_are_imported_only_where_one_is_seen() -> None:
    script = (
        "import json, sys\nfrom rag.privacy import find\n"
        "def loaded(text):\n    find(text)\n    return 'phonenumbers' in sys.modules\n"
        f"print(json.dumps([loaded({ORDINARY.split(' (')[0]!r}), loaded('06 12 34 56 78')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [False, True]
