"""What an answer shows besides its quotes: a subject, the words asked for, what is missing."""

import re
from dataclasses import replace

from rag.messages import NBSP
from rag.types import Sentence
from rag.ui import render
from rag.ui.turns import Turn
from tests.ui.fake_assistant import (
    HOSTILE,
    make_abstention,
    make_answer,
    make_fact_answer,
    make_partial_answer,
)
from tests.ui.fake_hits import RETENTION_QUOTE


def conversation(answer, **fields):
    return render.conversation((Turn(number=1, question="q", answer=answer, **fields),))


def sources(answer):
    return render.sources((Turn(number=1, question="q", answer=answer),))


def announced(html):
    return html.split('aria-live="polite">')[1].split("</p>")[0]


def answer_saying(text, **changes):
    sentence = Sentence(text=text, citations=(1,), verified=True, **changes)
    return make_answer(sentences=(sentence,))


def test_subject_stands_in_brackets_before_its_sentence_and_apart_from_it():
    html = conversation(answer_saying("Ce système trie.", context="Article 6 : le tri"))
    context = re.search(r'<span class="context">(.*)</span> <bdi>Ce système trie.', html).group(1)
    assert re.sub(r"<span class=.sr-only.>.*?</span>|<[^>]+>", "", context) == (
        f"[Article 6{NBSP}: le tri]"
    )
    assert "context" not in conversation(make_answer())


def test_subject_is_heard_as_no_part_of_the_quote():
    html = conversation(answer_saying("Ce système trie.", context="Article 6"))
    assert announced(html) == f"Hors citation{NBSP}: Article 6. Ce système trie."
    assert f'<span class="sr-only">Hors citation{NBSP}: </span>' in html


def test_words_asked_for_are_strong():
    html = conversation(make_fact_answer("q"))
    assert 'd’au moins <strong class="asked-for">six mois</strong>, sauf' in html
    assert "six mois, sauf" in announced(html)


def test_markup_in_a_subject_or_in_the_words_asked_for_is_shown_as_text():
    text = "Une amende de <b>7 %</b> & plus."
    answer = answer_saying(text, context=HOSTILE, emphasis=((14, 26),))
    html = conversation(answer)
    assert (
        'Une amende de <strong class="asked-for">&lt;b&gt;7 %&lt;/b&gt; &amp;</strong> plus.'
        in html
    )
    assert "<b>" not in html
    assert HOSTILE not in html
    assert "&lt;script&gt;" in html


def test_subject_does_not_count_among_the_words_that_come():
    html = conversation(make_fact_answer("q"), shown=1)
    assert re.search(r"</span> <bdi>Ils\s*</bdi>\s*</p>", html)


def test_partial_answer_says_first_what_is_missing():
    told = f"Réponse partielle{NBSP}:"
    for shown in (0, 3, None):
        html = conversation(make_partial_answer("q"), shown=shown)
        line = html.split('class="answer-partial" role="note">')[1].split("</p>")[0]
        assert line == (
            f"<strong>{told}</strong> les passages cités ne parlent pas de «{NBSP}dosimètre{NBSP}»."
        )
    assert html.index("answer-partial") < html.index(RETENTION_QUOTE, html.index("<article"))
    assert announced(html).startswith(f"{told} les passages cités ne parlent pas de")
    assert RETENTION_QUOTE in announced(html)


def test_whole_answer_and_abstention_are_not_said_to_be_partial():
    for answer in (make_answer(), make_abstention("q")):
        assert "partiel" not in conversation(answer)


def test_other_reason_beside_sentences_is_told_as_a_partial_answer_too():
    html = conversation(make_answer(reason="Rien sur la dose."))
    assert f"<strong>Réponse partielle{NBSP}:</strong> Rien sur la dose." in html


def test_abstention_gives_no_figure_of_relevance():
    abstention, answer = make_abstention("q"), make_answer()
    assert "pertinence 0,83" in sources(answer)
    assert "why-score" in sources(answer)
    assert "pertinence" not in sources(abstention)
    assert "why-score" not in sources(abstention)


def test_nearest_passages_are_said_not_to_answer():
    told = "Aucun d’eux ne répond"
    assert sources(make_abstention("q")).count(told) == 2
    assert told not in sources(make_answer())
    assert told not in sources(replace(make_abstention("q"), hits=()))


def test_question_is_shown_with_french_spacing_and_kept_as_typed():
    asked = Turn(number=1, question="Quoi ? Si : « oui »", answer=make_answer())
    shown = f"Quoi{NBSP}? Si{NBSP}: «{NBSP}oui{NBSP}»"
    assert f"</span>{shown}</h2>" in render.conversation((asked,))
    assert f"«&nbsp;<bdi>{shown}</bdi>&nbsp;»" in render.sources((asked,))
    assert asked.question == "Quoi ? Si : « oui »"
