import numpy as np

from rag.lexical_index import LexicalIndex

INDEX = LexicalIndex(
    ["Les déployeurs conservent les journaux six mois.", "Le fournisseur paie l’amende."]
)


def test_text_with_the_terms_scores_higher() -> None:
    scores = INDEX.scores("conserver journaux")
    assert scores[0] > scores[1] == 0


def test_question_of_unknown_terms_scores_nothing() -> None:
    assert not INDEX.scores("tarte tatin").any()


def test_coverage_is_the_share_of_the_terms_held() -> None:
    assert INDEX.coverage("journaux des déployeurs", 0) == 1
    assert INDEX.coverage("journaux des déployeurs", 1) == 0
    assert 0 < INDEX.coverage("journaux et tarte", 0) < 0.6


def test_empty_index_answers_with_no_score() -> None:
    assert LexicalIndex([]).scores("journaux").shape == (0,)
    assert np.array_equal(LexicalIndex(["le la les"]).scores("journaux"), [0])
