"""Exchange the actor of a French sentence for another, with its article: who does it is changed."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

MASCULINE = (
    "fournisseur", "déployeur", "fabricant", "mandataire", "distributeur", "patient", "radiologue",
    "médecin", "directeur", "responsable du traitement", "sous-traitant",
    "délégué à la protection des données", "comité", "exploitant", "régulateur", "manipulateur",
    "ministre", "client", "importateur", "éditeur", "établissement", "organisme notifié",
    "utilisateur", "État membre", "employeur", "hébergeur", "auditeur", "assureur",
)  # fmt: skip
FEMININE = (
    "Commission", "personne concernée", "HAS", "direction", "société savante",
    "autorité de surveillance du marché", "agence",
)  # fmt: skip
ALONE = frozenset({"Commission", "HAS"})
"""Those of whom there is one."""

ALIKE = (
    {"fournisseur", "éditeur", "fabricant"},
    {"déployeur", "établissement", "utilisateur", "employeur", "exploitant", "directeur"}
    | {"direction", "client", "responsable du traitement"},
    {"médecin", "radiologue", "utilisateur", "manipulateur"},
    {"sous-traitant", "éditeur", "hébergeur"},
    {"patient", "personne concernée", "utilisateur"},
    {"régulateur", "autorité de surveillance du marché", "agence", "HAS", "ministre", "Commission"},
)
"""Actors that may be one and the same: « l’éditeur » of a sentence is « le fournisseur » of the
law. The one says another thing than the other only where the premise names both."""

_AGREEING = frozenset({"notifié", "concernée", "savante", "membre"})
_VOWEL = re.compile(r"[aeiouyéèêâîôûÉÈÊ]", re.IGNORECASE)
NAMED_SHARE = 0.6
"""Of exchanges for an actor that the premise names, where it names one."""


class Case(IntEnum):
    """What the article says an actor is: « le », « du », « au »."""

    PLAIN = 0
    OF = 1
    TO = 2


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor, and whether its name is feminine."""

    name: str
    is_feminine: bool

    def with_article(self, case: Case, *, plural: bool) -> str:
        """Write it after its article, contracted where French does."""
        if plural:
            return f"{('les', 'des', 'aux')[case]} {self.plural}"
        if _VOWEL.match(self.name):
            return f"{('l’', 'de l’', 'à l’')[case]}{self.name}"
        articles = ("la", "de la", "à la") if self.is_feminine else ("le", "du", "au")
        return f"{articles[case]} {self.name}"

    @property
    def plural(self) -> str:
        """Write its plural, without an article."""
        first, *others = self.name.split()
        return " ".join([f"{first}s", *(f"{o}s" if o in _AGREEING else o for o in others)])


ACTORS = (
    *(Actor(name, is_feminine=False) for name in MASCULINE),
    *(Actor(name, is_feminine=True) for name in FEMININE),
)


def exchange(premise: str, sentence: str, generator: random.Random) -> str | None:
    """Put another actor in the place of one of a sentence, or return nothing if it has none.

    The other is of the same gender, so that no agreement betrays it, and often one of the premise;
    never one that the sentence may mean.
    """
    hits = list(_pattern().finditer(sentence))
    if not hits:
        return None
    hit = generator.choice(hits)
    actor, case, plural = _forms()[_straight(hit[0])]
    others = [
        one
        for one in _others(actor, sentence)
        if not (plural and one.name in ALONE) and _differ(actor, one, premise)
    ]
    named = [one for one in others if _is_named(one, premise)]
    chosen = named if named and generator.random() < NAMED_SHARE else others
    if not chosen:
        return None
    new = generator.choice(chosen).with_article(case, plural=plural)
    if hit[0][0].isupper():
        new = new[0].upper() + new[1:]
    return sentence[: hit.start()] + new + sentence[hit.end() :]


def _differ(actor: Actor, other: Actor, premise: str) -> bool:
    """Tell whether a premise that speaks of an actor cannot mean another.

    One that it does not name stands for one that it names, and there is no telling which.
    """
    is_alike = any({actor.name, other.name} <= group for group in ALIKE)
    if _is_named(actor, premise):
        return not is_alike or _is_named(other, premise)
    return not is_alike and not _is_named(other, premise)


def _is_named(actor: Actor, premise: str) -> bool:
    low = premise.lower()
    return actor.name.lower() in low or actor.plural.lower() in low


def _others(actor: Actor, sentence: str) -> Iterator[Actor]:
    low = sentence.lower()
    for other in ACTORS:
        if other.is_feminine == actor.is_feminine and other.name.lower() not in low:
            yield other


@cache
def _forms() -> dict[str, tuple[Actor, Case, bool]]:
    """Map each actor after its article, in lower case, to what it is."""
    return {
        actor.with_article(case, plural=plural).lower(): (actor, case, plural)
        for actor in ACTORS
        for case in Case
        for plural in (False, True)
        if not (plural and actor.name in ALONE)
    }


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_forms(), key=len, reverse=True)
    forms = "|".join(map(re.escape, longest_first)).replace("’", "['’]")
    return re.compile(rf"(?<![\w’'])(?:{forms})(?!\w)", re.IGNORECASE)


def _straight(words: str) -> str:
    return words.replace("'", "’").lower()
