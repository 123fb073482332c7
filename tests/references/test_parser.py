import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.references import ActNames, find_references, named_acts

NAMES = ActNames()
AI_ACT, GDPR, MDR = "32024R1689", "32016R0679", "32017R0745"


def read(question: str) -> list[tuple[str | None, str]]:
    return [(found.act, found.anchor) for found in find_references(question, NAMES)]


@pytest.mark.parametrize(
    "form",
    [
        "article 26 paragraphe 6",
        "Article 26, paragraphe 6",
        "l’article 26, paragraphe 6",
        "l article 26 paragraphe 6",
        "art 26 par 6",
        "art. 26 §6",
        "art. 26, § 6",
        "art. 26(6)",
        "art26(6)",
        "article 26.6",
        "article 26 6",
        "ARTICLE 26 PARAGRAPHE 6",
        "article n° 26, paragraphe 6",
        "paragraphe 6 de l’article 26",
        "paragraphe 6 de l article 26",
        "le 6e paragraphe de l'article 26",
        "que dit l’article 26 §6 ?",
        "(article 26, paragraphe 6)",
    ],
)
def test_paragraph_is_read_however_it_is_typed(form: str):
    assert read(form) == [(None, "art_26.6")]


@pytest.mark.parametrize(
    ("form", "anchor"),
    [
        ("article 14.4.b", "art_14.4.b"),
        ("art 5 1 f", "art_5.1.f"),
        ("article 6 paragraphe 1 point f", "art_6.1.f"),
        ("article 6, paragraphe 1, premier alinéa, point f)", "art_6.1.f"),
        ("article 5, paragraphe 1, point c), i)", "art_5.1.c.i"),
        ("point b) du paragraphe 4 de l’article 14", "art_14.4.b"),
        ("article 3, point 63)", "art_3.63"),
        ("annexe III point 5 d", "anx_III.5.d"),
        ("annexe 3 point 5 d", "anx_III.5.d"),
        ("annexe III, point 5, d)", "anx_III.5.d"),
        ("anx III.5.d", "anx_III.5.d"),
        ("annexe 7, point 4, 2), a)", "anx_VII.4.2.a"),
        ("point d) du point 5 de l’annexe III", "anx_III.5.d"),
        ("annexe I, section A, point 11", "anx_I.A.11"),
        ("considerant n° 20", "rct_20"),
        ("cons. 20", "rct_20"),
        ("recital 20", "rct_20"),
        ("considérant (20)", "rct_20"),
        ("article premier", "art_1"),
        ("premier paragraphe de l’article 26", "art_26.1"),
        ("article 4 bis", "art_4a"),
        ("article 75 quinquies", "art_75d"),
        ("article 4a", "art_4a"),
        ("regle 11", "regle-11"),
        ("L4001-3", "L4001-3"),
        ("article L. 4001-3", "L4001-3"),
        ("l'article 50 a partir de quand", "art_50"),
    ],
)
def test_unit_without_its_act(form: str, anchor: str):
    assert read(form) == [(None, anchor)]


@pytest.mark.parametrize(
    ("form", "act", "anchor"),
    [
        ("6(1)(f) RGPD", GDPR, "art_6.1.f"),
        ("art 6 1 f rgpd", GDPR, "art_6.1.f"),
        ("RGPD : article 6", GDPR, "art_6"),
        ("article 22(2)(c) gdpr", GDPR, "art_22.2.c"),
        ("règle 11 du MDR", MDR, "regle-11"),
        ("rule 11 MDR", MDR, "regle-11"),
        ("annexe VIII du règlement sur les dispositifs médicaux", MDR, "anx_VIII"),
        ("article 26 de l'AI Act", AI_ACT, "art_26"),
        ("article 26 du reglement sur l intelligence artificielle", AI_ACT, "art_26"),
        ("article 35 du règlement (UE) n° 2016/679", GDPR, "art_35"),
        ("article 35 du règlement 679", GDPR, "art_35"),
        ("article 35 32016R0679", GDPR, "art_35"),
        ("article 5 de la directive (UE) 2024/2853", "32024L2853", "art_5"),
        ("L. 4001-3 du code de la santé publique", "csp", "L4001-3"),
        ("article 5-1 de la loi informatique et libertés", "loi-78-17", "art_5-1"),
        ("32024R1689#art_26.6", AI_ACT, "art_26.6"),
        ("02024R1689-20260727", AI_ACT, ""),
        ("règlement 2024/1689", AI_ACT, ""),
        ("32024R1689", AI_ACT, ""),
    ],
)
def test_act_is_named_by_number_identifier_or_name(form: str, act: str, anchor: str):
    assert read(form) == [(act, anchor)]


