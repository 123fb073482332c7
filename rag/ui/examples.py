"""The example questions of the empty page, for each sort of reader."""

from dataclasses import dataclass

from rag.messages import typographic


@dataclass(frozen=True, slots=True)
class Role:
    """A sort of reader, and what they may ask."""

    id: str
    name: str
    questions: tuple[str, ...]


def _role(id: str, name: str, *questions: str) -> Role:
    return Role(id, name, tuple(map(typographic, questions)))


ROLES = (
    _role(
        "radiologue",
        "Radiologue",
        "L’IA a raté une fracture et j’ai signé : suis-je responsable ?",
        "Faut-il prévenir le patient quand une IA a lu sa radio ?",
        "Un logiciel de radiologie est-il un système d’IA à haut risque ?",
    ),
    _role(
        "manipulateur",
        "Manipulateur",
        "Faut-il former les manipulateurs aux outils d’IA ?",
        "Qui prévient le patient, le radiologue ou le manipulateur ?",
        "L’IA a raté une lésion : faut-il prévenir l’ANSM ?",
    ),
    _role(
        "cadre",
        "Cadre ou DSI",
        "Combien de temps faut-il conserver les journaux d’un système d’IA ?",
        "Les images des patients peuvent-elles être hébergées hors de l’Union européenne ?",
        "Quelles sont les obligations du déployeur ?",
    ),
    _role(
        "donnees",
        "Délégué à la protection des données",
        "Faut-il une analyse d’impact (AIPD) pour une IA de radiologie ?",
        "L’éditeur de l’IA est-il un sous-traitant au sens du RGPD ?",
        "Une IA peut-elle décider seule, sans médecin ?",
    ),
    _role(
        "editeur",
        "Éditeur",
        "Dans quelle classe tombe un logiciel d’aide au diagnostic ?",
        "Quelles sont les obligations du fournisseur d’un système à haut risque ?",
        "Sous quel délai le fournisseur signale-t-il un incident grave ?",
    ),
)
