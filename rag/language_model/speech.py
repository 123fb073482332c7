"""What a model says, without what it thinks aloud before."""

import re
from dataclasses import dataclass

_CLOSINGS = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "[THINK]": "[/THINK]",
}
_TAGS = (*_CLOSINGS, *_CLOSINGS.values())
_TAG = re.compile("|".join(map(re.escape, _TAGS)))


@dataclass(slots=True)
class Speech:
    """What was said so far, as pieces come in; tags may be cut anywhere.

    Attributes:
        said: what may be shown. Where a model ends a thought that it did not open, as those do
            whose prompt opens it, all that came before was thought, and is taken back.
        heard: how many characters came, thoughts included.
    """

    said: str = ""
    heard: int = 0
    _pending: str = ""
    _closing: str = ""

    def hear(self, piece: str) -> bool:
        """Take the next piece; tell whether ``said`` has changed.

        >>> speech = Speech()
        >>> [speech.hear(piece) for piece in ("<thi", "nk>Hum", "</think>", "Six mois", " <")]
        [False, False, False, True, True]
        >>> speech.said
        'Six mois '
        """
        before = self.said
        self.heard += len(piece)
        self._pending += piece
        while self._advance():
            pass
        return self.said != before

    def end(self) -> str:
        """Say that nothing more comes; give all that was said."""
        if not self._closing:
            self.said += self._pending
        self._pending = ""
        return self.said.strip()

    def _advance(self) -> bool:
        """Go past the next tag; tell whether there was one."""
        return self._skip_thought() if self._closing else self._say()

    def _skip_thought(self) -> bool:
        _, closing, after = self._pending.partition(self._closing)
        if not closing:
            self._pending = self._pending[-len(self._closing) :]
            return False
        self._pending, self._closing = after, ""
        return True

    def _say(self) -> bool:
        if (tag := _TAG.search(self._pending)) is None:
            self._say_until(len(self._pending) - _unfinished(self._pending))
            return False
        self._say_until(tag.start())
        self._pending = self._pending[len(tag.group()) :]
        self._closing = _CLOSINGS.get(tag.group(), "")
        if not self._closing:
            self.said = ""
        return True

    def _say_until(self, end: int) -> None:
        said, self._pending = self._pending[:end], self._pending[end:]
        self.said += said if self.said else said.lstrip()


def _unfinished(text: str) -> int:
    """Give the length of the end of a text that may be the beginning of a tag.

    >>> _unfinished("six mois <thi"), _unfinished("a < b")
    (4, 0)
    """
    longest = max(map(len, _TAGS)) - 1
    lengths = range(min(longest, len(text)), 0, -1)
    return next((n for n in lengths if any(tag.startswith(text[-n:]) for tag in _TAGS)), 0)
