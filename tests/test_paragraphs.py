from dataclasses import replace

from rag.paragraphs import paragraphs, told
from rag.types import Finding, Sentence


def test_paragraphs_follow_citations_and_lists() -> None:
    texts = [("Un.", 1), ("Deux.", 1), ("a) un point;", 1), ("b) un autre.", 1), ("Trois.", 2)]
    laid_out = paragraphs([Sentence(text=text, citations=(n,)) for text, n in texts])
    assert [[sentence.text for sentence in paragraph] for paragraph in laid_out] == [
        ["Un.", "Deux."],
        ["a) un point;"],
        ["b) un autre."],
        ["Trois."],
    ]


def written(text: str, *, verified: bool = True, starts: bool = False) -> Sentence:
    return Sentence(
        text=text,
        citations=(1,) if verified else (),
        verified=verified,
        finding=Finding(),
        starts_paragraph=starts,
    )


def laid_out(*sentences: Sentence) -> list[str]:
    return [" ".join(one.text for one in paragraph) for paragraph in paragraphs(told(sentences))]


def test_what_a_model_wrote_runs_on_whatever_it_cites() -> None:
    second = replace(written("Deux."), citations=(2,))
    third = replace(written("Trois.", starts=True), citations=(2,))
    assert laid_out(written("Un.", starts=True), second, third) == ["Un. Deux.", "Trois."]


def test_list_of_a_model_has_an_item_a_line() -> None:
    assert laid_out(written("Deux cas :"), written("- le premier ;"), written("- l’autre.")) == [
        "Deux cas :",
        "- le premier ;",
        "- l’autre.",
    ]


def test_paragraph_begins_though_its_first_sentence_is_left_out() -> None:
    left_out = written("Deux.", verified=False, starts=True)
    assert laid_out(written("Un."), left_out, written("Trois.")) == ["Un.", "Trois."]


def test_quote_is_told_even_where_it_is_not_verified() -> None:
    quote = Sentence(text="Un.", citations=())
    assert told([quote]) == (quote,)
