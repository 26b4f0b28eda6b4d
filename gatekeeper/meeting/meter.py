"""A meter: how much somebody takes of something, over time."""


class Meter:
    """A token bucket: `burst` at once, refilled at `rate` per second."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = self._left = burst
        self._at: float | None = None

    def acquire(self, amount: float, now: float) -> bool:
        """Take so much at `now`, in seconds; False, and nothing, if it is not there."""
        if self._at is None:
            self._at = now
        elif now > self._at:
            # Once for each message: `min` and `max` would be most of what it takes.
            left = self._left + (now - self._at) * self._rate
            self._left = min(self._burst, left)
            self._at = now
        if self._left < amount:
            return False
        self._left -= amount
        return True

    def release(self, amount: float) -> None:
        """Give back what was taken."""
        self._left = min(self._burst, self._left + amount)
