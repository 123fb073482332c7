from rag.paragraphs import paragraphs
from rag.types import Sentence


def test_paragraphs_follow_citations_and_lists() -> None:
    texts = [("Un.", 1), ("Deux.", 1), ("a) un point;", 1), ("b) un autre.", 1), ("Trois.", 2)]
    laid_out = paragraphs([Sentence(text=text, citations=(n,)) for text, n in texts])
    assert [[sentence.text for sentence in paragraph] for paragraph in laid_out] == [
        ["Un.", "Deux."],
        ["a) un point;"],
        ["b) un autre."],
        ["Trois."],
    ]
