"""The judge of entailment as it is trained, on a tiny body and sentences of our own."""

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from rag.entailment import CrossEncoderEntailment
from tests.conftest import HashingEncoder
from training.data import judged
from training.data.judged import (
    CONTRADICTED,
    SUPPORTED,
    UNSAID,
    Case,
    Contrast,
    Crossed,
    read_contrasts,
    read_crossed,
)
from training.judge import JudgeLoss, Recipe, batches_of, export_judge
from training.judge_tuning import Recipe as TuningRecipe
from training.judge_tuning import SupportLoss
from training.judge_tuning import batches_of as tuning_batches_of
from training.models.judge import TrainableJudge, write_judge
from training.models.small_e5 import SPECIAL, tokenizer_of

SETTINGS = {
    "hidden_size": 16,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "max_position_embeddings": 256,
    "type_vocab_size": 2,
    "pad_token_id": 1,
}
LETTERS = "abcdefghijklmnopqrstuvwxyzéèà'.▁"


def make_tokenizer() -> Tokenizer:
    return tokenizer_of((*((name, 0.0) for name in SPECIAL), *((one, -3.0) for one in LETTERS)))


@pytest.fixture
def judge(tmp_path: Path) -> TrainableJudge:
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    tokenizer = make_tokenizer()
    config = BertConfig(**SETTINGS, vocab_size=tokenizer.get_vocab_size(), num_labels=3)
    tensors = BertForSequenceClassification(config).state_dict()
    write_judge(tmp_path / "juge", tensors=tensors, tokenizer=tokenizer, settings=SETTINGS)
    return TrainableJudge.load(tmp_path / "juge")


def contrast(true: str, false: str, label: int = CONTRADICTED) -> Contrast:
    return Contrast(supported=Case("p", true), other=Case("p", false), label=label)


def test_folder_written_is_a_judge_for_the_program(judge: TrainableJudge, tmp_path: Path) -> None:
    pairs = [("le deployeur garde les journaux.", "il les garde.")]
    expected = judge(pairs).softmax(dim=1)[0, SUPPORTED].item()
    found = CrossEncoderEntailment(str(tmp_path / "juge")).probabilities([pairs[0][0]], pairs[0][1])
    assert found[0] == pytest.approx(expected, abs=1e-3)


def test_loss_falls_where_the_supported_twin_is_preferred(judge: TrainableJudge) -> None:
    loss = JudgeLoss(judge, Recipe())
    batch = [contrast("il garde tout.", "il ne garde rien."), contrast("a.", "b.", UNSAID)]
    optimiser = torch.optim.AdamW(judge.body_parameters, lr=3e-3)
    before = loss(batch).item()
    for _ in range(60):
        optimiser.zero_grad()
        loss(batch).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    assert loss(batch).item() < before / 2


def test_every_contrast_is_seen_once_in_each_pass() -> None:
    contrasts = [contrast("a" * length, "b") for length in range(1, 40)]
    batches = batches_of(contrasts, Recipe(passes=2, size=4))
    seen = sorted(len(one.supported.sentence) for batch in batches for one in batch)
    assert seen == sorted([*range(1, 40)] * 2)
    assert batches == batches_of(contrasts, Recipe(passes=2, size=4))


