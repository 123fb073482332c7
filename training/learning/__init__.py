"""How the encoder learns: batches, hard negatives, the loop and its checkpoints."""
