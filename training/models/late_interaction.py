"""Late interaction (Khattab and Zaharia 2020): texts compared by their tokens."""

import torch

from training.models.encoder import Encoded


def late_scores(questions: Encoded, passages: Encoded) -> torch.Tensor:
    """Return the score of every question with every passage, (questions, passages), -1 to 1.

    The score is the mean, over the question's tokens, of the similarity of the nearest token of
    the passage.
    """
    similarities = torch.einsum("qid,pjd->qpij", questions.tokens, passages.tokens)
    absent = (passages.mask == 0)[None, :, None, :]
    best = similarities.masked_fill(absent, -1).amax(dim=3)
    weights = questions.mask[:, None, :].to(best.dtype)
    return (best * weights).sum(dim=2) / weights.sum(dim=2)
