"""
Framing: a room's gate inside a page of somebody else's.

Rule 1: one page can be framed, at an address of its own, and no other: that of a room
whose people meet somewhere else. Beside it are a few words for browsers that are too
old for it, framed as it is.
Rule 2: by just the sites that are listed with the key which has opened the room, for as
long as that is in force. It is asked for anew with each load.
"""

from collections.abc import Sequence

from aiohttp import hdrs, web

from gatekeeper.consent.types import RoomId
from gatekeeper.errors import LedgerUnavailable, RoomEnded, UnknownRoom
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.rooms import RoomRecord
from gatekeeper.storage.service_keys import ServiceKeys
from gatekeeper.web.assets import Assets
from gatekeeper.web.handlers import Handlers
from gatekeeper.web.pages import FRAMED_BY

PLACE = "/m/{room}/gate"
OLD = f"{PLACE}/old"


class Framing:
    """Says who may frame a room, and sends what is framed."""

    def __init__(self, registry: RoomRegistry, keys: ServiceKeys | None) -> None:
        """`keys`: None where services are not answered."""
        self._registry = registry
        self._keys = keys

    @staticmethod
    def add_routes(
        app: web.Application, here: "Handlers[Framing]", assets: Assets
    ) -> None:
        """Serve the page."""

        async def gate(framing: Framing, request: web.Request) -> web.Response:
            request[FRAMED_BY] = await framing.of(request.match_info["room"])
            response = await assets.page("gate.html")
            # A window that a frame has opened tells it what is on.
            response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
            return response

        async def old(framing: Framing, request: web.Request) -> web.Response:
            request[FRAMED_BY] = await framing.of(request.match_info["room"])
            return await assets.page("old/framed.html")

        app.router.add_get(PLACE, here(gate))
        app.router.add_get(OLD, here(old))

    async def of(self, room: RoomId | str) -> tuple[str, ...]:
        """Whose pages may frame it; nobody's where there is no such room."""
        try:
            return await self.origins(await self._registry.find(room))
        except (UnknownRoom, RoomEnded, LedgerUnavailable):
            return ()

    async def origins(self, record: RoomRecord) -> tuple[str, ...]:
        """Whose pages may frame this room. Raises `LedgerUnavailable`."""
        if self._keys is None or record.service is None or record.mode != "gate":
            return ()
        key = await self._keys.find(record.service)
        return () if key is None else key.origins


def allow_reading(
    request: web.Request, response: web.Response, origins: Sequence[str]
) -> None:
    """Let a page of those sites read the answer (Fetch, 3.2)."""
    varies = response.headers.get(hdrs.VARY)
    response.headers[hdrs.VARY] = f"{varies}, {hdrs.ORIGIN}" if varies else hdrs.ORIGIN
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None and origin in origins:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
