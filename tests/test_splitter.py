from hypothesis import given
from hypothesis import strategies as st

from rag.splitter import MAX_CHARACTERS, split
from rag.types import Document, Page, Unit
from tests.factories import make_document


def article(paragraphs: list[str]) -> Document:
    text, units = "Article 9\n\n", []
    start = len(text)
    for number, words in enumerate(paragraphs, start=1):
        begin = len(text)
        text += words
        units.append(
            Unit(anchor=f"art_9.{number}", label=f"paragraphe {number}", start=begin,
                 end=len(text), parent="art_9", headings=("Article 9 — Risques",))
        )  # fmt: skip
        text += "\n\n"
    whole = Unit(anchor="art_9", label="article 9", start=start, end=len(text.rstrip()))
    return make_document(text, whole, *units)


def test_each_paragraph_of_an_article_is_a_passage() -> None:
    passages = split(article(["1. Un système est établi.", "2. Il est tenu à jour."]))
    assert [passage.id for passage in passages] == ["essai#art_9.1", "essai#art_9.2"]


def test_heading_path_is_read_but_not_quoted() -> None:
    passage = split(article(["1. Un système est établi."]))[0]
    assert passage.text == "1. Un système est établi."
    assert passage.retrieval_text.startswith("Article 9 — Risques")


def test_long_paragraph_is_cut_at_sentence_ends() -> None:
    sentence = "Le fournisseur tient une documentation technique à jour. "
    passages = split(article([sentence * 60]))
    assert len(passages) > 1
    assert all(len(passage.text) <= MAX_CHARACTERS for passage in passages)
    assert all(passage.text.endswith("à jour.") for passage in passages)
    assert [passage.id for passage in passages][:2] == ["essai#art_9.1", "essai#art_9.1~2"]


def test_short_points_stay_with_their_paragraph_and_long_ones_stand_alone() -> None:
    lead = "1. Les conditions sont:\n"
    for filler, anchors in [("court", ["p"]), ("long " * 150, ["p", "p.a", "p.b"])]:
        text = f"{lead}a) {filler};\nb) {filler}."
        middle = text.index("b)")
        document = make_document(
            text,
            Unit(anchor="p", label="p", start=0, end=len(text)),
            Unit(anchor="p.a", label="a", start=len(lead), end=middle - 1, parent="p"),
            Unit(anchor="p.b", label="b", start=middle, end=len(text), parent="p"),
        )
        passages = split(document)
        assert [passage.anchor for passage in passages] == anchors
        if len(passages) > 1:
            assert "Les conditions sont:" in passages[1].context


def test_text_without_units_is_cut_by_size() -> None:
    passages = split(make_document("Une phrase assez longue pour compter. " * 100))
    assert len(passages) > 1
    assert {passage.anchor for passage in passages} == {"texte"}


def test_page_is_the_one_where_the_passage_starts() -> None:
    text = "Première page.\n\nSeconde page."
    document = make_document(
        text,
        Unit(anchor="a", label="a", start=0, end=14),
        Unit(anchor="b", label="b", start=16, end=len(text)),
    )
    paged = Document(
        **{field: getattr(document, field) for field in ("metadata", "text", "units", "source")},
        sha256=document.sha256,
        pages=(Page(number=1, start=0), Page(number=2, start=16)),
    )
    assert [passage.page for passage in split(paged)] == [1, 2]


words = st.text(alphabet="abcdefg. ;:?()’é\n", min_size=1, max_size=400)


@given(st.lists(words, min_size=1, max_size=6), st.integers(40, 300))
def test_every_offset_maps_back_to_the_text(paragraphs: list[str], limit: int) -> None:
    document = article(paragraphs)
    position = 0
    units = {unit.anchor: unit for unit in document.units}
    for passage in split(document, max_characters=limit):
        assert passage.text == document.text[passage.start : passage.end]
        assert passage.text.strip() == passage.text != ""
        assert position <= passage.start
        assert units[passage.anchor].start <= passage.start <= passage.end
        assert passage.end <= units[passage.anchor].end
        position = passage.end


@given(st.lists(words, min_size=1, max_size=6))
def test_passage_ids_are_unique(paragraphs: list[str]) -> None:
    ids = [passage.id for passage in split(article(paragraphs), max_characters=50)]
    assert len(ids) == len(set(ids))


def test_heading_of_a_section_is_not_a_passage_of_its_parent() -> None:
    text = "Le chapitre traite du contrôle.\n\nArticle 1\n\nLe contrôle est humain."
    body = text.index("Le contrôle est")
    document = make_document(
        text,
        Unit(anchor="chapitre", label="chapitre", start=0, end=len(text)),
        Unit(anchor="art_1", label="article 1", start=body, end=len(text), parent="chapitre",
             headings=("Chapitre", "Article 1")),
    )  # fmt: skip
    assert [passage.text for passage in split(document)] == [
        "Le chapitre traite du contrôle.",
        "Le contrôle est humain.",
    ]
