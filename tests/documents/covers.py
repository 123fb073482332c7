"""Check the units that notices cover: each exists, and those that matter are covered."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.documents.notice import Notice

AI_ACT, GDPR, MDR = "32024R1689", "32016R0679", "32017R0745"

EXPECTED_KEYS = frozenset(
    """
    esr-2025 esr-pms-2025 mdcg-2019-11 mdcg-2025-6 csp#L4001-3 has-avec-2025 has-cnil-2026
    has-certification-6 cnil-ia-fiches cnil-sante-2026 hds-2024 segur-v2-drimbox doctrine-ns
    fr-autorites drim-ia sfr-2020 sfr-2023 eeds news-esr news-dragon-copilot news-segur-v2
    news-dr-data news-topol-rajpurkar news-oncoview news-fit news-gpt4v 32017R0745#regle-11
    """.split()
)
"""The keys, besides those of EUR-Lex, that question sets use."""

OTHER_KEYS = frozenset({AI_ACT, MDR, "32026R1744", "32024L2853", "52025PC1023", "csp#L5212-2"})
"""Whole acts, and units of other acts, that notices explain."""

EXPECTED_ARTICLES = (
    *range(2, 7), *range(9, 18), 25, 26, 27, *range(43, 58), 72, 73, 85, 86, 99, 111, 113,
)  # fmt: skip
EXPECTED_ANNEXES = ("I", "III")

_INSERTED_IN_2026 = frozenset("4a 60a 75a 75b 75c 75d".split())
_ANNEXES = frozenset("I II III IV V VI VII VIII IX X XI XII XIII XIV".split())
_LAST = {(AI_ACT, "art"): 113, (AI_ACT, "rct"): 180, (GDPR, "art"): 99, (GDPR, "rct"): 173}
_UNIT = re.compile(r"(?P<act>[0-9]{5}R[0-9]{4})#(?P<kind>art|rct|anx)_(?P<number>[0-9]+|\w+)")


def known_covers(notice: Notice) -> Iterator[str]:
    for key in notice.covers:
        if not is_known(key):
            yield f"covers : {key} est inconnu"


def is_known(key: str) -> bool:
    """Tell whether a key names a unit that exists, to the article, not to the paragraph.

    >>> is_known("32024R1689#art_75d"), is_known("32024R1689#art_114"), is_known("hds-2024")
    (True, False, True)
    """
    if key in EXPECTED_KEYS | OTHER_KEYS or key.startswith(f"{MDR}#"):
        return True
    unit = _UNIT.fullmatch(key)
    if unit is None:
        return False
    act, kind, number = unit.group("act", "kind", "number")
    if number.isdigit():
        return 1 <= int(number) <= _LAST.get((act, kind), 0)
    return act == AI_ACT and number in {"art": _INSERTED_IN_2026, "anx": _ANNEXES}.get(kind, ())


def uncovered(notices: Iterable[Notice]) -> Iterator[str]:
    """List what no notice covers though questions are asked about it."""
    covered = {key for notice in notices for key in notice.covers}
    articles = {f"{AI_ACT}#art_{number}" for number in EXPECTED_ARTICLES}
    annexes = {f"{AI_ACT}#anx_{number}" for number in EXPECTED_ANNEXES}
    missing = (EXPECTED_KEYS | articles | annexes) - covered
    yield from (f"aucune notice ne couvre {key}" for key in sorted(missing))


def lost_references(registry: Mapping[str, Any], notices: Sequence[Notice]) -> Iterator[str]:
    """List the notices that the registry of amendments sends to, and that are not there."""
    ids = {notice.id for notice in notices}
    for amendment in registry.get("amendments", ()):
        if (see := amendment.get("see")) and see not in ids:
            yield f"{amendment['unit']} : see {see} n’existe pas"
