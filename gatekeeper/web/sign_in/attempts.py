"""Attempts to sign in that failed: how many one address has, in memory only."""

from collections.abc import Callable

from gatekeeper.errors import RateLimited
from gatekeeper.web.recent import Recent

MOST = 20
"""Of one address in `WITHIN`."""
WITHIN = 600.0
"""Seconds."""


class Attempts:
    """
    Counts those that failed.

    Whoever has more addresses than are remembered is stopped by the length of a token.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._failed = Recent(most=MOST, within=WITHIN, monotonic=monotonic)

    def check(self, address: str) -> None:
        """Raise `RateLimited` for whom there were too many, whatever they try now."""
        if self._failed.is_too_much(address):
            raise RateLimited("Too many failed sign-ins from here. Try again later.")

    def failed(self, address: str) -> None:
        """Count one."""
        self._failed.note(address)
