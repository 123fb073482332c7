"""The few sentences of its sources that a sentence is judged on."""

from dataclasses import replace

import pytest

from rag.config import EMBEDDED_MODEL
from rag.embeddings import SentenceEncoder
from rag.types import Hit
from rag.verification.evidence import nearest_sentences, read_evidence
from tests.factories import make_hit

LIST = (
    "3. Une analyse d’impact est requise dans les cas suivants:\n"
    "a) l’évaluation systématique de personnes par un automate;\n"
    "b) le traitement à grande échelle de données de santé;\n"
    "c) la surveillance d’un parc."
)
INTRODUCES = "1. Le fournisseur tient à la disposition des autorités:"


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(str(EMBEDDED_MODEL))


def premise(encoder: SentenceEncoder, text: str, *hits: Hit) -> list[str]:
    sources = read_evidence([(hit,) for hit in hits], encoder)
    return nearest_sentences(encoder.read([text]).tokens[0], sources).split("\n")


def test_point_of_a_list_stands_after_what_introduces_it(encoder: SentenceEncoder) -> None:
    lines = premise(encoder, "Traiter des données de santé à grande échelle.", make_hit(LIST))
    assert lines[0] == LIST.split("\n")[0]
    assert LIST.split("\n")[2] in lines


def test_point_that_is_a_passage_stands_after_its_lead_in(encoder: SentenceEncoder) -> None:
    point = replace(
        make_hit("b) la documentation du système de qualité;", id="loi#art_18.1.b"),
        lead_in=make_hit(INTRODUCES, id="loi#art_18.1").passage,
    )
    lines = premise(encoder, "La documentation du système de qualité est tenue.", point)
    assert lines == ["Art_18.1.b :", INTRODUCES, point.passage.text]


def test_lead_in_is_said_once(encoder: SentenceEncoder) -> None:
    lead_in = make_hit(INTRODUCES, id="loi#art_18.1").passage
    points = [
        replace(make_hit(f"{mark}) la documentation {of};"), lead_in=lead_in)
        for mark, of in (("a", "technique"), ("b", "de qualité"))
    ]
    lines = premise(encoder, "La documentation technique et de qualité est tenue.", *points)
    assert lines == [INTRODUCES, *(point.passage.text for point in points)]


def test_sentence_that_is_no_point_stands_alone(encoder: SentenceEncoder) -> None:
    text = "Les cas suivants sont visés:\nLe parc est surveillé. Le reste est libre de toute règle."
    lines = premise(encoder, "Le parc est surveillé.", make_hit(text))
    assert "Le parc est surveillé." in lines
    assert len(lines) == 2


def test_what_stands_in_an_article_comes_after_its_name(encoder: SentenceEncoder) -> None:
    hit = make_hit("Le parc est surveillé. Il est ouvert.", id="loi#art_18.1")
    hit = replace(hit, passage=replace(hit.passage, label="article 18, paragraphe 1"))
    lines = premise(encoder, "Selon l’article 18, paragraphe 1, le parc est surveillé.", hit)
    assert lines[:2] == ["Article 18, paragraphe 1 :", "Le parc est surveillé."]
    assert lines.count("Article 18, paragraphe 1 :") == 1


def test_words_without_a_name_do_not_stand_under_that_of_an_article(
    encoder: SentenceEncoder,
) -> None:
    law, guide = (
        make_hit("Le parc est surveillé.", id="loi#art_18.1"),
        make_hit("Le parc est ouvert.", id="guide#un"),
    )
    lines = premise(encoder, "Le parc est surveillé et ouvert.", law, guide)
    assert lines == ["Le parc est ouvert.", "Art_18.1 :", "Le parc est surveillé."]
