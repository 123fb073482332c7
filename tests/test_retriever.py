from dataclasses import replace

import pytest

from rag.config import Settings
from rag.pipeline import Assistant
from rag.ranking import Weights
from rag.retriever import HybridRetriever
from rag.types import Hit
from tests.conftest import HashingEncoder, TokenEncoder
from tests.factories import make_query, write_notice


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    write_notice(settings.documents_dir, "amendes", "L’amende atteint quinze millions d’euros.")
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()
    return assistant


def test_best_hit_comes_first_with_its_scores(assistant: Assistant) -> None:
    hits = assistant.retriever.search(make_query("durée des journaux du déployeur"))
    assert hits[0].passage.document == "journaux"
    assert hits[0].score == max(hit.score for hit in hits)
    assert hits[0].lexical > 0
    assert 0 < hits[0].dense <= 1
    assert hits[0].metadata.covers == ("32024R1689#art_26",)


def test_it_is_a_langchain_retriever(assistant: Assistant) -> None:
    documents = assistant.retriever.invoke("amende en euros")
    assert documents[0].metadata["document"] == "amendes"
    assert documents[0].page_content == "L’amende atteint quinze millions d’euros."


def test_what_another_process_ingested_is_found(assistant: Assistant, settings: Settings) -> None:
    other = Assistant.open(settings, encoder=HashingEncoder())
    assert len(other.retriever.search(make_query("journaux"))) == 2
    write_notice(
        settings.documents_dir, "bac", "Le bac à sable réglementaire accueille les essais."
    )
    assistant.ingest()
    hits = other.retriever.search(make_query("bac à sable"))
    assert hits[0].passage.document == "bac"
    assert hits[0].dense > 0


def test_passages_that_tie_are_told_apart_token_by_token(settings: Settings) -> None:
    write_notice(settings.documents_dir, "avant", "Il conservait les journaux.")
    write_notice(settings.documents_dir, "maintenant", "Il conserve les journaux.")

    def first(encoder: HashingEncoder, folder: str) -> dict[str, float]:
        own = replace(settings, data_dir=settings.data_dir / folder)
        assistant = Assistant.open(own, encoder=encoder)
        assistant.ingest()
        hits = assistant.retriever.search(make_query("conserve"))
        return {hit.passage.document: hit.score for hit in hits}

    tie, told_apart = first(HashingEncoder(), "un"), first(TokenEncoder(), "deux")
    assert tie["avant"] == pytest.approx(tie["maintenant"])
    assert told_apart["maintenant"] > told_apart["avant"]


def test_part_that_weighs_nothing_is_left_out(assistant: Assistant) -> None:
    def search(**weights: float) -> list[Hit]:
        retriever = HybridRetriever(
            source=assistant.register,
            vector_store=assistant.vector_store,
            weights=Weights.only(**weights),
        )
        return list(retriever.search(make_query("les journaux du déployeur")))

    by_words, by_meaning = search(words=1), search(meaning=1)
    assert by_words[0].score == 1
    assert by_words[1].score == by_words[1].lexical == 0
    assert by_words[1].dense > 0
    assert [hit.score for hit in by_meaning] == [1, 0]
    assert {part.signal for hit in by_words for part in hit.parts} == {"words"}


def test_score_is_the_sum_of_its_parts(settings: Settings) -> None:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    write_notice(settings.documents_dir, "amendes", "L’amende atteint quinze millions d’euros.")
    assistant = Assistant.open(settings, encoder=TokenEncoder())
    assistant.ingest()
    hits = assistant.retriever.search(make_query("les journaux du déployeur"))
    for hit in hits:
        assert hit.score == pytest.approx(sum(part.value * part.weight for part in hit.parts))
    assert {"meaning", "words", "tokens"} <= {part.signal for part in hits[0].parts}


def test_sentences_of_a_hit_are_scored_where_they_stand(settings: Settings) -> None:
    text = "L’amende atteint quinze millions. Le déployeur garde les journaux."
    write_notice(settings.documents_dir, "un", text)
    assistant = Assistant.open(settings, encoder=TokenEncoder())
    assistant.ingest()
    (hit,) = assistant.retriever.search(make_query("garde les journaux"))
    fine, journals = hit.sentences
    whole = assistant.register.version_text(hit.version)
    assert whole[journals.start : journals.end] == "Le déployeur garde les journaux."
    assert journals.question > fine.question


def test_one_document_does_not_fill_the_hits(assistant: Assistant, settings: Settings) -> None:
    body = "\n\n".join(f"## Journaux {n}\n\nLes journaux, partie {n}." for n in range(6))
    write_notice(settings.documents_dir, "bavard", body)
    assistant.ingest()
    hits = assistant.retriever.search(make_query("journaux"))
    assert [hit.passage.document for hit in hits].count("bavard") == 2
    assert "journaux" in {hit.passage.document for hit in hits}


def test_glossary_answers_only_a_question_about_words(
    settings: Settings, encoder: HashingEncoder
) -> None:
    write_notice(settings.documents_dir, "glossaire-mots", "Les journaux (logs) sont des traces.")
    write_notice(settings.documents_dir, "notice", "Le déployeur garde les journaux six mois.")
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()

    def scores(question: str) -> dict[str, float]:
        hits = assistant.retriever.search(make_query(question))
        return {hit.passage.document: hit.score for hit in hits}

    thing = scores("Combien de temps garder les journaux (logs) ?")
    assert thing["notice"] > thing["glossaire-mots"] == 0
    word = scores("journaux (logs), ça veut dire quoi ?")
    assert word["glossaire-mots"] > word["notice"]
