"""Where quotes stand on the pages of PDFs."""

import random
from pathlib import Path

import pytest

from rag import loaders
from rag.french import sentence_spans
from rag.loaders.pdf.images import view_page
from rag.loaders.pdf.marks import find_spans, letters_only

MOST_SENTENCES = 40


def test_letters_are_found_over_hyphens_and_ligatures():
    page = letters_only("La certi\N{LATIN SMALL LIGATURE FI}-\ncation  de l'IA\N{NO-BREAK SPACE}!")
    quote = letters_only("certification de l’IA !")
    assert [page[start:end] for start, end in find_spans(page, quote)] == [quote]


def test_quote_is_found_around_a_note():
    page = "debutlesjournauxsontconserves12noteenbasdepagependantsixmoisaumoinsfin"
    spans = find_spans(page, "lesjournauxsontconservespendantsixmoisaumoins")
    assert [page[start:end] for start, end in spans] == [
        "lesjournauxsontconserves",
        "pendantsixmoisaumoins",
    ]


def test_other_words_are_not_found():
    assert find_spans("lesjournauxsontconserves", "lamachineestarreteelesoir") == []
    assert find_spans("texte", "") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cnil-en-bref-2023", "six-etapes", "guide-securite-2023"])
def test_sentences_of_real_pages_are_marked(corpus: Path, name: str):
    path = corpus / "cnil" / f"{name}.pdf"
    if not path.is_file():
        pytest.skip(f"fichier absent : {path.name}")
    document = loaders.load(path)
    chance = random.Random(1)
    pages = {unit.anchor: unit for unit in document.units}
    sentences = [
        (int(anchor.removeprefix("page-")), sentence)
        for anchor, unit in pages.items()
        for sentence in _sentences(document.text[unit.start : unit.end])
    ]
    chosen = chance.sample(sentences, MOST_SENTENCES)
    lost = [
        sentence for page, sentence in chosen if not view_page(path, page, quote=sentence).marks
    ]
    assert len(lost) <= MOST_SENTENCES // 20, lost


def _sentences(text: str) -> list[str]:
    spans = sentence_spans(text)
    return [words for start, end in spans if len(words := text[start:end]) > 40]
