from hypothesis import given
from hypothesis import strategies as st

from rag.pipeline.places import innermost, lines, place_at, places
from rag.types import Unit


def make_unit(anchor: str, start: int, end: int, parent: str | None = None) -> Unit:
    return Unit(anchor=anchor, label=anchor, start=start, end=end, parent=parent)


ARTICLES = "Titre\n\nArticle 1\n\n1. Un.\na) point\n\nArticle 2\n\nDeux.\n"
UNITS = (
    make_unit("art_1", 18, 33),
    make_unit("art_1.1", 18, 33, "art_1"),
    make_unit("art_1.1.a", 25, 33, "art_1.1"),
    make_unit("art_2", 46, 51),
)


def test_places_are_the_units_that_no_other_holds():
    found = places(ARTICLES, UNITS)
    assert [place.anchor for place in found] == ["art_1", "art_2"]
    assert "".join(ARTICLES[place.lead : place.end] for place in found) == ARTICLES.rstrip()


def test_offset_between_two_places_is_read_with_what_it_leads_to():
    found = places(ARTICLES, UNITS)
    assert place_at(found, 0).anchor == "art_1"
    assert place_at(found, 25).anchor == "art_1"
    assert place_at(found, ARTICLES.index("Article 2")).anchor == "art_2"
    assert place_at(found, len(ARTICLES)).anchor == "art_2"


def test_lines_tell_headings_and_depth():
    found = places(ARTICLES, UNITS)
    told = [(line.text, line.depth, line.is_heading) for line in lines(ARTICLES, found[0], UNITS)]
    assert told == [
        ("Titre", 0, True),
        ("Article 1", 0, True),
        ("1. Un.", 1, False),
        ("a) point", 2, False),
    ]


def test_long_unit_is_cut_into_those_it_holds():
    text = "Définitions :\n1) un\n2) deux"
    units = (
        make_unit("art_3", 0, len(text)),
        make_unit("art_3.1", 14, 19, "art_3"),
        make_unit("art_3.2", 20, 27, "art_3"),
    )
    found = places(text, units, most=20)
    assert [(place.anchor, place.level) for place in found] == [
        ("art_3", 0),
        ("art_3.1", 1),
        ("art_3.2", 1),
    ]


def test_text_without_units_is_cut_at_its_lines():
    text = "a" * 15 + "\n" + "b" * 30
    found = places(text, (), most=20)
    assert [text[place.lead : place.end] for place in found] == [text[:16], "b" * 20, "b" * 10]


def test_innermost_unit_of_a_span():
    assert innermost(UNITS, 25, 28).anchor == "art_1.1.a"
    assert innermost(UNITS, 18, 28).anchor == "art_1.1"
    assert innermost(UNITS, 0, 3) is None


@given(
    st.text(alphabet="ab \n", min_size=1, max_size=120),
    st.lists(st.integers(0, 120), max_size=8),
    st.integers(1, 30),
)
def test_places_are_the_whole_text_whatever_the_units(text: str, cuts: list[int], most: int):
    edges = sorted({min(cut, len(text)) for cut in cuts})
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    units = tuple(make_unit(f"u{n}", start, end) for n, (start, end) in enumerate(pairs))
    found = places(text, units, most=most)
    read = "".join(text[place.lead : place.end] for place in found)
    assert read.rstrip() == text.rstrip()
    for place in found:
        for line in lines(text, place, units):
            assert text[line.start : line.end] == line.text
