"""What a language model wrote, cited from the spans that say the same."""

import pytest

from rag.citations import verify
from rag.errors import CitationError, Problem
from rag.types import Check, Citation, Draft, Finding, Sentence, Support, WrittenSentence
from tests.factories import make_hit

TEXT = "Le déployeur garde les journaux. Il les garde six mois. Une autre règle existe."
JOURNALS, MONTHS, OTHER = "Le déployeur garde les journaux.", "Il les garde six mois.", "Une autre"
GOOD = Finding(done=(Check.MEANING,))
BAD = Finding(done=(Check.DATE,), failed=(Check.DATE,), words=("2 août 2027",))


def support(words: str, *, hit_id: str = "essai#un") -> Support:
    at = TEXT.index(words)
    return Support(hit=make_hit(TEXT, id=hit_id), start=at, end=at + len(words))


def written(*supports: Support, finding: Finding = GOOD, **fields: bool) -> WrittenSentence:
    return WrittenSentence(text="Une phrase.", finding=finding, supports=supports, **fields)


def cite(*sentences: WrittenSentence) -> tuple[list[Sentence], list[Citation]]:
    return verify(Draft(written=sentences), lambda version: TEXT)


def test_sentence_cites_each_of_its_spans_to_the_character() -> None:
    sentences, citations = cite(written(support(JOURNALS), support(OTHER)))
    assert [citation.quote for citation in citations] == [JOURNALS, OTHER]
    assert sentences[0].citations == (1, 2)
    assert sentences[0].verified
    assert sentences[0].finding is GOOD


def test_citations_are_numbered_in_the_order_of_their_first_use() -> None:
    sentences, citations = cite(written(support(OTHER)), written(support(JOURNALS), support(OTHER)))
    assert [citation.quote for citation in citations] == [OTHER, JOURNALS]
    assert [citation.n for citation in citations] == [1, 2]
    assert [sentence.citations for sentence in sentences] == [(1,), (1, 2)]


def test_spans_that_touch_or_overlap_are_one_citation() -> None:
    sentences, citations = cite(written(support(JOURNALS)), written(support(MONTHS)))
    assert [citation.quote for citation in citations] == [f"{JOURNALS} {MONTHS}"]
    assert [sentence.citations for sentence in sentences] == [(1,), (1,)]
    _, [citation] = cite(written(support("garde les journaux. Il")), written(support(JOURNALS)))
    assert citation.quote == f"{JOURNALS} Il"
    _, [citation] = cite(written(support(JOURNALS), support("garde")))
    assert citation.quote == JOURNALS


def test_same_words_of_two_passages_are_two_citations() -> None:
    _, citations = cite(written(support(MONTHS), support(MONTHS, hit_id="essai#deux")))
    assert [citation.hit.passage.id for citation in citations] == ["essai#un", "essai#deux"]


@pytest.mark.parametrize(
    "sentence", [written(support(MONTHS), finding=BAD), written(), written(finding=BAD)]
)
def test_sentence_that_failed_or_has_no_support_is_not_verified(sentence: WrittenSentence) -> None:
    sentences, citations = cite(sentence, written(support(MONTHS)))
    assert not sentences[0].verified
    assert sentences[0].is_left_out
    assert sentences[0].citations == ()
    assert [citation.n for citation in citations] == [1]


def test_paragraphs_of_the_model_are_kept() -> None:
    sentences, _ = cite(written(support(MONTHS), starts_paragraph=True))
    assert sentences[0].starts_paragraph


@pytest.mark.parametrize("finding", [GOOD, BAD])
@pytest.mark.parametrize(
    "wrong",
    [
        Support(hit=make_hit(TEXT[:31]), start=33, end=40),
        Support(hit=make_hit(TEXT[10:], start=10), start=4, end=12),
        Support(hit=make_hit(TEXT), start=5, end=5),
        Support(hit=make_hit(TEXT), start=5, end=500),
        Support(hit=make_hit(TEXT.replace("six", "dix")), start=33, end=55),
    ],
)
def test_support_that_its_version_does_not_hold_is_refused(
    wrong: Support, finding: Finding
) -> None:
    with pytest.raises(CitationError) as raised:
        cite(written(support(JOURNALS)), written(wrong, finding=finding))
    assert raised.value.problem is Problem.QUOTE_MISPLACED
