"""A text of the catalogue as the page shows it: what it is, where it is, what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag.citing import safe_url
from rag.dates import french_date
from rag.loaders.files import Format
from rag.messages import KINDS, NBSP, french, typographic
from rag.sources import Access, SourceState
from rag.types import PullOutcome
from rag.ui.sources import Authority
from rag.ui.wording import number

if TYPE_CHECKING:
    from rag.pipeline import SourceReport

FORMATS = {Format.HTML: "HTML", Format.PDF: "PDF", Format.DOCX: "DOCX", Format.TEXT: "texte"}
LANGUAGES = {"fr": "", "en": "en anglais"}
BY_HAND = "radiact sources pull {id} --file FICHIER"

OUTCOMES = {
    PullOutcome.DOWNLOADED: "Téléchargé et indexé",
    PullOutcome.UPDATED: "Nouvelle version téléchargée et indexée",
    PullOutcome.UNCHANGED: "Déjà à jour",
    PullOutcome.FAILED: "Échec",
}


class Presence(StrEnum):
    """Whether a text answers questions, and what it takes otherwise."""

    INSTALLED = "installed"
    DAMAGED = "damaged"
    NOT_INDEXED = "not-indexed"
    BY_HAND = "by-hand"
    ABSENT = "absent"


PRESENCES = {
    Presence.INSTALLED: "Installé",
    Presence.DAMAGED: typographic("Fichier local abîmé : à télécharger de nouveau"),
    Presence.NOT_INDEXED: "Téléchargé, mais pas indexé",
    Presence.BY_HAND: "À télécharger à la main",
    Presence.ABSENT: "Non installé",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the page shows of a text.

    ``hosts`` are those that a download contacts; ``command`` indexes the file of a text that only
    a person can save; ``outcome`` is what the last download came to.
    """

    id: str
    title: str
    kind: str
    authority: Authority
    facts: tuple[str, ...]
    address: str
    host: str
    hosts: str
    presence: Presence
    state: str
    version: str
    command: str
    note: str
    outcome: str
    is_failure: bool


def row(state: SourceState, report: "SourceReport | None") -> Row:
    """Make the row of a text, from what is here of it and its last download, if any."""
    text, metadata = state.text, state.text.metadata
    presence = _presence(state)
    is_manual = text.access is Access.MANUAL
    address = text.address if is_manual else metadata.url or text.address
    return Row(
        id=text.id,
        title=metadata.title,
        kind=KINDS[metadata.kind],
        authority=Authority.of(metadata.kind),
        facts=tuple(filter(None, _facts(state))),
        address=safe_url(address),
        host=host(address),
        hosts=", sinon ".join(dict.fromkeys(map(host, text.addresses))),
        presence=presence,
        state=_state(state, presence),
        version=_version(state),
        command=BY_HAND.format(id=text.id) if is_manual else "",
        note=text.note,
        outcome=outcome_line(report) if report else "",
        is_failure=report is not None and report.outcome is PullOutcome.FAILED,
    )


def host(address: str) -> str:
    """Name the site of an address.

    >>> host("https://www.cnil.fr/fr/ia")
    'www.cnil.fr'
    """
    return urlsplit(address).hostname or ""


def outcome_line(report: "SourceReport") -> str:
    """Say in a sentence what a download came to; of a text to save by hand, all is said already."""
    if report.outcome is PullOutcome.MANUAL:
        return ""
    line = OUTCOMES[report.outcome]
    if report.outcome is PullOutcome.FAILED:
        cause = french(report.error) if report.error else "le fichier n’a pas pu être indexé."
        return typographic(f"{line} : {cause}")
    if report.indexed and (count := report.indexed.passages):
        line += f" ({number(count)}{NBSP}passage{'s' if count > 1 else ''})"
    if report.was_damaged:
        line += " ; la copie locale, abîmée, a été remplacée"
    return typographic(f"{line}.")


def _facts(state: SourceState) -> tuple[str, ...]:
    text, metadata = state.text, state.text.metadata
    format_name = FORMATS[text.format]
    language = LANGUAGES.get(metadata.language, metadata.language)
    return metadata.publisher, f"{format_name} {language}".strip(), metadata.licence


def _presence(state: SourceState) -> Presence:
    if state.copy is not None and not state.copy.is_sound:
        return Presence.DAMAGED
    if state.entry is not None:
        return Presence.INSTALLED
    if state.copy is not None:
        return Presence.NOT_INDEXED
    return Presence.BY_HAND if state.text.access is Access.MANUAL else Presence.ABSENT


def _state(state: SourceState, presence: Presence) -> str:
    if presence is Presence.INSTALLED and (day := _fetched(state) or _recorded(state)):
        return f"Installé le {french_date(day)}"
    return PRESENCES[presence]


def _fetched(state: SourceState) -> date | None:
    origin = state.copy.provenance if state.copy else None
    return origin.fetched_at.astimezone().date() if origin else None


def _recorded(state: SourceState) -> date | None:
    return state.entry.recorded_at.astimezone().date() if state.entry else None


def _version(state: SourceState) -> str:
    """Say which version is indexed, by the day whose law it states."""
    if state.entry is None:
        return ""
    metadata = state.entry.metadata
    day = metadata.version_date or metadata.published
    return f"Version du {french_date(day)}" if day else ""
