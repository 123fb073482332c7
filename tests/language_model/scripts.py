"""What a server of language models does with a request, well or badly."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

Chat = list[dict[str, Any]]
MODEL = "modele-essai"


class Ending(Enum):
    """How a stream ends."""

    WHOLE = auto()
    UNFINISHED = auto()
    """The HTTP response is whole, but nothing says that the answer is."""
    CUT = auto()
    """The connection is closed in the middle of the HTTP response."""
    ENDLESS = auto()
    """The last piece comes again and again, as long as someone listens."""
    SILENT = auto()
    """Nothing more comes, and the connection stays open."""


@dataclass(frozen=True, kw_only=True)
class Script:
    """What a server does with one request.

    Attributes:
        text: what the model writes, or what makes it from the messages.
        pieces: how many pieces it comes in.
        first_pause: seconds before the first piece.
        pause: seconds before each of the others.
        status: of the response; where it is not 200, no piece is sent.
        headers: of the response.
        ending: how the stream ends.
        finish: the reason of the end.
        thinking: sent before, in the field that servers have for thoughts.
        garbage: sent as it is after the first piece, in place of a message.
        closes: close the connection without any response.
    """

    text: str | Callable[[Chat], str] = "Le déployeur garde les journaux six mois [1]."
    pieces: int = 4
    first_pause: float = 0
    pause: float = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    ending: Ending = Ending.WHOLE
    finish: str = "stop"
    thinking: str = ""
    garbage: str = ""
    closes: bool = False

    def split(self, messages: Chat) -> list[str]:
        """Give the pieces of the text."""
        text = self.text(messages) if callable(self.text) else self.text
        size = max(1, -(-len(text) // self.pieces))
        return [text[start : start + size] for start in range(0, len(text), size)]
