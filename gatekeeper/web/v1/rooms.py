"""Rooms of services: opened, listed, looked at and ended by who has opened them."""

from aiohttp import web

from gatekeeper.errors import MalformedMessage, UnknownFeature, UnknownRoom
from gatekeeper.meeting.faults import NameUnusable, RoomFull
from gatekeeper.meeting.registry import RoomRegistry
from gatekeeper.storage.rooms import RoomRecord, RoomStore
from gatekeeper.web.cursor import Cursor, limit
from gatekeeper.web.operation import Operation
from gatekeeper.web.own_site import OwnSite
from gatekeeper.web.shape import said
from gatekeeper.web.v1.call import Call
from gatekeeper.web.v1.faults import RoomsTaken, RunHere
from gatekeeper.web.v1.new_rooms import NewRooms
from gatekeeper.web.v1.own_rooms import OwnRooms
from gatekeeper.web.v1.rooms_now import RoomsNow
from gatekeeper.web.v1.route import PAGE, Route
from gatekeeper.web.v1.shapes import ListedRooms, RoomNow, RoomOpened, RoomWanted


class ServiceRooms:
    """Handlers over the rooms that each service has opened."""

    def __init__(
        self,
        own: OwnRooms,
        new: NewRooms,
        now: RoomsNow,
        registry: RoomRegistry,
        register: RoomStore,
        site: OwnSite,
        *,
        base: str,
    ) -> None:
        """`base`: the path below which the server's addresses are."""
        self._own = own
        self._new = new
        self._now = now
        self._registry = registry
        self._register = register
        self._site = site
        self._base = base

    async def open(self, call: Call) -> web.Response:
        """A new room; its host capability is told once, here."""
        record, secret = await self._new.open(call.said(RoomWanted), call.key.id)
        opened = RoomOpened(
            room=record.id,
            host=secret,
            invitation=self._address(call.request, record),
            opened_at=record.opened_at,
            waits_until=self._registry.waits_until(record),
        )
        return said(opened, 201)

    async def list(self, call: Call) -> web.Response:
        """A page of them, the latest first."""
        query = call.request.query
        after, most = Cursor.of(query), limit(query)
        found = await self._register.page(
            most + 1,
            after=None if after is None else (after.at, after.id),
            service=call.key.id,
        )
        shown = found[:most]
        end = Cursor(shown[-1].opened_at, shown[-1].id) if len(found) > most else None
        return said(
            ListedRooms(
                rooms=tuple(map(self._now.listed, shown)),
                next=None if end is None else str(end),
            )
        )

    async def state(self, call: Call) -> web.Response:
        """One of them, as everybody in it sees it."""
        return said(self._now.of(await self._own.record(call)))

    async def end(self, call: Call) -> web.Response:
        """The meeting in it is over, for everybody. Idempotent."""
        await self._own.end(await self._own.record(call))
        return web.Response(status=204)

    def _address(self, request: web.Request, record: RoomRecord) -> str:
        site = self._site
        where = f"{site.scheme(request)}://{site.host(request)}{self._base}"
        return f"{where}m/{record.id}"


ROUTES = (
    Route(
        "POST",
        "/rooms",
        "rooms",
        lambda api, call: api.rooms.open(call),
        Operation("Open a room.", {201: RoomOpened}, RoomWanted),
        (UnknownFeature, RunHere, NameUnusable, RoomsTaken, RoomFull),
    ),
    Route(
        "GET",
        "/rooms",
        "rooms",
        lambda api, call: api.rooms.list(call),
        Operation("The rooms of this key.", {200: ListedRooms}, typed=PAGE),
        (MalformedMessage,),
    ),
    Route(
        "GET",
        "/rooms/{room}",
        "rooms",
        lambda api, call: api.rooms.state(call),
        Operation("A room, as everybody in it sees it.", {200: RoomNow}),
        (UnknownRoom,),
    ),
    Route(
        "DELETE",
        "/rooms/{room}",
        "rooms",
        lambda api, call: api.rooms.end(call),
        Operation("End a room, for everybody.", {204: None}),
        (UnknownRoom, RoomFull),
    ),
)
