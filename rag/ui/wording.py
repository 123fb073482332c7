"""What the page says in French, and how it writes dates and numbers."""

from collections.abc import Mapping

from rag import messages
from rag.messages import NBSP, typographic
from rag.types import Status

NAME = "RadIAct"
TITLE = "RadIAct — réglementation de l’IA en radiologie"

EXAMPLES = tuple(
    typographic(question)
    for question in (
        "Combien de temps faut-il conserver les journaux d’un système d’IA ?",
        "Le radiologue doit-il vérifier le résultat proposé par l’IA ?",
        "Faut-il dire au patient qu’une IA a été utilisée pour son examen ?",
        "Un logiciel d’aide au diagnostic est-il un système d’IA à haut risque ?",
        "De quelle classe de dispositif médical relève un logiciel d’IA en imagerie ?",
        "Une analyse d’impact est-elle obligatoire avant d’utiliser une IA ?",
    )
)

QUESTION_LABEL = "Votre question"
QUESTION_PLACEHOLDER = "Posez une question sur l’IA en radiologie"
SEND = "Envoyer"
NEW_CONVERSATION = "Nouvelle conversation"

COMING = "La réponse arrive."
SEARCHING = "Recherche dans les textes…"
QUEUED = typographic("D’autres questions sont en cours : la vôtre attend son tour…")
PREPARING = "préparation des textes et du modèle"
NO_ANSWER = "Les textes indexés ne permettent pas de répondre."
UNEXPECTED = typographic(
    "Une erreur inattendue a empêché la réponse. Réessayez ; si elle se répète, "
    "relancez le programme."
)
LOADING_FAILED = typographic("Le programme n’a pas pu démarrer : {cause}")
LOADING_UNEXPECTED = "une erreur inattendue s’est produite (voir le journal du programme)."

MODES = {"extractive": "extraits vérifiés mot pour mot"}

# Being in force is the rule: the page shows the exceptions.
STATUSES: dict[Status, str] = {
    status: name for status, name in messages.STATUSES.items() if status is not Status.IN_FORCE
}


def french_score(score: float) -> str:
    """Write a score with a decimal comma.

    >>> french_score(0.831)
    '0,83'
    """
    return f"{score:.2f}".replace(".", ",")


def progress_line(label: str, done: int, total: int) -> str:
    """Say how far the preparation is; the share is left out while the total is unknown.

    >>> progress_line("indexation", 1, 4).replace(NBSP, "_")
    'indexation (25_%)'
    """
    label = label or PREPARING
    return f"{label} ({round(100 * min(done, total) / total)}{NBSP}%)" if total else label


def waiting_line(progress: str) -> str:
    """Tell someone who asked too early that the answer will come.

    >>> waiting_line("Indexation").replace(NBSP, " ")
    'Le programme se prépare : indexation. Votre réponse viendra ensuite.'
    """
    progress = progress[:1].lower() + progress[1:]
    return typographic(f"Le programme se prépare : {progress}. Votre réponse viendra ensuite.")


def mode_line(mode: str) -> str:
    """Say how an answer was made."""
    return MODES.get(mode, typographic(f"mode : {mode}"))


def corpus_line(description: Mapping[str, object]) -> str:
    """Say what the assistant knows; empty when the counts are not given.

    >>> corpus_line({"documents": 26, "passages": 1310}).replace(NBSP, "_")
    '26_documents, 1_310_passages'
    """
    counts = [
        f"{count:,}{NBSP}{name}".replace(",", NBSP)
        for name in ("documents", "passages")
        if isinstance(count := description.get(name), int)
    ]
    return ", ".join(counts)
