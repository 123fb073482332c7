from rag.thesaurus import Thesaurus
from rag.ui import glossary
from tests.ui.fake_assistant import HOSTILE
from tests.ui.fake_texts import THESAURUS


def test_entries_are_grouped_by_family_and_sorted():
    html = glossary.listing(THESAURUS)
    places = [
        html.index(words)
        for words in (
            "Modalités et métier",
            ">ostéodensitométrie</h4>",
            ">tomodensitométrie</h4>",
            "Règlement IA",
            ">système d’IA à haut risque</h4>",
        )
    ]
    assert places == sorted(places)
    assert "Systèmes d’information" not in html


def test_entry_tells_everything():
    html = glossary.listing(THESAURUS)
    assert "TDM, scanner" in html
    assert '<span lang="en">CT, computed tomography</span>' in html
    assert "est soumis au chapitre III." in html
    assert "(article 6 du règlement (UE) 2024/1689)" in html
    assert html.count("À ne pas confondre avec") == 2


def test_false_friend_leads_to_its_entry_where_there_is_one():
    html = glossary.listing(THESAURUS)
    assert 'data-entry="1">ostéodensitométrie</a>&nbsp;: elle mesure l’os' in html
    assert ">le risque clinique&nbsp;: il est médical" in html.replace("</a>", "")


def test_words_to_filter_by_are_folded():
    html = glossary.listing(THESAURUS)
    assert 'data-words="systeme d&#39;ia a haut risque' in html


def test_hostile_entry_is_shown_as_text():
    entry = {"term": HOSTILE, "family": "règlement IA", "definition": HOSTILE}
    assert "<script" not in glossary.listing(Thesaurus.parse({"entries": [entry]}))


def test_empty_thesaurus_says_so():
    assert "Le thésaurus est vide" in glossary.listing(Thesaurus())
