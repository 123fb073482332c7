"""What the page, the copy and the commands show of an answer that a language model wrote."""

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from rag.cli import answers
from rag.messages import CHECKS, NBSP, why_not_verified
from rag.types import Check, Finding
from rag.ui import about, render, wording
from rag.ui.copied import WHAT_A_MODEL_WROTE_IS, copied
from rag.ui.turns import Turn, growing, interrupt
from tests.ui.fake_assistant import HOSTILE, FakeAssistant, make_abstention, make_answer
from tests.ui.fake_writing import FAILURE, NOTICE, TOLD, UNTOLD, as_far_as, make_written_answer

ANSWER = make_written_answer()
TURN = Turn(number=1, question="Qui ?", answer=ANSWER, key="clé")
REMOTE = {"llm": "mistralai:mistral-small", "llm_host": "api.mistral.ai", "llm_is_remote": True}


def shown(turn=TURN):
    return render.conversation((turn,))


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").replace(NBSP, " ").split())


def left_out_part(html):
    return html.split('class="left-out"')[1].split("</div>")[0]


def test_written_answer_runs_on_as_prose_in_its_paragraphs():
    paragraphs = [[one.text for one in paragraph] for paragraph in TURN.paragraphs]
    assert paragraphs == [list(TOLD[:2]), list(TOLD[2:])]


def test_each_verified_sentence_says_what_was_checked_and_where():
    html = shown()
    assert html.count('aria-label="Phrase vérifiée"') == 4
    described = re.findall(r'<span id="(checks-[\d-]+)" hidden>([^<]*)</span>', html)
    assert [name for name, _ in described] == re.findall(r'aria-describedby="(checks[^"]*)"', html)
    told = [text.replace(NBSP, " ") for _, text in described]
    assert told[0] == "Vérifié dans la source 1 : chiffres, obligation, sens."
    rectified = "Vérifié dans les sources 1 et 2 : chiffres, obligation, sens. Citation rectifiée."
    assert told[1] == rectified


def test_quote_has_no_mark_of_what_was_checked():
    assert "Phrase vérifiée" not in shown(replace(TURN, answer=make_answer()))


def test_share_and_mode_stand_under_the_answer():
    text = text_of(shown())
    assert "rédigé par un modèle de langage, chaque phrase comparée à ses sources" in text
    assert "4 phrases sur 5 vérifiées" in text
    assert "phrases sur" not in text_of(shown(replace(TURN, answer=make_answer())))


def test_sentence_that_is_not_verified_is_hidden_struck_and_explained():
    html = shown()
    before, after = html.split('class="left-out"')
    assert UNTOLD not in before
    assert " hidden>" in after.split("\n")[0]
    assert f"<s><bdi>{UNTOLD}</bdi></s>" in left_out_part(html)
    text = text_of(left_out_part(html))
    assert "(la date « 2 août 2027 » ne figure pas dans les passages cités)" in text
    assert "Voir 1 phrase non vérifiée" in text_of(html)


def test_screen_readers_hear_the_verified_sentences_only():
    announced = shown().split('aria-live="polite">')[1].split("</p>")[0]
    assert all(text in announced for text in TOLD)
    assert UNTOLD not in announced


def test_hostile_words_of_a_model_are_text():
    first, *others = ANSWER.sentences
    untold = replace(
        others[2], text=HOSTILE, finding=Finding(failed=(Check.DATE,), words=(HOSTILE,))
    )
    sentences = (replace(first, text=HOSTILE), untold)
    html = shown(replace(TURN, answer=replace(ANSWER, sentences=sentences)))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 4


@pytest.mark.parametrize("make", [make_answer, make_abstention])
def test_why_no_model_wrote_stands_above_the_answer(make):
    answer = replace(make("q"), failure=FAILURE)
    html = shown(replace(TURN, answer=answer))
    first = html.split('<div class="answer')[1].split("<p ")[1]
    assert first.startswith('class="answer-notice"')
    assert NOTICE.split(" Voici")[0] in text_of(first)
    assert "answer-notice" not in shown(replace(TURN, answer=make("q")))


