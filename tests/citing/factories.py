"""Hits of every sort of source, with what a reference needs of them."""

from datetime import date

from rag.types import Hit, Kind, Metadata, Passage

HOSTILE = "100 % {de} \\input{x} & <b> #1 ~^_$ « guillemets »\x00\u202e\nfin"

AI_ACT = Metadata(
    id="32024R1689",
    title="Règlement (UE) 2024/1689 du 13 juin 2024 (règlement sur l’intelligence artificielle)",
    kind=Kind.REGULATION,
    publisher="Union européenne — Journal officiel",
    url="https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
    published=date(2024, 7, 12),
    version_date=date(2024, 7, 12),
)
NOTICE = Metadata(
    id="notice-l4001-3",
    title="Informer le patient",
    kind=Kind.NOTICE,
    publisher="RadIAct",
    url="https://www.legifrance.gouv.fr/",
    published=date(2026, 11, 20),
    checked=date(2026, 11, 23),
)
GUIDE = Metadata(
    id="has-avec-2025",
    title="Premières clefs d’usage de l’IA générative en santé",
    kind=Kind.GUIDE,
    publisher="Haute Autorité de santé (HAS)",
    url="https://www.has-sante.fr/jcms/p_3703115/",
    published=date(2025, 10, 30),
)
NEWS = Metadata(
    id="thema-radiologie-4090",
    title="Actualités — Thema Radiologie",
    kind=Kind.NEWS,
    publisher="Thema Radiologie",
)
ALL = (AI_ACT, NOTICE, GUIDE, NEWS)


def make_hit(
    label: str, metadata: Metadata = AI_ACT, *, anchor: str = "art_26.6", **fields: object
) -> Hit:
    values: dict[str, object] = {
        "id": f"{metadata.id}#{anchor}",
        "document": metadata.id,
        "anchor": anchor,
        "label": label,
        "headings": (),
        "start": 0,
        "end": 5,
        "text": "Texte",
    }
    return Hit(passage=Passage(**{**values, **fields}), metadata=metadata, version=1, score=1.0)
