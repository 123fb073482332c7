import pytest

from rag.french import analyze, fold


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("donnees a caractere personnel", "données à caractère personnel"),
        ("L'ANALYSE D'IMPACT", "l’analyse d’impact"),
        ("deployeurs", "Déployeur"),
        ("systeme dIA".replace("dIA", "d'IA"), "systèmes d’IA"),
        ("coeur", "cœur"),
    ],
)
def test_what_is_typed_meets_what_is_written(typed: str, written: str) -> None:
    assert analyze(typed) == analyze(written)


def test_references_stay_whole() -> None:
    assert analyze("règlement (UE) 2024/1689, art. L. 4001-3") == [
        "regl", "ue", "2024/1689", "art", "4001-3"
    ]  # fmt: skip


def test_stop_words_and_elisions_are_dropped() -> None:
    assert analyze("Qu’est-ce que l’on doit faire aujourd’hui avec cela ?") == ["aujourd", "hui"]


def test_fold_keeps_letters_of_other_languages() -> None:
    assert fold("Straße Ångström") == "straße angstrom"
