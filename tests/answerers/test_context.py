from dataclasses import replace

from rag.answerers.context import with_context
from rag.types import DraftSentence, Hit
from tests.factories import make_hit

TEXT = "Le fournisseur tient un registre. Il le communique. Autre chose. Il paie."


def quoted(hit: Hit, *texts: str) -> list[str]:
    drafts = [
        DraftSentence(text=text, hit=hit, start=(at := TEXT.index(text)), end=at + len(text))
        for text in texts
    ]
    return [sentence.context for sentence in with_context(drafts)]


def under(*headings: str) -> Hit:
    hit = make_hit(TEXT)
    return replace(hit, passage=replace(hit.passage, headings=headings))


def test_subject_is_named_where_a_pronoun_would_dangle() -> None:
    hit = under("Chapitre III", "Obligations du fournisseur")
    assert quoted(hit, "Il le communique.") == ["Obligations du fournisseur"]
    assert quoted(hit, "Le fournisseur tient un registre.", "Il paie.") == [
        "",
        "Obligations du fournisseur",
    ]


def test_sentence_that_follows_the_one_it_leans_on_needs_nothing() -> None:
    assert quoted(under("Titre"), "Le fournisseur tient un registre.", "Il le communique.") == [
        "",
        "",
    ]


def test_title_of_the_document_stands_where_there_is_no_heading() -> None:
    assert quoted(under(), "Il paie.") == ["Essai"]
