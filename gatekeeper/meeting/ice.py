"""
ICE: the STUN and TURN servers that somebody with a seat is told of.

Rule 1: nobody without a seat is told anything: a room's address is no key to a relay.
Rule 2: of a TURN server's secret each gets credentials of their own, good for a while
and for the relay alone (draft-uberti-behave-turn-rest-00, as coturn has it); nothing in
them says who it is.
Rule 3: they are renewed while half of that while is left.
"""

import asyncio
import base64
import hmac
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gatekeeper.wire.server import Ice, IceServer


class Told(Protocol):
    """A room of people who may be told."""

    def tell_ice(self) -> None:
        """Give everybody in it credentials anew."""


@dataclass(frozen=True, slots=True)
class IceSource:
    """Servers with one way to be let in."""

    urls: tuple[str, ...]
    """As `RTCIceServer` takes them (RFC 7064, RFC 7065)."""
    username: str | None = None
    credential: str | None = None
    secret: str | None = None
    """What credentials are made of; None: they are `username` and `credential`."""

    def server(self, expires: int) -> IceServer:
        """As one person is told. `expires`: in seconds since 1970."""
        if self.secret is None:
            return IceServer(
                urls=self.urls, username=self.username, credential=self.credential
            )
        username = f"{expires}:{secrets.token_urlsafe(9)}"
        return IceServer(
            urls=self.urls,
            username=username,
            credential=turn_credential(self.secret, username),
        )


def turn_credential(secret: str, username: str) -> str:
    """The password of a user name: base64(HMAC-SHA1(secret, username))."""
    made = hmac.digest(secret.encode(), username.encode(), "sha1")
    return base64.b64encode(made).decode()


class IceServers:
    """What there is, and credentials for it."""

    def __init__(
        self,
        sources: Sequence[IceSource],
        *,
        relay_only: bool,
        life: float,
        clock: Callable[[], datetime],
    ) -> None:
        """`life`: of credentials, in seconds."""
        self._sources = tuple(sources)
        self._relay_only = relay_only
        self._life = life
        self._clock = clock
        self._changed = asyncio.Event()

    @property
    def settings(self) -> tuple[tuple[IceSource, ...], bool, float]:
        """What makes it another one."""
        return self._sources, self._relay_only, self._life

    def issue(self) -> Ice:
        """What one person is told now; each time it is another."""
        expires = int(self._clock().timestamp() + self._life)
        return Ice(
            servers=tuple(source.server(expires) for source in self._sources),
            relay_only=self._relay_only,
        )

    def follow(self, other: "IceServers") -> bool:
        """Go on with what another has, which everybody is told; whether it differs."""
        if self.settings == other.settings:
            return False
        self._sources, self._relay_only, self._life = other.settings
        self._changed.set()
        return True

    async def live(self, rooms: Callable[[], Iterable[Told]]) -> None:
        """Renew, and tell everybody when it is another one; until cancelled."""
        while True:
            async with asyncio.TaskGroup() as tasks:
                renewing = tasks.create_task(self.renew(rooms), name="ice")
                await self._changed.wait()
                renewing.cancel()
            self._changed.clear()
            await _tell(rooms)

    async def renew(self, rooms: Callable[[], Iterable[Told]]) -> None:
        """Tell everybody anew, as long as anything of it comes to an end."""
        while any(source.secret is not None for source in self._sources):
            await asyncio.sleep(self._life / 2)
            await _tell(rooms)


async def _tell(rooms: Callable[[], Iterable[Told]]) -> None:
    for room in rooms():
        room.tell_ice()
        await asyncio.sleep(0)  # each has its turn
