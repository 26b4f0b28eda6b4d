"""
Limits: what one client and one address may take.

Addresses are held in memory only, for an hour at most, and never logged.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gatekeeper.errors import RateLimited

HOUR = 3600.0


class Bucket:
    """A token bucket: `burst` at once, refilled at `rate` per second."""

    __slots__ = ("_at", "_burst", "_monotonic", "_rate", "_tokens")

    def __init__(self, rate: float, burst: int, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._tokens = float(burst)
        self._monotonic = monotonic
        self._at = monotonic()

    def take(self, amount: float = 1) -> bool:
        """Take so many tokens; False, and none, if they are not there."""
        now = self._monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < amount:
            return False
        self._tokens -= amount
        return True


class Addresses:
    """How much each address has taken."""

    def __init__(
        self, *, rooms: int, sockets: int, monotonic: Callable[[], float]
    ) -> None:
        """`rooms`: new ones per hour. `sockets`: open at once."""
        self._most_rooms = rooms
        self._most_sockets = sockets
        self._monotonic = monotonic
        self._opened: deque[tuple[float, str]] = deque()
        self._rooms: Counter[str] = Counter()
        self._sockets: Counter[str] = Counter()

    def open_room(self, address: str) -> None:
        """Count one new room. Raises `RateLimited`."""
        now = self._monotonic()
        while self._opened and now - self._opened[0][0] > HOUR:
            self._take(self._rooms, self._opened.popleft()[1])
        if self._rooms[address] >= self._most_rooms:
            raise RateLimited("Too many new rooms from this address. Try again later.")
        self._rooms[address] += 1
        self._opened.append((now, address))

    @contextmanager
    def socket(self, address: str) -> Iterator[None]:
        """Count one socket for as long as it is open. Raises `RateLimited`."""
        if self._sockets[address] >= self._most_sockets:
            raise RateLimited("Too many connections from this address.")
        self._sockets[address] += 1
        try:
            yield
        finally:
            self._take(self._sockets, address)

    @staticmethod
    def _take(counts: "Counter[str]", address: str) -> None:
        counts[address] -= 1
        if counts[address] <= 0:
            del counts[address]
