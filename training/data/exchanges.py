"""Exchange the actor of a French sentence for another, with its article: who does it is changed."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import chain

MASCULINE = (
    "fournisseur", "déployeur", "fabricant", "mandataire", "distributeur", "patient", "radiologue",
    "médecin", "directeur", "responsable du traitement", "sous-traitant",
    "délégué à la protection des données", "comité", "exploitant", "régulateur", "manipulateur",
    "ministre", "client", "importateur", "éditeur", "établissement", "organisme notifié",
    "utilisateur", "État membre", "employeur", "hébergeur", "auditeur", "assureur",
    "organisme de certification", "organisme d’évaluation de la conformité", "groupe scientifique",
    "forum consultatif", "bureau", "parlement", "Bureau de l’IA", "Comité IA", "certificateur",
    "prestataire", "acheteur", "évaluateur", "ordonnateur", "contrôleur", "inspecteur",
)  # fmt: skip
FEMININE = (
    "Commission", "personne concernée", "HAS", "direction", "société savante",
    "autorité de surveillance du marché", "agence", "autorité notifiante", "autorité compétente",
    "autorité nationale compétente", "autorité de contrôle", "institution", "CNIL", "entreprise",
)  # fmt: skip
ALONE = frozenset({"Commission", "HAS", "CNIL", "Bureau de l’IA", "Comité IA"})
"""Those of whom there is one."""

ALIKE = (
    {"fournisseur", "éditeur", "fabricant"},
    {"déployeur", "établissement", "utilisateur", "employeur", "exploitant", "directeur"}
    | {"direction", "client", "responsable du traitement"},
    {"médecin", "radiologue", "utilisateur", "manipulateur"},
    {"sous-traitant", "éditeur", "hébergeur"},
    {"patient", "personne concernée", "utilisateur"},
    {"régulateur", "autorité de surveillance du marché", "agence", "HAS", "ministre", "Commission"}
    | {"autorité compétente", "autorité nationale compétente", "autorité de contrôle", "CNIL"}
    | {"autorité notifiante", "contrôleur", "inspecteur", "bureau", "Bureau de l’IA"},
    {"comité", "Comité IA", "groupe scientifique", "forum consultatif", "bureau", "Bureau de l’IA"},
    {"organisme notifié", "organisme de certification", "certificateur", "auditeur", "évaluateur"}
    | {"organisme d’évaluation de la conformité", "prestataire", "contrôleur", "inspecteur"},
    {"entreprise", "fournisseur", "éditeur", "fabricant", "prestataire", "sous-traitant", "client"}
    | {"importateur", "distributeur", "employeur", "exploitant", "hébergeur", "assureur"},
    {"acheteur", "établissement", "client", "déployeur", "entreprise", "utilisateur"},
    {"institution", "établissement", "agence", "parlement", "Commission", "ordonnateur"},
)
"""Actors that may be one and the same: « l’éditeur » of a sentence is « le fournisseur » of the
law. The one says another thing than the other only where the premise names both."""

_AGREEING = frozenset(
    "notifié concernée savante membre notifiante compétente nationale scientifique".split()
) | {"consultatif"}
_TOGETHER = re.compile(r"[\s,]*(?:et|ou|ni|,|comme|ainsi que|et/ou|avec|à)?\s*", re.IGNORECASE)
"""Between two actors who do the same: « le fournisseur ou le déployeur »."""

_QUALIFIED = re.compile(
    r" (?:d[’']|de |du |des "
    r"|\w+(?:al|ale|aux|ales|ifs?|ives?|iques?|iens?|iennes?|aires?|ées?|és)\b)"
)
"""After an actor that more words name: « le comité d’éthique »."""

_MUTUAL = re.compile(
    r"\b(?:entre|avec|différ\w+|distinct\w*|autre|mutuel\w*|réciproque\w*|conjoint\w*|même)\b",
    re.IGNORECASE,
)
"""What says the same of the one and of the other."""

_AGREES = re.compile(
    r"\b(?:est|sont|soit|soient|été|être|sera|seront)\b (?:\w+ )?\w+(?:é|i|u|is|t)e?s?\b"
)
"""Where a participle would tell that the gender of its subject was changed."""
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
    actor, case, plural = _form(hit[0])
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


def swap(sentence: str, generator: random.Random) -> str | None:
    """Put two actors of a sentence in the place of each other, or return nothing if it has no two.

    All its words stay: who does it to whom is changed.
    """
    if _MUTUAL.search(sentence):
        return None
    found = _pattern().finditer(sentence)
    hits = [hit for hit in found if not _QUALIFIED.match(sentence, hit.end())]
    groups = _groups(hits, sentence)
    pairs = [
        (one, other)
        for place, group in enumerate(groups)
        for one in group
        for other in chain.from_iterable(groups[place + 1 :])
        if _may_swap(one[0], other[0], sentence)
    ]
    if not pairs:
        return None
    one, other = generator.choice(pairs)
    return "".join(
        (
            sentence[: one.start()],
            _in_place_of(one[0], other[0]),
            sentence[one.end() : other.start()],
            _in_place_of(other[0], one[0]),
            sentence[other.end() :],
        )
    )


def _groups(hits: Sequence[re.Match[str]], sentence: str) -> list[list[re.Match[str]]]:
    """Put together the actors who do the same: « le médecin, le fabricant et le patient »."""
    groups: list[list[re.Match[str]]] = []
    for hit in hits:
        if groups and _TOGETHER.fullmatch(sentence[groups[-1][-1].end() : hit.start()]):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _may_swap(words: str, others: str, sentence: str) -> bool:
    (one, _, is_plural), (other, _, are_plural) = _form(words), _form(others)
    if one.name == other.name or any(
        named.name in ALONE and plural for named, plural in ((one, are_plural), (other, is_plural))
    ):
        return False
    return one.is_feminine == other.is_feminine or not _AGREES.search(sentence)


def _in_place_of(words: str, others: str) -> str:
    """Write the actor of some words as others are: with their article, case and number."""
    _, case, plural = _form(words)
    new = _form(others)[0].with_article(case, plural=plural)
    return new[0].upper() + new[1:] if words[0].isupper() else new


def _form(words: str) -> tuple[Actor, Case, bool]:
    return _forms()[_straight(words)]


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
