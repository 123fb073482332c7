"""Verify sentences that a language model wrote, against the passages that they cite.

Deterministic and local: facts are read as values and looked up (``atoms``, ``references``,
``named``), the force of the rule is compared (``stance``), and the rest of the words by the
program's own encoder (``meaning``), with a threshold fitted on labelled pairs.
"""

from rag.verification.atoms import read_atoms
from rag.verification.checks import states_only
from rag.verification.verifier import Proof, Verifier

__all__ = ["Proof", "Verifier", "read_atoms", "states_only"]
