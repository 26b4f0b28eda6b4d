"""How often something may happen: so many at once, and then so many a second."""

from collections.abc import Callable


class Allowance:
    """A token bucket."""

    def __init__(
        self, at_once: float, per_second: float, monotonic: Callable[[], float]
    ) -> None:
        self._most = self._left = at_once
        self._rate = per_second
        self._monotonic = monotonic
        self._at = monotonic()

    def take(self) -> bool:
        """Whether it may happen once more."""
        now = self._monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
