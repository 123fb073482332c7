"""The encoder as it is trained: one forward pass, a vector for the text and one for each token."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import normalize, pad
from transformers import BertModel

from training.models.model_folder import read_layer_weights

TOKEN_DIMENSIONS = 64
"""Of the projection for late interaction: a sixth of the hidden state's."""

LENGTHS = 8
"""Texts are padded to a multiple of it."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder says of a batch; every vector has length one.

    Attributes:
        texts: one vector a text, (texts, dimension): the mean of its token states.
        tokens: one vector a token, (texts, length, TOKEN_DIMENSIONS); zeros where there is none.
        mask: 1 where there is a token, (texts, length).
    """

    texts: torch.Tensor
    tokens: torch.Tensor
    mask: torch.Tensor


class TrainableEncoder(nn.Module):
    """A BERT body, mean pooling, and a projection of token states for late interaction.

    The state of a token is the mean of its states after each layer, by ``layer_weights``, that of
    the embeddings first; without weights, the last one.
    """

    def __init__(
        self, body: BertModel, *, layer_weights: Sequence[float] = (), padding: int = 0
    ) -> None:
        super().__init__()
        self.body = body
        self.layer_weights = tuple(layer_weights)
        self.padding = padding
        self.token_projection = nn.Linear(body.config.hidden_size, TOKEN_DIMENSIONS, bias=False)
        nn.init.orthogonal_(self.token_projection.weight)

    @classmethod
    def load(cls, folder: Path) -> "TrainableEncoder":
        """Load the weights of a model folder in single precision, without dropout.

        One pass over the data does not overfit, so that dropout would only slow learning down.
        Eager attention is the fastest on a processor for short texts.
        """
        body = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attn_implementation="eager",
            dtype=torch.float32,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        return cls(body, layer_weights=read_layer_weights(folder))

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.token_projection.weight.device

    @property
    def embedding_parameters(self) -> list[nn.Parameter]:
        """The vectors of the tokens, which learn faster than the body."""
        return list(self.body.embeddings.word_embeddings.parameters())

    @property
    def body_parameters(self) -> list[nn.Parameter]:
        """Everything but the vectors of the tokens."""
        embeddings = {id(parameter) for parameter in self.embedding_parameters}
        return [parameter for parameter in self.parameters() if id(parameter) not in embeddings]

    def forward(self, batch: Sequence[Sequence[int]]) -> Encoded:
        """Encode texts given by their token identifiers, special tokens included."""
        identifiers, mask = self.pad(batch)
        states = self._states(identifiers, mask)
        weights = mask.unsqueeze(-1).to(states.dtype)
        means = (states * weights).sum(dim=1) / weights.sum(dim=1)
        tokens = normalize(self.token_projection(states).float(), dim=-1) * mask.unsqueeze(-1)
        return Encoded(texts=normalize(means.float(), dim=-1), tokens=tokens, mask=mask)

    def _states(self, identifiers: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the states of tokens, (texts, length, dimension)."""
        found = self.body(
            input_ids=identifiers,
            attention_mask=mask,
            output_hidden_states=bool(self.layer_weights),
        )
        if not self.layer_weights:
            last: torch.Tensor = found.last_hidden_state
            return last
        weighed = zip(self.layer_weights, found.hidden_states, strict=True)
        # Most weights are zero: those layers are left out, not added.
        kept = [weight * states for weight, states in weighed if weight]
        return torch.stack(kept).sum(dim=0) / sum(self.layer_weights)

    def in_groups(self, batch: Sequence[Sequence[int]], *, groups: int) -> Encoded:
        """Encode texts of very unlike lengths, sorted and padded in groups, as one batch."""
        order = sorted(range(len(batch)), key=lambda index: len(batch[index]))
        size = -(-len(batch) // groups)
        parts = [
            self([batch[index] for index in order[start : start + size]])
            for start in range(0, len(order), size)
        ]
        longest = max(part.mask.shape[1] for part in parts)
        back = torch.tensor(order, device=parts[0].mask.device).argsort()
        missing = [longest - part.mask.shape[1] for part in parts]
        tokens = [pad(p.tokens, (0, 0, 0, n)) for p, n in zip(parts, missing, strict=True)]
        masks = [pad(p.mask, (0, n)) for p, n in zip(parts, missing, strict=True)]
        return Encoded(
            texts=torch.cat([part.texts for part in parts])[back],
            tokens=torch.cat(tokens)[back],
            mask=torch.cat(masks)[back],
        )

    def pad(self, batch: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return identifiers and mask, both (texts, length), on the encoder's device."""
        longest = -(-max(map(len, batch)) // LENGTHS) * LENGTHS
        identifiers = torch.full((len(batch), longest), self.padding, dtype=torch.long)
        mask = torch.zeros((len(batch), longest), dtype=torch.long)
        for row, tokens in enumerate(batch):
            identifiers[row, : len(tokens)] = torch.tensor(tokens)
            mask[row, : len(tokens)] = 1
        device = self.device
        return identifiers.to(device), mask.to(device)


def tokenize(tokenizer: Tokenizer, texts: Sequence[str], *, longest: int) -> list[list[int]]:
    """Return the token identifiers of texts, cut to ``longest`` with their special tokens."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    identifiers = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]
    tokenizer.no_truncation()
    return identifiers
