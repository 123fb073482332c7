"""Who else's work the program runs on: the libraries that matter, their versions and licences."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata

LIBRARIES = {
    "torch": "calcul de l’encodeur",
    "sentence-transformers": "chargement des encodeurs et du reclassement",
    "tokenizers": "découpage des questions en mots",
    "safetensors": "lecture des poids de l’encodeur",
    "chromadb": "base de vecteurs",
    "langchain-core": "enchaînement de la recherche",
    "bm25s": "recherche par mots",
    "PyStemmer": "racines des mots français",
    "rapidfuzz": "fautes de frappe",
    "SQLAlchemy": "registre des documents",
    "numpy": "calcul",
    "pypdfium2": "lecture des PDF",
    "python-docx": "lecture et écriture des DOCX",
    "lxml": "lecture du HTML",
    "markdown-it-py": "lecture du Markdown",
    "py3langid": "langue d’un document",
    "fpdf2": "écriture des PDF",
    "gradio": "page",
    "fastapi": "serveur de la page",
    "uvicorn": "serveur de la page",
    "Jinja2": "page",
    "httpx": "téléchargement des textes officiels",
    "pydantic": "contrôle des données",
}
"""What each is for, by the name of its package."""

LONGEST_LICENCE = 120
CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A library as it is installed; ``licence`` is empty where the package does not name it."""

    name: str
    role: str
    version: str
    licence: str


def libraries() -> Iterator[Library]:
    """Yield the libraries that are installed, by name."""
    for name in sorted(LIBRARIES, key=str.lower):
        try:
            facts = metadata(name)
        except PackageNotFoundError:
            continue
        yield Library(
            name=name, role=LIBRARIES[name], version=facts["Version"], licence=licence(facts)
        )


def licence(facts: PackageMetadata) -> str:
    """Name the licence of a package, in the words that the package gives.

    A few packages put the whole text where the name should be; their classifier tells it then.
    """
    values = facts.json
    for field in ("license_expression", "license"):
        text = str(values.get(field) or "").strip()
        if text and len(text) <= LONGEST_LICENCE and "\n" not in text:
            return text
    listed = [one for one in facts.get_all("Classifier") or () if one.startswith(CLASSIFIER)]
    return ", ".join(one.rsplit(" :: ", 1)[-1] for one in listed)
