import pytest

from rag.official_address import is_exact, official_address
from rag.types import Kind, Metadata

OJ = "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"


def make_act(url: str = OJ, *, id: str = "32024R1689", **changes: object) -> Metadata:
    return Metadata(**{"id": id, "title": "Acte", "kind": Kind.REGULATION, "url": url, **changes})


@pytest.mark.parametrize(
    ("anchor", "fragment"),
    [
        ("art_26", "#art_26"),
        ("art_26.6", "#art_26"),
        ("art_14.4.b", "#art_14"),
        ("art_4a.1", "#art_4a"),
        ("rct_20", "#rct_20"),
        ("anx_III.5.d", "#anx_III"),
        ("preambule", ""),
        ("", ""),
    ],
)
def test_act_leads_to_its_article(anchor: str, fragment: str):
    address = official_address(make_act(), anchor)
    assert address == f"{OJ}/fra{fragment}"
    assert is_exact(address) is bool(fragment)


def test_consolidated_act_leads_to_its_own_state():
    act = make_act(id="02024R1689-20260727")
    expected = "https://eur-lex.europa.eu/eli/reg/2024/1689/2026-07-27/fra#art_26"
    assert official_address(act, "art_26.6") == expected
    english = make_act(f"{OJ}/eng", id="02024R1689-20260727-en", language="en")
    assert official_address(english, "art_26") == expected.replace("fra", "eng")


def test_address_by_celex_keeps_its_state():
    celex = "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:02016R0679-20160504"
    assert official_address(make_act(f"{celex}#d1e40"), "art_22.1") == f"{celex}#art_22"


def test_other_sites_and_notices_keep_their_address():
    law = make_act("https://www.legifrance.gouv.fr/loda/id/X", kind=Kind.LAW)
    assert official_address(law, "art_8") == law.url
    notice = make_act(kind=Kind.NOTICE)
    assert official_address(notice, "art_26") == OJ


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x", "http://[", ""])
def test_what_is_no_web_address_gives_none(url: str):
    assert official_address(make_act(url), "art_26") == ""
