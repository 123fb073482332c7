"""What the page says in French, and how it writes dates and numbers."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rag.messages import NBSP, typographic
from rag.messages import mode_line as mode_line
from rag.messages import share_line as share_line
from rag.messages import verified_line as verified_line
from rag.messages import why_not_verified as why_not_verified
from rag.types import PullOutcome

if TYPE_CHECKING:
    from rag.pipeline import PullReport
    from rag.ui.loading import Step

NAME = "RadIAct"
TITLE = "RadIAct — réglementation de l’IA en radiologie"

QUESTION_LABEL = "Votre question"
QUESTION_PLACEHOLDER = "Votre question…"  # short, to stay whole on a telephone
SEND = "Envoyer"
STOP = "Arrêter"
NEW_CONVERSATION = "Nouvelle conversation"

UNDERSTOOD = typographic("Question comprise :")
COMING = "La réponse arrive."
INTERRUPTED = "Réponse interrompue."
SEARCHING = "Recherche dans les textes…"
WRITING = "Rédaction en cours…"
QUEUED = typographic("D’autres questions sont en cours : la vôtre attend son tour…")
PREPARING = "préparation des textes et du modèle"
CONTEXT = typographic("Hors citation :")
PARTIAL = typographic("Réponse partielle :")
NEAREST = "Aucun d’eux ne répond à la question."
RANKS_ONLY = typographic("Aucun d’eux ne répond : ces notes ne font que les classer entre eux.")
NO_ANSWER = "Les textes indexés ne permettent pas de répondre."
UNEXPECTED = typographic(
    "Une erreur inattendue a empêché la réponse. Réessayez ; si elle se répète, "
    "relancez le programme."
)
LOADING_FAILED = typographic("Le programme n’a pas pu démarrer : {cause}")
LOADING_UNEXPECTED = "une erreur inattendue s’est produite (voir le journal du programme)."

BAD_DAY = typographic(
    "La date choisie est incomplète ou hors limites : prenez un jour entre le 1er janvier 1990 et "
    "le 31 décembre 2100, ou revenez à aujourd’hui. Votre question est restée dans son cadre."
)
WARNING = typographic("Attention :")
NOTICE_ORIGIN = "Notice rédigée pour RadIAct, sans valeur juridique"

PANEL_UNEXPECTED = typographic(
    "Une erreur inattendue s’est produite. Réessayez ; si elle se répète, relancez le programme."
)
PULL_STARTS = "Préparation du téléchargement"
PULL_IS_RUNNING = typographic(
    "Un téléchargement est déjà en cours : attendez qu’il soit terminé pour en lancer un autre."
)
PULL_COUNTS = {
    PullOutcome.DOWNLOADED: ("téléchargé", "téléchargés"),
    PullOutcome.UPDATED: ("mis à jour", "mis à jour"),
    PullOutcome.UNCHANGED: ("déjà à jour", "déjà à jour"),
    PullOutcome.MANUAL: ("à enregistrer à la main", "à enregistrer à la main"),
    PullOutcome.FAILED: ("échec", "échecs"),
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


def preparing_line(progress: str) -> str:
    """Say that what a tab shows will come.

    >>> preparing_line("Indexation").replace(NBSP, " ")
    'Le programme se prépare : indexation.'
    """
    return typographic(f"Le programme se prépare : {lowered(progress)}.")


def waiting_line(progress: str) -> str:
    """Tell someone who asked too early that the answer will come.

    >>> waiting_line("Indexation").replace(NBSP, " ")
    'Le programme se prépare : indexation. Votre réponse viendra ensuite.'
    """
    return f"{preparing_line(progress)} Votre réponse viendra ensuite."


def missing_line(reason: str) -> str:
    """Say what a partial answer lacks, without the words that name it so.

    >>> missing_line("Réponse partielle : rien sur la dose."), missing_line("Rien sur la dose.")
    ('rien sur la dose.', 'Rien sur la dose.')
    """
    return typographic(reason).removeprefix(PARTIAL).lstrip()


def left_out_button(count: int) -> str:
    """Name the button that shows the sentences that are not verified.

    >>> left_out_button(1).replace(NBSP, " "), left_out_button(2).replace(NBSP, " ")
    ('Voir 1 phrase non vérifiée', 'Voir 2 phrases non vérifiées')
    """
    plural = "s" if count > 1 else ""
    return f"Voir {count}{NBSP}phrase{plural} non vérifiée{plural}"


def destination_line(description: Mapping[str, object]) -> str:
    """Say where questions are sent; empty where they stay on this machine.

    >>> destination_line({"llm_is_remote": True, "llm_host": "api.exemple.fr"})
    'Les questions et les passages sont envoyés à api.exemple.fr.'
    >>> destination_line({"llm": "ollama:mistral", "llm_is_remote": False})
    ''
    """
    if not description.get("llm_is_remote"):
        return ""
    host = description.get("llm_host") or "un serveur distant"
    return f"Les questions et les passages sont envoyés à {host}."


def corpus_line(description: Mapping[str, object]) -> str:
    """Say what the assistant knows; empty when the counts are not given.

    >>> corpus_line({"documents": 26, "passages": 1310}).replace(NBSP, "_")
    '26_documents, 1_310_passages'
    """
    counts = [
        f"{number(count)}{NBSP}{name}"
        for name in ("documents", "passages")
        if isinstance(count := description.get(name), int)
    ]
    return ", ".join(counts)


def lowered(text: str) -> str:
    """Put the first letter of a sentence that follows other words in lower case."""
    return text[:1].lower() + text[1:]


def source_names(numbers: Sequence[int]) -> str:
    """Name sources by their numbers; three or more in a row by the first and the last.

    >>> source_names([2]).replace(NBSP, " "), source_names([1, 2, 3, 4, 7]).replace(NBSP, " ")
    ('Source 2', 'Sources 1 à 4 et 7')
    """
    *names, last = _ranges(sorted(numbers))
    noun = "Source" if len(numbers) == 1 else "Sources"
    return f"{noun}{NBSP}{', '.join(names)} et {last}" if names else f"{noun}{NBSP}{last}"


def step_line(step: "Step") -> str:
    """Say how far a download is: its label, and its count where there is one."""
    if not (step.done or step.total):
        return step.label
    counts = number(step.done) + (f" sur {number(step.total)}" if step.total else "")
    return typographic(f"{step.label} : {counts}")


def pull_totals(report: "PullReport") -> str:
    """Say what a download came to, by counts."""
    counts = {outcome: report.count(outcome) for outcome in PULL_COUNTS}
    told = [
        f"{count}{NBSP}{PULL_COUNTS[outcome][count > 1]}"
        for outcome, count in counts.items()
        if count
    ]
    return typographic(f"Terminé : {', '.join(told)}.")


def number(value: int) -> str:
    """Write a number with spaces between thousands.

    >>> number(12345).replace(NBSP, "_")
    '12_345'
    """
    return f"{value:,}".replace(",", NBSP)


def _ranges(numbers: Sequence[int]) -> list[str]:
    """Write sorted numbers, those in a row together."""
    told: list[str] = []
    for _, group in groupby(enumerate(numbers), key=lambda place: place[1] - place[0]):
        row = [str(value) for _, value in group]
        told += [f"{row[0]}{NBSP}à{NBSP}{row[-1]}"] if len(row) > 2 else row
    return told
