"""What the training data goes through: cleaned, balanced, turned into what people type."""

import random
from pathlib import Path

import pytest

from training.data.aligned import Shares, distillation_pairs, passages
from training.data.cleaning import clean_pairs, is_translation, skeleton, without_number
from training.data.corpora import Answered, LawText, Pair, ParallelCorpora, Section
from training.data.examples import (
    answered_examples,
    bilingual_examples,
    section_examples,
    term_examples,
    translation_examples,
)
from training.data.questions import question_from, question_from_rule
from training.data.terms import names, synonyms, translations
from training.data.typing_habits import as_typed

THESAURUS = Path(__file__).parents[2] / "documents" / "thesaurus.yaml"
SENTENCE = "Le titulaire doit conserver les registres pendant six ans au siège."
SECTION = Section(
    act="Loi sur les registres",
    note="Conservation des registres",
    text=f"12 (1) {SENTENCE} Le ministre peut, par arrêté, prolonger ce délai de deux ans.",
)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le ministre", "le Ministre"),
        ("a) 12,5 % (3) — 14", "a) 12.5% (3) — 14"),
        ("[Abrogé, 2012, ch. 19]", "[Repealed, 2012, c. 19]"),
        ("Oui.", "The Governor in Council may, by order, designate a member of the Council."),
        ("", "Nothing"),
    ],
)
def test_what_is_no_translation_is_left_out(french: str, english: str) -> None:
    assert not is_translation(Pair(french, english))


def test_one_formula_with_other_figures_is_kept_once() -> None:
    pairs = [
        Pair("visé à l’article 12 de la loi", "referred to in section 12 of the Act"),
        Pair("Visé à l’article 345 de la loi ;", "referred to in section 345 of the Act;"),
        Pair("le contrôle humain", "human oversight"),
    ]
    assert [pair.english for pair in clean_pairs(pairs)] == [pairs[0].english, pairs[2].english]


def test_skeleton_keeps_words_only() -> None:
    assert skeleton("L’Article 12, § 3 : « délai »") == "l article délai"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12 (1) Le délai", "Le délai"), ("(2.1) Le délai", "Le délai"), ("2 mois", "mois")],
)
def test_number_of_a_section_is_left_out(text: str, expected: str) -> None:
    assert without_number(text) == expected


def test_passages_are_sentences_of_one_act_in_both_languages() -> None:
    law = [
        LawText(act=act, kind="text", pair=Pair(f"{act} phrase {n} {'x' * 90}", f"{act} {n}" * 30))
        for act in ("A", "B")
        for n in range(30)
    ]
    note = LawText(act="A", kind="note", pair=Pair("Exception", "Exception note"))
    found = list(passages([*law[:3], note, *law[3:]], random.Random(1)))
    assert found
    assert not any("Exception" in pair.french for pair in found)
    assert "B phrase 29" in found[-1].french, "the end of the last act"
    for pair in found:
        assert 400 <= len(pair.french) <= 1200
        assert len({word for word in pair.french.split() if word in {"A", "B"}}) == 1


def test_same_seed_draws_the_same_pairs_and_each_kind_has_its_share() -> None:
    corpora = ParallelCorpora(
        law=[
            LawText(
                act="A", kind=kind, pair=Pair(f"{letter} {kind} un deux trois", f"{letter} one two")
            )
            for letter in "abcdefghij"
            for kind in ("text", "note")
        ],
        everyday=[Pair(f"{letter} bonjour", f"{letter} hello") for letter in "abcdefghij"],
        gdpr=[Pair("les données personnelles", "personal data")],
        glossary=[Pair("la garde", "custody")],
    )
    shares = Shares(everyday=3, law_sentences=2, headings=4, passages=1, glossary=5)
    drawn = distillation_pairs(corpora, [Pair("TDM", "CT")], shares=shares, seed=3)
    assert drawn == distillation_pairs(corpora, [Pair("TDM", "CT")], shares=shares, seed=3)
    assert sum("bonjour" in pair.french for pair in drawn) == 3
    assert sum("note" in pair.french for pair in drawn) == 4
    assert drawn[-1] == Pair("TDM", "CT")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Désignation du ministre", "la désignation du ministre"),
        ("Obligations du titulaire", "les obligations du titulaire"),
        ("Avis au public", "l'avis au public"),
        ("Retrait", "du retrait"),
    ],
)
def test_note_becomes_a_question_with_its_article(note: str, expected: str) -> None:
    asked = {question_from(note, random.Random(seed)) for seed in range(80)}
    assert any(expected in question for question in asked)
    assert len(asked) > 10


def test_rule_becomes_a_question_about_what_must_be_done() -> None:
    asked = {question_from_rule(SENTENCE, random.Random(seed)) for seed in range(60)}
    assert "Faut-il conserver les registres ?" in asked
    assert "combien de temps pour conserver les registres" in asked
    assert not any("six ans" in question for question in asked if question)


