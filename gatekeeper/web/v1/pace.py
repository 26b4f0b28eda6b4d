"""Pace: how fast one service may ask."""

from collections.abc import Callable

from gatekeeper.errors import RateLimited
from gatekeeper.meeting.meter import Meter

BURST = 2
"""Times what a second takes, at once."""


class Pace:
    """A token bucket for each key that there is."""

    def __init__(self, per_second: float, monotonic: Callable[[], float]) -> None:
        self._per_second = per_second
        self._monotonic = monotonic
        self._meters: dict[str, Meter] = {}

    def acquire(self, key: str) -> None:
        """Count one request. Raises `RateLimited`."""
        meter = self._meters.get(key)
        if meter is None:
            burst = BURST * self._per_second
            meter = self._meters[key] = Meter(self._per_second, burst)
        if not meter.acquire(1, self._monotonic()):
            fault = RateLimited("This key asks too often. Wait a moment.")
            fault.retry_after = 1
            raise fault
