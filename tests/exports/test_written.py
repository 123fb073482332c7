"""Exports of an answer that a language model wrote."""

import pytest

from rag.exports import ExportFormat, Provenance
from rag.messages import LEFT_OUT_TITLE
from tests.exports.opened import squeezed as squeeze
from tests.exports.test_exports import made
from tests.ui.fake_assistant import make_answer
from tests.ui.fake_writing import FAILURE, NOTICE, TOLD, UNTOLD, make_written_answer

pytestmark = pytest.mark.parametrize("to", ExportFormat)


def test_verified_sentences_come_first_and_the_others_apart(
    to: ExportFormat, provenance: Provenance
):
    text = squeeze(made([make_written_answer()], to, provenance))
    answer, sources = text.split(squeeze("Sources de la réponse"))
    told, left_out = answer.split(squeeze(LEFT_OUT_TITLE))
    assert squeeze(f"{TOLD[0]} [1] {TOLD[1]} [1] [2]") in told
    assert squeeze(UNTOLD) not in told
    why = "(non vérifié : la date « 2 août 2027 » ne figure pas dans les passages cités)"
    assert squeeze(f"{UNTOLD} {why}") in left_out
    assert squeeze("[2]") in sources


def test_mode_and_share_are_told(to: ExportFormat, provenance: Provenance):
    text = squeeze(made([make_written_answer()], to, provenance))
    for words in (
        "rédigé par un modèle de langage, chaque phrase comparée à ses sources",
        "4 phrases sur 5 vérifiées",
        "ou rédigées par un modèle de langage et vérifiées",
    ):
        assert squeeze(words) in text, words


def test_extracts_tell_why_no_model_wrote_and_nothing_of_one_else(
    to: ExportFormat, provenance: Provenance
):
    assert squeeze(NOTICE) in squeeze(made([make_answer(failure=FAILURE)], to, provenance))
    plain = squeeze(made([make_answer()], to, provenance))
    assert squeeze("modèle de langage") not in plain
    assert squeeze(LEFT_OUT_TITLE) not in plain


def test_titles_of_a_conversation_tell_its_answers_apart(to: ExportFormat, provenance: Provenance):
    text = squeeze(made([make_answer(), make_written_answer()], to, provenance))
    assert squeeze(f"{LEFT_OUT_TITLE} (réponse 2)") in text