def test_answer_that_is_being_written_says_so_and_has_no_foot():
    html = shown(growing(replace(TURN, answer=None, key=""), as_far_as(ANSWER, 2)))
    assert wording.WRITING in html
    assert html.count('class="verified"') == 2
    assert 'aria-busy="true"' in html
    assert "answer-foot" not in html


def test_answer_without_a_verified_sentence_yet_is_still_waited_for():
    nothing = as_far_as(replace(ANSWER, understood="Qui donc ?"), 0)
    turn = growing(replace(TURN, answer=None, key=""), nothing)
    assert turn.answer is None
    assert "Question comprise" in shown(turn)
    assert wording.WRITING in shown(turn)
    assert "<section" not in render.sources((turn,))


def test_stopped_answer_keeps_what_is_shown():
    stopped = interrupt(growing(replace(TURN, answer=None, key=""), as_far_as(ANSWER, 2)))
    html = shown(stopped)
    assert stopped.finished
    assert wording.WRITING not in html
    assert html.count(wording.INTERRUPTED) == 2  # shown, and read aloud
    assert html.count('class="verified"') == 2
    assert "data-key" not in html


def test_copy_has_the_verified_sentences_and_says_who_wrote_them():
    text = copied(TURN, ANSWER).text
    assert all(one in text for one in TOLD)
    assert UNTOLD not in text
    assert text.endswith(WHAT_A_MODEL_WROTE_IS)


def test_page_says_where_questions_are_sent():
    assert wording.destination_line(REMOTE).endswith("envoyés à api.mistral.ai.")
    assert wording.destination_line({**REMOTE, "llm_is_remote": False}) == ""
    assert wording.destination_line(FakeAssistant().describe()) == ""


def test_about_names_the_model_and_where_it_runs():
    assert "mistralai:mistral-small, api.mistral.ai" in about.installation(REMOTE)
    local = {**REMOTE, "llm_is_remote": False}
    assert "mistralai:mistral-small, sur cette machine" in about.installation(local)
    assert "aucun" in about.installation({})


@pytest.mark.parametrize("check", Check)
def test_every_check_has_a_name_and_a_reason(check):
    assert CHECKS[check]
    told = why_not_verified(Finding(failed=(check,), words=("deux", "trois")))
    assert f"«{NBSP}deux{NBSP}»" in told
    assert why_not_verified(Finding(failed=(check,)))


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (Finding(), "aucun des passages trouvés ne dit la même chose"),
        (Finding(failed=(Check.FIGURE,)), "un chiffre ne figure pas dans les passages cités"),
        (
            Finding(failed=(Check.DATE,), words=("2026", "2027")),
            "les dates « 2026 » et « 2027 » ne figurent pas dans les passages cités",
        ),
        (
            Finding(failed=(Check.DATE, Check.BODY, Check.MODALITY), words=("2027", "doit")),
            "une date et un organisme ne figurent pas dans les passages cités ; l’obligation, la "
            "faculté ou l’interdiction n’est pas celle des passages cités (« 2027 », « doit »)",
        ),
    ],
)
def test_reasons_are_sentences(finding, told):
    assert why_not_verified(finding).replace(NBSP, " ") == told


def printed(answer, monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(answers, "output", Console(file=screen, soft_wrap=True))
    answers.print_answer(answer)
    return screen.getvalue().replace(NBSP, " ")


def test_command_prints_what_is_verified_and_how_many_are_left_out(monkeypatch):
    text = printed(ANSWER, monkeypatch)
    assert text.startswith(f"{TOLD[0]} [1] {TOLD[1]} [1] [2]\n{TOLD[2]} [2] {TOLD[3]} [2]\n")
    assert UNTOLD not in text
    mode = "Rédigé par un modèle de langage, chaque phrase comparée à ses sources"
    assert f"{mode} (4 phrases sur 5 vérifiées).\n1 phrase non vérifiée n’est pas montrée." in text


def test_command_prints_why_no_model_wrote(monkeypatch):
    assert printed(make_answer(failure=FAILURE), monkeypatch).startswith(f"{NOTICE}\n\n")
    assert "modèle" not in printed(make_answer(), monkeypatch)
