from datetime import date

import pytest

from rag.disagreement import disagreement_sentence
from rag.messages import NBSP
from rag.types import Claim, Contradiction, Kind, Metadata, Settlement
from tests.factories import make_passage

DAY, OTHER_DAY = date(2026, 11, 20), date(2025, 10, 7)


def claim(kind: Kind, **days: date) -> Claim:
    return Claim(
        sentence=0,
        words="six mois",
        passage=make_passage("Six mois."),
        metadata=Metadata(id="essai", title="Essai", kind=kind, **days),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("source", "described"),
    [
        (
            claim(Kind.NOTICE, checked=DAY, published=OTHER_DAY),
            "notice, vérifiée le 20 novembre 2026",
        ),
        (claim(Kind.NOTICE, published=OTHER_DAY), "notice, 7 octobre 2025"),
        (claim(Kind.NEWS, published=OTHER_DAY, version_date=DAY), "actualité, 7 octobre 2025"),
        (claim(Kind.REGULATION, version_date=DAY), "règlement, état du 20 novembre 2026"),
        (claim(Kind.GUIDE), "guide sans date"),
    ],
)
def test_source_is_dated_as_its_kind_is(source: Claim, described: str) -> None:
    told = disagreement_sentence(
        Contradiction(claims=(source, claim(Kind.LAW)), settlement=Settlement.OPEN)
    )
    assert f"« Essai » ({described}) dit « six mois »" in told.replace(NBSP, " ")


@pytest.mark.parametrize("settlement", Settlement)
def test_every_settlement_is_told(settlement: Settlement) -> None:
    claims = (claim(Kind.LAW), claim(Kind.NOTICE))
    told = disagreement_sentence(Contradiction(claims=claims, settlement=settlement))
    assert told.startswith(f"Ces sources ne concordent pas{NBSP}: «{NBSP}Essai")
    assert told.endswith(("officiel.", "depuis."))