@pytest.mark.parametrize(
    ("form", "anchors"),
    [
        ("articles 9 et 10", ["art_9", "art_10"]),
        ("articles 9, 10 et 12", ["art_9", "art_10", "art_12"]),
        ("article 26, paragraphes 5 et 6", ["art_26.5", "art_26.6"]),
        ("paragraphes 5 et 6 de l’article 26", ["art_26.5", "art_26.6"]),
        ("article 14, paragraphe 4, points a) et b)", ["art_14.4.a", "art_14.4.b"]),
        ("articles 8 à 11", ["art_8", "art_9", "art_10", "art_11"]),
        ("art. 9-11", ["art_9", "art_10", "art_11"]),
        ("considérants 20 et 21", ["rct_20", "rct_21"]),
        ("articles 5 paragraphe 1 et 6 paragraphe 2", ["art_5.1", "art_6.2"]),
        ("art. 38, § 1 et 2", ["art_38.1", "art_38.2"]),
        ("art. 79, § 5 à 7", ["art_79.5", "art_79.6", "art_79.7"]),
        ("article 79, paragraphe 5 à 7", ["art_79.5", "art_79.6", "art_79.7"]),
        ("art. 26, § 6, 6 mois au moins", ["art_26.6"]),
        ("art. 26, § 6 et 12 mois", ["art_26.6"]),
        ("art. 26, § 6 et 72", ["art_26.6", "art_72"]),
        ("art. 5, § 1, et 6", ["art_5.1", "art_6"]),
        ("articles 5 § 1 et 6 § 2", ["art_5.1", "art_6.2"]),
        ("l’article 57, § 16, le premier rapport", ["art_57.16"]),
        ("l’article 34, § 3, met la documentation", ["art_34.3"]),
        ("relevant de l’annexe I, l’article 9 s’applique", ["anx_I", "art_9"]),
    ],
)
def test_several_units_are_each_read(form: str, anchors: list[str]):
    assert [anchor for _, anchor in read(form)] == anchors


def test_each_unit_has_the_act_named_beside_it():
    assert read("l’article 6 du RGPD et l’article 26 du RIA") == [
        (GDPR, "art_6"),
        (AI_ACT, "art_26"),
    ]
    assert read("RGPD article 9 ou RIA article 10") == [(GDPR, "art_9"), (AI_ACT, "art_10")]


@pytest.mark.parametrize(
    "question",
    [
        "les 3 articles de la presse",
        "la règle des 3 relectures",
        "règle 3-2-1 de sauvegarde",
        "l’article de Topol",
        "26 patients sur 113",
        "l’état de l’art 2024",
        "annexe 2 du compte rendu",
        "l’article 12 de mon contrat",
        "article 226-13 du code pénal",
        "que change le règlement 2024/1689 pour un cabinet ?",
        "RGPD",
        "",
    ],
)
def test_what_names_no_unit_of_the_acts_is_plain_text(question: str):
    assert read(question) == []


def test_words_as_typed_keep_their_accents_and_their_place():
    question = "Que dit l’Article 26, §6 du Règlement IA ?"
    (found,) = find_references(question, NAMES)
    assert found.typed == "Article 26, §6 du Règlement IA"
    assert question[found.start : found.end] == found.typed


def test_acts_of_a_conversation_are_listed():
    assert named_acts("Le RGPD et le règlement IA", NAMES) == (GDPR, AI_ACT)


@given(st.text(alphabet="articleé 0123456789.,;()§’'àdu-annexIVpoint#@/RGPD°\n", max_size=200))
def test_any_text_is_read_without_error(text: str):
    for found in find_references(text, NAMES):
        assert found.anchor or found.act
        assert found.typed
        assert found.start < found.end


@given(st.integers(1, 999), st.integers(1, 99), st.sampled_from("abcdefgh"))
def test_number_paragraph_and_point_are_kept(article: int, paragraph: int, point: str):
    expected = [(None, f"art_{article}.{paragraph}.{point}")]
    assert read(f"article {article}, paragraphe {paragraph}, point {point})") == expected
    assert read(f"art. {article}({paragraph})({point})") == expected
    assert read(f"point {point}) du paragraphe {paragraph} de l’article {article}") == expected
