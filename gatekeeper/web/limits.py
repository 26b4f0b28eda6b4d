"""
Limits: what one address may take.

Addresses are held in memory only, for an hour at most, and never logged.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from gatekeeper.errors import RateLimited
from gatekeeper.web.recent import Recent

HOUR, MINUTE = 3600.0, 60.0
CAME, CUT_OFF = 5, 3
"""Times in a minute, of one address in one room: to come, for each seat that there may
be, and to be cut off for talking too fast. Each way in is more work than most of what
can be said there; all may be behind one address, and come again when a server does."""


class Addresses:
    """How much each address has taken."""

    def __init__(
        self,
        *,
        rooms: int,
        sockets: int,
        seats: int,
        monotonic: Callable[[], float],
    ) -> None:
        """`rooms`: new ones per hour. `sockets`: open at once. `seats`: of a room."""
        self._rooms = Recent(most=rooms, within=HOUR, monotonic=monotonic)
        self._came = Recent(most=CAME * seats, within=MINUTE, monotonic=monotonic)
        self._cut_off = Recent(most=CUT_OFF, within=MINUTE, monotonic=monotonic)
        self._most_sockets = sockets
        self._sockets: Counter[str] = Counter()
        self.refused = 0
        """How often something was too much."""

    @property
    def sockets(self) -> int:
        """How many are open."""
        return self._sockets.total()

    def open_room(self, address: str) -> None:
        """Count one new room. Raises `RateLimited`."""
        if self._rooms.is_too_much(address):
            self._refuse("Too many new rooms from this address. Try again later.")
        self._rooms.note(address)

    @contextmanager
    def socket(self, address: str, room: str) -> Iterator[None]:
        """Count one socket for as long as it is open. Raises `RateLimited`."""
        if self._sockets[address] >= self._most_sockets:
            self._refuse("Too many connections from this address.")
        there = (address, room)
        if self._came.is_too_much(there) or self._cut_off.is_too_much(there):
            self._refuse("Too much from this address in this room. Wait a minute.")
        self._sockets[address] += 1
        try:
            yield
        finally:
            self._sockets[address] -= 1
            if self._sockets[address] <= 0:
                del self._sockets[address]

    def came(self, address: str, room: str) -> None:
        """Count somebody who comes into a room that there is."""
        self._came.note((address, room))

    def cut_off(self, address: str, room: str) -> None:
        """Count somebody who talked too fast there."""
        self._cut_off.note((address, room))

    def _refuse(self, why: str) -> NoReturn:
        self.refused += 1
        raise RateLimited(why)


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
