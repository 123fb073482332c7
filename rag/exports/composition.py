"""Lay answers out as a document: what was asked, what was answered, from which sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from rag import __version__
from rag.dates import french_date
from rag.exports.checks import left_out, mode_facts
from rag.exports.document import (
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Run,
    Tone,
    Voice,
)
from rag.exports.sources import source_name, sources, uncited
from rag.messages import filter_words, name_sources, typographic
from rag.paragraphs import paragraphs, told
from rag.remarks import Remark, notes, stand_in, warnings
from rag.types import Answer, Sentence

NOTICE = typographic(
    "Ce document rapporte ce qu’a répondu RadIAct, un système d’intelligence artificielle "
    "(article 50 du règlement (UE) 2024/1689). Ce n’est ni un avis juridique ni un avis médical. "
    "Les phrases numérotées sont tirées mot pour mot des documents cités ; ce qui les précède "
    "entre crochets ne l’est pas. Vérifiez le texte officiel avant d’agir."
)
WRITTEN_NOTICE = typographic(
    "Ce document rapporte ce qu’a répondu RadIAct, un système d’intelligence artificielle "
    "(article 50 du règlement (UE) 2024/1689). Ce n’est ni un avis juridique ni un avis médical. "
    "Selon le mode de la réponse, les phrases numérotées sont tirées mot pour mot des documents "
    "cités, ou rédigées par un modèle de langage et vérifiées dans les passages cités, que les "
    "sources donnent mot pour mot. Vérifiez le texte officiel avant d’agir."
)
PROOF = typographic(
    "Chaque citation est le texte compris entre les positions données (en caractères, à partir "
    "de 0, la dernière exclue) dans la version du document dont l’empreinte SHA-256 est donnée : "
    "celle de son texte entier, en UTF-8, tel que RadIAct l’a indexé."
)
PARTIAL = typographic("Réponse partielle :")
NO_ANSWER = "Les textes indexés ne permettent pas de répondre."
NEAREST_TITLE = "Passages les plus proches"
NEAREST = typographic(
    "Aucun d’eux ne répond à la question : ils ne sont donnés que pour continuer la recherche."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What made an export: when, which version of the program, which encoder."""

    exported_at: datetime
    version: str
    encoder: str

    @classmethod
    def now(cls, *, encoder: str) -> Self:
        """Tell of an export that this program makes now."""
        return cls(exported_at=datetime.now().astimezone(), version=__version__, encoder=encoder)


def compose(answers: Sequence[Answer], provenance: Provenance) -> Document:
    """Lay out one answer, or those of a conversation in order."""
    day = french_date(provenance.exported_at.date())
    what = "Réponse" if len(answers) == 1 else "Conversation"
    is_written = any(answer.is_written for answer in answers)
    blocks: list[Block] = [Paragraph.of(WRITTEN_NOTICE if is_written else NOTICE, Tone.NOTE)]
    for place, answer in enumerate(answers, start=1):
        blocks += _answer(answer, place=place if len(answers) > 1 else 0)
    blocks += _closing(provenance, has_quotes=any(answer.citations for answer in answers))
    return Document(
        title=f"{what} de RadIAct, exportée le {day}",
        author=f"RadIAct {provenance.version}",
        created=provenance.exported_at,
        blocks=tuple(blocks),
    )


def _answer(answer: Answer, *, place: int) -> Iterator[Block]:
    """Lay out an answer; ``place`` is its rank in the conversation, 0 for one alone."""
    number = f" {place}" if place else ""
    yield Heading(f"Question{number}", 1)
    yield Paragraph.of(answer.question.strip(), Tone.QUESTION)
    yield Facts(tuple(_asked(answer)))
    yield Heading(f"Réponse{number}", 2)
    if instead := stand_in(answer):
        yield Paragraph.of(typographic(instead), Tone.NOTE)
    if answer.abstained:
        yield Paragraph.of(typographic(answer.reason or NO_ANSWER))
        yield from _nearest(answer, place)
        return
    yield from _words(answer, told(answer.sentences) or _unproved(answer), place)
    yield from left_out(answer, place=place)
    yield Heading(f"Sources de la réponse{number}", 2)
    yield from sources(answer, place=place)


