"""
A vacancy: a room in which nobody has a seat, and how long it stays as it is.

Rule: a look through the door is no meeting: a room that nobody ever sat in is only put
away, and goes on waiting for one.
"""

import asyncio
from collections.abc import Callable


class Vacancy:
    """One room's."""

    def __init__(
        self,
        lasts: float,
        *,
        used: bool,
        over: Callable[[], None],
        unused: Callable[[], None],
    ) -> None:
        """
        `lasts` in seconds; then `over` is called, or `unused`.

        `used`: whether anybody has ever had a seat, as far as is known.
        """
        self._lasts = lasts
        self._used = used
        self._over = over
        self._unused = unused
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Nobody is here now."""
        call = self._over if self._used else self._unused
        self._timer = asyncio.get_running_loop().call_later(self._lasts, call)

    def taken(self) -> None:
        """Somebody has a seat."""
        self._used = True
        self.end()

    def end(self) -> None:
        """Wait no longer. Idempotent."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
