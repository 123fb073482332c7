"""The judge of entailment as it is trained: two texts read together, three scores."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertForSequenceClassification

LABELS = ("entailment", "neutral", "contradiction")
LONGEST = 200
"""Tokens of a premise and a sentence together; the end of the premise is left out."""


class TrainableJudge(nn.Module):
    """A BERT body with a head of three labels; the vectors of the tokens stay as they are."""

    def __init__(self, model: BertForSequenceClassification, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.model = model
        self.tokenizer = tokenizer
        tokenizer.enable_truncation(LONGEST, strategy="only_first")
        for parameter in self.embedding_parameters:
            parameter.requires_grad = False

    @classmethod
    def load(cls, folder: Path) -> "TrainableJudge":
        """Load a folder in single precision, without dropout, with the attention that is fastest.

        Dropout slowed learning down, and a few passes over pairs that differ by one thing did not
        overfit without it.
        """
        model = BertForSequenceClassification.from_pretrained(
            folder,
            attn_implementation="eager",
            dtype=torch.float32,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        return cls(model, Tokenizer.from_file(str(folder / "tokenizer.json")))

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return next(self.parameters()).device

    @property
    def embedding_parameters(self) -> list[nn.Parameter]:
        """The vectors of the tokens."""
        return list(self.model.bert.embeddings.word_embeddings.parameters())

    @property
    def body_parameters(self) -> list[nn.Parameter]:
        """Everything else."""
        embeddings = {id(parameter) for parameter in self.embedding_parameters}
        return [parameter for parameter in self.parameters() if id(parameter) not in embeddings]

    def forward(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        """Score premises and sentences: (pairs, 3), in the order of ``LABELS``."""
        read = [self.tokenizer.encode(premise, sentence).ids for premise, sentence in pairs]
        longest = max(map(len, read))
        padding = self.model.config.pad_token_id or 0
        identifiers = torch.full((len(read), longest), padding, dtype=torch.long)
        mask = torch.zeros_like(identifiers)
        for row, tokens in enumerate(read):
            identifiers[row, : len(tokens)] = torch.tensor(tokens)
            mask[row, : len(tokens)] = 1
        found = self.model(
            input_ids=identifiers.to(self.device), attention_mask=mask.to(self.device)
        )
        scores: torch.Tensor = found.logits.float()
        return scores


def support_of(scores: torch.Tensor) -> torch.Tensor:
    """Return the log-odds of entailment, (pairs,), of scores in the order of ``LABELS``."""
    return scores[:, 0] - torch.logsumexp(scores[:, 1:], dim=1)


def write_judge(
    folder: Path,
    *,
    tensors: Mapping[str, torch.Tensor],
    tokenizer: Tokenizer,
    settings: Mapping[str, Any],
) -> None:
    """Write a folder that sentence-transformers loads as a cross-encoder, in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    configuration = BertConfig(
        **settings,
        vocab_size=tokenizer.get_vocab_size(),
        id2label=dict(enumerate(LABELS)),
        label2id={label: place for place, label in enumerate(LABELS)},
        architectures=["BertForSequenceClassification"],
        dtype="float16",
    )
    halves = {name: tensor.half().contiguous() for name, tensor in tensors.items()}
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    (folder / "config.json").write_text(configuration.to_json_string(), encoding="utf-8")
    (folder / "tokenizer.json").write_text(tokenizer.to_str() + "\n", encoding="utf-8")
    facts = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "model_max_length": 256,
        "model_input_names": ["input_ids", "attention_mask"],
    }
    text = json.dumps(facts, indent=2)
    (folder / "tokenizer_config.json").write_text(f"{text}\n", encoding="utf-8")