def _asked(answer: Answer) -> Iterator[Fact]:
    if answer.understood:
        yield Fact("Question comprise", typographic(answer.understood))
    yield Fact("Droit au", french_date(answer.as_of))
    if answer.filters:
        yield Fact("Seulement", typographic(", ".join(filter_words(answer.filters))))
    else:
        yield Fact("Documents", "tous les documents indexés")
    if not answer.abstained:
        yield from mode_facts(answer)


def _unproved(answer: Answer) -> tuple[Sentence, ...]:
    """Give the words of an answer that no sentence was verified of."""
    return (Sentence(text=answer.markdown, citations=()),)


def _words(answer: Answer, said: Sequence[Sentence], place: int) -> Iterator[Block]:
    """Lay out what is answered, each warning under the first paragraph that it concerns."""
    if answer.reason:
        lack = typographic(answer.reason).removeprefix(PARTIAL).lstrip()
        yield Paragraph.of(f"{PARTIAL} {lack}", Tone.NOTE)
    left = warnings(answer)
    for sentences in paragraphs(said):
        yield Paragraph(tuple(run for one in sentences for run in _runs(one, place)))
        cited = {number for one in sentences for number in one.citations}
        here = [remark for remark in left if cited.intersection(remark.sources)]
        left = tuple(remark for remark in left if remark not in here)
        yield from (_warning(remark) for remark in here)
    for remark in notes(answer):
        words = f"{_names(remark)} : {remark.text[:1].lower()}{remark.text[1:]}"
        yield Paragraph.of(typographic(words), Tone.NOTE)


def _runs(sentence: Sentence, place: int) -> Iterator[Run]:
    """Cut a sentence into its subject, its words, and the numbers of its sources."""
    if sentence.context:
        yield Run(f"[{typographic(sentence.context)}] ", Voice.ASIDE)
    text, end = sentence.text, 0
    for start, stop in sentence.emphasis:
        yield Run(text[end:start])
        yield Run(text[start:stop], Voice.STRONG)
        end = stop
    yield Run(text[end:])
    for number in sentence.citations:
        yield Run(f"\N{NO-BREAK SPACE}[{number}]", Voice.MARK, target=source_name(place, number))
    yield Run(" " if sentence.verified else " (non vérifié) ")


def _warning(remark: Remark) -> Paragraph:
    """Say what the reader must not miss, and of which sources."""
    names = _names(remark)
    words = typographic(f"Attention : {names[:1].lower()}{names[1:]}. {remark.text}")
    return Paragraph.of(words, Tone.WARNING)


def _names(remark: Remark) -> str:
    return typographic(name_sources(remark.sources))


def _nearest(answer: Answer, place: int) -> Iterator[Block]:
    """Lay out the passages found for a question that none of them answers."""
    if answer.hits:
        yield Heading(NEAREST_TITLE, 2)
        yield Paragraph.of(NEAREST)
        yield from uncited(answer, place=place)


def _closing(provenance: Provenance, *, has_quotes: bool) -> Iterator[Block]:
    """Say what made the document, and how what it quotes can be checked."""
    at = provenance.exported_at
    offset = at.strftime("%z")
    zone = f" (UTC{offset[:3]}:{offset[3:]})" if offset else ""
    yield Heading("Provenance", 1)
    if has_quotes:
        yield Paragraph.of(PROOF)
    yield Facts(
        (
            Fact("Exporté le", f"{french_date(at.date())} à {at:%H:%M:%S}{zone}"),
            Fact("Programme", f"RadIAct {provenance.version}"),
            Fact("Encodeur", provenance.encoder),
        )
    )
