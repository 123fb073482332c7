import re
from dataclasses import replace
from datetime import date

from rag.messages import NBSP
from rag.types import Sentence
from rag.ui import render
from rag.ui.page import TABS
from rag.ui.turns import Turn
from tests.ui.fake_assistant import (
    HOSTILE,
    RETENTION_QUOTE,
    make_abstention,
    make_answer,
    make_citation,
    make_disagreeing_answer,
    make_hit,
    make_metadata,
    make_notice_answer,
    make_superseded_answer,
)


def turn(answer=None, *, number=1, question="Combien de temps ?", **fields):
    return Turn(number=number, question=question, answer=answer, **fields)


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", NBSP).split())


def test_each_sentence_is_followed_by_its_citation():
    html = render.conversation((turn(make_answer()),))
    assert f'{RETENTION_QUOTE}</bdi><span class="mark-of">&nbsp;<button' in html
    assert 'data-source="1" aria-controls="source-1-1"' in html
    assert html.count('class="cite"') == 2


def test_date_of_the_law_and_mode_stand_under_the_answer():
    text = text_of(render.conversation((turn(make_answer()),)))
    assert "Droit au 23 novembre 2026" in text
    assert "extraits vérifiés mot pour mot" in text


def test_question_as_understood_stands_under_the_question():
    answered = turn(make_answer(understood=f"Quelle durée ? {HOSTILE}"))
    html = render.conversation((answered,))
    assert "Question comprise : Quelle durée ?" in text_of(html)
    assert f"Quelle durée{NBSP}?" in html
    assert HOSTILE not in html
    assert "Question comprise" not in render.conversation((turn(make_answer()),))


def test_question_as_understood_stands_above_an_abstention():
    abstention = replace(make_abstention("Quoi ?"), understood="Quoi donc ?")
    assert "Question comprise" in render.conversation((turn(abstention),))


def test_quote_in_english_is_marked_so():
    hit = make_hit("Deployers shall keep the logs.", metadata=make_metadata(language="en"))
    answer = make_answer(citations=(make_citation(1, hit, "Deployers shall keep the logs."),))
    html = render.sources((turn(answer),))
    assert "en anglais" in text_of(html)
    assert '<blockquote class="passage" lang="en">' in html
    assert "en anglais" not in text_of(render.sources((turn(make_answer()),)))


def test_citation_that_does_not_exist_makes_no_button():
    sentences = (Sentence(text="Phrase.", citations=(0, 3), verified=True),)
    html = render.conversation((turn(make_answer(sentences=sentences)),))
    assert 'class="cite"' not in html


def test_unverified_sentence_says_so():
    sentences = (Sentence(text="Phrase.", citations=()),)
    assert "non vérifié" in render.conversation((turn(make_answer(sentences=sentences)),))


def test_sentences_of_one_passage_make_one_paragraph():
    sentences = tuple(Sentence(text=text, citations=(1,), verified=True) for text in ("A.", "B."))
    shown = turn(make_answer(sentences=sentences)).paragraphs
    assert [[sentence.text for sentence in paragraph] for paragraph in shown] == [["A.", "B."]]


def test_part_of_an_answer_has_no_citation_for_the_sentence_cut_short():
    half = turn(make_answer(), shown=3)
    assert not half.finished
    assert 'class="cite"' not in render.conversation((half,))


def test_hostile_texts_are_shown_as_text():
    turns = (turn(make_notice_answer("q"), question=HOSTILE),)
    for html in (render.conversation(turns), render.sources(turns)):
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert "href=" not in html


def test_abstention_gives_its_reason_and_the_nearest_passages():
    turns = (turn(make_abstention("cantine")),)
    assert "elle sort des textes indexés" in render.conversation(turns)
    sources = render.sources(turns)
    assert "Passages les plus proches" in sources
    assert sources.count('class="card nearest"') == 3
    assert "<mark>" not in sources


def test_only_the_latest_sources_are_visible():
    html = render.sources((turn(make_answer()), turn(make_answer(), number=2)))
    first, second = re.findall(r"<section[^>]*>", html)
    assert 'data-turn="1"' in first
    assert first.endswith(" hidden>")
    assert 'data-turn="2"' in second
    assert "hidden" not in second


def test_turns_without_an_answer_have_no_sources():
    assert "<section" not in render.sources((turn(problem="Panne."),))


