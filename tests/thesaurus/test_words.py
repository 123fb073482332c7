import pytest

from rag.thesaurus.words import Reading, is_acronym


@pytest.mark.parametrize("form", ["TDM", "G4", "CADe", "MSSanté", "DRIMbox"])
def test_word_with_capitals_is_an_acronym(form: str) -> None:
    assert is_acronym(form)


@pytest.mark.parametrize("form", ["scanner", "Bureau", "AI Act", "L1/L2", "2017/745", ""])
def test_other_forms_are_no_acronym(form: str) -> None:
    assert not is_acronym(form)


def test_acronym_is_not_taken_for_the_word_of_the_same_stem() -> None:
    assert Reading("ANS", acronyms={"ans"}).key == ("ANS",)
    assert Reading("dix ans", acronyms={"ans"}).key == ("dix", "ANS")
    assert Reading("un an", acronyms={"ans"}).key == ("un", "an")


def test_plural_of_an_acronym_is_the_acronym() -> None:
    assert Reading("les LLMs", acronyms={"llm"}).key == ("LLM",)


def test_runs_are_no_longer_than_asked() -> None:
    runs = list(Reading("journaux de l’IA à garder", acronyms=()).runs(2))
    assert runs == [
        (0, 1, ("journal",)),
        (0, 2, ("journal", "ia")),
        (1, 2, ("ia",)),
        (1, 3, ("ia", "gard")),
        (2, 3, ("garder",)),
    ]
