"""Know how near a passage must be to mean anything, whatever the encoder and the documents.

Cosine similarities have no fixed scale: .4 is close for one encoder and far for another. So the
program asks its own index everyday questions that no document on regulation answers, and takes
what they find as the noise level: a hit counts in standard deviations above it.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from rag.vector_store import VectorStore

OFF_TOPIC = (
    "Comment faire pousser des tomates sur un balcon ?",
    "Quel temps fera-t-il ce week-end à la mer ?",
    "Qui a marqué le but de la victoire hier soir ?",
    "Combien de temps faut-il pour cuire un œuf dur ?",
    "Comment apprendre à jouer de la guitare ?",
    "Où passer ses vacances en famille en Espagne ?",
    "Quel vin servir avec un poisson grillé ?",
    "Comment changer la roue d’une voiture ?",
    "Quelle est la hauteur de la tour Eiffel ?",
    "Quels films passent au cinéma ce soir ?",
    "Comment dresser un jeune chien ?",
    "Combien de joueurs compte une équipe de rugby ?",
    "Que mettre dans une valise pour la montagne ?",
    "Qui a peint la Joconde ?",
    "Comment enlever une tache de café sur une chemise ?",
    "Quel est le plus long fleuve du monde ?",
    "Raconte-moi une histoire drôle.",
    "Où acheter un vélo d’occasion ?",
    "Comment se rendre à l’aéroport en train ?",
    "Quel cadeau offrir à une amie pour son anniversaire ?",
)
LEAST_DEVIATION = 0.03
SEARCHED = 100
"""Nearest passages asked for: the index is approximate, and asked for one it may miss the first."""


@dataclass(frozen=True, slots=True)
class Noise:
    """The cosine similarity that off-topic questions reach: its mean and standard deviation."""

    mean: float
    deviation: float

    @classmethod
    def measure(cls, vector_store: VectorStore) -> Self:
        """Ask the index the off-topic questions and note the best similarity of each."""
        vectors = vector_store.encoder.encode(OFF_TOPIC)
        found = [vector_store.passages.search(vector, limit=SEARCHED) for vector in vectors]
        best = [max(hits.values()) for hits in found if hits]
        if not best:
            return cls(0.0, 1.0)
        return cls(float(np.mean(best)), max(float(np.std(best)), LEAST_DEVIATION))

    def contrast(self, cosine: float) -> float:
        """Give how far a similarity stands above the noise, in standard deviations."""
        return (cosine - self.mean) / self.deviation
