from dataclasses import replace

from rag.answerers.named import answering_hits, asks_for_text, beginning, defines, does_not_exist
from rag.references import Missing
from rag.types import Hit, Kind
from tests.factories import make_hit, make_query


def named_hit(text: str, *, id: str = "32024R1689#art_26.6", dense: float = 0.4) -> Hit:
    return replace(make_hit(text, id=id, dense=dense), reference="article 26")


def on_the_unit(hit: Hit) -> Hit:
    return replace(hit, metadata=replace(hit.metadata, covers=("32024R1689#art_26",)))


def test_text_of_a_unit_is_asked_for_by_its_name_alone():
    hits = [named_hit("6. Les journaux sont gardés.")]
    assert asks_for_text(make_query("Que dit l’article 26 ?"), hits)
    assert not asks_for_text(make_query("article 26 : durée des journaux"), hits)
    assert not asks_for_text(make_query("article 26"), [make_hit("Sans nom.")])


def test_only_the_unit_and_the_texts_on_it_answer_about_it():
    law = named_hit("6. Les journaux sont gardés.", dense=0.4)
    notice = on_the_unit(make_hit("Les logs se gardent six mois.", id="notice#un", dense=0.8))
    other = make_hit("Autre chose.", id="autre#un")
    kept = answering_hits(make_query("article 26 : durée des logs"), [law, notice, other])
    assert [hit.passage.document for hit in kept] == ["32024R1689", "notice"]
    assert (kept[0].score, kept[0].explained_by) == (0.5, "notice#un")


def test_penalty_is_looked_for_elsewhere_than_in_the_unit_broken():
    law = named_hit("6. Les journaux sont gardés.")
    law = replace(law, metadata=replace(law.metadata, kind=Kind.REGULATION))
    notice = named_hit("Ne pas suivre l’article 26 coûte…", id="notice#un")
    hits = [law, notice, make_hit("L’amende est de…", id="autre#un")]
    question = make_query("Quelle amende si on ne respecte pas l’article 26 ?")
    kept = answering_hits(question, hits)
    assert [hit.passage.document for hit in kept] == ["notice", "autre"]


def test_beginning_shares_the_sentences_among_the_units():
    hits = [named_hit("Un. Deux. Trois."), named_hit("Quatre. Cinq. Six.")]
    assert [sentence.text for sentence in beginning(hits)] == ["Un.", "Deux.", "Quatre.", "Cinq."]


def test_absence_is_told_in_good_french():
    missing = Missing(act="directive (UE) 2024/2853", anchor="art_30", count=24)
    assert does_not_exist(missing) == (
        "L’article 30 n’existe pas dans la directive (UE) 2024/2853, qui compte 24 articles."
    )
    missing = Missing(act="loi du 6 janvier 1978", anchor="art_4.3", count=1)
    assert does_not_exist(missing) == (
        "L’article 4 de la loi du 6 janvier 1978 n’a qu’un paragraphe."
    )


def test_meaning_of_a_word_is_given_by_what_stands_under_it() -> None:
    entry = make_hit("Ce professionnel réalise les examens.", headings=("Manipulateur (MERM)",))
    law = make_hit("Les systèmes d’IA des MERM sont à haut risque.", headings=("Considérants",))
    assert answering_hits(make_query("MERM signification"), [entry, law]) == [entry]
    assert answering_hits(make_query("MERM signification"), [law, entry]) == [law, entry]
    assert answering_hits(make_query("Les MERM sont-ils formés ?"), [entry, law]) == [entry, law]
    assert answering_hits(make_query("c’est quoi le test de Turing"), [entry]) == [entry]
    assert not defines(entry, "c’est quoi le test de Turing")
