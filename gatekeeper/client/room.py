"""A room of a gate's, as the service that has opened it sees it."""

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from typing import Any
from urllib.parse import quote

from gatekeeper.client.call import Call
from gatekeeper.client.permit import Permit, permit


class GateRoom:
    """One room. Each call raises `Refused`, `GateUnreachable`."""

    def __init__(self, call: Call, room: str, opened: dict[str, Any]) -> None:
        """`opened`: what was said when it was opened, if that is known."""
        self._call = call
        self._path = f"/rooms/{quote(room, safe='')}"
        self.id = room
        self.opened = opened

    async def entry(self, ref: str, *, host: bool = False) -> str:
        """A token by which the one whom you call `ref` may come in, within minutes."""
        said = {"ref": ref, "host": host}
        given = await self._call.ask("POST", f"{self._path}/entries", said)
        return str(given["entry"])

    async def report(self, people: Collection[str]) -> None:
        """Your engine has exactly `people`; what had to close has closed."""
        said = {"people": sorted(people)}
        await self._call.ask("PUT", f"{self._path}/presence", said)

    async def state(self) -> dict[str, Any]:
        """The room as everybody in it sees it."""
        found: dict[str, Any] = await self._call.ask("GET", self._path)
        return found

    async def end(self) -> None:
        """It is over for everybody. Idempotent."""
        await self._call.ask("DELETE", self._path)

    def permit(
        self, feature: str, *, wait: float = 0, cancel: bool = True
    ) -> AbstractAsyncContextManager[Permit]:
        """
        Leave to capture, for as long as everybody agrees.

        With `wait`, everybody is asked, and has so many seconds, at most 60. With
        `cancel`, the body is cancelled when it is over, and `PermitEnded` raised.
        Entering it raises `ConsentRequired` unless everybody agrees.
        """
        return permit(self._call, self.id, feature, wait=wait, cancel=cancel)
