"""What the program's own words are called in French, and the sentences made of them."""

from collections.abc import Sequence

from rag.dates import french_date
from rag.messages.typography import typographic
from rag.types import (
    EXTRACTIVE,
    WRITTEN,
    Caveat,
    CaveatKind,
    Check,
    Filters,
    Kind,
    Outcome,
    PullOutcome,
    Status,
    Verdict,
)

OUTCOMES = {
    Outcome.ADDED: "ajouté",
    Outcome.UPDATED: "mis à jour",
    Outcome.UNCHANGED: "inchangé",
    Outcome.REMOVED: "retiré",
    Outcome.FAILED: "échec",
}

PULL_OUTCOMES = {
    PullOutcome.DOWNLOADED: "téléchargé",
    PullOutcome.UPDATED: "mis à jour",
    PullOutcome.UNCHANGED: "inchangé",
    PullOutcome.FAILED: "échec",
    PullOutcome.MANUAL: "à la main",
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

STATUSES = {
    Status.IN_FORCE: "En vigueur",
    Status.AMENDED: "Modifié",
    Status.DRAFT: "Projet",
    Status.NON_BINDING: "Non contraignant",
    Status.OUTDATED: "Périmé",
}

VERDICTS = {
    Verdict.USEFUL: "Utile",
    Verdict.INACCURATE: "Inexact",
    Verdict.UNSUITABLE_SOURCE: "Source inadaptée",
}

SIGNALS = {
    "meaning": "sens",
    "words": "mots",
    "headings": "titres",
    "tokens": "mot à mot",
    "unit": "article entier",
    "described_meaning": "description : sens",
    "described_tokens": "description : mot à mot",
    "described_words": "description : mots",
    "covered": "expliqué ailleurs",
    "official": "texte de droit",
    "fact": "date, durée ou somme demandée",
    "overview": "titre demandé",
    "steering": "ce que la question nomme",
    "reranker": "reclassement",
}
"""The ways of searching (``rag.ranking.Signal``), as readers are told of them."""

LANGUAGES = {"fr": "français", "en": "anglais", "de": "allemand", "es": "espagnol", "it": "italien"}

CHECKS = {
    Check.CITATION: "citation",
    Check.LANGUAGE: "langue",
    Check.FIGURE: "chiffres",
    Check.DATE: "dates",
    Check.AMOUNT: "montants",
    Check.REFERENCE: "références",
    Check.BODY: "organismes",
    Check.NAME: "noms propres",
    Check.ACTOR: "acteur visé",
    Check.MODALITY: "obligation",
    Check.NEGATION: "négation",
    Check.EXCEPTION: "exceptions",
    Check.MEANING: "sens",
}
"""What is checked of a sentence that a language model wrote, as readers are told of it."""

MODES = {
    EXTRACTIVE: "extraits vérifiés mot pour mot",
    WRITTEN: "rédigé par un modèle de langage, chaque phrase comparée à ses sources",
}

CAVEATS = {
    CaveatKind.AMENDED: (
        "Ancien état du droit : modifié par le {by} à compter du {since} ; {note}{see}"
    ),
    CaveatKind.COMPLETED: "Complété par le {by} depuis le {since} : {note}{see}",
    CaveatKind.TOO_RECENT: "Postérieur à la date demandée : vaut à compter du {since}.",
    CaveatKind.AMENDED_LATER: "Modifié par le {by} à compter du {since} ; {note}{see}",
    CaveatKind.PREDATES: (
        "Document antérieur au {by}, qui s’applique depuis le {since} : {note}{see}"
    ),
    CaveatKind.NOT_APPLICABLE: "Pas encore applicable à la date demandée : {note}{see}",
    CaveatKind.OUTDATED: "Document périmé : il ne décrit plus le droit en vigueur.",
    CaveatKind.DRAFT: "Projet : ce texte n’est pas adopté.",
}


def caveat_sentence(caveat: Caveat) -> str:
    """Say in French what a reader must know of a passage's place in time."""
    since = french_date(caveat.since) if caveat.since else "…"
    return typographic(
        CAVEATS[caveat.kind].format(
            by=caveat.by,
            since=since,
            note=caveat.note or f"à partir du {since}.",
            see=f" État présent : « {caveat.see} »." if caveat.see else "",
        )
    )


def mode_line(mode: str) -> str:
    """Say how an answer was made."""
    return MODES.get(mode, typographic(f"mode : {mode}"))


def in_language(code: str) -> str:
    """Say in which language a text is quoted, other than French.

    >>> in_language("en"), in_language("pl").split()
    ('en anglais', ['langue', ':', 'pl'])
    """
    name = LANGUAGES.get(code)
    return f"en {name}" if name else typographic(f"langue : {code}")


def filter_words(filters: Filters) -> tuple[str, ...]:
    """Say in French what filters admit, a few words for each.

    >>> filter_words(Filters(kinds=(Kind.LAW,), publishers=("CNIL",), languages=("en",)))
    ('Loi', 'CNIL', 'anglais')
    """
    period = (("depuis le", filters.since), ("jusqu’au", filters.until))
    return (
        *(KINDS[kind] for kind in filters.kinds),
        *filters.publishers,
        *(LANGUAGES.get(language, language) for language in filters.languages),
        *(f"{word} {french_date(day)}" for word, day in period if day),
        *filters.documents,
    )


def name_sources(numbers: Sequence[int]) -> str:
    """Name sources by their numbers, in order, consecutive ones together.

    >>> name_sources([2]), name_sources([1, 2, 3, 5])
    ('Source 2', 'Sources 1 à 3 et 5')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    *first, last = [
        f"{run[0]} à {run[-1]}" if len(run) > 2 else " et ".join(map(str, run)) for run in runs
    ]
    listed = f"{', '.join(first)} et {last}" if first else last
    return f"{'Source' if len(numbers) == 1 else 'Sources'} {listed}"
