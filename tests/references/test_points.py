from pathlib import Path

import pytest

from rag.loaders import load
from rag.references import point_in
from rag.splitter import split
from tests.factories import make_passage

LIST = (
    "4. Le système permet:\n"
    "a) de comprendre;\n"
    "b) d’agir dans les cas suivants:\n"
    "i) un arrêt;\n"
    "ii) une reprise;\n"
    "c) de refuser.\n\n"
    "Le premier alinéa vaut aussi pour les essais."
)


def test_point_stands_alone_at_its_own_offsets():
    passage = make_passage(LIST, id="acte#art_14.4", start=100, label="article 14, paragraphe 4")
    found = point_in(passage, ["c"])
    assert found is not None
    assert (found.passage.id, found.passage.anchor) == ("acte#art_14.4.c", "art_14.4.c")
    assert found.passage.label == "article 14, paragraphe 4, point c)"
    assert found.passage.text == "c) de refuser."
    assert LIST[found.passage.start - 100 : found.passage.end - 100] == found.passage.text
    assert found.lead_in is not None
    assert found.lead_in.text == "4. Le système permet:"


def test_point_holds_the_points_below_it_which_are_found_too():
    passage = make_passage(LIST, id="acte#art_14.4", label="article 14, paragraphe 4")
    whole, part = point_in(passage, ["b"]), point_in(passage, ["b", "ii"])
    assert whole is not None
    assert part is not None
    assert whole.passage.text.endswith("ii) une reprise;")
    assert part.passage.text == "ii) une reprise;"
    assert part.passage.label == "article 14, paragraphe 4, point b), ii)"


def test_letter_i_of_a_list_is_no_roman_numeral():
    text = "Sont visés:\n" + "\n".join(f"{letter}) cas {letter};" for letter in "abcdefghij")
    found = point_in(make_passage(text, id="acte#art_2"), ["i"])
    assert found is not None
    assert found.passage.text == "i) cas i;"


def test_point_that_is_not_there_is_not_found():
    assert point_in(make_passage(LIST, id="acte#art_14.4"), ["d"]) is None
    assert point_in(make_passage("Sans liste.", id="acte#art_1"), ["a"]) is None


@pytest.mark.slow
@pytest.mark.parametrize("act", ["32024R1689", "32016R0679"])
def test_every_point_of_a_real_act_is_found_as_the_loader_cuts_it(corpus: Path, act: str):
    document = load(corpus / act / "fr.html")
    passages = {passage.anchor: passage for passage in reversed(split(document))}
    inside = [unit for unit in document.units if unit.parent and unit.anchor not in passages]
    checked = 0
    for unit in inside:
        holder, steps = unit.anchor, []
        while holder not in passages and "." in holder:
            holder, _, step = holder.rpartition(".")
            steps.insert(0, step)
        if holder not in passages:
            continue  # passages of its parts only
        found = point_in(passages[holder], steps)
        if found is None and any(anchor.startswith(f"{unit.anchor}.") for anchor in passages):
            continue
        assert found is not None, unit.anchor
        assert (found.passage.start, found.passage.end) == (unit.start, unit.end)
        assert found.passage.label == unit.label
        checked += 1
    assert checked > 100
