"""What was fetched of a provider, kept for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from gatekeeper.web.sign_in.faults import ProviderUnavailable

T = TypeVar("T")

FRESH = 3600.0
"""Seconds for which it is not asked for again."""
PAUSE = 5.0
"""Seconds between two fetches, whatever they brought."""


class Kept(Generic[T]):
    """One thing; fetched once for all who want it at once."""

    def __init__(
        self, fetch: Callable[[], Awaitable[T]], monotonic: Callable[[], float]
    ) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self._lock = asyncio.Lock()
        self._tried = float("-inf")
        self._fetched = float("-inf")
        self._here: T | None = None

    async def get(self) -> T:
        """As it was within the hour. Raises `ProviderUnavailable`."""
        return await self._younger_than(FRESH)

    async def renew(self) -> T:
        """As it is now, give or take a pause. Raises `ProviderUnavailable`."""
        return await self._younger_than(PAUSE)

    async def _younger_than(self, seconds: float) -> T:
        async with self._lock:
            now = self._monotonic()
            old = now - self._fetched >= seconds
            if old and now - self._tried >= PAUSE:
                await self._try()
            if self._here is None or self._monotonic() - self._fetched >= FRESH:
                raise ProviderUnavailable
            return self._here

    async def _try(self) -> None:
        try:
            self._here = await self._fetch()
            self._fetched = self._monotonic()
        finally:
            self._tried = self._monotonic()
