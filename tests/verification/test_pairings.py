"""Facts told of one annex that are those of another."""

import pytest

from rag.types import Check
from rag.verification.checks import examine
from rag.verification.evidence import Evidence
from tests.factories import make_hit

BOTH = (
    "L’article 10 s’applique le 2 août 2028 aux IA de l’annexe I et le 2 décembre 2027 aux "
    "systèmes de l’annexe III."
)
APART = (
    "La date de l’annexe III est repoussée de seize mois. "
    "La date de l’annexe I est repoussée de douze mois."
)


def missed(text: str, passage: str) -> list[tuple[Check, str]]:
    found = examine(text, [Evidence(hits=(make_hit(passage),), tokens=())]).missed
    return [(one.check, one.words) for one in found]


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        ("Pour l’annexe I, l’article 10 s’applique le 2 août 2028.", BOTH, []),
        ("Pour l’annexe III, l’article 10 s’applique le 2 décembre 2027.", BOTH, []),
        (
            "Pour l’annexe I, l’article 10 s’applique le 2 décembre 2027.",
            BOTH,
            [(Check.DATE, "2 décembre 2027")],
        ),
        ("L’annexe III est repoussée de seize mois.", APART, []),
        (
            "L’annexe III est repoussée de douze mois.",
            APART,
            [(Check.FIGURE, "douze mois")],
        ),
        ("L’article 10 s’applique le 2 décembre 2027 ou le 2 août 2028.", BOTH, []),
    ],
)
def test_fact_of_another_annex_is_missed(
    text: str, passage: str, expected: list[tuple[Check, str]]
) -> None:
    assert missed(text, passage) == expected
