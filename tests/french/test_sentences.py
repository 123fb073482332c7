import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.french import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le déployeur applique l’art. 26, par. 6, du règlement.",
        "Voir le règlement (UE) 2024/1689, art. 6, al. 2, et l’annexe I.",
        "Le règlement n° 300/2008 et la directive n° 5 sont modifiés.",
        "M. Dupont et Mme Martin, puis le Pr. Elmar Kotter et E. Topol, sont d’accord.",
        "L’article L. 4001-3 du code (art. R. 4127-69) impose une information.",
        "1.   Un système d’IA est à haut risque.",
        "4.2. La demande contient les éléments suivants.",
        "«5. Lors de l’adoption des actes, la Commission tient compte de cela.",
        "Les conditions sont: a) la première; b) la seconde; c) la troisième.",
        "Le seuil de 3.5 mm et la date du 02.08.2028 comptent.",
        "La réponse « Oui. » figure au dossier.",
    ],
)
def test_sentence_stays_whole(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C’est fini. Le suivant commence.", ["C’est fini.", "Le suivant commence."]),
        ("Est-ce vrai ? Oui ! Bien.", ["Est-ce vrai ?", "Oui !", "Bien."]),
        ("Il s’agit de l’IA. L’outil aide.", ["Il s’agit de l’IA.", "L’outil aide."]),
        ("Il a dit : « Non. » Puis il part.", ["Il a dit : « Non. »", "Puis il part."]),
        ("Durée de 6 mois. 15 jours suffisent.", ["Durée de 6 mois.", "15 jours suffisent."]),
        ("Il est de classe I. Elles aussi.", ["Il est de classe I.", "Elles aussi."]),
        ("La méthode A.V.E.C. Elle aide.", ["La méthode A.V.E.C.", "Elle aide."]),
        ("a) un point;\nb) un autre.", ["a) un point;", "b) un autre."]),
        ("Le tri, etc. Le reste suit.", ["Le tri, etc.", "Le reste suit."]),
    ],
)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="aB1. \n?!«»…(),;:’\N{NO-BREAK SPACE}", max_size=200))
def test_spans_cover_every_visible_character_in_order(text: str) -> None:
    spans = sentence_spans(text)
    outside = list(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        outside[start:end] = [" "] * (end - start)
        position = end
    assert not "".join(outside).strip()


def test_offsets_count_from_the_whole_text() -> None:
    text = "Avant. Dedans un. Dedans deux. Après."
    spans = sentence_spans(text, start=7, end=30)
    assert [text[start:end] for start, end in spans] == ["Dedans un.", "Dedans deux."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Les règles s’appliquent à part. Les travaux continuent.", 2),
        ("C’est l’état de l’art. Le fournisseur suit.", 2),
        ("C’est le maximum prévu à l’art. L. 4001-3 du code.", 1),
        ("Voir la sect. II et le chap. III du titre.", 1),
    ],
)
def test_words_that_are_also_abbreviations(text: str, count: int) -> None:
    assert len(sentences(text)) == count
