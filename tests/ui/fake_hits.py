"""Passages of a law and what is found of them, made of the program's own types."""

from datetime import date

from rag.types import (
    Caveat,
    CaveatKind,
    Citation,
    Hit,
    Kind,
    Metadata,
    Passage,
    ScorePart,
    Status,
)


def make_metadata(**changes: object) -> Metadata:
    values: dict[str, object] = {
        "id": "32024R1689",
        "title": (
            "Règlement (UE) 2024/1689 du Parlement européen et du Conseil établissant des règles "
            "harmonisées concernant l’intelligence artificielle"
        ),
        "kind": Kind.REGULATION,
        "publisher": "Union européenne",
        "url": "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
        "published": date(2024, 7, 12),
        "status": Status.IN_FORCE,
    }
    return Metadata(**{**values, **changes})


RETENTION = (
    "Les déployeurs de systèmes d’IA à haut risque assurent la tenue des journaux générés "
    "automatiquement par ce système, dans la mesure où ces journaux se trouvent sous leur "
    "contrôle.\nIls les conservent pendant une période adaptée à la destination du système, "
    "d’au moins six mois, sauf disposition contraire du droit de l’Union ou du droit national.\n"
    "Les établissements financiers les tiennent à jour dans leur documentation."
)
RETENTION_QUOTE = RETENTION.split("\n")[1]
OVERSIGHT = (
    "Les déployeurs confient le contrôle humain à des personnes physiques qui disposent des "
    "compétences, de la formation et de l’autorité nécessaires ainsi que du soutien nécessaire."
)


AMENDED = Caveat(
    kind=CaveatKind.AMENDED,
    by="règlement (UE) 2026/1744",
    since=date(2026, 7, 27),
    note="les dates du haut risque sont reportées.",
    see="Calendrier d’application",
)
AMENDED_LATER = Caveat(
    kind=CaveatKind.AMENDED_LATER,
    by="règlement (UE) 2026/1744",
    since=date(2026, 7, 27),
    note="les dates du haut risque sont reportées.",
)
NOT_APPLICABLE = Caveat(
    kind=CaveatKind.NOT_APPLICABLE,
    since=date(2028, 8, 2),
    note="le 2 décembre 2027 pour les systèmes de l’annexe III.",
)


PARTS = (
    ScorePart(signal="tokens", raw=0.6, value=1.0, weight=0.25),
    ScorePart(signal="meaning", raw=0.6, value=0.9, weight=0.13),
    ScorePart(signal="described_words", raw=0.6, value=0.4, weight=0.12),
)


def make_hit(text: str = RETENTION, **changes: object) -> Hit:
    metadata = changes.pop("metadata", None) or make_metadata()
    score = changes.pop("score", 0.83)
    caveats = changes.pop("caveats", ())
    values: dict[str, object] = {
        "id": "32024R1689#art_26.6",
        "document": metadata.id,
        "anchor": "art_26.6",
        "label": "article 26, paragraphe 6",
        "headings": (
            "Chapitre III – Systèmes d’IA à haut risque",
            "Section 3",
            "Article 26 – Obligations incombant aux déployeurs",
        ),
        "start": 1000,
        "end": 1000 + len(text),
        "text": text,
        "page": 83,
    }
    return Hit(
        passage=Passage(**{**values, **changes}),
        metadata=metadata,
        version=1,
        score=score,
        parts=PARTS,
        caveats=caveats,
    )


def make_citation(n: int, hit: Hit, quote: str, **changes: object) -> Citation:
    start = hit.passage.start + hit.passage.text.index(quote)
    values: dict[str, object] = {"start": start, "end": start + len(quote), "sha256": "0" * 64}
    return Citation(n=n, hit=hit, quote=quote, **{**values, **changes})
