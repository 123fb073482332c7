"""The answers that this server gave lately, for what a reader does with one afterwards.

An answer is exported, or judged, by a request of its own, apart from gradio's events. It is found
by a key that only the page it was given to knows. Nothing is written to disk.
"""

import secrets
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.ui.turns import Turn

MOST_ANSWERS = 1000
KEY_BYTES = 16


class KeptAnswers:
    """The latest answers by their keys; the oldest leave when ``most`` is reached."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._turns: OrderedDict[str, Turn] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, turn: "Turn") -> "Turn":
        """Keep an answered turn, and return it with its key."""
        keyed = replace(turn, key=secrets.token_urlsafe(KEY_BYTES))
        with self._lock:
            self._turns[keyed.key] = keyed
            while len(self._turns) > self._most:
                self._turns.popitem(last=False)
        return keyed

    def find(self, key: str) -> "Turn | None":
        """Give the turn of a key; None when it was never given, or has left."""
        with self._lock:
            return self._turns.get(key)
