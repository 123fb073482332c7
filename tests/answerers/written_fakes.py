"""A chat model that says what a test tells it to, and passages to answer from."""

from collections.abc import Callable, Sequence
from threading import Event

from rag.errors import LanguageModelError, Problem


class KnownReply:
    """Says known words in pieces, or fails; notes what it was asked."""

    def __init__(self, *pieces: str, problem: Problem | None = None) -> None:
        self.pieces = pieces
        self.problem = problem
        self.asked: list[Sequence[tuple[str, str]]] = []

    def write(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        tell: Callable[[str], None] | None = None,
        stop: Event | None = None,
    ) -> str:
        self.asked.append(messages)
        text = ""
        for piece in self.pieces:
            if stop is not None and stop.is_set():
                raise LanguageModelError(Problem.LLM_NO_ANSWER)
            text += piece
            if tell is not None:
                tell(text)
        if self.problem is not None:
            raise LanguageModelError(self.problem)
        return text

    def count_tokens(self, text: str) -> int:
        return -(-len(text) // 3)
