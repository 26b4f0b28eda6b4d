"""
The gate of an application of this process: `gatekeeper.client` without a network.

Rule: its calls are those of a `GateClient`, with the same errors. It asks nobody for a
key: who runs the process runs the server, and sees no more of people's answers by it.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from aiohttp import web

from gatekeeper.client.faults import GateUnreachable
from gatekeeper.local.at_hand import AtHand, wanted
from gatekeeper.local.refusals import as_told
from gatekeeper.local.room import LocalRoom
from gatekeeper.web.v1.shapes import RoomOpened, RoomWanted


class LocalGate:
    """Opens rooms of one application, and finds them; it is there while that runs."""

    def __init__(self) -> None:
        self._here: AtHand | None = None

    async def open_room(
        self,
        title: str,
        *,
        language: str,
        features: Sequence[str],
        mode: Literal["meeting", "gate"] = "gate",
        **more: Any,
    ) -> LocalRoom:
        """
        A new room. Raises `Refused`, and `GateUnreachable` while no gate runs.

        `more`: such as `presence=True`, as the HTTP API names it. Its
        `opened["invitation"]` is a path: below which host, your pages know.
        """
        here = self._at_hand()
        said = {"title": title, "language": language, "mode": mode, **more}
        with as_told():
            new = wanted(RoomWanted, **said, features=list(features))
            record, secret = await here.new.open(new, None)
        opened = RoomOpened(
            room=record.id,
            host=secret,
            invitation=f"{here.base}m/{record.id}",
            opened_at=record.opened_at,
            waits_until=here.registry.waits_until(record),
        )
        return LocalRoom(self._at_hand, record.id, opened.model_dump(mode="json"))

    def room(self, room: str) -> LocalRoom:
        """The room of that id, whoever has opened it; nothing is asked yet."""
        return LocalRoom(self._at_hand, room, {})

    @contextmanager
    def by(self, here: AtHand) -> Iterator[None]:
        """Have it answer until the end of the context."""
        self._here = here
        try:
            yield
        finally:
            self._here = None

    def _at_hand(self) -> AtHand:
        if self._here is None:
            raise GateUnreachable("The application has not started, or has ended.")
        if self._here.loop is not asyncio.get_running_loop():
            raise RuntimeError("Ask a gate in the event loop in which it runs.")
        return self._here


_GATE: web.AppKey[LocalGate] = web.AppKey("gatekeeper", LocalGate)


def give_gate(app: web.Application) -> LocalGate:
    """Have `gate_of` find one in `app`."""
    gate = app[_GATE] = LocalGate()
    return gate


def gate_of(app: web.Application) -> LocalGate:
    """
    The gate of an application that `create_app` has made.

    It answers from the application's startup to its cleanup. Raises `TypeError` for
    another application.
    """
    gate = app.get(_GATE)
    if gate is None:
        raise TypeError("gate_of takes what create_app has made, not what mounts it.")
    return gate
