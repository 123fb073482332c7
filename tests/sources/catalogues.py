"""Catalogues for tests: an entry needs only what a test cares about."""

from pathlib import Path
from typing import Any

import yaml

from rag.config import CATALOGUE
from rag.sources import OfficialText, read_catalogue


def make_entry(id: str = "32024R1689", **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "title": f"Texte {id}",
        "publisher": "Éditeur d’essai",
        "kind": "reglement",
        "licence": "CC0",
        "format": "html",
        "address": "https://exemple.fr/texte.html",
        "contains": "journaux de l’IA",
        **fields,
    }


def write_catalogue(folder: Path, *entries: dict[str, Any], **more: Any) -> Path:
    path = folder / CATALOGUE
    path.write_text(
        yaml.safe_dump({"sources": list(entries), **more}, allow_unicode=True), encoding="utf-8"
    )
    return path


def make_text(folder: Path, id: str = "32024R1689", **fields: Any) -> OfficialText:
    return read_catalogue(write_catalogue(folder, make_entry(id, **fields))).texts[0]
