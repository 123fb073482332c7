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
        "Le radiologue doit-il vérifier le résultat proposé par l’IA ?",
        "Faut-il dire au patient qu’une IA a été utilisée pour son examen ?",
        "Un logiciel d’aide au diagnostic est-il un système d’IA à haut risque ?",
    ),
    _role(
        "manipulateur",
        "Manipulateur",
        "Faut-il former les manipulateurs aux outils d’IA ?",
        "Qui peut être chargé du contrôle humain d’un système d’IA ?",
        "Que faire en cas d’incident grave avec un logiciel d’IA ?",
    ),
    _role(
        "cadre",
        "Cadre ou DSI",
        "Combien de temps faut-il conserver les journaux d’un système d’IA ?",
        "Les images médicales peuvent-elles être hébergées dans le cloud ?",
        "À partir de quand les obligations du haut risque s’appliquent-elles ?",
    ),
    _role(
        "donnees",
        "Délégué à la protection des données",
        "Une analyse d’impact est-elle obligatoire avant d’utiliser une IA ?",
        "Quelle différence entre l’analyse d’impact du RGPD et celle du règlement IA ?",
        "Une décision sur un patient peut-elle être entièrement automatisée ?",
    ),
    _role(
        "editeur",
        "Éditeur",
        "De quelle classe de dispositif médical relève un logiciel d’IA en imagerie ?",
        "Quelles sont les obligations du fournisseur d’un système à haut risque ?",
        "Quelles sanctions prévoit le règlement IA ?",
    ),
)
