"""Entries: tokens by which people come into a room whom a service has sent there."""

from collections.abc import Callable
from datetime import datetime, timedelta

from gatekeeper.consent.types import ParticipantId, RoomId
from gatekeeper.storage.entries import Entry, EntryStore

GOOD_FOR = timedelta(minutes=2)
"""How long somebody may take to come in by one."""


class Entries:
    """Of all rooms of this server."""

    def __init__(self, store: EntryStore, clock: Callable[[], datetime]) -> None:
        """`clock`: aware, UTC."""
        self._store = store
        self._clock = clock

    async def give(self, room: RoomId, entry: Entry) -> tuple[str, datetime]:
        """
        A token for somebody to come in by, and until when.

        Raises `RateLimited`, `LedgerUnavailable`.
        """
        now = self._clock()
        until = now + GOOD_FOR
        return await self._store.make(room, entry, expires=until, now=now), until

    async def redeem(self, room: str, token: str, who: ParticipantId) -> Entry | None:
        """As whom `who` comes by a token; None if it is not theirs."""
        return await self._store.redeem(RoomId(room), token, who, self._clock())