def test_official_text_opens_elsewhere_without_a_trace():
    html = render.sources((turn(make_answer()),))
    assert (
        '<a href="https://eur-lex.europa.eu/eli/reg/2024/1689/oj/fra#art_26" target="_blank" '
        'rel="noopener noreferrer">' in html
    )


def test_warning_is_visible_while_the_card_is_closed():
    html = render.sources((turn(make_answer()),))
    summary = html.split("<summary>")[2].split("</summary>")[0]
    assert "le 2 décembre 2027 pour les systèmes" in summary


def test_warning_of_two_sources_stands_once_under_the_first():
    html = render.conversation((turn(make_superseded_answer("q")),))
    assert html.count("answer-warning") == 1
    told = text_of(html.split('class="answer-warning"')[1].split("</p>")[0])
    assert "Attention : sources 1 et 3. Ancien état du droit" in told


def test_what_applies_later_is_told_once_under_the_answer():
    html = render.conversation((turn(make_superseded_answer("q")),))
    notes = [text_of(part) for part in html.split('<p class="answer-note">')[1:]]
    assert len(notes) == 2
    assert notes[0].startswith("Sources 1 et 2 : pas encore applicable")
    assert notes[1].startswith("Source 4 : modifié par le règlement (UE) 2026/1744")


def test_warning_waits_until_its_paragraph_is_whole():
    words = len(RETENTION_QUOTE.split())
    growing = turn(make_superseded_answer("q"), shown=words)
    assert "answer-warning" not in render.conversation((growing,))
    grown = turn(make_superseded_answer("q"), shown=words + 2)
    assert "answer-warning" in render.conversation((grown,))


def test_screen_readers_hear_the_warnings():
    html = render.conversation((turn(make_superseded_answer("q")),))
    announced = html.split('aria-live="polite">')[1].split("</p>")[0]
    assert f"Attention{NBSP}: Ancien état du droit" in announced


def test_answer_for_another_day_is_marked():
    day = date(2025, 6, 1)
    html = render.conversation((turn(make_answer(as_of=day), as_of=day),))
    assert "is-other-day" in html
    assert "Droit au 1er juin 2025, et non celui d’aujourd’hui" in text_of(html)
    assert "is-other-day" not in render.conversation((turn(make_answer()),))


def test_law_is_told_from_commentary():
    html = render.sources((turn(make_superseded_answer("q")),))
    assert html.count("badge-law") == 4
    assert html.count("badge-commentary") == 1
    assert html.count("card-origin") == 1


def test_tabs_lead_to_their_panels():
    html = render.tabs(TABS)
    assert html.count('role="tab"') == len(TABS)
    assert html.count('aria-selected="true"') == 1
    assert 'id="tab-glossaire" aria-controls="panel-glossaire"' in html


def test_screen_readers_hear_the_whole_answer_once():
    def announced(shown):
        html = render.conversation((turn(make_answer(), shown=shown),))
        return html.split('aria-live="polite">')[1].split("</p>")[0]

    assert announced(3) == announced(9) == "La réponse arrive."
    assert announced(None).startswith("Ils les conservent")


def test_page_says_that_it_is_an_ai_and_gives_no_advice():
    text = text_of(render.notice())
    assert "Vous échangez avec un système d’intelligence artificielle" in text
    assert "ni un avis juridique ni un avis médical" in text
    assert "aucune donnée de patient" in text_of(render.privacy())


def test_sources_that_disagree_are_named_with_their_dates_and_words():
    html = render.conversation((turn(make_disagreeing_answer("q")),))
    assert html.count('class="answer-warning"') == 1
    text = text_of(html).replace("&lt;", "<").replace("&gt;", ">").replace(NBSP, " ")
    assert "Attention : sources 1 et 2. Ces sources ne concordent pas : « Règlement (UE)" in text
    assert "(règlement, 12 juillet 2024) dit « six mois » ;" in text
    assert f"« Notice {HOSTILE} » (notice, vérifiée le 20 novembre 2026) dit « deux ans »" in text
    assert "Le texte de droit l’emporte, s’il n’a pas été modifié depuis." in text
    assert HOSTILE not in html
    announced = re.search(r'role="status"[^>]*>([^<]*)', html)
    assert "ne concordent pas" in announced[1]
