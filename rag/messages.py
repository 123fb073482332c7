"""What the reader is told, in French: the one place where errors become sentences."""

from rag.errors import Problem, RadiactError
from rag.types import Kind, Outcome

NBSP = "\N{NO-BREAK SPACE}"

SENTENCES = {
    Problem.NOT_FOUND: "Fichier ou dossier introuvable : {path}.",
    Problem.UNSUPPORTED: (
        "Format non pris en charge ({suffix}) : Markdown, texte, HTML, PDF et DOCX le sont."
    ),
    Problem.UNREADABLE: "Fichier illisible ou endommagé.",
    Problem.WRONG_EXTENSION: "Le contenu du fichier ne correspond pas à son extension.",
    Problem.ENCRYPTED: "Fichier protégé par un mot de passe.",
    Problem.EMPTY: "Fichier vide.",
    Problem.NO_TEXT: "Aucun texte exploitable : document numérisé en image ou presque vide.",
    Problem.TOO_LARGE: "Fichier trop volumineux.",
    Problem.ZIP_BOMB: "Archive anormale : son contenu décompressé dépasse la limite de sécurité.",
    Problem.BAD_METADATA: "Métadonnée « {field} » inutilisable : {value}.",
    Problem.DUPLICATE_ID: "L’identifiant « {id} » est déjà celui d’un autre fichier : {other}.",
    Problem.QUESTION_EMPTY: "La question est vide : écrivez-la en quelques mots.",
    Problem.QUESTION_TOO_LONG: (
        "La question est trop longue ({length} caractères) : "
        "la limite est de {limit} caractères. Résumez-la en une ou deux phrases."
    ),
    Problem.BAD_SETTING: "Réglage {variable} inutilisable : « {value} ».",
    Problem.BAD_DATE: "Date inutilisable : « {value} ». Écrivez-la sous la forme 2026-11-23.",
    Problem.BAD_QUESTIONS: "Questions étiquetées inutilisables : {path}, ligne {line}.",
    Problem.MODEL_NOT_FOUND: (
        "Modèle d’encodage introuvable ou endommagé sur cette machine : « {model} ». "
        "Indiquez un dossier local dans RADIACT_EMBEDDING_MODEL, "
        "ou autorisez le téléchargement avec RADIACT_OFFLINE=0."
    ),
    Problem.LOCKED: (
        "Une autre indexation est en cours ({holder}) : réessayez quand elle sera finie."
    ),
    Problem.DISK_FULL: "Espace disque insuffisant : ce qui était indexé reste intact.",
    Problem.STORE_UNUSABLE: "La base de données est inutilisable : {cause}.",
    Problem.UNKNOWN_DOCUMENT: "Document inconnu : « {id} ».",
    Problem.PORT_IN_USE: "Le port {port} est déjà pris : choisissez-en un autre avec RADIACT_PORT.",
    Problem.QUOTE_MISPLACED: "Une citation ne correspond pas au texte indexé : réponse retenue.",
}

OUTCOMES = {
    Outcome.ADDED: "ajouté",
    Outcome.UPDATED: "mis à jour",
    Outcome.UNCHANGED: "inchangé",
    Outcome.REMOVED: "retiré",
    Outcome.FAILED: "échec",
}

KINDS = {
    Kind.REGULATION: "Règlement",
    Kind.LAW: "Loi",
    Kind.GUIDELINES: "Lignes directrices",
    Kind.RECOMMENDATION: "Recommandation",
    Kind.GUIDE: "Guide",
    Kind.NEWS: "Actualité",
    Kind.NOTICE: "Notice",
}


def french(error: RadiactError) -> str:
    """Say in French what went wrong, with no-break spaces before « : ; ? ! »."""
    return typographic(SENTENCES[error.problem].format_map(_Details(error.details)))


def typographic(text: str) -> str:
    """Put no-break spaces where French wants them.

    >>> typographic("Vraiment ? « Oui »").count(NBSP)
    3
    """
    for mark in ":;?!»":
        text = text.replace(f" {mark}", f"{NBSP}{mark}")
    return text.replace("« ", f"«{NBSP}")


class _Details(dict[str, object]):
    """Details of an error; one that was not given shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"
