"""
Limits: what one address may take.

Addresses are held in memory only, for an hour at most, and never logged.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gatekeeper.errors import RateLimited

HOUR = 3600.0


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
        self.refused = 0
        """How often something was too much."""

    @property
    def sockets(self) -> int:
        """How many are open."""
        return self._sockets.total()

    def open_room(self, address: str) -> None:
        """Count one new room. Raises `RateLimited`."""
        now = self._monotonic()
        while self._opened and now - self._opened[0][0] > HOUR:
            self._uncount(self._rooms, self._opened.popleft()[1])
        if self._rooms[address] >= self._most_rooms:
            self.refused += 1
            raise RateLimited("Too many new rooms from this address. Try again later.")
        self._rooms[address] += 1
        self._opened.append((now, address))

    @contextmanager
    def socket(self, address: str) -> Iterator[None]:
        """Count one socket for as long as it is open. Raises `RateLimited`."""
        if self._sockets[address] >= self._most_sockets:
            self.refused += 1
            raise RateLimited("Too many connections from this address.")
        self._sockets[address] += 1
        try:
            yield
        finally:
            self._uncount(self._sockets, address)

    @staticmethod
    def _uncount(counts: "Counter[str]", address: str) -> None:
        counts[address] -= 1
        if counts[address] <= 0:
            del counts[address]


class Once:
    """What each may have made one at a time: it takes a processor's whole time."""

    def __init__(self) -> None:
        self._at_work: set[object] = set()

    @contextmanager
    def by(self, whom: object) -> Iterator[None]:
        """Until the end of the context. Raises `RateLimited` for another meanwhile."""
        if whom in self._at_work:
            raise RateLimited("The one before is still being made. Wait for its end.")
        self._at_work.add(whom)
        try:
            yield
        finally:
            self._at_work.discard(whom)
