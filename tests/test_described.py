import numpy as np
import pytest

from rag.described import DescribedUnits
from rag.descriptions import Descriptions, phrases_of
from rag.errors import ConfigurationError, Problem
from rag.vector_store import vector_id

VALUES = {
    "document": "32024R1689",
    "units": {
        "art_26.6": ["combien de temps garder les logs", "durée d’archivage"],
        "anx_III.5.d": ["trier les appels au 15"],
        "art_4": ["former le personnel"],
    },
}
KEYS = [
    "32024R1689#art_26",
    "32024R1689#art_26.6",
    "32024R1689#anx_III.5",
    "notice-hds#regles",
    "32024R1689#art_4.a",
]


@pytest.fixture
def units() -> DescribedUnits:
    return DescribedUnits(Descriptions.parse(VALUES).phrases(), KEYS)


def test_words_of_a_description_lead_to_its_unit(units: DescribedUnits) -> None:
    assert np.flatnonzero(units.by_words("garder les logs")).tolist() == [1]
    assert np.flatnonzero(units.by_words("former")).tolist() == [4]


def test_unit_without_a_passage_of_its_own_leads_to_the_one_that_holds_it(
    units: DescribedUnits,
) -> None:
    assert np.flatnonzero(units.by_words("appels au 15")).tolist() == [2]


def test_best_phrase_of_a_unit_counts(units: DescribedUnits) -> None:
    first, second, *_ = Descriptions.parse(VALUES).phrases()
    scores = units.by_phrase({vector_id(first): 0.4, vector_id(second): 0.7, "oublié": 0.9})
    assert scores.tolist() == pytest.approx([0, 0.7, 0, 0, 0])


def test_only_acts_that_are_here_are_described() -> None:
    descriptions = Descriptions.parse(VALUES)
    assert len(phrases_of({"32024R1689"}, [descriptions])) == 4
    assert phrases_of({"32016R0679"}, [descriptions]) == []


def test_without_descriptions_nothing_is_found() -> None:
    none = DescribedUnits([], KEYS)
    assert not none
    assert none.by_words("logs").tolist() == [0] * len(KEYS)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"document": "a"}, "units"),
        ({"document": "a", "units": {"art 26": ["des mots"]}}, "units › art 26 › [key]"),
        ({"document": "a", "units": {"art_26": "des mots"}}, "units › art_26"),
        ({"document": "a", "units": {"art_26": [""]}}, "units › art_26 › 0"),
        ({"document": "a", "units": {}, "autre": 1}, "autre"),
    ],
)
def test_damaged_descriptions_are_refused_by_place(values: dict[str, object], place: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Descriptions.parse(values)
    assert refused.value.problem is Problem.BAD_DESCRIPTIONS
    assert refused.value.details["place"] == place


def test_notices_are_described_by_section_or_as_a_whole() -> None:
    units = {"notice-hds#regles": ["héberger les scanners"], "notice-hds": ["hébergeur agréé"]}
    described = DescribedUnits(Descriptions.parse({"units": units}).phrases(), KEYS)
    assert np.flatnonzero(described.by_words("scanners")).tolist() == [3]
    assert np.flatnonzero(described.by_words("agréé")).tolist() == [3]
