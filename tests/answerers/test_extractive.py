from dataclasses import replace

from rag.answerers import ExtractiveAnswerer
from rag.answerers.abstention import NOTHING_CLOSE, NOTHING_INDEXED
from rag.answerers.selection import MAX_SENTENCES
from rag.types import Kind, Metadata
from tests.conftest import HashingEncoder
from tests.factories import make_hit, make_query

TEXT = (
    "Le fournisseur tient une documentation technique. "
    "Le déployeur conserve les journaux pendant six mois. "
    "Une amende est prévue par l’article 99."
)


def answer(question: str, *hits: object) -> list[str]:
    draft = ExtractiveAnswerer(HashingEncoder()).draft(make_query(question), hits)  # type: ignore[arg-type]
    return [sentence.text for sentence in draft.sentences]


def test_the_sentence_that_answers_is_chosen() -> None:
    sentences = answer("Combien de mois conserver les journaux ?", make_hit(TEXT))
    assert sentences == ["Le déployeur conserve les journaux pendant six mois."]


def test_sentences_keep_their_reading_order_within_a_passage() -> None:
    text = "Les journaux sont conservés. Autre chose. Les journaux sont protégés."
    sentences = answer("journaux conservés protégés", make_hit(text))
    assert sentences == sorted(sentences, key=text.index)


def test_offsets_count_from_the_version_text() -> None:
    draft = ExtractiveAnswerer(HashingEncoder()).draft(
        make_query("journaux six mois"), (make_hit(TEXT, start=100),)
    )
    (sentence,) = draft.sentences
    assert sentence.start == 100 + TEXT.index("Le déployeur")
    assert sentence.end - sentence.start == len(sentence.text)


def test_same_sentence_in_two_documents_is_given_once() -> None:
    sentence = "Le déployeur conserve les journaux pendant six mois."
    sentences = answer("journaux six mois", make_hit(sentence), make_hit(sentence, id="autre#un"))
    assert sentences == [sentence]


def test_answer_stays_short() -> None:
    text = " ".join(f"Les journaux numéro {n} sont conservés." for n in range(20))
    assert len(answer("journaux conservés", make_hit(text))) <= MAX_SENTENCES


def test_answer_that_is_only_partial_shows_no_words_as_the_answer() -> None:
    question = make_query("Combien de mois conserver les journaux ?")
    answerer = ExtractiveAnswerer(HashingEncoder())
    sure = answerer.draft(question, (make_hit(TEXT, contrast=6, coverage=0.8),))
    unsure = answerer.draft(question, (make_hit(TEXT, contrast=2, coverage=0.4),))
    assert any(sentence.emphasis for sentence in sure.sentences)
    assert unsure.reason
    assert unsure.sentences
    assert not any(sentence.emphasis for sentence in unsure.sentences)


def test_distant_hits_are_not_answered_with() -> None:
    far = make_hit(TEXT, contrast=0.4, coverage=0.1)
    draft = ExtractiveAnswerer(HashingEncoder()).draft(make_query("tarte"), (far,))
    assert draft.sentences == ()
    assert draft.reason == NOTHING_CLOSE


def test_no_hit_says_that_nothing_is_indexed() -> None:
    assert ExtractiveAnswerer(HashingEncoder()).draft(make_query("journaux"), ()).reason == (
        NOTHING_INDEXED
    )


def test_law_that_is_far_from_what_explains_it_is_not_quoted(encoder: HashingEncoder) -> None:
    notice = make_hit("Le fournisseur garde ses documents dix ans.", id="notice#un")
    law = replace(
        make_hit("Le Bureau élabore un questionnaire.", id="ria#art_18", score=0.1),
        metadata=Metadata(id="ria", title="Règlement IA", kind=Kind.REGULATION),
        explained_by="notice#un",
    )
    draft = ExtractiveAnswerer(encoder).draft(
        make_query("Qui garde les documents ?"), (notice, law)
    )
    assert [sentence.hit.passage.document for sentence in draft.sentences] == ["notice"]


def test_law_that_says_what_explains_it_is_quoted_first(encoder: HashingEncoder) -> None:
    notice = make_hit("Le fournisseur garde ses documents dix ans.", id="notice#un")
    text = "Ce fournisseur les garde. Le fournisseur garde les documents dix ans."
    law = replace(
        make_hit(text, id="ria#art_18", score=0.1),
        metadata=Metadata(id="ria", title="Règlement IA", kind=Kind.REGULATION),
        explained_by="notice#un",
    )
    draft = ExtractiveAnswerer(encoder).draft(
        make_query("Qui garde les documents ?"), (notice, law)
    )
    assert [sentence.text for sentence in draft.sentences] == [
        "Le fournisseur garde les documents dix ans.",
        "Le fournisseur garde ses documents dix ans.",
    ]


def test_label_in_capitals_under_a_picture_is_not_quoted() -> None:
    text = "JOURNAUX DE SIX MOIS\n\nLe déployeur conserve les journaux pendant six mois."
    assert answer("journaux de six mois", make_hit(text)) == [
        "Le déployeur conserve les journaux pendant six mois."
    ]