def test_elision_in_a_question_made_of_a_rule() -> None:
    sentence = "Nul ne peut utiliser un appareil sans permis."
    asked = {question_from_rule(sentence, random.Random(seed)) for seed in range(60)}
    assert "A-t-on le droit d'utiliser un appareil sans permis ?" in asked
    assert not any(question.startswith("qui peut") for question in asked if question)


def test_sentence_without_a_rule_gives_no_question() -> None:
    assert question_from_rule("La présente loi lie Sa Majesté.", random.Random(1)) is None


def test_hurried_typing_changes_few_words_and_no_short_one() -> None:
    text = "Qui doit surveiller les systèmes de diagnostic et de tri dans un hôpital ?"
    changed = 0
    for seed in range(200):
        typed = as_typed(text, random.Random(seed), slips=0.1)
        words = typed.rstrip(" ?").replace("'", " ").split()
        assert len(words) == 13
        differing = [old for old, new in zip(text.split(), words, strict=False) if old != new]
        assert all(len(word) >= 4 for word in differing)
        changed += len(differing)
    assert 0.04 < changed / (200 * 7) < 0.2


def test_section_gives_a_question_and_its_passage() -> None:
    others = [
        Section(act="Loi", note=f"Note {letter}", text=f"{letter * 9} " * 20) for letter in "abcdef"
    ]
    for seed in range(20):
        examples = section_examples([SECTION, SECTION, *others], count=20, seed=seed)
        assert len(examples) == 7, "the same section counts once"
        found = next(example for example in examples if "registres" in example.key)
        assert "12 (1)" not in found.passage
        assert found.question
        assert found.key == "conservation des registres"


def test_a_sentence_asked_for_is_not_left_in_the_passage() -> None:
    for seed in range(60):
        example = section_examples([SECTION], count=1, seed=seed)[0]
        assert SENTENCE.rstrip(".") != example.question or SENTENCE not in example.passage


def test_usual_notes_name_no_section() -> None:
    usual = [
        Section(act="Loi", note="Exception", text=f"{'abcdefghij'[n] * 7} " * 20) for n in range(9)
    ]
    assert section_examples(usual, count=9, seed=1) == []


def test_labelled_questions_share_the_key_of_their_paragraph() -> None:
    items = [Answered(question=f"Question {n} ?", paragraph="Texte.", title="Titre") for n in "ab"]
    examples = [example for seed in range(20) for example in answered_examples(items, seed=seed)]
    assert {example.key for example in examples} == {"Texte."}
    assert {example.passage for example in examples} >= {"Texte.", "Titre\nTexte."}
    assert all(example.question.strip(" ?") not in example.passage for example in examples)


def test_bilingual_examples_cross_languages() -> None:
    law = [
        LawText(act="A", kind="note", pair=Pair("Retrait du permis", "Withdrawal of licence")),
        LawText(act="A", kind="text", pair=Pair("Le ministre retire. " * 6, "Withdraws it. " * 6)),
        LawText(act="B", kind="text", pair=Pair("Autre acte.", "Another act.")),
    ]
    for seed in range(10):
        (example,) = bilingual_examples(law, count=5, seed=seed)
        assert "Another act" not in example.passage
        english = "Withdraws" in example.passage
        assert ("Withdrawal" in example.question) is not english


def test_translation_examples_are_two_thirds_everyday() -> None:
    law = [
        LawText(act="A", kind=kind, pair=Pair(f"Le ministre {verb} le permis.", f"He {verb}s it."))
        for kind in ("note", "text")
        for verb in ("retire", "délivre", "suspend")
    ]
    everyday = [Pair(f"Il {verb}.", f"He {verb}s now.") for verb in ("chante", "mange", "court")]
    corpora = ParallelCorpora(law=law, everyday=everyday, gdpr=[], glossary=[])
    examples = translation_examples(corpora, count=3, seed=1)
    assert sorted(example.question.startswith("Il") for example in examples) == [False, True, True]
    assert all(example.passage.startswith("He ") for example in examples)


def test_thesaurus_gives_translations_and_synonyms() -> None:
    assert Pair("TDM", "CT") in translations(THESAURUS)
    (scanner,) = (notion for notion in synonyms(THESAURUS) if "TDM" in notion)
    assert {"tomodensitométrie", "scanner", "CT"} <= set(scanner)
    assert not any("US" in notion for notion in synonyms(THESAURUS)), "an ambiguous form"
    assert {"DDADUE", "hypertrucage", "deepfake"} <= set(names(THESAURUS))


def test_every_way_to_write_a_notion_answers_every_other() -> None:
    examples = term_examples([["TDM", "scanner", "CT"], ["IRM", "MRI"]], seed=1)
    assert len(examples) == 8
    assert {example.passage for example in examples} == {"TDM", "scanner", "CT", "IRM", "MRI"}
    scans = {e.key for e in examples if e.passage in {"TDM", "scanner", "CT"}}
    assert len(scans) == 1
    assert scans.isdisjoint({e.key for e in examples if e.passage in {"IRM", "MRI"}})
