"""The labelled pairs of sentences and passages: what they count, and that their texts are there."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.verification_pairs import (
    FIT,
    HELD_OUT,
    LABELS,
    SUPPORTED,
    base_of,
    load_pairs,
    read_lines,
)

HALVES = (FIT, HELD_OUT)
FIELDS = {"id", "passages", "cited", "sentence", "label", "kind", "note"}
LEAST = {
    ("true",): (500, 200),
    ("date",): (60, 15),
    ("duration", "figure"): (60, 50),
    ("amount", "percentage"): (60, 0),
    ("reference",): (70, 40),
    ("citation",): (60, 30),
    ("body",): (50, 25),
    ("actor",): (60, 45),
    ("modality",): (60, 40),
    ("negation",): (100, 60),
    ("exception",): (40, 15),
    ("scope",): (50, 25),
    ("invented",): (40, 8),
    ("unrelated",): (25, 8),
}
"""Sentences of some kinds, in the half fitted on and in the one held out. The sums of the texts all
stand in the former."""

UNSAID = {"citation", "invented", "unrelated"}


def all_lines() -> list[dict[str, Any]]:
    return [line for name in HALVES for line in read_lines(name)]


@pytest.mark.parametrize("name", HALVES)
def test_lines_are_of_the_form_described(name: str) -> None:
    for line in read_lines(name):
        assert set(line) == FIELDS, line
        assert line["id"].startswith(f"{base_of(line['id'])}-{line['kind']}"), line
        assert line["label"] in LABELS, line
        assert (line["label"] == SUPPORTED) is (line["kind"] == "true") is (not line["note"]), line
        assert (line["label"] == "unrelated") is (line["kind"] in UNSAID), line
        assert 2 <= len(line["passages"]) == len(set(line["passages"])) <= 4, line
        assert line["cited"] == sorted(set(line["cited"])), line
        assert line["cited"][0] >= 1, line
        assert line["cited"][-1] <= len(line["passages"]) or line["kind"] == "citation", line


def test_no_two_lines_share_an_id_or_say_the_same_of_the_same_passages() -> None:
    lines = all_lines()
    assert max(Counter(line["id"] for line in lines).values()) == 1
    said = Counter(
        (" ".join(line["sentence"].split()), *line["passages"], *line["cited"]) for line in lines
    )
    assert [key for key, count in said.items() if count > 1] == []


def test_halves_share_no_passage_and_no_base() -> None:
    fit, held_out = map(read_lines, HALVES)
    passages = [{key for line in half for key in line["passages"]} for half in (fit, held_out)]
    bases = [{base_of(line["id"]) for line in half} for half in (fit, held_out)]
    assert passages[0] & passages[1] == set()
    assert bases[0] & bases[1] == set()


@pytest.mark.parametrize("kinds", LEAST, ids="+".join)
def test_every_kind_is_there_in_number_and_in_both_halves(kinds: tuple[str, ...]) -> None:
    counts = [sum(line["kind"] in kinds for line in read_lines(name)) for name in HALVES]
    assert all(count >= least for count, least in zip(counts, LEAST[kinds], strict=True)), counts


def test_the_half_held_out_is_long_enough() -> None:
    assert len(read_lines(HELD_OUT)) >= 600


def test_no_sentence_is_copied_from_its_passages(corpus: Path) -> None:
    for name in HALVES:
        for pair in load_pairs(name, corpus).pairs:
            texts = " ".join(" ".join(passage.text.split()) for passage in pair.passages)
            assert pair.sentence.rstrip(".") not in texts, pair.id


def test_every_passage_is_found(corpus: Path) -> None:
    for name in HALVES:
        found = load_pairs(name, corpus)
        assert found.missing == ()
        assert [pair.id for pair in found.pairs] == [line["id"] for line in read_lines(name)]
        assert {pair.is_supported for pair in found.pairs} == {True, False}
        for pair, line in zip(found.pairs, read_lines(name), strict=True):
            assert [passage.id for passage in pair.passages] == line["passages"]
            assert pair.is_supported is (pair.kind == "true")


def test_pairs_on_absent_texts_are_left_out_and_told(tmp_path: Path) -> None:
    found = load_pairs(FIT, tmp_path)
    kept = {pair.id for pair in found.pairs}
    for line in read_lines(FIT):
        official = any(key.startswith("3") for key in line["passages"])
        assert (line["id"] in kept) is not official
    assert len(found.missing) == 2
    assert found.missing[0].startswith("Absent de cette machine\N{NO-BREAK SPACE}: 32016R0679")
