"""Give the actors of crossed pairs other names, the same in all four texts.

A pair that is read again is not known by heart, nor does it teach who does what in general.
"""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

MASCULINE = (
    "fournisseur", "déployeur", "fabricant", "mandataire", "distributeur", "patient", "radiologue",
    "médecin", "directeur", "sous-traitant", "comité", "régulateur", "manipulateur", "ministre",
    "client", "prestataire", "promoteur", "détenteur", "laboratoire", "constructeur", "revendeur",
    "vendeur", "concepteur", "titulaire", "bénéficiaire", "coordonnateur", "contrôleur", "préfet",
    "juge", "greffier", "président", "secrétaire", "requérant", "demandeur", "producteur",
    "gestionnaire", "syndicat", "courtier", "locataire", "propriétaire", "conducteur", "maire",
)  # fmt: skip
ELIDED = (
    "importateur", "éditeur", "établissement", "utilisateur", "employeur", "hébergeur", "auditeur",
    "assureur", "exploitant", "intégrateur", "installateur", "opérateur", "expert", "évaluateur",
    "acheteur", "acquéreur", "inspecteur", "enquêteur", "armateur",
)  # fmt: skip
"""Masculine nouns too, before which the article is elided: within a list, articles hold."""

RENAMED_SHARE = 0.8
"""Of the actors that may be."""


def rename(texts: Sequence[str], generator: random.Random) -> tuple[str, ...] | None:
    """Rename actors of two premises and two sentences; nothing where none may be.

    One that a premise does not name, or that neither sentence does, keeps its name: another word
    may stand for it there.
    """
    names = dict(_drawn(texts, generator))
    if not names:
        return None
    pattern = re.compile("|".join(map(_of, names)), re.IGNORECASE)

    def renamed(match: re.Match[str]) -> str:
        word = match[0]
        is_plural = word.lower() not in names
        name = names[word.lower().removesuffix("s") if is_plural else word.lower()]
        name = name[0].upper() + name[1:] if word[0].isupper() else name
        return f"{name}s" if is_plural else name

    return tuple(pattern.sub(renamed, text) for text in texts)


def _drawn(texts: Sequence[str], generator: random.Random) -> Iterator[tuple[str, str]]:
    whole = "\n".join(texts).lower()
    for names in (MASCULINE, ELIDED):
        named = [name for name in names if _is_told(name, texts)]
        free = [name for name in names if name not in whole]
        generator.shuffle(free)
        for name in named:
            if free and generator.random() < RENAMED_SHARE:
                yield name, free.pop()


def _is_told(name: str, texts: Sequence[str]) -> bool:
    one, other, *sentences = (bool(_pattern(name).search(text)) for text in texts)
    return one and other and any(sentences)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_of(name), re.IGNORECASE)


def _of(name: str) -> str:
    return rf"(?<![\w-]){re.escape(name)}s?(?![\w-])"
