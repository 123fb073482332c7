"""The notions of a thesaurus, as pairs of ways to write one of them."""

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


def synonyms(thesaurus: Path) -> list[list[str]]:
    """Return, for each notion, every way to write it, in both languages."""
    return [[*names["french"], *names["english"]] for names in _entries(thesaurus)]


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
