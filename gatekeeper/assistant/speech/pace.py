"""
The engine's pace: whether there is time to recognise what is still being said.

Rule 1: whoever has ended waits for such work no longer than `_WAIT`, as far as can be
foretold from what the engine took the last times.
Rule 2: such work begins after a rest as long as the last one took: it has half of the
engine's time at most, and on a machine that is too slow for it none.
"""

from collections import deque
from statistics import median

_WAIT = 0.6
"""Seconds."""
_LAST = 5
"""Works from which the next one's length is foretold; one that stalled is no rule."""


class Pace:
    """That of one engine."""

    def __init__(self) -> None:
        self._costs: deque[float] = deque(maxlen=_LAST)
        """Seconds that a second of sound took, of the last works."""
        self._rested = 0.0
        """When the rest after the last one is over."""

    def took(self, seconds: float, sound: float, now: float) -> None:
        """The engine took so long for so many seconds of sound, and is done now."""
        if sound > 0:
            self._costs.append(seconds / sound)
        self._rested = now + seconds

    def allows(self, sound: float, now: float) -> bool:
        """Whether so many seconds of sound may be recognised that have not ended."""
        cost = median(self._costs) if self._costs else 0.0
        return now >= self._rested and cost * sound <= _WAIT
