"""Time the steps of an answer."""

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Clock:
    """Time the steps of an answer."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._steps: dict[str, float] = {}

    def time(self, step: str, action: Callable[[], _T]) -> _T:
        """Do something, and note under this name how long it took."""
        start = time.perf_counter()
        result = action()
        self._steps[step] = time.perf_counter() - start
        return result

    def milliseconds(self) -> dict[str, float]:
        """Give what each step took, and all of it, in milliseconds."""
        steps = {**self._steps, "total": time.perf_counter() - self._start}
        return {step: round(1000 * seconds, 1) for step, seconds in steps.items()}