def test_edit_turns_the_label_round_and_its_sentence_is_in_both_premises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices, data = tmp_path / "notices", tmp_path / "data"
    notices.mkdir()
    data.mkdir()
    (notices / "essai.md").write_text(
        "---\nid: essai\ntitle: Essai\nkind: notice\npublisher: Nous\n---\n"
        "# Essai\n\nLe déployeur garde les journaux. Il peut les copier. Le reste est libre.\n",
        encoding="utf-8",
    )
    name = next(iter(judged._documents_of([notices / "essai.md"])))
    lines = [
        {"passage": name, "sentence": "Il a le droit de les copier.", "label": "supported",
         "edits": [["peut les", "ne peut pas les"]]},
        {"passage": name, "sentence": "Il les vend.", "label": "unsaid",
         "edits": [["les copier", "les vendre"]]},
    ]  # fmt: skip
    twins = [{"passage": name, "true": "Il les garde.", "false": "Il ne les garde pas."}]
    for file, content in ((judged.EDITED, lines), (judged.TWINS, twins), (judged.CROSSED, [])):
        text = "".join(json.dumps(line) + "\n" for line in content)
        (data / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr(judged, "FOLDER", data)
    monkeypatch.setattr(judged, "NOTICES", notices)
    monkeypatch.setattr(judged, "OFFICIAL", ())
    judged._documents.cache_clear()
    copied, sold, kept = read_contrasts(data, tmp_path, HashingEncoder())
    assert (copied.label, sold.label, kept.label) == (CONTRADICTED, UNSAID, CONTRADICTED)
    assert "Il peut les copier." in copied.supported.premise
    assert "Il ne peut pas les copier." in copied.other.premise
    assert "Il peut les vendre." in sold.supported.premise
    assert kept.supported.premise == kept.other.premise
    judged._documents.cache_clear()


def test_sentences_are_of_passages_that_are_named_and_not_measured_on() -> None:
    lines = list(judged._lines(judged.EDITED))
    assert len(lines) > 5000
    assert not any(line["passage"].startswith("32024R1689") for line in lines)
    assert {line["label"] for line in lines} == set(judged.LABELS)


def crossed(first: str, second: str) -> Crossed:
    return Crossed((f"{first}.", f"{second}."), (f"il y a {first}", f"il y a {second}"))


def test_crossed_pairs_are_two_supported_cases_above_two_others() -> None:
    contrasts = crossed("a", "b").contrasts
    assert {one.supported for one in contrasts} == {Case("a.", "il y a a"), Case("b.", "il y a b")}
    assert {one.other for one in contrasts} == {Case("a.", "il y a b"), Case("b.", "il y a a")}
    assert len(set(contrasts)) == 4


def test_crossed_pairs_written_by_hand_are_whole() -> None:
    every = read_crossed()
    assert len(every) > 15000
    for pair in every:
        cases = {case for one in pair.contrasts for case in (one.supported, one.other)}
        assert len(cases) == 4
        assert all(case.premise.strip() and case.sentence.strip() for case in cases)


def test_tuning_prefers_the_case_that_its_premise_supports(judge: TrainableJudge) -> None:
    recipe = TuningRecipe(smoothing=0.0)
    loss = SupportLoss(judge, recipe)
    batch = [crossed("dedede", "kokoko").contrasts, (contrast("il garde tout.", "rien."),)]
    optimiser = torch.optim.AdamW(judge.body_parameters, lr=3e-3)
    before = loss(batch).item()
    for _ in range(150):
        optimiser.zero_grad()
        loss(batch).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    assert loss(batch).item() < before / 3


def test_tuning_draws_every_crossed_pair_and_some_contrasts_and_exchanges_in_each_pass() -> None:
    pairs = [crossed("a" * length, "b") for length in range(1, 30)]
    replayed = [contrast("Le fournisseur informe.", f"Il {number}.") for number in range(50)]
    recipe = TuningRecipe(
        passes=2, size=8, contrasts=10, exchanged=6, swapped=0, distracted=0.0, named=0.0
    )
    batches = tuning_batches_of(pairs, replayed, recipe)
    seen = [group for batch in batches for group in batch]
    assert all(seen.count(pair.contrasts) == 2 for pair in pairs)
    alone = [one for group in seen if len(group) == 1 for one in group]
    exchanged = [one for one in alone if one not in replayed]
    assert (len(alone), len(exchanged)) == (32, 12)
    assert all(one.label == UNSAID and one.supported != one.other for one in exchanged)
    assert batches == tuning_batches_of(pairs, replayed, recipe)


def test_tuning_varies_pairs_without_a_change_to_what_follows_from_what() -> None:
    pairs = [
        Crossed(
            ("Le juge aide le maire.", "Le maire aide le juge."), ("Il aide.", "Le juge aide.")
        ),
        Crossed(("Il neige.", "Il vente."), ("La neige tombe.", "Le vent souffle.")),
    ]
    recipe = TuningRecipe(passes=40, contrasts=0, exchanged=0, swapped=0)
    varied = [group for batch in tuning_batches_of(pairs, [], recipe) for group in batch]
    assert len(varied) == 80
    assert all(len({one.supported for one in group}) == 2 for group in varied)
    weather = [group for group in varied if group[0].supported.sentence == "La neige tombe."]
    premises = {one.supported.premise for group in weather for one in group}
    assert premises > {"Il neige.", "Il vente."}
    assert all("Il neige." in premise or "Il vente." in premise for premise in premises)
    others = {one.supported.sentence for group in varied for one in group}
    assert len(others - {"La neige tombe.", "Le vent souffle.", "Il aide.", "Le juge aide."}) > 3


def test_tuning_swaps_actors_and_names_units() -> None:
    replayed = [
        contrast(f"Le médecin aide le patient {number} fois.", "Non.") for number in range(40)
    ]
    recipe = TuningRecipe(passes=1, contrasts=20, exchanged=0, swapped=30, named=0.5)
    drawn = [group[0] for batch in tuning_batches_of([], replayed, recipe) for group in batch]
    swapped = [one for one in drawn if one.label == UNSAID]
    assert (len(drawn), len(swapped)) == (50, 30)
    assert all("e patient aide le médecin" in one.other.sentence for one in swapped)
    named = [one for one in drawn if one.supported.premise.endswith(" :\np")]
    assert 10 < len(named) < 40
    assert all(one.supported.premise == one.other.premise for one in named)


def test_judge_is_written_with_the_settings_it_has(judge: TrainableJudge, tmp_path: Path) -> None:
    export_judge(judge, tmp_path / "autre")
    pairs = [("le deployeur garde les journaux.", "il les garde.")]
    again = TrainableJudge.load(tmp_path / "autre")
    assert torch.allclose(again(pairs), judge(pairs), atol=1e-3)
