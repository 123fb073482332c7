"""Where the page shows what an answer says of its sources: each warning under its paragraph."""

from collections.abc import Iterator

from rag.remarks import Remark, warnings
from rag.ui.turns import ShownSentence, Turn


def with_warnings(
    turn: Turn,
) -> Iterator[tuple[tuple[ShownSentence, ...], tuple[Remark, ...]]]:
    """Yield each paragraph with the warnings to show under it, each under the first concerned.

    The last paragraph of an answer that is still growing has none yet.
    """
    left = warnings(turn.answer) if turn.answer else ()
    shown = turn.paragraphs
    for place, paragraph in enumerate(shown, start=1):
        cited = {number for sentence in paragraph for number in sentence.citations}
        is_whole = turn.finished or place < len(shown)
        here = tuple(remark for remark in left if is_whole and cited.intersection(remark.sources))
        left = tuple(remark for remark in left if remark not in here)
        yield paragraph, here
