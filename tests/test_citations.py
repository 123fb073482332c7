from dataclasses import replace

import pytest

from rag.citations import text_sha256, verify
from rag.errors import CitationError, Problem
from rag.types import Draft, DraftSentence
from tests.factories import make_hit

TEXT = "Le déployeur garde les journaux. Il les garde six mois. Une autre règle existe."


def drafted(words: str, *, hit_id: str = "essai#un") -> DraftSentence:
    start = TEXT.index(words)
    return DraftSentence(
        text=words, hit=make_hit(TEXT, id=hit_id), start=start, end=start + len(words)
    )


def test_quote_is_verbatim_with_the_hash_of_its_version() -> None:
    sentences, citations = verify(
        Draft(sentences=(drafted("Il les garde six mois."),)), lambda version: TEXT
    )
    assert citations[0].quote == TEXT[citations[0].start : citations[0].end]
    assert citations[0].sha256 == text_sha256(TEXT)
    assert sentences[0].citations == (1,)
    assert sentences[0].verified


def test_sentences_that_follow_each_other_share_a_citation() -> None:
    draft = Draft(
        sentences=(drafted("Le déployeur garde les journaux."), drafted("Il les garde six mois."))
    )
    sentences, citations = verify(draft, lambda version: TEXT)
    assert [citation.quote for citation in citations] == [TEXT[:55]]
    assert [sentence.citations for sentence in sentences] == [(1,), (1,)]


def test_sentences_apart_are_cited_apart() -> None:
    draft = Draft(
        sentences=(drafted("Le déployeur garde les journaux."), drafted("Une autre règle existe."))
    )
    _, citations = verify(draft, lambda version: TEXT)
    assert [citation.n for citation in citations] == [1, 2]


def test_altered_quote_is_refused() -> None:
    altered = replace(drafted("Il les garde six mois."), text="Il les garde dix mois.")
    with pytest.raises(CitationError) as raised:
        verify(Draft(sentences=(altered,)), lambda version: TEXT)
    assert raised.value.problem is Problem.QUOTE_MISPLACED


def test_quote_outside_its_passage_is_refused() -> None:
    sentence = drafted("Une autre règle existe.")
    narrow = replace(sentence, hit=make_hit(TEXT[:31]))
    with pytest.raises(CitationError):
        verify(Draft(sentences=(narrow,)), lambda version: TEXT)


def test_quote_of_another_version_is_refused() -> None:
    with pytest.raises(CitationError):
        verify(
            Draft(sentences=(drafted("Il les garde six mois."),)),
            lambda version: TEXT.replace("six", "dix"),
        )
