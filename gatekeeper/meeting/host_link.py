"""
The host capability of one room, and how it is taken back.

Rule 1: a new one stops the old one at once, and with it every host who came by it but
the one who asked: whoever has found the link loses what it gave in that moment.
Rule 2: the new one is told once it is on record, so that it outlives a restart.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace

import structlog

from gatekeeper import wire
from gatekeeper.consent.types import ParticipantId
from gatekeeper.errors import LedgerUnavailable, NotAllowed
from gatekeeper.meeting.roster import Roster
from gatekeeper.meeting.seat import Seat
from gatekeeper.storage.rooms import RoomRecord, RoomStore, hash_capability

log = structlog.get_logger(__name__)


def new_secret() -> str:
    """192 random bits."""
    return secrets.token_urlsafe(24)


class HostLink:
    """One room's."""

    def __init__(
        self,
        record: RoomRecord,
        *,
        roster: Roster,
        store: RoomStore,
        only_host: Callable[[ParticipantId | None], None],
    ) -> None:
        """`only_host` tells the gate who is left of its hosts."""
        self.record = record
        """With the capability in force."""
        self._roster = roster
        self._store = store
        self._only_host = only_host

    def is_host(self, secret: str) -> bool:
        """Whether `secret` is the capability in force."""
        return self.record.is_host(secret)

    async def renew(self, secret: str) -> str:
        """
        A new one for who shows the old one, outside of the room; no host is left in it.

        Raises `NotAllowed`, `LedgerUnavailable`.
        """
        if not self.is_host(secret):
            raise NotAllowed
        return await self._keep(self.take_back(None))

    def take_back(self, keeper: Seat | None) -> str:
        """Have the old one stop, now; the new one, which is not on record yet."""
        secret = new_secret()
        self.record = replace(self.record, host_hash=hash_capability(secret))
        self._only_host(None if keeper is None else keeper.id)
        demoted = [seat for seat in self._roster if seat.host and seat is not keeper]
        for seat in demoted:
            seat.host, seat.host_link = False, None
        for seat in demoted:
            if seat.admitted:
                self._roster.tell_all(wire.Changed(person=seat.person()))
        log.info("host-link.renewed", room=self.record.id)
        return secret

    async def give(self, seat: Seat, secret: str) -> None:
        """Tell the host who asked, once it is on record."""
        try:
            seat.host_link = await self._keep(secret)
        except LedgerUnavailable as exc:
            seat.refuse(exc, "renew-host")
            return
        if self.is_host(secret):  # nobody has asked again since
            seat.send(wire.HostLink(host=secret))
        else:
            seat.host_link = None

    async def _keep(self, secret: str) -> str:
        await self._store.set_host(self.record.id, hash_capability(secret))
        return secret
