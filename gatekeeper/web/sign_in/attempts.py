"""Attempts to sign in that failed: how many one address has, in memory only."""

from collections import Counter, deque
from collections.abc import Callable

from gatekeeper.errors import RateLimited

MOST = 20
"""Of one address in `WITHIN`."""
WITHIN = 600.0
"""Seconds."""
REMEMBERED = 100_000
"""In all. Who has so many addresses is stopped by the length of a token alone."""


class Attempts:
    """Counts those that failed."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._failed: deque[tuple[float, str]] = deque(maxlen=REMEMBERED)
        self._by: Counter[str] = Counter()

    def check(self, address: str) -> None:
        """Raise `RateLimited` for whom there were too many, whatever they try now."""
        self._forget()
        if self._by[address] >= MOST:
            raise RateLimited("Too many failed sign-ins from here. Try again later.")
        self._by += Counter()  # drops the zero that looking left

    def failed(self, address: str) -> None:
        """Count one."""
        if len(self._failed) == REMEMBERED:
            self._drop()
        self._failed.append((self._monotonic(), address))
        self._by[address] += 1

    def _forget(self) -> None:
        now = self._monotonic()
        while self._failed and now - self._failed[0][0] > WITHIN:
            self._drop()

    def _drop(self) -> None:
        _, address = self._failed.popleft()
        self._by[address] -= 1
        if not self._by[address]:
            del self._by[address]
