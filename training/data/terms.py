"""The notions of a thesaurus, as pairs of ways to write one of them."""

from itertools import permutations
from pathlib import Path

import yaml

from training.data.corpora import Pair


def translations(thesaurus: Path) -> list[Pair]:
    """Return each French way to write a notion with its first English equivalent."""
    return [
        Pair(french, names["english"][0])
        for names in _entries(thesaurus)
        for french in names["french"]
        if names["english"]
    ]


def names(thesaurus: Path) -> list[str]:
    """Return every way to write every notion, in both languages."""
    return [name for entry in _entries(thesaurus) for name in (*entry["french"], *entry["english"])]


def synonyms(thesaurus: Path) -> list[tuple[str, str]]:
    """Return the ordered pairs of ways to write one notion, in both languages."""
    return [
        pair
        for names in _entries(thesaurus)
        for pair in permutations([*names["french"], *names["english"]], 2)
    ]


def _entries(thesaurus: Path) -> list[dict[str, list[str]]]:
    entries = yaml.safe_load(thesaurus.read_text(encoding="utf-8"))["entries"]
    return [
        {
            "french": [entry["term"], *_texts(entry.get("forms", []))],
            "english": _texts(entry.get("english", [])),
        }
        for entry in entries
    ]


def _texts(forms: list[str | dict[str, object]]) -> list[str]:
    """Return the written forms, those with several meanings left out."""
    return [form for form in forms if isinstance(form, str)]
