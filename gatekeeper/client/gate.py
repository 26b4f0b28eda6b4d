"""A gate, as a service sees it."""

from collections.abc import Sequence
from typing import Any, Literal, Self

from gatekeeper.client.call import Call
from gatekeeper.client.room import GateRoom


class GateClient:
    """Opens rooms of one gate, and finds them. A context: it ends its connections."""

    def __init__(self, url: str, key: str) -> None:
        """
        Ask the gate at `url`, by a service's `key`.

        What the environment says of proxies is not followed: the key goes to the gate
        alone. It connects when it is first asked for something.
        """
        self._call = Call(url, key)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End its connections. Idempotent."""
        await self._call.close()

    async def open_room(
        self,
        title: str,
        *,
        language: str,
        features: Sequence[str],
        mode: Literal["meeting", "gate"] = "gate",
        **more: Any,
    ) -> GateRoom:
        """
        A new room. Raises `Refused`, `GateUnreachable`.

        `more`: such as `presence=True`, as the HTTP API names it.
        """
        wanted = {"title": title, "language": language, "mode": mode, **more}
        opened = await self._call.ask(
            "POST", "/rooms", {**wanted, "features": list(features)}
        )
        return GateRoom(self._call, str(opened["room"]), opened)

    def room(self, room: str) -> GateRoom:
        """The room of that id; nothing is asked yet."""
        return GateRoom(self._call, room, {})
